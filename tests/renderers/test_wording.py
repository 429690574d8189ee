from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import curlx
from curlx.findings import Diagnosis, Evidence, Finding
from curlx.renderers.wording import (
    by_line,
    causes_heading,
    clipped,
    headline,
    name_of,
    pieces,
    shown_transfers,
    where_it_broke,
)
from curlx.report import Section, make_report
from curlx.timeline import Timeline, Transfer


def test_a_line_that_shows_two_things_is_quoted_once_and_the_lines_stand_in_their_order() -> None:
    proof = [Evidence(9, "b ", "x"), Evidence(3, "a", "y"), Evidence(9, "b ", "z"), Evidence(9, "b ", "x")]
    assert by_line(proof) == [(3, "a", "y"), (9, "b", "x; z")]


def test_what_is_cut_off_is_marked() -> None:
    assert clipped("abcdef", 6) == "abcdef"
    assert clipped("abcdefg", 6) == "abcde…"
    assert clipped("a\x1b[2J", 40) == "a\\x1b[2J"


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("run `a b` now", [("run ", False), ("a b", True), (" now", False)]),
        ("`a`", [("a", True)]),
        ("an odd ` one", [("an odd ` one", False)]),
        ("`a` and `b", [("a", True), (" and `b", False)]),
    ],
)
def test_backticks_in_pairs_mark_code(prose: str, expected: list[tuple[str, bool]]) -> None:
    assert list(pieces(prose)) == expected


@given(st.text(alphabet="a `"))
def test_nothing_but_pairs_of_backticks_is_lost(prose: str) -> None:
    cut = list(pieces(prose))
    assert "".join(piece for piece, _ in cut).replace("`", "") == prose.replace("`", "")
    assert all("`" not in piece for piece, is_code in cut if is_code)


def test_of_many_transfers_the_first_the_broken_and_the_last_are_shown() -> None:
    timeline = Timeline(tuple(Transfer(line, line) for line in range(1, 21)), curl_lines=20)
    finding = Diagnosis("curl-error", "x").found("certain", "x", [Evidence(11, "x", "x")], transfer=10)
    assert shown_transfers(make_report(timeline, (finding,)), finding, 3) == [0, 1, 2, 10, 19]


def test_only_the_transfer_of_the_verdict_has_a_step_where_it_broke(missing: Finding) -> None:
    step = Section("client-certificate", 5, 5, "x", "problem")
    assert where_it_broke([step], missing, 0) == step
    assert where_it_broke([step], missing, 1) is None
    assert where_it_broke([step], msgspec.structs.replace(missing, severity="warning"), 0) is None


def test_a_report_without_a_call_is_never_called_fine() -> None:
    assert headline(make_report(Timeline(), ())) == "The log does not show a call of curl"
    assert headline(make_report(Timeline((Transfer(1, 3),), curl_lines=3), ())) == "No problem found in this log"


def test_a_transfer_whose_lines_may_be_anothers_is_called_so() -> None:
    tries = ["*   Trying 192.0.2.1:443...", "*   Trying 192.0.2.2:8443..."]
    connected = [f"* Connected to {name} ({ip}) port {port} (#{n})" for n, (name, ip, port) in enumerate(
        [("a.example", "192.0.2.1", 443), ("b.example", "192.0.2.2", 8443)])]  # fmt: skip
    asked = ["> GET / HTTP/1.1", "> Host: a.example", "> ", "> GET / HTTP/1.1", "> Host: b.example", "> "]
    mixed = curlx.explain("\n".join([*tries, *connected, *asked, ""]).encode())
    assert name_of(mixed, 0).endswith(", whose lines may be another's")
    apart = curlx.explain("\n".join([tries[0], connected[0], *asked[:3], ""]).encode())
    assert name_of(apart, 0) == "Transfer 1 of 1"


@pytest.mark.parametrize(("causes", "heading"), [
    (("The port is wrong.",), "Why this happens"),
    (("The port may be wrong.",), "Possible cause"),
    (("The port is wrong.", "The name is wrong."), "Possible causes"),
])  # fmt: skip
def test_one_guess_alone_is_no_reason(causes: tuple[str, ...], heading: str) -> None:
    assert causes_heading(Diagnosis("log-not-curl", "x").found("certain", "x", (), causes=causes)) == heading
