from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from curlx.sources import Unreadable, open_source


def test_a_file_is_read_whole_and_named_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    data = b"* Connected\n" * 20_000
    path.write_bytes(data)
    stream = open_source(str(path))
    assert stream.name == str(path)
    assert b"".join(stream.pieces) == data


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"* a\r\n\xff")))
    stream = open_source("-")
    assert (stream.name, b"".join(stream.pieces)) == ("standard input", b"* a\r\n\xff")


def test_what_a_pipe_gives_is_passed_on_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as stdin, os.fdopen(writing, "wb", buffering=0) as curl:
        monkeypatch.setattr(sys, "stdin", stdin)
        curl.write(b"* first\n")
        stream = open_source()
        assert next(stream.pieces) == b"* first\n"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"none\.log: there is no such file"):
        open_source(str(tmp_path / "none.log"))


def test_a_directory_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="it is a directory"):
        open_source(str(tmp_path))


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.log").touch()
    with pytest.raises(Unreadable, match="is empty"):
        open_source(str(tmp_path / "empty.log"))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_said_to_be_forbidden(tmp_path: Path) -> None:
    path = tmp_path / "secret.log"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(Unreadable, match="permission denied"):
        open_source(str(path))


def test_a_name_that_no_file_can_have_is_unreadable_too() -> None:
    with pytest.raises(Unreadable, match="not the name of a file"):
        open_source("a\0b")


def test_a_closed_standard_input_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(Unreadable, match="standard input: it is closed"):
        open_source("-")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are not text")
def test_a_name_that_is_not_utf_8_can_still_be_shown(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.log"
    Path(os.fsdecode(path)).write_bytes(b"* x\n")
    assert open_source(os.fsdecode(path)).name.endswith(r"/\xff.log")
