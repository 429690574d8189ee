"""A copy of a log has all of its bytes but the secrets, and says the same."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import curlx
from curlx.redaction import Redactor
from curlx.redaction.copy import copy
from curlx.redaction.placing import Edit, place

FIXTURES = sorted(path for path in (Path(__file__).parents[2] / "fixtures").rglob("*.log"))
TOKEN = "Zq7Kp9Xv2Lm4" + "Rt8Ws1Hj5Ny3"


def copied(data: bytes, size: int = 0) -> bytes:
    return b"".join(copy([data[at : at + size] for at in range(0, len(data), size)] if size else [data]))


def verdict(data: bytes) -> object:
    """What is said of a log, but for the warning that it holds secrets."""
    report = curlx.explain(data)
    found = [(one.code, one.severity, one.certainty, [proof.line for proof in one.evidence])
             for one in report.findings if one.code != "log-secrets"]  # fmt: skip
    return report.outcome, found, report.summary


def test_the_fixtures_are_there() -> None:
    assert len(FIXTURES) > 500


def test_a_copy_of_a_fixture_says_the_same_and_one_without_secrets_is_the_same() -> None:
    changed = 0
    for path in FIXTURES:
        data = path.read_bytes()
        result = copied(data)
        if result == data:
            continue
        changed += 1
        assert verdict(result) == verdict(data), path
        assert copied(result) == result, path
        assert result.count(b"\n") == data.count(b"\n"), path
    assert 10 < changed < len(FIXTURES) / 4


@pytest.mark.parametrize(
    ("data", "result"),
    [
        (b"> Cookie: a=1", "> Cookie: a=‹cookie 1›".encode()),
        (b"> Cookie: a=1\r\n", "> Cookie: a=‹cookie 1›\r\n".encode()),
        (b"\xef\xbb\xbf> Cookie: a=1\n", "\ufeff> Cookie: a=‹cookie 1›\n".encode()),
        (b"\x1b[1m> Cookie: a=\x1b[31m1\x1b[0m\n", "\x1b[1m> Cookie: a=\x1b[31m‹cookie 1›\x1b[0m\n".encode()),
        (b"\x00> Cookie: a=1\x00\n", "\x00> Cookie: a=‹cookie 1›\x00\n".encode()),
        (b"> Cookie: \xfc=1\n", "> Cookie: ü=‹cookie 1›\n".encode("cp1252")),
        (b"> Cookie: \x81=1\n", b"> Cookie: \x81=\x8bcookie 1\x9b\n"),
        ("> Cookie: a=1\n* x\n".encode("utf-16"), "\ufeff> Cookie: a=‹cookie 1›\n* x\n".encode("utf-16-le")),
        ("> Cookie: a=1\r\n* x\r\n".encode("utf-16-be"), "> Cookie: a=‹cookie 1›\r\n* x\r\n".encode("utf-16-be")),
        (b"\xff\xfeX", b"\xff\xfeX"),
        (b"\r  0     0\r  0     0\r> Cookie: a=1\n", "\r  0     0\r  0     0\r> Cookie: a=‹cookie 1›\n".encode()),
        (b"one\x0b\x0c\x85\n\n\n> Cookie: a=1\n\n", b"one\x0b\x0c\x85\n\n\n> Cookie: a=\x8bcookie 1\x9b\n\n"),
        (b"", b""),
    ],
)  # fmt: skip
def test_every_byte_that_is_not_secret_stays(data: bytes, result: bytes) -> None:
    assert copied(data) == result


@given(st.lists(st.binary(max_size=40) | st.sampled_from([b"\n", b"\r\n", b"* Trying 192.0.2.1:80...\n", b"\x1b[31m", b"\xe2\x80\xb9", b"\t"]), max_size=30).map(b"".join))  # fmt: skip
def test_bytes_without_a_secret_are_copied_as_they_are(data: bytes) -> None:
    redactor = Redactor()
    result = b"".join(copy([data], redactor))
    assert result == data or redactor.secrets


@given(st.sampled_from([path for path in FIXTURES if b"uthorization" in path.read_bytes()]), st.integers(1, 5000))
@settings(max_examples=40, deadline=None)
def test_a_copy_is_the_same_however_the_bytes_are_cut(path: Path, size: int) -> None:
    data = path.read_bytes()
    assert copied(data, size) == copied(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", [0, 48_000, 49_000, 49_120, 98_250, 150_000])
@pytest.mark.parametrize("filler", ["lorem ipsum, ", "x", '{"a":1},'])
def test_a_secret_anywhere_in_a_line_without_an_end_is_hidden(encoding: str, before: int, filler: str) -> None:
    head = "* Connected to a (192.0.2.1) port 80\n" + filler * (before // len(filler))
    data = (head + f'{{"access_token":"{TOKEN}","b":"' + filler * 9_000).encode(encoding)
    result = copied(data, 10_000).decode(encoding)
    assert TOKEN[:8] not in result
    assert TOKEN[-8:] not in result
    assert result.startswith(head)
    assert result.endswith('","b":"' + filler * 9_000)


def test_a_secret_longer_than_what_is_looked_at_together_is_hidden_whole() -> None:
    secret = base64.b64encode(bytes(range(256)) * 800).decode()
    result = copied(f'* x\n{{"access_token":"{secret}","b":1}}\n'.encode())
    assert result.startswith('* x\n{"access_token":"‹parameter 1›'.encode())
    assert result.endswith(b'","b":1}\n')
    assert len(result) < 100


def test_a_line_without_a_secret_is_the_same_however_long() -> None:
    for unit in (b"x", b"a, ", "ü".encode(), b'"', b"\x00", b"\r"):
        data = b"* Connected to a (192.0.2.1) port 80\n" + unit * (400_000 // len(unit)) + b"\n* x"
        assert copied(data, 70_001) == data


@pytest.mark.parametrize(
    "data",
    [
        b'fatal: [h]: FAILED! => {"cmd": "curl -v -u alice:S3cretS3cret https://h/", "stderr": "* Trying 192.0.2.1:443...'
        b'\\n> Authorization: Bearer S3cretTOK3N", "stderr_lines": ["> Authorization: Bearer S3cretTOK3N"]}\n',
        b'{"log":"* Trying 192.0.2.1:443...","token":"S3cretS3cret"}\n',
        b'level=info url=https://u:S3cretS3cret@h/ msg="* Trying 192.0.2.1:443..."\n',
        b"[token=S3cretS3cret] * Trying 192.0.2.1:443...\n[token=S3cretS3cret] * Connected to a (192.0.2.1) port 443 (#0)\n",
        b"* Connection #0 to host a left intact   <--- Authorization: Bearer S3cretS3cret\n",
        b"{'stderr': 'curl: (6) Could not resolve host: h\\n', 'cmd': 'curl -u alice:S3cretS3cret https://h'}\n",
    ],
)
def test_what_was_taken_off_a_line_to_read_it_is_hidden_too(data: bytes) -> None:
    copied = b"".join(copy([data]))
    assert b"S3cret" not in copied
    assert copied.count(b"\n") == data.count(b"\n")


def test_a_secret_is_found_in_the_spelling_of_a_mail() -> None:
    text, raw = "Proxy-Authorization: Basic bm90OnJlYWw==", "> > Proxy-Authorization: Basic bm90OnJlYWw=3D=3D"
    placed = place(raw, text, [Edit(27, len(text), "‹1›")], 0)
    assert placed == ([Edit(31, len(raw), "‹1›")], len(raw))


@pytest.mark.parametrize("mask", ["[MASKED]", "***", "[REDACTED]", "xxxx"])
def test_what_somebody_has_masked_is_no_secret(mask: str) -> None:
    redactor = Redactor()
    line = f"> GET /artifacts?job_token={mask} HTTP/2\n".encode()
    assert b"".join(copy([line], redactor)) == line
    assert not redactor.secrets
