"""`curlx redact`: the log with every secret hidden."""

from __future__ import annotations

from pathlib import Path

from .running import FINE, MISSING, curlx


def test_redact_hides_the_secret_and_nothing_else(saved: str) -> None:
    ran = curlx("redact", saved)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"opensesame" not in ran.stdout
    kept = [line for line in MISSING.split(b"\n") if b"Authorization" not in line]
    assert [line for line in ran.stdout.split(b"\n") if b"Authorization" not in line] == kept


def test_redact_writes_to_a_file_what_it_would_print(saved: str, tmp_path: Path) -> None:
    ran = curlx("redact", saved, "--output", str(tmp_path / "copy.log"))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert (tmp_path / "copy.log").read_bytes() == curlx("redact", saved).stdout


def test_a_copy_keeps_the_bytes_of_a_log_in_any_encoding() -> None:
    log = (FINE + b"\x1b[31mf\xfcr\x00\r\n\r").replace(b"Host: ", b"Cookie: a=opensesame\r\n> Host: ")
    ran = curlx("redact", stdin=log)
    assert ran.stdout == log.replace(b"opensesame", "‹cookie 1›".encode("cp1252"))


def test_a_copy_that_cannot_be_made_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "copy.log").write_bytes(b"old")
    assert curlx("redact", str(tmp_path / "none.log"), "--output", str(tmp_path / "copy.log")).returncode == 3
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_redact_says_that_a_program_is_no_text() -> None:
    program = b"\x7fELF\x02\x01\x01\0password=abc\n"
    ran = curlx("redact", stdin=program)
    assert ran.returncode == 3
    assert b"is no text" in ran.stderr
