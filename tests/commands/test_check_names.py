"""`curlx check`: names of logs, in which anything may stand."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest

from .checking import POSIX, REFUSED, check, names, start


@POSIX
def test_a_name_cannot_act_on_the_terminal(folder: Path) -> None:
    (folder / "0\x1b[2J\nerror.log").write_bytes(REFUSED % b"api.example.com")
    for arguments in ((), ("--each",)):
        out = check(folder, *arguments).stdout
        assert b"\x1b" not in out
        assert rb"0\x1b[2J\nerror.log:3" in out


@pytest.mark.parametrize("format", ["table", "jsonl", "csv", "junit", "sarif", "html", "markdown"])
def test_a_secret_in_a_name_is_in_no_output(format: str, folder: Path) -> None:
    secret = folder / "password=hunter2"
    secret.mkdir()
    for name in ("1.log", "token=s3cr3tvalue.log", "access_token=abcdefgh.log.gz"):
        (secret / name).write_bytes(REFUSED % b"api.example.com")
    with tarfile.open(secret / "a.tar", "w") as archive:
        archive.add(folder / "2.log", "api_key=k3yk3yk3y.log")
    arguments = [secret, secret / "pwd=n0where.log", "--format", format, *(["--each"] if format == "table" else [])]
    ran = check(*arguments)
    for told in (ran.stdout, ran.stderr):
        assert not [hidden for hidden in (b"hunter2", b"s3cr3t", b"abcdefgh", b"k3yk3y", b"n0where") if hidden in told]
    shown = check(*arguments, "--show-secrets")
    assert b"hunter2" in shown.stdout
    assert b"s3cr3t" in shown.stdout or format in ("table", "html", "markdown")


def test_a_log_whose_name_holds_a_secret_is_not_read_twice_when_resumed(folder: Path, tmp_path: Path) -> None:
    for value in (b"one", b"two", b"three"):
        (folder / f"token={value.decode()}-of-the-secrets.log").write_bytes(REFUSED % b"api.example.com")
    output = tmp_path / "out.jsonl"
    assert check(folder, "--format", "jsonl", "--output", output).returncode == 1
    whole = output.read_bytes()
    Path(f"{output}.partial").write_bytes(b"".join(whole.splitlines(keepends=True)[:6]))
    assert check(folder, "--format", "jsonl", "--output", output, "--resume").returncode == 1
    assert output.read_bytes() == whole
    assert whole.count(b"token=\xe2\x80\xb9parameter 1\xe2\x80\xba.log") == 3


def test_names_come_from_standard_input(folder: Path) -> None:
    listed = b"\0".join(os.fsencode(folder / name) for name in ("3.log", "1.log"))
    assert names(check("-", "-f", "jsonl", stdin=listed).stdout) == [str(folder / "3.log"), str(folder / "1.log")]


@POSIX
def test_a_terminal_is_asked_for_names(folder: Path) -> None:
    import pty

    keyboard, side = pty.openpty()
    with start("-", stdin=side) as process:
        os.close(side)
        os.write(keyboard, os.fsencode(folder / "2.log") + b"\n\x04")
        stdout, stderr = process.communicate(timeout=60)
    os.close(keyboard)
    assert stderr == b"curlx: type the names of logs, a line each, then press Ctrl-D.\n"
    assert stdout.startswith(b"1 log: ")
