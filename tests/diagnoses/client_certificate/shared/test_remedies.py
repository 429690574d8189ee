"""What is to be pasted names the files of the command that the log shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import curlx

FIXTURES = Path(__file__).parents[4] / "fixtures" / "diagnoses"
LOGS = [
    path
    for path in sorted(FIXTURES.glob("*/fires-*.log"))
    if not path.read_bytes().startswith(b"$ ") and b"client." not in path.read_bytes()
]


def commands(log: bytes) -> Iterator[str]:
    for finding in curlx.explain(log).findings:
        for remedy in finding.remedies:
            yield from remedy.commands


@pytest.mark.parametrize("given", ["--cert mine.pem:geheim --key mine.key", "-E mine.pem --key mine.key",
                                   "--cert other.pem --cert mine.pem --key mine.key", "-Emine.pem"])  # fmt: skip
def test_no_stand_in_is_left_where_the_command_names_the_files(given: str) -> None:
    own = 0
    for path in LOGS:
        if path.name in ("fires-store-path-libressl.log", "fires-wrong-path-openssl.log", "fires-not-pem-openssl.log",
                         "fires-wrong-path-wolfssl.log", "fires-no-key-and-no-command-openssl.log"):  # fmt: skip
            continue  # the log itself names another file
        if path.name == "fires-wrong-password-nss.log" and "--key" not in given:
            continue  # the key may be in a file that nobody named
        for command in commands(f"$ curl -v {given} https://shop.example/\n".encode() + path.read_bytes()):
            own += "mine.pem" in command
            if " -sSv " in command:
                continue  # the call itself, word for word
            assert not any(word in command for word in ("client.pem", "client.key", "geheim", "other.pem")), path.name
    assert own > 100


def test_a_key_in_the_certificates_own_file_is_not_named_again() -> None:
    log = (FIXTURES.parent / "founding.log").read_bytes()
    asked = [each for each in commands(b"$ curl -v --cert all.pem https://shop.example/\n" + log) if "all.pem" in each]
    assert any(each.startswith("curl ") for each in asked)
    assert not any("--key" in each for each in asked)
    assert "openssl pkey -in all.pem -pubout | openssl sha256" in asked
