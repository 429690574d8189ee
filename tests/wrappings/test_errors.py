"""Programs that print libcurl's message on a line of its own."""

from __future__ import annotations

from .log import LOG, unwrapped


def test_the_message_below_that_of_r_gets_its_mark() -> None:
    said = ["Error in curl::curl_fetch_memory(url, handle = handle) :", "  Could not resolve host: a.example"]
    assert unwrapped(said) == ([said[0], "* Could not resolve host: a.example"], ("program-error",))
    assert unwrapped([*LOG[:20], *said, LOG[-1]]) == ([*LOG[:20], *said, LOG[-1]], ())
