"""Every message of every topic reads its own sample, wherever the sample's first word leads."""

import importlib
import pkgutil
import time

import pytest

import curlx.grammar
from curlx.events import Unrecognized
from curlx.grammar import understand
from curlx.grammar.message import Message, first_word

MESSAGES = [
    (info.name, message)
    for info in pkgutil.iter_modules(curlx.grammar.__path__)
    for message in getattr(importlib.import_module(f"curlx.grammar.{info.name}"), "MESSAGES", ())
]


@pytest.mark.parametrize(("topic", "message"), MESSAGES, ids=[f"{topic}: {m.sample[:40]}" for topic, m in MESSAGES])
def test_a_message_reads_its_sample(topic: str, message: Message) -> None:
    assert message.read(message.sample) is not None, topic
    assert first_word(message.sample) in message.starts or "" in message.starts
    assert understand(message.sample) == message.read(message.sample)


def test_no_message_is_slow_on_a_hostile_line() -> None:
    slowest = 0.0
    for _, message in MESSAGES:
        sample = message.sample
        for hostile in (
            sample + "x" * 20_000,
            (sample + " ") * (20_000 // len(sample)),
            sample[: len(sample) // 2] + " " * 20_000,
            sample.rstrip(".:)") + "(" * 20_000,
            sample.split(":")[0] + ": " + "a: " * 7_000,
        ):
            start = time.process_time()
            message.read(hostile)
            slowest = max(slowest, time.process_time() - start)
    assert slowest < 0.25


@pytest.mark.parametrize(
    "text",
    ["bullet one", "Note to self", "TODO: buy milk", "a", "Fixed a crash (#123)",
    "Server certificates are renewed in May",
     "Could be better", "SSL is enabled", "ALPN and friends", "Failed tests: 3", "Unable to reproduce", "error",
     "No", ""],
)  # fmt: skip
def test_words_that_curl_never_says_stay_unrecognized(text: str) -> None:
    assert isinstance(understand(text), Unrecognized)
