from __future__ import annotations

import io
import os
import socket
import sys
from pathlib import Path

import pytest

from curlx.sources.places import is_address, places

LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such names")


def names(*wanted: object) -> list[str]:
    return [place.name for place in places(map(str, wanted))]


def problems(*wanted: object) -> list[str]:
    return [place.problem for place in places(map(str, wanted))]


def files(folder: Path, *paths: str) -> list[str]:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"* x\n")
    return [str(folder / path) for path in paths]


def test_a_folder_is_all_files_in_and_below_it_by_name(tmp_path: Path) -> None:
    files(tmp_path, "b/2.log", "a.log", "c.log", "b/1.log", "b/10/x.log", ".hidden/h.log")
    expected = [".hidden/h.log", "a.log", "b/1.log", "b/10/x.log", "b/2.log", "c.log"]
    assert names(tmp_path) == [str(tmp_path / path) for path in expected]


def test_a_file_is_itself_with_its_size_and_time(tmp_path: Path) -> None:
    (name,) = files(tmp_path, "a.log")
    os.utime(name, (1_700_000_000, 1_700_000_000))
    (place,) = places([name])
    assert (place.where, place.size, place.modified, place.problem) == (name, 4, 1_700_000_000, "")


def test_arguments_keep_their_order(tmp_path: Path) -> None:
    one, two = files(tmp_path, "1.log", "2.log")
    assert names(two, one) == [two, one]


def test_a_pattern_is_what_it_matches(tmp_path: Path) -> None:
    one, two, deep = files(tmp_path, "a1.log", "a2.log", "d/a3.log")
    files(tmp_path, "b.txt")
    assert names(tmp_path / "a*.log") == [one, two]
    assert names(tmp_path / "**" / "*.log") == [one, two, deep]


def test_two_stars_give_nothing_twice(tmp_path: Path) -> None:
    expected = files(tmp_path, "a.log", "d/e/f.log", "d/g.log")
    assert names(tmp_path / "**") == expected


def test_a_name_that_looks_like_a_pattern_is_a_name_if_it_is_there(tmp_path: Path) -> None:
    (literal,) = files(tmp_path, "a[1].log")
    files(tmp_path, "a1.log")
    assert names(literal) == [literal]


def test_what_is_not_there_is_a_place_with_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.log", tmp_path / "*.log", "a\0b") == [
        "there is no such file",
        "nothing matches it",
        "that is not the name of a file",
    ]


@LINKS
def test_loops_of_links_end_and_give_every_log_once(tmp_path: Path) -> None:
    expected = files(tmp_path, "logs/a/1.log", "logs/b/2.log")
    logs = tmp_path / "logs"
    (logs / "a" / "up").symlink_to(logs)
    (logs / "b" / "over").symlink_to(logs / "a")
    (logs / "b" / "top").symlink_to(tmp_path)
    (logs / "latest.log").symlink_to(logs / "a" / "1.log")
    assert names(logs) == expected


@LINKS
def test_a_link_to_a_folder_elsewhere_is_followed_once(tmp_path: Path) -> None:
    files(tmp_path, "logs/1.log", "elsewhere/2.log")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "logs")
    for name in ("x", "y"):
        (tmp_path / "logs" / name).symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path / "logs") == [str(tmp_path / "logs" / "1.log"), str(tmp_path / "logs" / "x" / "2.log")]


@LINKS
def test_links_to_nothing_are_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "gone.log").symlink_to(tmp_path / "none")
    (tmp_path / "self.log").symlink_to(tmp_path / "self.log")
    gone, loop = problems(tmp_path)
    assert gone == "there is no such file"
    assert loop


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening, pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)  # the name of a socket is short
        listening.bind("socket")
        assert problems("pipe", "socket", os.devnull, ".") == ["it is neither a file nor a folder"] * 5


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_does_not_hide_the_others(tmp_path: Path) -> None:
    files(tmp_path, "a/1.log", "b/2.log")
    (tmp_path / "a").chmod(0)
    assert problems(tmp_path) == ["permission denied", ""]
    (tmp_path / "a").chmod(0o700)


@LINUX
def test_names_with_newlines_and_without_utf_8_stay_apart(tmp_path: Path) -> None:
    raw = [os.fsencode(tmp_path) + b"/" + name for name in (b"a\nb.log", b"\xfe.log", b"\xff.log")]
    for path in raw:
        Path(os.fsdecode(path)).write_bytes(b"* x\n")
    found = list(places([str(tmp_path)]))
    assert [os.fsencode(place.where) for place in found] == raw
    assert [place.name for place in found] == [f"{tmp_path}/{name}" for name in ("a\nb.log", r"\xfe.log", r"\xff.log")]


@pytest.mark.parametrize(("end", "first"), [(b"\n", "a b.log"), (b"\r\n", "a b.log"), (b"\0", "a\nb.log")])
def test_names_are_read_from_standard_input(
    end: bytes, first: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32" and "\n" in first:
        pytest.skip("no such names")
    paths = files(tmp_path, first, "c.log")
    listed = end.join(os.fsencode(path) for path in paths)
    for data in (listed, listed + end):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert names("-") == paths


@pytest.mark.parametrize(
    "log",
    [b"* Trying 203.0.113.7:443...\n* Connected to x.example (203.0.113.7) port 443\n", b"prose\n> GET / HTTP/1.1\n",
     b"curl: (7) Failed to connect to x.example port 443\n", b"09:10:19.271401 == Info: Trying 203.0.113.7:443...\n"],
)  # fmt: skip
def test_a_log_where_names_are_expected_gets_one_hint(log: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(log * 100)))
    assert problems("-") == ["this looks like a log, not like the names of logs: use curlx explain -"]


def test_a_file_that_is_called_like_a_line_of_a_log_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32":
        pytest.skip("no such names")
    monkeypatch.chdir(tmp_path)
    files(tmp_path, "curl: (7) Failed.log")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"curl: (7) Failed.log\n")))
    assert names("-") == ["curl: (7) Failed.log"]


def test_no_list_of_names_is_a_problem_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert problems("-") == ["cannot read standard input: it is closed"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [("s3://bucket/a", True), ("http://x/", True), ("simplecache::s3://b/a", True), ("C:\\logs", False),
     ("a/b.log", False), ("c://x", False), ("-", False)],
)  # fmt: skip
def test_an_address_is_told_from_a_path(where: str, expected: bool) -> None:
    assert is_address(where) is expected
