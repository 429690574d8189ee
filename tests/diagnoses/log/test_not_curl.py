from __future__ import annotations

from curlx.diagnoses.log.not_curl import diagnose
from curlx.timeline import Timeline, Transfer


def test_a_text_without_curl_is_found() -> None:
    (finding,) = diagnose(Timeline(lines=1, size=12, quotes={1: "hello"}))
    assert (finding.evidence[0].line, finding.evidence[0].text) == (1, "hello")


def test_an_empty_input_is_called_empty() -> None:
    (finding,) = diagnose(Timeline())
    assert finding.summary == "The input is empty."


def test_one_line_of_curl_is_enough() -> None:
    assert not list(diagnose(Timeline(size=9, curl_lines=1)))
    assert not list(diagnose(Timeline(size=9, transfers=(Transfer(1, 1),))))
