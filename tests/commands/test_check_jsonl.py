"""`curlx check --format jsonl`, and what is left out by age or because it is known."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from .checking import REFUSED, check, lines, names


def test_jsonl_is_one_report_a_line_in_order(folder: Path) -> None:
    ran = check(folder, folder / "none.log", "--format", "jsonl")
    documents = list(lines(ran.stdout))
    assert [document["outcome"] for document in documents] == [
        "failure",
        "success",
        "failure",
        "not-curl",
        "unreadable",
    ]
    assert {document["format"] for document in documents} == {1}
    assert names(ran.stdout) == [str(folder / name) for name in ("1.log", "2.log", "3.log", "4.txt", "none.log")]
    assert documents[-1]["error"] == "there is no such file"


def test_a_line_is_the_document_that_explain_writes(folder: Path) -> None:
    one = subprocess.run(
        [sys.executable, "-m", "curlx", "explain", str(folder / "1.log"), "--format", "json"], capture_output=True
    )
    assert json.loads(check(folder / "1.log", "--format", "jsonl").stdout) == json.loads(one.stdout)


def test_jsonl_is_the_same_with_any_number_of_processes(many: Path) -> None:
    assert check(many, "-f", "jsonl", "-j", "1").stdout == check(many, "-f", "jsonl", "-j", "3").stdout


def test_a_baseline_leaves_what_is_new(folder: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    assert check(folder, "-f", "jsonl", "-o", old).returncode == 1
    again = check(folder, "--baseline", old)
    assert (again.returncode, b"network-refused" in again.stdout) == (0, False)
    (folder / "5.log").write_bytes(REFUSED % b"new.example.com")
    ran = check(folder, "--baseline", old, "-f", "jsonl")
    assert (ran.returncode, names(ran.stdout)) == (1, [str(folder / "4.txt"), str(folder / "5.log")])


def test_since_leaves_out_what_is_older(folder: Path) -> None:
    os.utime(folder / "1.log", (1_700_000_000, 1_700_000_000))
    ran = check(folder, "--since", "2026-11-23T10:00Z", "-f", "jsonl", "--select", "network")
    assert str(folder / "1.log") not in names(ran.stdout)
    assert str(folder / "2.log") not in names(ran.stdout)  # by its own Date
    assert len(names(check(folder, "--since", "2026-11-23T09:00Z", "-f", "jsonl").stdout)) >= 1
