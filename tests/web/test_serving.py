"""`curlx serve` as a process: its address, its end, its limits, and fifty who ask at once."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeAlias

import pytest

Served: TypeAlias = Any
"""`conftest.Served`."""
Serving: TypeAlias = Callable[..., AbstractContextManager[Served]]

MEGABYTE = 1 << 20
FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
LOGS = sorted((FIXTURES / "logs").glob("*.log"))


def post(served: Served, log: bytes) -> tuple[int, bytes]:
    """Return the status and the document that the API gives."""
    request = urllib.request.Request(f"{served.address}api/explain", log, {"Content-Type": "text/plain"})
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def all_gone(served: Served) -> bool:
    """Tell whether no process is left of a session of its own, after a moment."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.killpg(served.process.pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_it_says_its_address_and_answers_there(served: Served, founding: bytes) -> None:
    assert served.address.startswith("http://127.0.0.1:")
    status, report = post(served, founding)
    assert (status, json.loads(report)["findings"][0]["code"]) == (200, "client-certificate-missing")
    with urllib.request.urlopen(served.address) as page:
        assert b"<form" in page.read()


def test_it_is_not_reached_from_elsewhere(served: Served) -> None:
    port = int(served.address.rstrip("/").rpartition(":")[2])
    own = [entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    elsewhere = [address for address in own if not str(address).startswith("127.")]
    if not elsewhere:
        pytest.skip("this machine has no address but loopback")
    with pytest.raises(OSError), socket.create_connection((elsewhere[0], port), timeout=2):  # noqa: PT011
        pass


def test_a_port_that_is_taken_is_said_so(served: Served) -> None:
    port = served.address.rstrip("/").rpartition(":")[2]
    ran = subprocess.run(
        [sys.executable, "-m", "curlx", "serve", "--port", port], capture_output=True, text=True, timeout=60
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert (
        ran.stderr
        == f"curlx: port {port} of 127.0.0.1 is taken, perhaps by another curlx serve. --port 0 takes any that is free.\n"
    )


def test_a_host_that_is_not_there_is_said_so() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "curlx", "serve", "--host", "nothing.invalid"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("curlx: there is no host nothing.invalid")


def test_without_the_extra_it_says_what_to_install() -> None:
    # An interpreter that cannot see the packages of the extra, as where they are not installed.
    code = (
        "import sys, importlib.abc\n"
        "class Gone(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('starlette', 'uvicorn', 'python_multipart'):\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Gone())\n"
        "from curlx.cli import app\n"
        "sys.exit(app(['serve']))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    said = 'curlx: serve needs the extra "web": in the folder with the source of curlx, pip install ".[web]"\n'
    assert (ran.returncode, ran.stderr) == (2, said)


def test_a_page_for_others_comes_with_a_warning(serving: Serving) -> None:
    with serving("--host", "0.0.0.0") as one:  # noqa: S104
        assert "without a password and without encryption" in one.told[0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_it_without_a_word_and_all_its_processes(begin: Callable[..., Served], founding: bytes) -> None:
    one = begin(start_new_session=True)
    post(one, founding)
    os.killpg(one.process.pid, signal.SIGINT)  # as a terminal does: to all of them
    one.process.wait(30)
    one.end()
    assert one.process.returncode == 0
    assert one.told[1:] == ["curlx: client-certificate-missing"]
    assert all_gone(one)


def test_the_limit_is_an_option_and_a_big_upload_is_answered(serving: Serving) -> None:
    with serving("--limit", "1") as one:
        assert post(one, b"x" * MEGABYTE)[0] == 200
        status, problem = post(one, b"x" * (12 * MEGABYTE))
        assert (status, json.loads(problem)["status"]) == (413, 413)
        assert "more than 1 MB" in json.loads(problem)["detail"]


def test_a_log_that_takes_too_long_is_given_up(serving: Serving, megabyte: bytes) -> None:
    with serving("--timeout", "0.2") as one:
        status, problem = post(one, megabyte * 4)
        assert status == 422
        assert "takes longer than 0.2 s" in json.loads(problem)["detail"]
        assert post(one, LOGS[0].read_bytes())[0] == 200


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process that is paused outlives a killed server")
def test_a_server_that_is_killed_leaves_no_process(begin: Callable[..., Served], megabyte: bytes) -> None:
    one = begin(start_new_session=True)
    with ThreadPoolExecutor(8) as threads:
        going = [threads.submit(post, one, megabyte * 8) for _ in range(4)]
        time.sleep(4)
        one.process.kill()
        assert all(isinstance(one.exception(), OSError) for one in going)
    one.end()
    assert all_gone(one)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on the size of files")
def test_nothing_is_written_to_disk(serving: Serving, tmp_path: Path, megabyte: bytes) -> None:
    import resource

    # Under this limit of the system no process can make a file longer than a page; what the page gets is longer.
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    boundary = b"--x\r\nContent-Disposition: form-data; name=files; filename=a.log\r\n\r\n"
    form = boundary + megabyte * 2 + b"\r\n--x--\r\n"
    with serving(preexec_fn=limited, cwd=tmp_path, env=environment) as one:
        request = urllib.request.Request(
            f"{one.address}explain", form, {"Content-Type": "multipart/form-data; boundary=x"}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            assert answer.status == 201
    assert [*tmp_path.iterdir()] == []


# --- many at once -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def megabyte() -> bytes:
    """A log of a megabyte: real ones, one behind the other."""
    every = b"".join(path.read_bytes() for path in LOGS)
    return (every * (MEGABYTE // len(every) + 1))[:MEGABYTE]


@pytest.fixture(scope="module")
def download() -> bytes:
    """A log of a megabyte that is mostly the body of an answer: it takes a tenth of the time."""
    head = (FIXTURES / "founding.log").read_bytes()
    return head + b"a line of some text that a server sent, as pages are\n" * ((MEGABYTE - len(head)) // 53)


def family(process: int) -> list[int]:
    """Return a process and all below it, where the system tells them (proc(5))."""
    found = [process]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def resident(process: int) -> int:
    """Return the bytes that a process and those below it hold in memory."""
    total = 0
    for one in family(process):
        with contextlib.suppress(OSError):
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total


def seconds(process: int) -> float:
    """Return the time that a process has worked."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def settle(one: Served) -> None:
    """Wait until all processes are ready: until none but the server itself works any more."""
    worked = -1.0
    while worked != (worked := sum(map(seconds, family(one.process.pid)[1:]))):
        time.sleep(1.5)


@pytest.mark.timeout(600)
def test_fifty_megabytes_at_once_are_all_answered_in_bounded_memory(served: Served, download: bytes) -> None:
    with ThreadPoolExecutor(51) as threads:
        going = [threads.submit(post, served, download) for _ in range(50)]
        most = 0
        while not all(one.done() for one in going):
            most = max(most, resident(served.process.pid))
            time.sleep(0.05)
        answers = [one.result() for one in going]
    assert [status for status, _ in answers] == [200] * 50
    assert len({report for _, report in answers}) == 1
    assert most < 800 * MEGABYTE


@pytest.mark.skipif(sys.platform != "linux", reason="only proc(5) tells the time of a process")
@pytest.mark.timeout(600)
def test_one_slow_log_takes_less_than_a_second_from_the_others(
    serving: Serving, download: bytes, megabyte: bytes
) -> None:
    with serving("--timeout", "3") as one, ThreadPoolExecutor(51) as threads:
        post(one, download)
        settle(one)
        before = {process: seconds(process) for process in family(one.process.pid)}
        slow = threads.submit(post, one, megabyte * 8)
        while not (
            busy := [
                process for process in before if process != one.process.pid and seconds(process) > before[process] + 0.1
            ]
        ):
            time.sleep(0.02)
        answers = [*threads.map(post, [one] * 50, [download] * 50)]
        # What it worked while the others waited is what it took from them, whatever else the machine does.
        taken = seconds(busy[0]) - before[busy[0]]
        assert [status for status, _ in answers] == [200] * 50
        assert not slow.done(), "that log is not slow"
        assert taken < 1.0
        assert slow.result()[0] in (200, 422)
