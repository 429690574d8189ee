"""The log beside its explanation: which lines it shows, and how they are marked."""

from __future__ import annotations

from curlx import explain
from curlx.lines import split
from curlx.web.marked_log import MOST, Mark, Row, marks_of, rows

LONG = b"* Connected to a.example (192.0.2.1) port 80\n> GET / HTTP/1.1\n>\n< HTTP/1.1 404 Not Found\n<\n"


def shown(log: bytes) -> list[Row]:
    return [*rows(split((log,)), explain(log))]


def test_a_short_log_is_shown_whole(founding: bytes) -> None:
    assert [(row.number, row.text) for row in shown(founding)] == [*enumerate(founding.decode().splitlines(), 1)]


def test_evidence_is_marked_with_what_it_shows(founding: bytes) -> None:
    row = shown(founding)[12]
    assert row.marks[0] == Mark("E13", "the server says that no client certificate was sent", "error")
    assert [mark.place for mark in row.marks] == ["E13", "F1"]


def test_every_piece_of_evidence_of_every_finding_is_marked(founding: bytes) -> None:
    report = explain(founding)
    assert set(marks_of(report)) == {proof.line for finding in report.findings for proof in finding.evidence}


def test_of_a_long_log_the_ends_and_what_is_around_the_evidence_are_shown() -> None:
    log = b"text\n" * MOST + LONG + b"text\n" * MOST
    view = shown(log)
    assert len(view) < 1000
    numbers = [row.number for row in view]
    assert numbers[0] == 1
    assert numbers[-1] == 2 * MOST + 5
    marked = [row.number for row in view if row.marks]
    assert marked
    assert set(marked) == {proof.line for one in explain(log).findings for proof in one.evidence}
    for line in marked:
        assert {line - 1, line + 1} <= set(numbers)


def test_what_is_left_out_is_counted() -> None:
    view = shown(b"text\n" * (MOST + 1))
    gaps = [row.gap for row in view if row.gap]
    assert gaps == [f"{MOST + 1 - len(view)} lines not shown"]


def test_a_line_that_a_terminal_wrote_over_has_its_number_once() -> None:
    view = shown(b"a\rb\n* Could not resolve host: x.example\n")
    assert [row.number for row in view if row.text] == [1, None, 2] or [row.number for row in view] == [1, 2]
