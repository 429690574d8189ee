"""All wrappings together: a log that has none, their names, and what they cost."""

from __future__ import annotations

import time

import pytest

from curlx.wrappings import NAMES, recognize

from .log import LOG, unwrapped


def test_a_log_as_curl_wrote_it_is_left_alone() -> None:
    assert unwrapped(LOG) == (LOG, ())


def test_every_name_is_known_and_nothing_is_found_in_nothing() -> None:
    assert recognize([]) == ()
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize(
    "unit",
    [
        "> ",
        "* ",
        "  ",
        "&gt;",
        "**a",
        "1 ",
        "`",
        "a@b:",
        "<br>",
        "\t",
        "Host ",
        "(",
        "CURLINFO_",
        "\\n* ",
        '{"log":',
        "01O ",
        "debug(0): b'",
        "[a.b](http://",
        "<http://a|",
        "Failed to connect to ",
        "HTTP/1.1 200 a",
        "  0     0    0 ",
    ],
)
def test_hostile_samples_take_no_longer_than_others(unit: str) -> None:
    sample = [LOG[0]] + [unit * (100_000 // len(unit))] * 5
    start = time.perf_counter()
    for wrapping in recognize(sample) + recognize(sample[1:]):
        wrapping.undo(sample[-1])
    assert time.perf_counter() - start < 2
