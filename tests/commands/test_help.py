"""Help, the version, and what the shell completes."""

from __future__ import annotations

import re

import pytest

from .running import curlx


def test_help_and_version_are_there() -> None:
    assert curlx("--version").stdout.startswith(b"curlx ")
    assert b"2>&1 | curlx" in curlx("--help").stdout
    for command in ("explain", "why", "redact"):
        assert b"Example:" in curlx(command, "--help").stdout


def test_help_can_be_asked_for_as_a_command() -> None:
    assert curlx("help").stdout == curlx("help", "help").stdout == curlx("--help").stdout
    assert curlx("help", "check").stdout == curlx("check", "--help").stdout
    assert curlx("help", "nothing").returncode == 2


@pytest.mark.parametrize("command", ["explain", "check", "diff", "why", "redact", "serve"])
def test_help_breaks_no_word_at_80_columns(command: str) -> None:
    shown = curlx(command, "--help", TERMINAL_WIDTH="80").stdout.decode()
    assert not re.search(r"[a-z]\|[a-z]", shown)  # no list of formats, which breaks where the column ends
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_completion_does_not_wait_for_a_log() -> None:
    ran = curlx(_CURLX_COMPLETE="complete_bash", COMP_WORDS="curlx why client-certificate-mis", COMP_CWORD="2",
                _TYPER_COMPLETE_ARGS="curlx why client-certificate-mis")  # fmt: skip
    assert b"client-certificate-missing" in ran.stdout
