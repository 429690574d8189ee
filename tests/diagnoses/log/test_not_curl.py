from __future__ import annotations

import pytest

import curlx
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


@pytest.mark.parametrize(("said", "codes"), [
    ("Warning: The printer on floor 3 is out of toner.", ["log-not-curl"]),
    ("Note: setting global.maxconn to 491.", ["log-not-curl"]),
    ("Warning: Binary output can mess up your terminal. Use \"--output -\" to tell", ["log-unfinished"]),
    ("Note: Unnecessary use of -X or --request, POST is already inferred.", ["log-unfinished"]),
    ("Warning: Failed to get url 'https://a.example/': cURL error 6: Could not resolve host: a.example",
     ["network-host-not-found"]),
])  # fmt: skip
def test_other_programs_warn_in_the_same_way(said: str, codes: list[str]) -> None:
    assert [finding.code for finding in curlx.explain(f"{said}\n").findings] == codes


@pytest.mark.parametrize("said", [
    "curl : The remote server returned an error: (400) Bad Request.",
    "curl : The remote name could not be resolved: 'api.example.com'",
    "Invoke-WebRequest : A parameter cannot be found that matches parameter name 'sv'.",
    "Invoke-WebRequest: Response status code does not indicate success: 401 (Unauthorized).",
    "StatusCode        : 200",
    "VERBOSE: GET https://api.example.com/v1/items with 0-byte payload",
])  # fmt: skip
def test_powershells_alias_is_not_taken_for_curl(said: str) -> None:
    report = curlx.explain(f"PS C:\\work> curl -v https://api.example.com/v1/items\n{said}\n")
    (finding,) = report.findings
    assert (report.outcome, finding.code, finding.certainty) == ("not-curl", "log-not-curl", "certain")
    assert "PowerShell" in finding.title
    assert (finding.evidence[0].line, finding.evidence[0].text) == (2, said)
    assert finding.remedies[0].commands == ("curl.exe -sSv URL > log.txt 2>&1",)


def test_what_curl_itself_says_is_believed_beside_the_alias() -> None:
    report = curlx.explain("curl : The remote server returned an error: (400) Bad Request.\n"
                           "PS C:\\work> curl.exe -sS https://nowhere.example/\n"
                           "curl: (6) Could not resolve host: nowhere.example\n")  # fmt: skip
    assert report.findings[0].code == "network-host-not-found"


def test_what_the_tool_itself_says_is_no_command_of_powershells() -> None:
    (finding,) = curlx.explain(b"curl: the weather is fine\n").findings
    assert (finding.code, finding.certainty) == ("log-not-curl", "likely")
    (finding,) = curlx.explain(b"curl : The weather is fine\n").findings
    assert finding.certainty == "certain"


@pytest.mark.parametrize(
    "said", ["Could not update the list: Timeout was reached", "The certificate issuer is unknown"]
)
def test_words_that_curl_has_too_may_be_those_of_a_program_that_uses_it(said: str) -> None:
    (finding,) = curlx.explain(f"{said}\n").findings
    assert (finding.code, finding.certainty) == ("log-not-curl", "likely")


def test_words_of_curls_in_somebodys_source_code_leave_it_open() -> None:
    said = "// Git failed with a fatal error.\n//   schannel: CertGetCertificateChain trust error CERT_TRUST_IS_PARTIAL_CHAIN\n"
    (finding,) = curlx.explain(said).findings
    assert (finding.code, finding.certainty) == ("log-not-curl", "likely")
