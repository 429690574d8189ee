from __future__ import annotations

from pathlib import Path

import pytest

from curlx.diagnoses.curl.write_failed import diagnose
from curlx.pipeline import explain
from curlx.timeline import Aside


def test_a_reader_that_went_away_after_a_good_answer_is_a_warning(log):
    (finding,) = diagnose(log(("write-failed", "Failed writing body", None), status=200))
    assert finding.severity == "warning"


def test_without_a_good_answer_it_is_an_error(log):
    (finding,) = diagnose(log(("write-failed", "Failed writing body", None), status=500))
    assert finding.severity == "error"


def test_binary_data_on_a_terminal_is_the_cause_where_curl_warned_of_it(log):
    warnings = (Aside("Binary output can mess up your terminal.", 35),)
    (finding,) = diagnose(log(("write-failed", "", None), status=200, warnings=warnings))
    assert finding.causes == ("The answer is binary, and curl was to show it on a terminal.",)
    assert 35 in [proof.line for proof in finding.evidence]


def test_a_file_that_curl_could_not_open_is_an_error_whatever_the_server_answered() -> None:
    log = (Path(__file__).parents[3] / "fixtures/diagnoses/curl-write-failed/fires-no-such-folder.log").read_bytes()
    verdict = explain(log).findings[0]
    assert (verdict.code, verdict.severity) == ("curl-write-failed", "error")
    assert "Failed to open the file" in " ".join(proof.text for proof in verdict.evidence)
    unopened = b"Warning: Failed to open the file /nonexistent/x: No such file or directory\n"
    assert [finding.severity for finding in explain(log.replace(unopened, b"")).findings] == ["warning"]


def test_the_words_of_an_older_curl_name_the_file_as_well() -> None:
    log = (Path(__file__).parents[3] / "fixtures/wrapped/meter-shows-all-came.log").read_bytes()
    verdict, *others = explain(log).findings
    assert verdict.causes == ("Line 4 names the file that could not be opened, and the reason.",)
    assert others == []  # the second call came to its end: the meter says so
    half = log.replace(b"100  168M  100  168M", b" 50  168M   50   84M")
    assert [finding.code for finding in explain(half).findings] == ["curl-write-failed", "log-unfinished"]


@pytest.mark.parametrize(
    ("behind", "reader"),
    [("head -n 7", "head"), ("tee all | grep -m1 title", "grep"), ("grep title", ""), ("jq .head", "")],
)
def test_a_reader_in_the_command_that_leaves_early_does_no_harm(behind: str, reader: str) -> None:
    log = f"$ curl http://shop.example/list | {behind}\ncurl: (23) Failed writing body\n"
    verdict = explain(log.encode()).findings[0]
    assert verdict.code == "curl-write-failed"
    assert verdict.severity == ("warning" if reader else "error")
    assert any(f"`{reader}`" in cause for cause in verdict.causes) == bool(reader)


@pytest.mark.parametrize(
    ("command", "first"),
    [("", "The answer is binary"), ("-o a.zip ", "The program that reads"), ("> a.zip ", "The program that reads")],
)
def test_where_the_command_leaves_the_answer_on_the_terminal_no_program_read_it(command: str, first: str) -> None:
    log = f"""$ curl -v -s {command}https://files.example/a.zip
> GET /a.zip HTTP/1.1
> Host: files.example
>
< HTTP/1.1 200 OK
< Content-Length: 499829
<
* client returned ERROR on write of 16384 bytes
* closing connect
"""
    finding = explain(log).findings[0]
    assert finding.causes[0].startswith(first)
    assert any("program that reads" in cause for cause in finding.causes) is bool(command)
