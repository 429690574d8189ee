"""`curlx check`: the table, and a line for each log."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .checking import REFUSED, check, names
from .running import FINE


def test_the_table_counts_each_diagnosis_with_hosts_and_an_example(folder: Path) -> None:
    ran = check(folder)
    text = ran.stdout.decode()
    assert text.startswith("4 logs: 1 without an error, 2 failed, 1 not from curl\n")
    assert "      2  error[network-refused]: " in text
    assert "api.example.com, www.example.com" in text
    assert f"{folder / '1.log'}:3\n" in text
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_the_runs_of_a_cron_log_are_told_one_by_one(folder: Path) -> None:
    cron = folder / "cron.log"
    fine = b"*   Trying 203.0.113.10:80...\n" + FINE
    cron.write_bytes(fine + REFUSED % b"api.example.com" + fine + REFUSED % b"www.example.com")
    assert check(cron).stdout.decode().startswith("4 runs: 2 without an error, 2 failed\n")
    told = [line.split(" ")[0] for line in check(cron, "--each").stdout.decode().splitlines()]
    assert told == [f"{cron}:{line}:" for line in (1, 12, 13, 24)]
    assert names(check(cron, "-f", "jsonl").stdout) == [str(cron)]
    old = folder.parent / "old.jsonl"
    check(cron, "-f", "jsonl", "-o", old)
    with cron.open("ab") as file:
        file.write(REFUSED % b"api.example.com" + REFUSED % b"new.example.com")
    ran = check(cron, "--each", "--baseline", old)
    assert ran.stdout.startswith(os.fsencode(f"{cron}:30: error[network-refused]"))
    assert ran.stderr == b"curlx: of 6 runs in 1 log 0 were left out as older, 5 as known\n"


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("code", ["error[network-refused]:"]),
        ("host", ["www.example.com", "api.example.com"]),
        ("curl", ["unknown"]),
        ("issuer", ["unknown"]),
    ],
)
def test_logs_can_be_grouped(by: str, keys: list[str], folder: Path) -> None:
    rows = [line.split() for line in check(folder, "--group-by", by).stdout.decode().splitlines()]
    assert [row[1] for row in rows if row and row[0].isdigit() and row[1] not in ("logs:", "failed:")] == keys


def test_each_log_can_have_a_line_to_click_on(folder: Path) -> None:
    first, second, _, fourth = check(folder, "--each").stdout.decode().splitlines()
    assert first.startswith(f"{folder / '1.log'}:3: error[network-refused]: ")
    assert second == f"{folder / '2.log'}: ok: 204"
    assert fourth.startswith(f"{folder / '4.txt'}: not-curl: ")


def test_logs_of_one_story_can_be_folded(folder: Path) -> None:
    (folder / "5.log").write_bytes((REFUSED % b"api.example.com").replace(b"203.0.113.7", b"198.51.100.99"))
    text = check(folder, "--fold", "--each").stdout.decode()
    assert [line.split(":")[0] for line in text.splitlines()] == [
        str(folder / f"{n}") for n in ("1.log", "2.log", "3.log", "4.txt")
    ]
    assert check(folder, "--fold").stdout.startswith(b"5 logs: ")
