"""Many logs with executors as they are: processes that are really killed, threads, and what comes back of each log."""

from __future__ import annotations

import gzip
import importlib
import os
import tarfile
import tracemalloc
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from curlx import batch
from curlx.report import Report
from curlx.rows import Row
from curlx.sources.places import Place, places
from curlx.workers import processes

LOGS = Path(__file__).parent.parent / "fixtures" / "logs"
REFUSED = b"""\
* Trying 203.0.113.7:443...
* connect to 203.0.113.7 port 443 failed: Connection refused
curl: (7) Failed to connect to www.example.com port 443: Connection refused
"""
FINE = b"""\
> GET / HTTP/1.1
> Host: www.example.com
>\x20
< HTTP/1.1 204 No Content
< Date: Mon, 23 Nov 2026 09:03:19 GMT
<\x20
* Connection #0 to host www.example.com left intact
"""


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return importlib.import_module("hostile_tasks")


def logs(folder: Path, number: int, **special: bytes) -> list[str]:
    """Write logs that fail and logs that do not, in turn; return their names in order."""
    names = sorted([*(f"{index:05}.log" for index in range(number)), *(f"{name}.log" for name in special)])
    for index, name in enumerate(names):
        (folder / name).write_bytes(special.get(name[:-4], FINE if index % 2 else REFUSED))
    return [str(folder / name) for name in names]


def by_processes(found: Iterable[Place], **options: Any) -> list[Row]:
    with processes(2) as executor:
        return list(batch.check(found, executor, jobs=2, **options))


def checked(folder: Path, **options: Any) -> list[Row]:
    return by_processes(places([str(folder)]), **options)


def in_threads(found: Iterator[Place], **options: Any) -> list[Row]:
    with ThreadPoolExecutor(2) as executor:
        return list(batch.check(found, executor, jobs=2, **options))


def test_rows_come_in_the_order_of_the_logs(tmp_path: Path) -> None:
    names = logs(tmp_path, 300)
    rows = checked(tmp_path)
    assert [row.name for row in rows] == names
    assert {(row.outcome, row.code) for row in rows[::2]} == {("failure", "network-refused")}
    assert {(row.outcome, row.code) for row in rows[1::2]} == {("success", "")}


def test_any_executor_will_do_and_gives_the_same(tmp_path: Path) -> None:
    logs(tmp_path, 100)
    settings = batch.Settings(reports=True)
    assert in_threads(places([str(tmp_path)]), settings=settings) == checked(tmp_path, settings=settings)


def test_the_report_on_a_row_is_the_report_of_the_log(tmp_path: Path) -> None:
    from curlx import explain

    (name,) = logs(tmp_path, 1)
    (row,) = in_threads(places([name]), settings=batch.Settings(reports=True))
    assert msgspec.json.decode(row.report, type=Report) == explain(REFUSED, source=name)


@pytest.mark.parametrize("reports", [True, False])
def test_small_logs_that_are_explained_together_get_the_rows_they_get_alone(reports: bool) -> None:
    settings = batch.Settings(reports=reports)
    found = list(places([str(LOGS)]))
    together = batch.explain_all(found, settings)
    alone = [batch.explain_all([place], settings) for place in found]
    rows = msgspec.msgpack.Decoder(list[list[Row]])
    assert rows.decode(together) == [rows.decode(one)[0] for one in alone]
    assert sum(place.size for place in found) > 2 * batch._TOGETHER, "some are read behind the limit"


def test_a_log_that_cannot_be_read_does_not_spoil_those_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = list(places(logs(tmp_path, 6)))
    (tmp_path / "00002.log").unlink()
    fine = ["network-refused", "", "unreadable", "", "network-refused", ""]
    rows = msgspec.msgpack.Decoder(list[list[Row]])
    told = [one[0] for one in rows.decode(batch.explain_all(found, batch.Settings()))]
    assert [row.code or row.outcome.replace("success", "") for row in told] == fine

    def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError("one of them is the cause, and nobody knows which")

    monkeypatch.setattr(batch, "explain_together", fail)
    assert [one[0] for one in rows.decode(batch.explain_all(found, batch.Settings()))] == told


def test_a_log_that_kills_its_reader_costs_itself_and_nothing_else(tmp_path: Path, hostile: Any) -> None:
    names = logs(tmp_path, 150, **{"00040-deadly": FINE, "00041-deadly": FINE, "00120-deadly": FINE})
    rows = checked(tmp_path, task=hostile.dies_of_some)
    assert [row.name for row in rows] == names
    dead = [row for row in rows if row.outcome == "unreadable"]
    assert ["deadly" in row.name for row in rows] == [row.outcome == "unreadable" for row in rows]
    assert all("the process that read it died" in row.error for row in dead)
    assert len(dead) == 3


def test_a_process_that_is_killed_once_costs_nothing(tmp_path: Path, hostile: Any) -> None:
    found = [Place(name, name) for name in logs(tmp_path, 150, **{"00070-unlucky": FINE})]
    rows = by_processes(found, task=hostile.dies_once)
    assert (tmp_path / "00070-unlucky.killed").exists()
    assert [row.name for row in rows] == [place.name for place in found]
    assert [row for row in rows if row.outcome == "unreadable"] == []


def test_an_executor_whose_task_fails_is_tried_log_by_log(tmp_path: Path, hostile: Any) -> None:
    names = logs(tmp_path, 70, **{"00050-deadly": FINE})
    rows = in_threads(places([str(tmp_path)]), task=hostile.fails_at_some)
    assert [row.name for row in rows] == names
    assert [row.name for row in rows if row.error] == [str(tmp_path / "00050-deadly.log")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_log_that_never_ends_to_be_opened_costs_its_time_and_nothing_else(tmp_path: Path) -> None:
    names = logs(tmp_path, 3)
    pipe = str(tmp_path / "pipe")
    os.mkfifo(pipe)
    found = [Place(name, name) for name in (names[0], pipe, *names[1:])]
    rows = by_processes(found, settings=batch.Settings(timeout=0.5))
    assert [(row.name, row.error) for row in rows if row.error] == [(pipe, "it takes longer than 0.5 s")]
    assert [row.name for row in rows] == [place.name for place in found]


def test_a_log_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "long.log"
    path.write_bytes(FINE * 20_000)
    (row,) = in_threads(places([str(path)]), settings=batch.Settings(timeout=0.01))
    assert (row.outcome, row.error) == ("unreadable", "it takes longer than 0.01 s")


def test_a_file_that_vanishes_becomes_a_row(tmp_path: Path) -> None:
    names = logs(tmp_path, 3)

    def vanishing() -> Iterator[Place]:
        for place in places(names):
            if place.name == names[1]:
                os.unlink(place.where)
            yield place

    rows = in_threads(vanishing())
    assert [(row.name, row.error) for row in rows] == [
        (names[0], ""),
        (names[1], "there is no such file"),
        (names[2], ""),
    ]


def test_ten_thousand_empty_files_are_ten_thousand_rows(tmp_path: Path) -> None:
    for index in range(10_000):
        (tmp_path / f"{index:05}.log").touch()
    rows = checked(tmp_path)
    assert [row.name for row in rows] == [str(tmp_path / f"{index:05}.log") for index in range(10_000)]
    assert {(row.outcome, row.error) for row in rows} == {("not-curl", "it is empty")}


def test_the_logs_of_an_archive_stand_in_its_place(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    logs(inside, 40)
    folder = tmp_path / "logs"
    folder.mkdir()
    names = logs(folder, 2)
    with tarfile.open(folder / "00000.tgz", "w:gz") as tar:
        tar.add(inside, "old")
    (folder / "packed.log").write_bytes(gzip.compress(REFUSED))
    rows = checked(folder)
    packed = [f"{folder}/00000.tgz/old/{index:05}.log" for index in range(40)]
    assert [row.name for row in rows] == [names[0], *packed, names[1], str(folder / "packed.log")]
    assert [row.outcome for row in rows] == ["failure", *(["failure", "success"] * 20), "success", "failure"]


def test_what_was_done_already_is_skipped_in_archives_too(tmp_path: Path) -> None:
    logs(tmp_path, 4)
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for name in ("00000.log", "00001.log"):
            tar.add(tmp_path / name, name)
    rows = in_threads(places([str(tmp_path)]), skip=lambda place: place.name.endswith("00001.log"))
    assert [Path(row.name).name for row in rows] == ["00000.log", "00002.log", "00003.log", "00000.log"]


def test_only_selected_findings_decide_and_what_became_of_the_call_stays(tmp_path: Path) -> None:
    (name,) = logs(tmp_path, 1)
    kept, left, other = (
        in_threads(places([name]), settings=settings)[0]
        for settings in (
            batch.Settings(select=("network",)),
            batch.Settings(ignore=("network-refused",)),
            batch.Settings(select=("net",)),
        )
    )
    assert (kept.code, kept.outcome) == ("network-refused", "failure")
    assert (left.code, left.outcome) == ("", "failure")
    assert other.code == ""


def test_what_became_of_each_run_does_not_depend_on_what_is_selected(tmp_path: Path) -> None:
    path = tmp_path / "cron.log"
    path.write_bytes(FINE + REFUSED + FINE + REFUSED)
    rows, other = (
        in_threads(places([str(path)]), settings=batch.Settings(select=select)) for select in ((), ("http",))
    )
    assert [row.outcome for row in other] == ["success", "failure"] * 2
    assert [(row.outcome, row.story) for row in other] == [(row.outcome, row.story) for row in rows]
    assert {row.code for row in other} == {""}


def test_a_file_of_many_runs_is_a_row_a_run_and_one_report(tmp_path: Path) -> None:
    path = tmp_path / "cron.log"
    path.write_bytes(FINE + REFUSED + FINE + REFUSED)
    rows = in_threads(places([str(path)]))
    assert [(row.run, row.code, row.first_line, row.line) for row in rows] == [
        (1, "", 1, 0), (2, "network-refused", 8, 10), (3, "", 11, 0), (4, "network-refused", 18, 20),
    ]  # fmt: skip
    (row,) = in_threads(places([str(path)]), settings=batch.Settings(reports=True))
    assert (row.run, row.code, row.severity) == (0, "network-refused", "error")
    assert (row.transfers, row.failed) == (4, 2)
    assert [one.code for one in row.also if one.severity == "error"] == ["network-refused"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.sh", "#!/bin/sh\nset -e\ncurl -v https://api.example.com/ | tee out\ncurl -sS https://www.example.com/\n"),
        ("b.py", 'run(["curl", "-v"])\nERRORS = {7: "curl: (7) Failed to connect"}\n# client-certificate-missing\n'),
        (
            "c.md",
            "Run `curl -v https://api.example.com/`.\n\n* Connected clients are listed\n> quoted\n\n* Trying hard\n",
        ),
        ("d.yml", "steps:\n  - run: curl -v https://api.example.com\n  - run: |\n      curl -f https://b.example\n"),
        ("e.html", "<html><body><h1>400 Bad Request</h1>No required SSL certificate was sent</body></html>\n"),
        ("f.json", '{"cmd": "curl -v https://api.example.com", "error": "curl: (7) Failed to connect"}\n'),
        ("g.log", '203.0.113.1 - - [23/Nov/2026:09:03:10 +0000] "GET / HTTP/1.1" 400 0 "-" "curl/8.5.0"\n'),
        ("h.c", "/*\n * Connected to the bus\n * Trying again\n */\nint main(void) { return 0; }\n"),
        ("i.bin", "\x7fELF\x00\x01* \x00> \x00curl: \x00< HTTP\x00"),
    ],
)
def test_what_only_speaks_of_curl_is_no_log(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (row,) = in_threads(places([str(tmp_path)]))
    assert (row.outcome, row.code, row.error) == ("not-curl", "", "there is no output of curl -v or --trace in it")


@pytest.mark.parametrize("reports", [True, False])
def test_a_command_and_the_error_page_below_it_are_a_call(tmp_path: Path, reports: bool) -> None:
    page = b"<html>\n<head><title>504 Gateway Time-out</title></head>\n<body>\n<hr><center>nginx</center>\n"
    (name,) = logs(tmp_path, 1, **{"0": b"$ curl -s https://api.example.com/report\n" + page})[:1]
    (row,) = in_threads(places([name]), settings=batch.Settings(reports=reports))
    assert (row.outcome, row.code, row.certainty) == ("failure", "http-gateway-timeout", "likely")


def test_whoever_stops_gets_what_was_done_and_not_the_rest(tmp_path: Path) -> None:
    names = logs(tmp_path, 2_000)
    rows: list[Row] = []
    executor = processes(2)
    for row in batch.check(places([str(tmp_path)]), executor, jobs=2, stopped=lambda: len(rows) >= 64):
        rows.append(row)
    executor.shutdown(cancel_futures=True)
    assert [row.name for row in rows] == names[: len(rows)]
    assert 64 <= len(rows) < 200


def test_work_on_its_way_is_bounded(tmp_path: Path) -> None:
    names = logs(tmp_path, 1)
    taken = 0

    def endless() -> Iterator[Place]:
        nonlocal taken
        while True:
            taken += 1
            yield Place(f"{taken}", names[0])

    with ThreadPoolExecutor(2) as executor:
        rows = batch.check(endless(), executor, jobs=2)
        for _ in range(100):
            next(rows)
        rows.close()
    assert taken < 1_000


def test_memory_of_the_caller_does_not_grow_with_the_number_of_logs(tmp_path: Path) -> None:
    (name,) = logs(tmp_path, 1)

    def peak(number: int) -> int:
        tracemalloc.start()
        with ThreadPoolExecutor(1) as executor:
            for _ in batch.check((Place(f"{one}", name) for one in range(number)), executor,
                                 batch.Settings(reports=True)):  # fmt: skip
                pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(100)
    kept = 3_000 * (1_500 - 300)  # what the reports of the others would take
    assert peak(1_500) < peak(300) + kept / 2
