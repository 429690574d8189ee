from __future__ import annotations

import pytest

from curlx.assembler.exchanges import BodyDraft, ExchangeDraft, MessageDraft
from curlx.events import Header, PageMark, RequestLine, StatusLine, Text
from curlx.timeline import Fact


def answered(status: int, *headers: Header, method: str = "GET") -> ExchangeDraft:
    exchange = ExchangeDraft(1, 1, None, MessageDraft(1, 1, RequestLine(method, "/", "1.1")))
    response = exchange.answer(StatusLine("1.1", status, ""), 2)
    for number, header in enumerate(headers, 3):
        response.add(header, number)
    return exchange


def test_a_body_is_counted_and_sampled_but_not_kept() -> None:
    body = BodyDraft()
    for number in range(1, 10_001):
        body.take(Text("a" * 100), number, 101)
    frozen = body.freeze()
    assert (frozen.seen, frozen.first_line, frozen.last_line) == (1_010_000, 1, 10_000)
    assert len(frozen.sample) <= 4_096


def test_marks_of_a_page_know_their_line() -> None:
    body = BodyDraft()
    body.take(Text("400 No required", (PageMark("no-required-certificate"),)), 7, 16)
    assert [(mark.value.name, mark.line) for mark in body.freeze().marks] == [("no-required-certificate", 7)]


def test_headers_are_kept_in_order_and_double() -> None:
    frozen = answered(200, Header("in", "Set-Cookie", "a=1"), Header("in", "set-cookie", "b=2")).freeze(0)
    assert frozen.response is not None
    assert [header.value for header in frozen.response.headers] == ["a=1", "b=2"]


def test_a_body_is_expected_until_its_announced_length_was_seen() -> None:
    exchange = answered(200, Header("in", "Content-Length", "5"))
    assert exchange.expects_body()
    assert exchange.response is not None
    exchange.response.body.take(Text("abcd"), 4, 5)
    assert not exchange.expects_body()


@pytest.mark.parametrize("told", ["12345678901234567890", pytest.param("9" * 5_000, id="absurd"), "five", "-5", "5, 5"])
def test_what_no_body_can_have_is_no_length_of_one(told: str) -> None:
    frozen = answered(200, Header("in", "Content-Length", told)).freeze(0)
    assert frozen.response is not None
    assert frozen.response.body.announced is None


def test_no_body_is_expected_where_http_has_none() -> None:
    assert not answered(204).expects_body()
    assert not answered(304).expects_body()
    assert not answered(200, method="HEAD").expects_body()
    assert answered(200).expects_body()


def test_an_interim_answer_makes_room_for_the_final_one() -> None:
    exchange = answered(100)
    exchange.answer(StatusLine("1.1", 200, "OK"), 5)
    frozen = exchange.freeze(0)
    assert [answer.status for answer in frozen.interim] == [100]
    assert frozen.response is not None
    assert frozen.response.status == 200


def test_a_log_that_ends_after_an_interim_answer_has_no_final_one() -> None:
    frozen = answered(103).freeze(0)
    assert frozen.response is None
    assert [answer.status for answer in frozen.interim] == [103]


def test_the_first_sentence_of_a_body_is_kept_and_a_code_gives_way_to_it() -> None:
    body = BodyDraft()
    for number, sentence in enumerate(("", "forbidden", "No such user", "Another thing"), 1):
        body.take(Text("{", sentence=sentence), number, 2)
    assert body.freeze().sentence == Fact("No such user", 3)
