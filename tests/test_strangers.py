"""Programs, pictures, documents and source code are no logs, whatever words of curl's they hold."""

from __future__ import annotations

import io
import shutil
import tarfile
from pathlib import Path

import pytest

from curlx import explain
from curlx.strangers import is_strange

ROOT = Path(__file__).parent.parent
LOG = (ROOT / "fixtures" / "founding.log").read_bytes()
WORDS = b"curl: (23) Failed writing body\nNo required SSL certificate was sent\n* \n< \n"
SOURCE = {
    "C": b'/*\n * How curl fails\n */\n#include "tool.h"\n  errorf("curl: (60) SSL certificate problem\\n");\n',
    "header": b"#ifndef X\n* Trying 192.0.2.1:443...\n",
    "Python": b"from curl import fail\n\n'''\ncurl: (60) SSL certificate problem: expired\n'''\n",
    "script": b"#!/usr/bin/env python3\n# how it ends\nimport sys\n\nprint('''\ncurl: (7) Failed to connect\n''')\n",
    "docstring": b'"""What curl says.\n\ncurl: (7) Failed to connect to x.example port 443\n"""\n',
    "docstring of one line": b"'''Runs curl.'''\n\nSAID = '''\ncurl: (7) Failed to connect to x.example\n'''\n",
    "Go": b"package curl\n\n// curl: (7) Failed to connect to x.example port 443\n",
    "changes": b"--- a/t.sh\n+++ b/t.sh\n@@ -1,3 +1,3 @@\n-curl: (7) Failed to connect to x.example port 443\n ok\n",
    "JavaScript": b"import { run } from 'curl';\n`\ncurl: (7) Failed to connect to x.example port 443\n`\n",
}


def outcome(data: bytes) -> str:
    return explain(data).outcome


@pytest.mark.parametrize(
    "head",
    [
        b"\x7fELF\x02\x01\x01\0",
        b"MZ\x90\0",
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"BZh1",
        b"\xff\xd8\xff\xe0",
    ],
)
def test_words_of_curl_in_a_program_or_picture_are_no_log(head: bytes) -> None:
    assert outcome(head + bytes(400) + b"\n" + WORDS) == "not-curl"
    assert outcome(WORDS) == "failure", "the words alone are read, or this would prove nothing"


@pytest.mark.parametrize("language", SOURCE)
def test_words_of_curl_in_source_code_are_no_log(language: str) -> None:
    assert is_strange(SOURCE[language])
    assert outcome(SOURCE[language]) == "not-curl"


@pytest.mark.parametrize("path", sorted((ROOT / "curlx" / "grammar").glob("*.py")), ids=lambda path: path.stem)
def test_the_grammar_of_curl_is_no_log(path: Path) -> None:
    assert outcome(path.read_bytes()) == "not-curl"


def test_curl_itself_is_no_log() -> None:
    program = shutil.which("curl")
    if program is None:
        pytest.skip("curl is not installed")
    assert outcome(Path(program).read_bytes()) == "not-curl"


def test_an_archive_is_no_log() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        info = tarfile.TarInfo("words")
        info.size = len(WORDS)
        archive.addfile(info, io.BytesIO(WORDS))
    assert outcome(packed.getvalue()) == "not-curl"


@pytest.mark.parametrize("before", [b"\x89PNG\r\n\x1a\n\0\0\n", b'#include "a.h"\n', b"import sys\n", b"%PDF-1.7\n"])
def test_a_whole_log_behind_such_a_beginning_is_read(before: bytes) -> None:
    report = explain(before + LOG)
    assert [finding.code for finding in report.findings[:1]] == ["client-certificate-missing"]


@pytest.mark.parametrize(
    "text",
    [b"/*error: RPC failed; curl 92 HTTP/2 stream 0 was not closed cleanly: CANCEL (err 8)\nfatal: it hung up*/\n",
     b"// curl: (6) Could not resolve host: a.example\n", b"/*\n * me% curl a.example -v\n< HTTP/1.1 409 CONFLICT\n*/\n"],
)  # fmt: skip
def test_a_comment_that_is_nothing_but_what_curl_said_is_a_note(text: bytes) -> None:
    assert not is_strange(text)
    assert outcome(text) == "failure"


def test_a_comment_that_has_an_answer_within_is_source_code() -> None:
    assert is_strange(b"/*\n * $ curl a.example -v\n * < HTTP/1.1 409 CONFLICT\n */\nint main() {}\n")


@pytest.mark.parametrize(
    "text",
    [b"#!/bin/sh\ncurl https://api.example.com\n", b"# curl -v https://api.example.com\n", b"BM is what we use\n",
     b"import failed for 3 of 4 files\n", b"from the log of Monday\n", b"\n\n", b"RIFF\n", b"using curl 8.14\n"],
)  # fmt: skip
def test_what_people_write_above_a_log_is_nothing_strange(text: bytes) -> None:
    assert not is_strange(text + b"* Trying 192.0.2.1:443...\n")
    assert outcome(text + b"curl: (7) Failed to connect to x.example port 443: Connection refused\n") == "failure"


def test_a_log_with_zero_bytes_is_a_log() -> None:
    assert outcome(bytes(100) + LOG) == outcome(LOG.replace(b"*", b"*\0")) == "failure"


def test_a_hostile_beginning_is_looked_at_once() -> None:
    for head in (b"#\n" * 2048, b" \n" * 2048, b"import " + b"{" * 4000, b"#" * 4096, b"\n" * 4096):
        assert not is_strange(head)
