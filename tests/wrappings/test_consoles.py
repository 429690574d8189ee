"""Lines that a console broke at its right edge."""

from __future__ import annotations

from curlx.lines import split

from .log import LOG, unwrapped


def test_lines_that_a_console_broke_are_put_together() -> None:
    tail = " and then it goes on and on until the right edge of the window is far behind"
    long = [line + tail if line.startswith("*") else line for line in LOG]
    broken = [part for line in long for part in ([line[i : i + 80] for i in range(0, len(line), 80)] or [""])]
    found = split(["\n".join(broken).encode()])
    assert [line.text for line in found] == long
    assert found.quirks == ("console-width",)
    assert found.count == len(broken)


def test_one_line_that_a_console_of_the_usual_width_broke_is_put_together() -> None:
    long = "* SSL certificate problem: unable to get local issuer certificate of the one that signed it"
    broken = [*LOG[:10], long[:80], long[80:], *LOG[10:]]
    assert unwrapped(broken) == ([*LOG[:10], long, *LOG[10:]], ("console-width",))
    padded = [line.ljust(80) for line in broken]
    assert unwrapped(padded) == ([line.rstrip() for line in [*LOG[:10], long, *LOG[10:]]], ("padding", "console-width"))


def test_a_line_that_happens_to_be_as_long_as_a_console_is_wide_is_left_alone() -> None:
    last = "* Connection #0 to host " + "a" * 44 + " left intact"
    log = [*LOG[:20], last, "<html>"]
    assert len(last) == 80
    assert unwrapped(log) == (log, ())


def test_an_indented_line_as_long_as_a_console_is_wide_is_none_of_curls() -> None:
    log = [*LOG, "    " + "a" * 76, "and more"]
    assert unwrapped(log) == (log, ())
