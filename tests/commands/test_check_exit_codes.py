"""`curlx check`: its exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from .checking import check


def test_the_exit_code_says_what_was_found(folder: Path) -> None:
    assert check(folder).returncode == 1
    assert check(folder, "--fail-on", "never").returncode == 0
    assert check(folder / "2.log", folder / "4.txt").returncode == 0
    assert check(folder, "--ignore", "network").returncode == 0
    assert check(folder, "--select", "http,tls").returncode == 0


def test_what_is_unreadable_or_no_log_at_all_exits_with_3(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert check(folder / "2.log", folder / "none.log").returncode == 3
    assert check(folder / "1.log", folder / "none.log").returncode == 1
    assert check(folder / "4.txt").returncode == 3
    ran = check(tmp_path / "nothing")
    assert (ran.returncode, ran.stderr) == (3, b"curlx: there is nothing to check\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--select", "nonsense"],
        ["--format", "yaml"],
        ["--since", "yesterday"],
        ["--resume"],
        ["--resume", "--fold", "--format", "jsonl", "--output", "x"],
        ["--watch", "--output", "x"],
        ["--baseline", "none.jsonl"],
        ["--group-by", "colour"],
        ["--timeout", "nan"],
        ["--timeout", "inf"],
        [],
    ],
)
def test_what_cannot_be_done_exits_with_2_and_says_why(arguments: list[str], folder: Path) -> None:
    ran = check(*arguments, *([folder] if arguments else []))
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr


def test_a_cluster_that_is_not_there_is_a_usage_error(folder: Path) -> None:
    ran = check(folder, "--cluster", "tcp://127.0.0.1:1")
    assert ran.returncode == 2
    assert b"cluster" in ran.stderr
