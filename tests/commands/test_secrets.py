"""What is secret is shown only when asked for, and who is meant is hidden when asked for: in every command."""

from __future__ import annotations

import pytest

from .running import curlx


@pytest.mark.parametrize("format", ["markdown", "html", "har", "reply"])
def test_no_format_shows_a_secret(format: str, saved: str) -> None:
    ran = curlx("explain", saved, "--format", format)
    assert b"client-certificate-missing" in ran.stdout
    assert b"opensesame" not in ran.stdout


def test_secrets_are_shown_only_when_asked_for(saved: str) -> None:
    assert b"opensesame" not in curlx("explain", saved, "--format", "json").stdout
    assert b"opensesame" in curlx("explain", saved, "--format", "json", "--show-secrets").stdout


def test_check_shows_secrets_only_when_asked_for(saved: str) -> None:
    assert b"opensesame" not in curlx("check", saved, "--format", "jsonl").stdout
    assert b"opensesame" in curlx("check", saved, "--format", "jsonl", "--show-secrets").stdout


@pytest.mark.parametrize("command", [("explain", "--format", "json"), ("check", "--format", "jsonl"), ("redact",)])
def test_hide_hides_the_host_in_every_command(command: tuple[str, ...], saved: str) -> None:
    hidden = curlx(command[0], saved, *command[1:], "--hide", "hosts,addresses,names")
    assert b"engine.sandbox" not in hidden.stdout
    assert b"host-1.example" in hidden.stdout
    assert hidden.returncode == curlx(command[0], saved, *command[1:]).returncode


def test_hide_knows_three_kinds(saved: str) -> None:
    ran = curlx("redact", saved, "--hide", "hosts,people")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"people" in ran.stderr
