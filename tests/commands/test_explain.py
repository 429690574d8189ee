"""`curlx explain`, and `curlx` alone: what it is given, what it prints, and its exit code."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from .running import FINE, HINT, MISSING, PROSE, curlx


def test_a_pipe_is_explained_without_any_argument() -> None:
    ran = curlx(stdin=MISSING)
    assert b"error[client-certificate-missing]" in ran.stdout
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_a_pipe_gets_no_colour_and_eighty_columns() -> None:
    text = curlx(stdin=MISSING).stdout.decode()
    assert "\x1b" not in text
    assert "✖ broke here" in text


def test_a_log_in_which_nothing_went_wrong_exits_with_0() -> None:
    ran = curlx(stdin=FINE)
    assert b"ok: no problem found" in ran.stdout
    assert ran.returncode == 0


@pytest.mark.parametrize("spelling", [("explain",), (), ("explain", "--format", "terminal")])
def test_a_file_is_explained_the_same_however_it_is_asked(spelling: tuple[str, ...], saved: str) -> None:
    ran = curlx(*spelling, saved)
    assert (ran.stdout, ran.returncode) == (curlx("explain", saved).stdout, 1)
    assert b"health.log" in ran.stdout


@pytest.mark.parametrize("spelling", [("-",), ("-", "--format", "terminal")])
def test_a_dash_alone_is_standard_input(spelling: tuple[str, ...]) -> None:
    assert curlx(*spelling, stdin=MISSING).stdout == curlx(stdin=MISSING).stdout


@pytest.mark.parametrize("options", [("--reply",), ("-f", "json"), ("--format=markdown",)])
def test_options_alone_are_those_of_explain(options: tuple[str, ...]) -> None:
    assert curlx(*options, stdin=MISSING).stdout == curlx("explain", *options, stdin=MISSING).stdout != b""


@pytest.mark.parametrize("name", ["missing.log", "logs/missing"])
def test_a_file_that_is_not_there_is_not_called_a_command(name: str) -> None:
    ran, asked = curlx(name), curlx("explain", name)
    assert (ran.returncode, ran.stdout, ran.stderr) == (
        3,
        b"",
        f"curlx: cannot read {name}: there is no such file\n".encode(),
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (asked.returncode, asked.stdout, asked.stderr)


def test_a_word_that_is_no_command_and_no_file_is_a_wrong_usage() -> None:
    ran = curlx("explian")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"No such command 'explian'" in ran.stderr


def test_a_folder_alone_gets_the_command_that_is_meant(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "curlx", "logs"], cwd=tmp_path, capture_output=True, timeout=60,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert ran.returncode == 2
    assert b"`curlx check logs`" in ran.stderr


def test_json_is_the_document_of_the_contract(saved: str) -> None:
    ran = curlx("explain", saved, "--format", "json")
    document = json.loads(ran.stdout)
    assert (document["format"], document["outcome"], ran.returncode) == (1, "failure", 1)
    assert document["source"]["name"] == saved


@pytest.mark.parametrize("format", ["json", "terminal"])
def test_what_is_not_from_curl_exits_with_3_and_one_sentence(format: str) -> None:
    ran = curlx("explain", "-", "--format", format, stdin=PROSE)
    assert ran.returncode == 3
    assert ran.stderr == b"curlx: standard input: there is no output of curl -v or --trace in it" + HINT
    assert (b'"not-curl"' in ran.stdout) is (format == "json")


@pytest.mark.parametrize("spelling", [(), ("explain",), ("explain", "--format", "json"), ("redact",)])
def test_an_empty_input_exits_with_3(spelling: tuple[str, ...]) -> None:
    ran = curlx(*spelling)
    assert (ran.returncode, ran.stdout, ran.stderr) == (3, b"", b"curlx: standard input is empty" + HINT)


@pytest.mark.parametrize("command", ["explain", "redact"])
def test_a_missing_file_exits_with_3_and_says_so(command: str) -> None:
    ran = curlx(command, "none.log")
    assert (ran.returncode, ran.stderr) == (3, b"curlx: cannot read none.log: there is no such file\n")


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on_decides_about_the_exit_code(fail_on: str, code: int, saved: str) -> None:
    assert curlx("explain", saved, "--fail-on", fail_on).returncode == code


def test_reply_is_the_format_of_this_name(saved: str) -> None:
    ran = curlx("explain", saved, "--reply")
    assert (ran.stdout, ran.returncode) == (curlx("explain", saved, "--format", "reply").stdout, 1)
    assert ran.stdout.startswith(b"Hello,\n")


def test_reply_and_another_format_exclude_each_other(saved: str) -> None:
    assert curlx("explain", saved, "--reply", "--format", "html").returncode == 2


def test_a_report_can_be_written_to_a_file(saved: str, tmp_path: Path) -> None:
    ran = curlx("explain", saved, "--format", "json", "--output", str(tmp_path / "report.json"))
    assert (ran.stdout, ran.returncode) == (b"", 1)
    assert json.loads((tmp_path / "report.json").read_bytes())["format"] == 1


def test_a_report_that_cannot_be_written_is_a_usage_error(saved: str, tmp_path: Path) -> None:
    ran = curlx("explain", saved, "--output", str(tmp_path / "none" / "report.txt"))
    assert ran.returncode == 2
    assert b"cannot write" in ran.stderr
    assert b"there is no such folder" in ran.stderr


@pytest.mark.parametrize("arguments", [["explain", "--format", "yaml"], ["nonsense"], ["explain", "--nonsense"]])
def test_a_wrong_command_line_exits_with_2(arguments: list[str]) -> None:
    assert curlx(*arguments).returncode == 2


@pytest.mark.parametrize("body", [b"", b"<html>a page</html>\n"])
def test_a_pipe_without_standard_error_is_told_how_to_get_it(body: bytes, tmp_path: Path) -> None:
    ran = curlx(stdin=body)
    assert ran.returncode == 3
    assert b"`curl -v ... 2>&1 | curlx`" in ran.stderr
    (tmp_path / "page.html").write_bytes(body)
    assert b"2>&1" not in curlx("explain", str(tmp_path / "page.html")).stderr


@pytest.mark.parametrize("command", ["explain", "redact"])
def test_what_is_packed_is_for_check(command: str, tmp_path: Path) -> None:
    packed = tmp_path / "trace.log.gz"
    packed.write_bytes(gzip.compress(FINE))
    ran = curlx(command, str(packed))
    assert (ran.returncode, ran.stdout) == (3, b"")
    assert b"`curlx check` reads what is in it" in ran.stderr
    with tarfile.open(tmp_path / "logs.tar", "w") as archive:
        (tmp_path / "a.log").write_bytes(FINE)
        archive.add(tmp_path / "a.log", "a.log")
    assert curlx(command, str(tmp_path / "logs.tar")).returncode == 3


def test_powershells_alias_is_called_so_and_exits_with_3() -> None:
    result = curlx("explain", "-", stdin=b"curl : The remote server returned an error: (400) Bad Request.\n")
    assert (result.returncode, result.stdout) == (3, b"")
    assert "curl.exe -sSv URL" in " ".join(result.stderr.decode().split())
