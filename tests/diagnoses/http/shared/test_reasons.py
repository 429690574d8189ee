from __future__ import annotations

import pytest

from curlx import explain, render
from curlx.report import Report

_REASON = "Give the berth as ?berth=NUMBER."


def _answered(body: str, length: int, kind: str = "text/plain; charset=utf-8") -> Report:
    head = (
        "> GET /berths HTTP/1.1\n> Host: quay.example\n> Accept: */*\n>\n"
        f"< HTTP/1.1 400 Bad Request\n< Content-Type: {kind}\n< Content-Length: {length}\n<\n"
    )
    return explain(f"{head}{body}\n* Connection #0 to host quay.example left intact\n".encode())


def test_a_plain_text_of_one_line_is_the_reason_and_stands_in_the_letter() -> None:
    report = _answered(_REASON, len(_REASON))
    assert _REASON.rstrip(".") in report.findings[0].summary
    assert "The number alone" not in report.findings[0].summary
    assert _REASON.rstrip(".") in " ".join(render(report, "reply").split())


@pytest.mark.parametrize(
    ("body", "length", "kind"),
    [
        ("Bad Request", 11, "text/plain"),
        ("400 Bad Request", 15, "text/plain"),
        ("root@quay:~# ss -tlnp | grep 443", 600, "text/plain"),
        ("Give the berth as a number. root@quay:~#", 27, "text/plain"),
        ("the berth, the quay", 19, "text/csv"),
    ],
)
def test_what_is_a_phrase_or_not_the_whole_text_is_no_reason(body: str, length: int, kind: str) -> None:
    (finding, *_) = _answered(body, length, kind).findings
    assert "own text says" not in finding.summary
