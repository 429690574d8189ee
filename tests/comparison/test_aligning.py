from __future__ import annotations

import pytest

from curlx.comparison.aligning import aligned, host_of, of_transfer, rows, steady
from curlx.report import Detail, Section
from curlx.timeline import Connection, Transfer


def step(kind: str, title: str = "", status: str = "ok", **details: str) -> Section:
    told = tuple(Detail(label, value) for label, value in details.items())
    return Section(kind, 1, 2, title or kind, status, details=told)  # type: ignore[arg-type]


def test_equal_signatures_meet_and_the_rest_meets_by_order() -> None:
    assert aligned("abxd", "abyzd", str) == [("a", "a"), ("b", "b"), ("x", "y"), (None, "z"), ("d", "d")]
    assert aligned("", "a", str) == [(None, "a")]


def test_times_sizes_and_numbers_of_connections_are_no_difference() -> None:
    assert steady("Timed out after 3002 milliseconds with 0 bytes received") == steady(
        "Timed out after 1 milliseconds with 71 bytes received"
    )
    assert steady("Connection #0 used again") == steady("Connection #7 used again")
    assert steady("port 80") != steady("port 81")


def test_a_step_differs_by_its_title_its_status_or_a_detail() -> None:
    same, title, status, detail = rows(
        [step("resolve"), step("tls", "TLS 1.2"), step("request"), step("server-certificate", issuer="A")],
        [step("resolve"), step("tls", "TLS 1.3"), step("request", status="unknown"),
         step("server-certificate", issuer="B")],
    )  # fmt: skip
    assert [row.relation for row in (same, title, status, detail)] == ["same", "differs", "differs", "differs"]
    assert detail.changed == ("issuer",)


def test_paths_part_only_where_bad_went_worse() -> None:
    good = [step("connection", "to A"), step("tls"), step("request"), step("response", "200")]
    bad = [step("connection", "to B"), step("tls"), step("request"), step("error", "reset", "problem")]
    assert [row.parting for row in rows(good, bad)] == [False, False, False, True]
    assert not any(row.parting for row in rows(bad, good))


def test_a_step_of_one_log_alone_is_shown_alone() -> None:
    assert [row.relation for row in rows([step("tls")], [step("proxy"), step("tls")])] == ["only-bad", "same"]


@pytest.mark.parametrize("url", ["https://[::1", "http://a:b:c/", "", "\x00://", None])
def test_an_address_that_is_none_is_no_host(url: str | None) -> None:
    assert host_of(Transfer(1, 1, url=url)) in ("", "a")


def test_a_call_is_known_by_host_and_path() -> None:
    assert of_transfer(Transfer(1, 1, url="https://A.example:8443/x?y=1")) == ("a.example", "/x")
    behind = Connection(1, 1, host="proxy.example", target_host="b.example")
    assert of_transfer(Transfer(1, 1, connections=(behind,))) == ("b.example", "")
