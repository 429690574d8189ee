"""`curlx why`: the pages of the diagnoses, offline."""

from __future__ import annotations

import pytest

from curlx.advice.exit_codes import meaning
from curlx.diagnoses import known

from .running import curlx


def test_why_prints_the_page_of_a_diagnosis() -> None:
    ran = curlx("why", "client-certificate-missing")
    assert ran.returncode == 0
    assert ran.stdout.startswith(b"# client-certificate-missing\n")
    assert b"## What to do" in ran.stdout


def test_why_takes_a_code_in_capitals() -> None:
    assert curlx("why", "HTTP-Not-Found").stdout == curlx("why", "http-not-found").stdout


def test_why_lists_every_diagnosis() -> None:
    listed = curlx("why").stdout.decode()
    assert [code for code in known() if f"\n  {code} " not in listed] == []


def test_why_lists_a_family() -> None:
    listed = curlx("why", "client").stdout.decode().splitlines()
    assert listed[0] == "client certificate"
    assert [line.split()[0] for line in listed[1:]] == [code for code in known() if code.startswith("client-")]
    assert curlx("why", "TLS-").stdout == curlx("why", "tls").stdout != b""


def test_why_suggests_what_may_have_been_meant() -> None:
    ran = curlx("why", "client-certificate-mising")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"Did you mean client-certificate-missing" in ran.stderr


def test_why_finds_what_is_no_code_in_the_pages() -> None:
    def found(word: str) -> list[str]:
        return [line.split()[0] for line in curlx("why", word).stdout.decode().splitlines() if line.startswith("  ")]

    assert found("client-cert") == [code for code in known() if code.startswith("client-cert")]
    for word in ("mtls", "496"):
        assert "client-certificate-missing" in found(word)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("60", "server-certificate-expired"),
        ("58", "client-certificate-key-mismatch"),
        ("35", "tls-version-mismatch"),
        ("22", "http-not-found"),
        ("43", "curl-error"),
    ],
)
def test_why_tells_what_an_exit_code_of_curl_means(number: str, code: str) -> None:
    ran = curlx("why", number)
    assert ran.stdout.decode().replace("\n", " ").startswith(f"Exit code {number} of curl: {meaning(int(number))}.")
    assert f"\n  {code} " in ran.stdout.decode()


@pytest.mark.parametrize("code", ["404", "http-404", "HTTP404"])
def test_why_takes_a_status(code: str) -> None:
    assert curlx("why", code).stdout.count(b"  http-not-found ") == 1
