"""Every message of every topic reads its own sample, wherever the sample's first word leads."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterable
from typing import Any

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


def openings(expression: Iterable[tuple[Any, Any]]) -> set[tuple[str, bool]]:
    """Return what a parsed expression can begin with, up to a blank or (then True) to what is not spelt out in it."""
    found: set[tuple[str, bool]] = {("", False)}
    done: set[tuple[str, bool]] = set()
    for kind, said in expression:
        found = {(text + more, cut) for text, _ in found for more, cut in pieces(str(kind), said)}
        done |= {(text, cut) for text, cut in found if cut or (" " in text.lstrip())}
        found -= done
    return done | found


def pieces(kind: str, said: Any) -> set[tuple[str, bool]]:
    """Return the same of one piece of an expression."""
    if kind == "LITERAL":
        return {(chr(said), False)}
    if kind == "SUBPATTERN":
        return openings(said[-1])
    if kind == "BRANCH":
        return set().union(*map(openings, said[1]))
    if kind == "IN" and all(str(inner) == "LITERAL" for inner, _ in said):
        return {(chr(letter), False) for _, letter in said}
    if kind == "MAX_REPEAT" and said[:2] == (0, 1):
        return {("", False), *openings(said[2])}
    if kind == "MAX_REPEAT" and str(said[2]) == "[(IN, [(CATEGORY, CATEGORY_SPACE)])]":
        return {("", False), (" ", False)}
    return {("", kind not in ("ASSERT", "ASSERT_NOT", "AT"))}


@pytest.mark.parametrize(("topic", "message"), MESSAGES, ids=[f"{topic}: {m.sample[:40]}" for topic, m in MESSAGES])
def test_whatever_a_message_can_begin_with_leads_to_it(topic: str, message: Message) -> None:
    never_said = {"SOCKS5a"}  # shorter to allow than to rule out
    for text, cut in openings(re._parser.parse(message.expression)):  # type: ignore[attr-defined]
        word = first_word(text)
        if "" in message.starts or not re.search("[A-Za-z]", word) or word in never_said:
            continue
        if cut and " " not in text.lstrip():
            assert any(start.startswith(word) for start in message.starts), topic
        else:
            assert word in message.starts or word.rstrip(".!") in message.starts, topic


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
