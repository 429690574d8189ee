from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.log.secrets import diagnose
from curlx.timeline import Secret, Timeline


def test_kinds_and_lines_are_told_and_each_line_once() -> None:
    secrets = (Secret("authorization", 4), Secret("cookie", 6), Secret("cookie", 6))
    (finding,) = diagnose(Timeline(secrets=secrets, quotes={4: "> Authorization: Basic (hidden)"}))
    assert finding.severity == "warning"
    assert "authorization, cookie" in finding.summary
    assert [proof.line for proof in finding.evidence] == [4, 6]


def test_many_lines_are_counted_not_listed() -> None:
    (finding,) = diagnose(Timeline(secrets=tuple(Secret("cookie", line) for line in range(1, 31))))
    assert len(finding.evidence) == 10
    assert "20 more lines" in finding.summary


def test_a_log_without_secrets_is_fine() -> None:
    assert not list(diagnose(Timeline()))


@pytest.mark.parametrize(("name", "command"), [
    ("", "curlx redact log.txt > log-to-share.txt"),
    ("standard input", "curlx redact log.txt > log-to-share.txt"),
    ("s3://bucket/a.log", "curlx redact log.txt > log-to-share.txt"),
    ("logs.zip/a.log", "curlx redact log.txt > log-to-share.txt"),
    ("logs/a b.log", "curlx redact 'logs/a b.log' > 'a b-to-share.log'"),
    ("C:\\logs\\a.log", "curlx redact C:\\logs\\a.log > C:\\logs\\a-to-share.log"),
])  # fmt: skip
def test_the_command_names_the_logs_own_file_where_it_is_known(name: str, command: str) -> None:
    report = curlx.explain(
        "> GET / HTTP/1.1\n> Host: shop.example\n> Cookie: sid=8f14e45fceea167a5a36\n> \n", source=name
    )
    (finding,) = (each for each in report.findings if each.code == "log-secrets")
    assert finding.remedies[0].commands == (command,)


@pytest.mark.parametrize(("log", "place"), [
    ("> GET / HTTP/1.1\n> Cookie: sid=8f14e45fceea167a5a36\n> \n", "headers of requests"),
    ("> GET / HTTP/1.1\n> \n< HTTP/1.1 200 OK\n< Set-Cookie: sid=8f14e45fceea167a5a36\n< \n", "headers of answers"),
    ("$ curl -v -u me:geheim https://shop.example/\n* Connected to shop.example (192.0.2.1) port 443\n", "echoed command"),
    ('> GET / HTTP/1.1\n> \n< HTTP/1.1 200 OK\n< Content-Length: 43\n< \n{"access_token":"8f14e45fceea167a5a36cd99"}\n',
     "in a body"),
])  # fmt: skip
def test_the_cause_is_the_place_where_the_secret_stands(log: str, place: str) -> None:
    (finding,) = (each for each in curlx.explain(log).findings if each.code == "log-secrets")
    assert len(finding.causes) == 1
    assert place in finding.causes[0]


def test_what_hides_them_is_named_in_the_title() -> None:
    (finding,) = diagnose(Timeline(secrets=(Secret("cookie", 4),)))
    assert "`curlx redact`" in finding.title
