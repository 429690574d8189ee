from __future__ import annotations

import pytest

from curlx import explain, render
from curlx.redaction.file_names import hide_in_name

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlc2lnbmF0dXJl"
NAMES = {
    "logs/token=s3cr3tvalue123.log": "logs/token=‹parameter 1›.log",
    "logs/index.html?access_token=abcdef123456&page=2.log": "logs/index.html?access_token=‹parameter 1›&page=2.log",
    "http://alice:wonder1and@logs.example.com/a/1.log": "http://‹url-credentials 1›@logs.example.com/a/1.log",
    "s3://bucket/password=hunter2.log.gz": "s3://bucket/password=‹parameter 1›.log.gz",
    f"/var/log/{JWT}.log": "/var/log/‹token 1›.log",
    "C:\\logs\\api_key=abc123def.txt": "C:\\logs\\api_key=‹parameter 1›.txt",
    "Authorization: Bearer abcdef.123456.log": "Authorization: Bearer ‹authorization 1›.log",
    "old.zip/session_token=abcdef0123.log": "old.zip/session_token=‹parameter 1›.log",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_secret_in_a_name_is_hidden_and_the_rest_stays(name: str) -> None:
    assert hide_in_name(name) == NAMES[name]
    assert hide_in_name(NAMES[name]) == NAMES[name], "hidden once more it stays the same"


@pytest.mark.parametrize(
    "name",
    ["", "a.log", "/srv/2026-11-23/api.example.com.log", "basic_auth/cookies.txt", "auth/token/keys.log", "logs.zip/1.log",
     "standard input", "new\nline.log", "s3://bucket/tokens/2026.log", "https://logs.example.com/a.log?page=2"],
)  # fmt: skip
def test_a_name_without_a_secret_stays_as_it_is(name: str) -> None:
    assert hide_in_name(name) == name


def test_a_report_names_its_log_without_secrets_unless_they_are_wanted() -> None:
    log = b"curl: (7) Failed to connect to www.example.com port 443: Connection refused\n"
    report = explain(log, source="password=hunter2.log")
    for format in ("json", "terminal", "markdown", "html", "har"):
        assert "hunter2" not in render(report, format)
    assert explain(log, source="password=hunter2.log", show_secrets=True).source.name == "password=hunter2.log"
