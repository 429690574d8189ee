"""Programs that print libcurl's message on a line of its own."""

from __future__ import annotations

from .log import LOG, unwrapped


def test_the_message_below_that_of_r_gets_its_mark() -> None:
    said = ["Error in curl::curl_fetch_memory(url, handle = handle) :", "  Could not resolve host: a.example"]
    assert unwrapped(said) == ([said[0], "* Could not resolve host: a.example"], ("program-error",))
    assert unwrapped([*LOG[:20], *said, LOG[-1]]) == ([*LOG[:20], *said, LOG[-1]], ())


def test_of_libcurls_sentence_and_the_detail_behind_it_the_detail_is_told() -> None:
    said = ["Error in curl::curl_fetch_disk(url, path, handle = handle) :", "Peer certificate cannot be authenticated with "
            "given CA certificates: SSL certificate problem: certificate has expired"]  # fmt: skip
    assert unwrapped(said)[0] == [said[0], "* SSL certificate problem: certificate has expired"]


def test_what_stands_below_the_call_of_r_may_be_a_comment() -> None:
    said = ["# Error in curl::curl_download(url, path) : ", "# HTTP error 404.", "# and more"]
    assert unwrapped(said) == ([said[0], "* HTTP error 404.", said[2]], ("program-error",))
