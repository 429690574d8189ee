"""How long a body is, by the head of its answer and by the meter."""

from __future__ import annotations

import pytest

from curlx.events import Header, RequestLine, StatusLine
from curlx.reader.lengths import BodyLength

ANSWER = StatusLine("1.1", 200, "OK")


def after(*headers: tuple[str, str]) -> BodyLength:
    length = BodyLength()
    length.metered = 7
    for event in (ANSWER, *(Header("in", name, value) for name, value in headers)):
        length.head(event)
    return length


@pytest.mark.parametrize(("headers", "written"), [
    ((), 7),
    ((("Content-Length", "5"),), 5),
    ((("Content-Length", "many"),), 7),
    ((("Transfer-Encoding", "chunked"),), 7),
    ((("Content-Length", "5"), ("Content-Encoding", "gzip")), 0),
    ((("Content-Length", "5"), ("Content-Encoding", "Identity")), 5),
])  # fmt: skip
def test_the_head_tells_or_else_a_meter_that_ran_before(headers: tuple[tuple[str, str], ...], written: int) -> None:
    assert after(*headers).written() == written


def test_a_length_is_reached_only_where_one_was_announced() -> None:
    length = after(("Content-Length", "5"))
    assert not length.is_reached()
    length.text = 5
    assert length.is_reached()
    length.head(ANSWER)
    assert (length.text, length.is_reached()) == (0, False)


@pytest.mark.parametrize(("asked", "written"), [((), 5), ((("Accept-Encoding", "gzip"),), 0)])
def test_a_body_is_written_as_it_comes_where_the_request_asks_for_no_coding(
    asked: tuple[tuple[str, str], ...], written: int
) -> None:
    length = BodyLength()
    answer = (Header("in", "Content-Length", "5"), Header("in", "Content-Encoding", "gzip"))
    for event in (RequestLine("GET", "/", "1.1"), *(Header("out", *each) for each in asked), ANSWER, *answer):
        length.head(event)
    assert length.written() == written


def test_what_curl_sends_says_nothing_of_an_answer() -> None:
    length = after()
    length.head(Header("out", "Content-Length", "5"))
    assert length.written() == 7
