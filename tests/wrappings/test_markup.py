"""What pages, tickets and those who write them do to a log."""

from __future__ import annotations

import html

from .log import LOG, unwrapped


def test_escaped_marks_are_given_back() -> None:
    assert unwrapped([html.escape(line) for line in LOG]) == (LOG, ("html",))


def test_an_escaped_page_in_a_plain_log_is_left_alone() -> None:
    log = [*LOG[:20], "&lt; HTTP/1.1 500 Internal Server Error", "&gt; GET / HTTP/1.1", LOG[-1]]
    assert unwrapped(log) == (log, ())


def test_line_breaks_of_html_are_removed() -> None:
    assert unwrapped([line + "<br>" for line in LOG]) == (LOG, ("line-breaks",))


def test_backticks_around_each_line_are_removed() -> None:
    assert unwrapped([f"`{line}`" if line else "" for line in LOG]) == (LOG, ("backticks",))


def test_blanks_up_to_the_right_edge_are_removed() -> None:
    texts, quirks = unwrapped([line.ljust(120) for line in LOG])
    assert quirks == ("padding",)
    assert texts == [line.rstrip() for line in LOG]


def test_bold_is_removed_where_curl_speaks() -> None:
    log = [
        *LOG[:17],
        "< HTTP/1.1 **403 Forbidden**",
        "**curl: (35) error:0A:SSL routines:ssl3_read_bytes:x**",
        "a **b** c",
    ]
    texts, quirks = unwrapped(log)
    assert texts[17:] == ["< HTTP/1.1 403 Forbidden", "curl: (35) error:0A:SSL routines:ssl3_read_bytes:x", "a **b** c"]
    assert quirks == ("bold",)


def test_the_fences_of_a_code_block_are_blanked() -> None:
    assert unwrapped(["```console", *LOG, "```"]) == (["", *LOG, ""], ("fences",))


def test_lines_that_are_bold_from_end_to_end_are_recognized() -> None:
    log = [*LOG[:16], "**< HTTP/1.1 403 Forbidden**", "*** Connection #0 to host example.com left intact**"]
    texts, quirks = unwrapped(log)
    assert texts[16:] == ["< HTTP/1.1 403 Forbidden", "* Connection #0 to host example.com left intact"]
    assert quirks == ("bold",)


def test_a_line_end_that_a_page_escaped_is_none() -> None:
    texts, _ = unwrapped(
        [html.escape(line) for line in LOG[:-1]] + ["&lt; X: a&amp;#10;* Could not resolve host: e.example"]
    )
    assert texts[-1] == "< X: a&#10;* Could not resolve host: e.example"


def test_links_that_an_editor_made_of_hosts_are_undone_in_curls_lines_alone() -> None:
    talk = "* Connected to [a.example](http://a.example/) (192.0.2.7) port 25"
    slack = "* Could not resolve host: <http://a.example|a.example>"
    lines, quirks = unwrapped([talk, slack, "see [a.example](http://a.example/)"])
    assert lines[:2] == ["* Connected to a.example (192.0.2.7) port 25", "* Could not resolve host: a.example"]
    assert lines[2] == "see [a.example](http://a.example/)"
    assert quirks == ("links",)
