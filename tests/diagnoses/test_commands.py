"""Every command that a finding offers for a POSIX shell is one that the shell, curl and openssl can read."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import curlx

FIXTURES = Path(__file__).parents[2] / "fixtures"
_OTHERS = {"apk", "apt-get", "cat", "curlx", "date", "dnf", "echo", "env", "getent", "grep", "kinit", "klist", "ls",
           "nc", "nslookup", "ping", "printf", "ss"}  # fmt: skip
"""Other programs, whose options are few and old."""
_UNREADABLE = ("nknown option", "nrecognized", "Extra option", "Extra argument", "Invalid command", "is unknown",
               "requires parameter", "is ambiguous", "Unknown digest", "needs a value", "Use -help for summary",
               "numerical parameter", "isn't a boolean")  # fmt: skip
"""What openssl (1.1, 3) and curl say of options that they do not know, and of values that are missing."""


@cache
def offered() -> tuple[str, ...]:
    """The commands of all fixtures that are for a POSIX shell."""
    commands: dict[str, None] = {}
    for path in sorted(FIXTURES.glob("diagnoses/*/*.log")) + sorted(FIXTURES.glob("logs/*.log")):
        for finding in curlx.explain(path.read_bytes()).findings:
            for remedy in finding.remedies:
                if remedy.who == "gateway":
                    continue  # what stands there is for the gateway's own configuration
                commands.update(dict.fromkeys(remedy.commands))
    return tuple(each for each in commands if is_posix(each))


def is_posix(command: str) -> bool:
    windows = ("curl.exe", "cmd /c", "Resolve-DnsName", "Test-NetConnection", "powershell", "certutil")
    return not command.startswith(windows) and not command.startswith("tls.handshake")  # Wireshark's filter


def programs(command: str) -> Iterator[list[str]]:
    """The words of each program that a command runs, without variables and redirections."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    skip = False
    for word in (*lexer, ";"):
        if skip:
            skip = False
        elif set(word) <= set("<>&|;()") and set(word) & set("<>"):
            skip = True
            if words and words[-1].isdigit():
                words.pop()
        elif set(word) <= set("|&;()"):
            if words:
                yield words
            words = []
        elif words or "=" not in word.partition("-")[0]:
            words.append(word)


def of(program: str) -> list[list[str]]:
    """One command of this program for each set of options that is offered."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for command in offered():
        for words in programs(command):
            if words[0] == program:
                kinds.setdefault(tuple(word for word in words if word.startswith("-")) + tuple(words[1:2]), words)
    return list(kinds.values())


def test_there_are_many() -> None:
    assert len(offered()) > 200
    assert len(of("curl")) > 20
    assert len(of("openssl")) > 10


def test_the_shell_reads_every_command() -> None:
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("there is no sh")
    for command in offered():
        ran = subprocess.run([shell, "-n", "-c", command], capture_output=True, text=True, timeout=30, check=False)
        assert ran.returncode == 0, f"{command}: {ran.stderr}"


def test_every_program_is_known() -> None:
    started = {words[0] for command in offered() for words in programs(command)}
    assert started <= {"curl", "git", "openssl"} | _OTHERS


def test_curl_knows_every_option(tmp_path: Path) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("there is no curl")
    for name in ("pass.conf", "low.cnf"):
        (tmp_path / name).touch()
    for words in of("curl"):
        # At its place -V ends the reading of options, so those before it are read and nothing is asked for.
        ran = subprocess.run([curl, "-q", *words[1:], "-V"], capture_output=True, text=True, timeout=30, check=False,
                             cwd=tmp_path)  # fmt: skip
        assert not any(mark in ran.stderr for mark in _UNREADABLE), f"{words}: {ran.stderr}"


def test_openssl_knows_every_option(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl")
    for words in of("openssl"):
        # Nobody listens there: the options are read before that is found out.
        local = ["127.0.0.1:9" if before in ("-connect", "-proxy") else word
                 for before, word in zip(("", *words), words, strict=False)]  # fmt: skip
        ran = subprocess.run([openssl, *local[1:]], capture_output=True, timeout=30, check=False,
                             cwd=tmp_path, input="", errors="replace")  # fmt: skip
        assert not any(mark in ran.stderr for mark in _UNREADABLE), f"{words}: {ran.stderr}"
