from __future__ import annotations

from pathlib import Path

import pytest

import curlx
from curlx.diagnoses.log.not_curl import NAMESAKE, diagnose
from curlx.timeline import Timeline, Transfer

FIXTURES = Path(__file__).parents[3] / "fixtures" / "diagnoses" / "log-not-curl"


def test_a_text_without_curl_is_found() -> None:
    (finding,) = diagnose(Timeline(lines=1, size=12, quotes={1: "hello"}))
    assert (finding.evidence[0].line, finding.evidence[0].text) == (1, "hello")


def test_an_empty_input_is_called_empty() -> None:
    (finding,) = diagnose(Timeline())
    assert finding.summary == "The input is empty."


def test_one_line_of_curl_is_enough() -> None:
    assert not list(diagnose(Timeline(size=9, curl_lines=1)))
    assert not list(diagnose(Timeline(size=9, transfers=(Transfer(1, 1),))))


@pytest.mark.parametrize("name", ["error", "table"])
def test_the_program_that_powershell_calls_curl_is_named(name: str) -> None:
    log = (FIXTURES / f"fires-powershell-{name}.log").read_bytes()
    report = curlx.explain(log)
    assert (report.outcome, [finding.title for finding in report.findings]) == ("not-curl", [NAMESAKE])
    assert "curl.exe" in report.findings[0].remedies[0].commands[0]


def test_a_call_of_curl_beside_it_counts() -> None:
    log = b"[Invoke-WebRequest]\n* Could not resolve host: nosuch.example\ncurl: (6) Could not resolve host: nosuch.example\n"
    assert [finding.code for finding in curlx.explain(log).findings] == ["network-host-not-found"]
