"""`curlx check` as a user meets it: a process with its streams, its files and its exit code."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

REFUSED = b"""\
* Trying 203.0.113.7:443...
* connect to 203.0.113.7 port 443 failed: Connection refused
curl: (7) Failed to connect to %s port 443: Connection refused
"""
FINE = b"""\
* Connected to www.example.com (203.0.113.10) port 80 (#0)
> GET / HTTP/1.1
> Host: www.example.com
>\x20
< HTTP/1.1 204 No Content
< Date: Mon, 23 Nov 2026 09:03:19 GMT
<\x20
* Connection #0 to host www.example.com left intact
"""
PROSE = b"Dear all,\n\nthe meeting is moved to Thursday.\n"
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and devices of POSIX")


def start(*arguments: object, **streams: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "curlx", "check", *map(str, arguments)],
        stdin=streams.pop("stdin", subprocess.PIPE),
        stdout=streams.pop("stdout", subprocess.PIPE),
        stderr=streams.pop("stderr", subprocess.PIPE),
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"},
        start_new_session=True,
        **streams,  # type: ignore[call-overload]
    )


def curlx(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    with start(*arguments) as process:
        stdout, stderr = process.communicate(stdin, timeout=120)
        return subprocess.CompletedProcess([], process.returncode, stdout, stderr)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "1.log").write_bytes(REFUSED % b"api.example.com")
    (logs / "2.log").write_bytes(FINE)
    (logs / "3.log").write_bytes(REFUSED % b"www.example.com")
    (logs / "4.txt").write_bytes(PROSE)
    return logs


@pytest.fixture
def many(tmp_path: Path) -> Path:
    logs = tmp_path / "many"
    logs.mkdir()
    for index in range(3_000):
        (logs / f"{index:04}.log").write_bytes(FINE * 4)  # four runs
    return logs


def lines(data: bytes) -> Iterator[dict[str, object]]:
    return map(json.loads, data.splitlines())


def names(data: bytes) -> list[object]:
    return [document["source"]["name"] for document in lines(data)]  # type: ignore[index]


# --- the table --------------------------------------------------------------------------------------------------------


def test_the_table_counts_each_diagnosis_with_hosts_and_an_example(folder: Path) -> None:
    ran = curlx(folder)
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
    assert curlx(cron).stdout.decode().startswith("4 runs: 2 without an error, 2 failed\n")
    told = [line.split(" ")[0] for line in curlx(cron, "--each").stdout.decode().splitlines()]
    assert told == [f"{cron}:{line}:" for line in (1, 12, 13, 24)]
    assert names(curlx(cron, "-f", "jsonl").stdout) == [str(cron)]
    old = folder.parent / "old.jsonl"
    curlx(cron, "-f", "jsonl", "-o", old)
    with cron.open("ab") as file:
        file.write(REFUSED % b"api.example.com" + REFUSED % b"new.example.com")
    ran = curlx(cron, "--each", "--baseline", old)
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
    rows = [line.split() for line in curlx(folder, "--group-by", by).stdout.decode().splitlines()]
    assert [row[1] for row in rows if row and row[0].isdigit() and row[1] not in ("logs:", "failed:")] == keys


def test_each_log_can_have_a_line_to_click_on(folder: Path) -> None:
    first, second, _, fourth = curlx(folder, "--each").stdout.decode().splitlines()
    assert first.startswith(f"{folder / '1.log'}:3: error[network-refused]: ")
    assert second == f"{folder / '2.log'}: ok: 204"
    assert fourth.startswith(f"{folder / '4.txt'}: not-curl: ")


def test_logs_of_one_story_can_be_folded(folder: Path) -> None:
    (folder / "5.log").write_bytes((REFUSED % b"api.example.com").replace(b"203.0.113.7", b"198.51.100.99"))
    text = curlx(folder, "--fold", "--each").stdout.decode()
    assert [line.split(":")[0] for line in text.splitlines()] == [
        str(folder / f"{n}") for n in ("1.log", "2.log", "3.log", "4.txt")
    ]
    assert curlx(folder, "--fold").stdout.startswith(b"5 logs: ")


@POSIX
def test_a_name_cannot_act_on_the_terminal(folder: Path) -> None:
    (folder / "0\x1b[2J\nerror.log").write_bytes(REFUSED % b"api.example.com")
    for arguments in ((), ("--each",)):
        out = curlx(folder, *arguments).stdout
        assert b"\x1b" not in out
        assert rb"0\x1b[2J\nerror.log:3" in out


# --- the exit code ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["table", "jsonl", "csv", "junit", "sarif", "html", "markdown"])
def test_a_secret_in_a_name_is_in_no_output(format: str, folder: Path) -> None:
    secret = folder / "password=hunter2"
    secret.mkdir()
    for name in ("1.log", "token=s3cr3tvalue.log", "access_token=abcdefgh.log.gz"):
        (secret / name).write_bytes(REFUSED % b"api.example.com")
    with tarfile.open(secret / "a.tar", "w") as archive:
        archive.add(folder / "2.log", "api_key=k3yk3yk3y.log")
    arguments = [secret, secret / "pwd=n0where.log", "--format", format, *(["--each"] if format == "table" else [])]
    ran = curlx(*arguments)
    for told in (ran.stdout, ran.stderr):
        assert not [hidden for hidden in (b"hunter2", b"s3cr3t", b"abcdefgh", b"k3yk3y", b"n0where") if hidden in told]
    shown = curlx(*arguments, "--show-secrets")
    assert b"hunter2" in shown.stdout
    assert b"s3cr3t" in shown.stdout or format in ("table", "html", "markdown")


def test_a_log_whose_name_holds_a_secret_is_not_read_twice_when_resumed(folder: Path, tmp_path: Path) -> None:
    for value in (b"one", b"two", b"three"):
        (folder / f"token={value.decode()}-of-the-secrets.log").write_bytes(REFUSED % b"api.example.com")
    output = tmp_path / "out.jsonl"
    assert curlx(folder, "--format", "jsonl", "--output", output).returncode == 1
    whole = output.read_bytes()
    Path(f"{output}.partial").write_bytes(b"".join(whole.splitlines(keepends=True)[:6]))
    assert curlx(folder, "--format", "jsonl", "--output", output, "--resume").returncode == 1
    assert output.read_bytes() == whole
    assert whole.count(b"token=\xe2\x80\xb9parameter 1\xe2\x80\xba.log") == 3


def test_the_exit_code_says_what_was_found(folder: Path) -> None:
    assert curlx(folder).returncode == 1
    assert curlx(folder, "--fail-on", "never").returncode == 0
    assert curlx(folder / "2.log", folder / "4.txt").returncode == 0
    assert curlx(folder, "--ignore", "network").returncode == 0
    assert curlx(folder, "--select", "http,tls").returncode == 0


def test_what_is_unreadable_or_no_log_at_all_exits_with_3(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert curlx(folder / "2.log", folder / "none.log").returncode == 3
    assert curlx(folder / "1.log", folder / "none.log").returncode == 1
    assert curlx(folder / "4.txt").returncode == 3
    ran = curlx(tmp_path / "nothing")
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
    ran = curlx(*arguments, *([folder] if arguments else []))
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr


# --- jsonl ------------------------------------------------------------------------------------------------------------


def test_jsonl_is_one_report_a_line_in_order(folder: Path) -> None:
    ran = curlx(folder, folder / "none.log", "--format", "jsonl")
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
    assert json.loads(curlx(folder / "1.log", "--format", "jsonl").stdout) == json.loads(one.stdout)


def test_jsonl_is_the_same_with_any_number_of_processes(many: Path) -> None:
    assert curlx(many, "-f", "jsonl", "-j", "1").stdout == curlx(many, "-f", "jsonl", "-j", "3").stdout


def test_names_come_from_standard_input(folder: Path) -> None:
    listed = b"\0".join(os.fsencode(folder / name) for name in ("3.log", "1.log"))
    assert names(curlx("-", "-f", "jsonl", stdin=listed).stdout) == [str(folder / "3.log"), str(folder / "1.log")]


def test_a_baseline_leaves_what_is_new(folder: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    assert curlx(folder, "-f", "jsonl", "-o", old).returncode == 1
    again = curlx(folder, "--baseline", old)
    assert (again.returncode, b"network-refused" in again.stdout) == (0, False)
    (folder / "5.log").write_bytes(REFUSED % b"new.example.com")
    ran = curlx(folder, "--baseline", old, "-f", "jsonl")
    assert (ran.returncode, names(ran.stdout)) == (1, [str(folder / "4.txt"), str(folder / "5.log")])


def test_since_leaves_out_what_is_older(folder: Path) -> None:
    os.utime(folder / "1.log", (1_700_000_000, 1_700_000_000))
    ran = curlx(folder, "--since", "2026-11-23T10:00Z", "-f", "jsonl", "--select", "network")
    assert str(folder / "1.log") not in names(ran.stdout)
    assert str(folder / "2.log") not in names(ran.stdout)  # by its own Date
    assert len(names(curlx(folder, "--since", "2026-11-23T09:00Z", "-f", "jsonl").stdout)) >= 1


# --- the file that is written -----------------------------------------------------------------------------------------


def test_the_output_file_is_there_whole(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    ran = curlx(folder, "-f", "jsonl", "-o", out)
    assert (ran.stdout, len(names(out.read_bytes()))) == (b"", 4)
    assert sorted(tmp_path.iterdir()) == [folder, out]


@POSIX
@pytest.mark.parametrize("format", ["table", "jsonl"])
def test_a_full_disk_is_said_to_be_full(format: str, many: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no full disk")
    ran = curlx(many, "-f", format, "-o", "/dev/full")
    assert (ran.returncode, ran.stderr) == (2, b"curlx: cannot write /dev/full: no space left on device\n")
    assert os.path.exists("/dev/full")
    with open("/dev/full", "wb") as full:
        process = subprocess.run([sys.executable, "-m", "curlx", "check", str(many), "-f", format], stdout=full,
                                 stderr=subprocess.PIPE, check=False)  # fmt: skip
    assert process.returncode == 2
    assert b"cannot write standard output: no space left on device\n" in process.stderr


def test_a_file_that_cannot_be_written_is_known_before_the_work(many: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    ran = curlx(many, "-o", tmp_path / "none" / "out.txt")
    assert ran.returncode == 2
    assert b"cannot write" in ran.stderr
    assert time.monotonic() - began < 10


@POSIX
def test_a_reader_that_has_gone_is_no_error(many: Path) -> None:
    process = start(many, "-f", "jsonl")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""


# --- faults -----------------------------------------------------------------------------------------------------------


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes that read logs (and not the one that multiprocessing keeps for its own use)."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in found.stdout.splitlines() if "spawn_main" in line]


def running(process: subprocess.Popen[bytes], out: Path) -> list[int]:
    """Wait until results come, and return the processes that read logs."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if out.exists() and out.stat().st_size > 0:
            return children(process)
        time.sleep(0.02)
    raise AssertionError("nothing was written in time")


@POSIX
def test_a_worker_that_is_killed_costs_nothing(many: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    process = start(many, "-f", "jsonl", "-o", out, "-j", "2")
    victims = running(process, tmp_path / "out.jsonl.partial")
    assert victims
    os.kill(victims[0], signal.SIGKILL)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert names(out.read_bytes()) == sorted(str(path) for path in many.iterdir())
    assert {document["outcome"] for document in lines(out.read_bytes())} == {"success"}


@POSIX
def test_ctrl_c_stops_and_resume_goes_on_where_it_stopped(many: Path, tmp_path: Path) -> None:
    with tarfile.open(many / "1500.tar", "w") as tar:
        for name in ("0001.log", "0002.log"):
            tar.add(many / name, name)
    out, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    process = start(many, "-f", "jsonl", "-o", out, "-j", "2")
    running(process, tmp_path / "out.jsonl.partial")
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.startswith(b"curlx: stopped: ")
    assert stderr.endswith(b"--resume goes on from here\n")
    assert not out.exists()
    partial = tmp_path / "out.jsonl.partial"
    done = len(names(partial.read_bytes()))
    assert 0 < done < 3_000
    with partial.open("ab") as file:
        file.write(b'{"format":1,"outcome":"succ')  # as if it had been killed while writing
    assert curlx(many, "-f", "jsonl", "-o", out, "--resume").returncode == 0
    assert curlx(many, "-f", "jsonl", "-o", whole).returncode == 0
    assert out.read_bytes() == whole.read_bytes()
    assert not partial.exists()


def test_resume_with_nothing_to_resume_begins(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert curlx(folder, "-f", "jsonl", "-o", out, "--resume").returncode == 1
    assert len(names(out.read_bytes())) == 4


def test_resume_counts_what_was_found_before(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl.partial").write_bytes(curlx(folder / "1.log", "-f", "jsonl").stdout)
    (folder / "3.log").unlink()
    assert curlx(folder, "-f", "jsonl", "-o", tmp_path / "out.jsonl", "--resume").returncode == 1


@POSIX
def test_the_bar_is_gone_before_the_table_is_written(folder: Path) -> None:
    import pty

    terminal, side = pty.openpty()
    with start(folder, stdout=side, stderr=side):
        os.close(side)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says so when the other side is closed
        while piece := os.read(terminal, 4096):
            shown += piece
    os.close(terminal)
    assert b"\xe2\xa0" in shown, "a bar was there"
    assert 0 < shown.rindex(b"\x1b[2K") < shown.index(b"4 logs: "), "and its line was cleared"


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


@POSIX
def test_ctrl_c_prints_the_table_of_what_was_done(many: Path) -> None:
    process = start(many, "-j", "2")
    end = time.monotonic() + 30
    while not children(process):
        assert time.monotonic() < end
        time.sleep(0.01)
    time.sleep(0.4)
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert int(stdout.split()[0]) < 4 * 3_000  # "0 logs" on a machine that is slow to begin, else so many runs
    assert b"Traceback" not in stderr
    assert stderr.startswith(b"curlx: stopped: ")


@POSIX
def test_workers_do_not_outlive_a_program_that_is_killed(many: Path, tmp_path: Path) -> None:
    process = start(many, "-f", "jsonl", "-o", tmp_path / "out.jsonl", "-j", "2")
    workers = running(process, tmp_path / "out.jsonl.partial")
    process.kill()
    process.communicate(timeout=60)
    end = time.monotonic() + 10
    while alive(workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert workers
    assert alive(workers) == []


def alive(pids: list[int]) -> list[int]:
    found = []
    for pid in pids:
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            continue
        if state != "Z":
            found.append(pid)
    return found


@POSIX
def test_a_watched_folder_is_read_as_logs_arrive(folder: Path, request: pytest.FixtureRequest) -> None:
    for path in folder.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    process = start(folder, "--watch")
    request.addfinalizer(process.kill)
    assert process.stdout is not None
    first = [process.stdout.readline().split(b":")[0] for _ in range(4)]
    assert first == [os.fsencode(folder / name) for name in ("1.log", "2.log", "3.log", "4.txt")]
    (folder / "0.log").write_bytes(REFUSED % b"late.example.com")
    assert process.stdout.readline().startswith(os.fsencode(folder / "0.log:3: error[network-refused]"))
    os.killpg(process.pid, signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stdout) == (130, b"")
    assert stderr == b"curlx: stopped: 5 logs checked, 3 with something found\n"


# What `getrusage` tells of itself is at least what the process had that started it.
_MEASURED = """
import resource, sys
from curlx.cli import app
if __name__ == "__main__":
    app(sys.argv[1:])
    own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) >> 10, file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells how much memory a process had")
def test_memory_does_not_grow_with_the_runs_of_a_log(tmp_path: Path) -> None:
    script, log = tmp_path / "run.py", tmp_path / "cron.log"
    script.write_text(_MEASURED)
    run = b"*   Trying 203.0.113.10:80...\n" + FINE
    used: list[int] = []
    for runs in (1_500, 15_000):
        log.write_bytes(run * runs)
        ran = subprocess.run(
            [sys.executable, str(script), "check", str(log), "--format", "csv", "--jobs", "1"],
            capture_output=True, timeout=280, check=False,
        )  # fmt: skip
        records = [*csv.DictReader(ran.stdout.decode().splitlines())]
        assert [record["run"] for record in records] == [str(number) for number in range(1, runs + 1)]
        assert {(record["lines"], record["size"]) for record in records} == {(str(9 * runs), str(len(run) * runs))}
        used.append(int(ran.stderr.split()[-1]))
    assert used[1] < 150, "megabytes"
    assert used[1] < used[0] + 40


def test_a_cluster_that_is_not_there_is_a_usage_error(folder: Path) -> None:
    ran = curlx(folder, "--cluster", "tcp://127.0.0.1:1")
    assert ran.returncode == 2
    assert b"cluster" in ran.stderr
