"""An answer that was printed without -v may state its status in JSON."""

from __future__ import annotations

import pytest

from curlx import explain


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ('{"status": 404, "title": "x", "detail": "no such order"}', ["http-not-found"]),
        ('{"error": {"code": 403, "message": "no"}}', ["http-forbidden"]),
        ('{"errors": [{"status": "401", "message": "bad credentials"}]}', ["http-unauthorized"]),
        ('{"status": 401,\n "message": "bad credentials"', ["http-unauthorized"]),
        ('{"monitors": [{"url": "x", "status": 404, "message": "down"}]}', []),
        ('[{"url": "x", "status": 404, "message": "down"}]', []),
        ('{"status": 404}', []),
        ('{"status": 200, "message": "fine"}', []),
        ('{"message": "404 Project Not Found"}', ["http-not-found"]),
        ('{"message": "500 recipes found"}', []),
        ('{"message": "Forbidden"}', ["http-forbidden"]),
        ('{"data": {"message": "Forbidden"}}', []),
        ("404 page not found", ["http-not-found"]),
        ("200 page not found", []),
        ('{"error": "invalid_grant", "error_description": "expired"}', ["http-bad-request"]),
        ('{"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown"}]}', ["http-not-found"]),
        ("<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>", ["http-not-found"]),
        ("<Error><Code>Whatever</Code></Error>", []),
    ],
)
def test_json_states_the_status(answer: str, codes: list[str]) -> None:
    report = explain(f"$ curl https://api.example.com/orders\n{answer}\n".encode())
    assert [finding.code for finding in report.findings if finding.severity == "error"] == codes
    assert all(finding.certainty == "likely" for finding in report.findings if finding.severity == "error")


def test_without_a_command_it_is_anybodys_json() -> None:
    report = explain(b'{"status": 404, "title": "x", "detail": "no such order"}\n')
    assert [finding.code for finding in report.findings] == ["log-not-curl"]
