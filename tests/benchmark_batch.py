"""How many logs a second `curlx check` does, on logs that it makes itself: `python tests/benchmark_batch.py [as-captured] [LOGS...]`.

The logs are those of `fixtures/logs` with 50 to 70 lines, each with hosts of its own so that no two are equal;
with `as-captured` they keep theirs, and their lines were seen before, as in the logs of one service. For each
number of logs (1 000 and 10 000, or those that are named; 1 000 000 take some 4 GB) and 1 and 2 processes it prints logs
a second, the CPU time of a log, the speed-up, and the memory of the biggest process; next to it what `grep -c`, `wc -l`
and, where it is installed, `jc --curl-head` (one process for all logs; the extra `bench`) take for the same logs; then
where the time of one log goes, and what starting costs with each import.
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

LOGS = Path(__file__).parent.parent / "fixtures" / "logs"
NUMBERS = (1_000, 10_000)


def samples() -> list[bytes]:
    """Return captured logs of about 60 lines."""
    logs = [path.read_bytes() for path in sorted(LOGS.glob("*.log"))]
    return [log for log in logs if 50 <= log.count(b"\n") <= 70]


def write(folder: Path, number: int, *, own_hosts: bool = True) -> int:
    """Write so many logs, in folders of a thousand; return their bytes."""
    logs = samples()
    size = 0
    for index in range(number):
        path = folder / f"{index // 1000:03}" / f"{index:06}.log"
        path.parent.mkdir(exist_ok=True)
        host = b"-%d.example" % (index % 5_003) if own_hosts else b".example"
        size += path.write_bytes(logs[index % len(logs)].replace(b".example", host))
    return size


def run(folder: Path, jobs: int) -> tuple[float, float, float, float]:
    """Check a folder; return the seconds, the CPU seconds of parent and workers, and the MB of the biggest process."""
    code = (  # a process of its own, whose children are counted apart from those of the other runs
        "import resource, sys\n"
        "from curlx.cli import app\n"
        "if __name__ == '__main__':\n"
        "    app(sys.argv[1:])\n"
        "    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
        "    print(*(one.ru_utime + one.ru_stime for one in used), max(one.ru_maxrss for one in used), file=sys.stderr)\n"
    )
    script = folder.parent / "run.py"
    script.write_text(code)
    began = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, str(script), "check", str(folder), "--format", "jsonl", "--jobs", str(jobs),
         "--output", str(folder.parent / "reports.jsonl")], capture_output=True, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - began
    parent, workers, memory = map(float, ran.stderr.split()[-3:])
    return seconds, parent, workers, memory / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def others(folder: Path, number: int, curlx: float) -> None:
    """Print the CPU time that other programs take for the same logs, and how many times as much curlx takes."""
    every = ["find", str(folder), "-name", "*.log", "-exec"]
    jc = (
        "import pathlib, sys, jc\n"
        "for path in pathlib.Path(sys.argv[1]).rglob('*.log'):\n"
        "    try: jc.parse('curl_head', path.read_text(errors='replace'), quiet=True)\n"
        "    except Exception: pass\n"
    )
    commands = {
        "wc -l": [*every, "wc", "-l", "{}", "+"],
        "grep -c": [*every, "grep", "-c", "HTTP/", "{}", "+"],
        "jc --curl-head, in one process": [sys.executable, "-c", jc, str(folder)],
    }
    for name, command in commands.items():
        seconds = cpu(command)
        if seconds is None:
            print(f"  {name}: not installed")
        else:
            print(f"  {name:32} CPU a log {seconds / number * 1e6:6.0f} µs   curlx takes x {curlx / seconds:.1f}")


def cpu(command: list[str]) -> float | None:
    """Return the CPU seconds of a command; None when it fails at once, and may fail on some logs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        ran = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    except OSError:
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if b"ModuleNotFoundError" in ran.stderr:
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def starts() -> None:
    """Print what starting costs: Python alone, and with each import that a command needs."""
    imports = ("", "typer", "msgspec", "rich.console", "pyparsing", "jinja2", "multiprocessing", "curlx", "curlx.cli",
               "curlx.check", "curlx.batch")  # fmt: skip
    alone = 0.0
    for name in imports:
        command = [sys.executable, "-c", f"import {name}" if name else "pass"]
        seconds = statistics.median([cpu(command) or 0.0 for _ in range(7)])
        alone = alone or seconds
        print(
            f"  {'import ' + name if name else 'python -c pass':24} {seconds * 1e3:6.1f} ms   x {seconds / alone:.2f}"
        )


def stages(folder: Path) -> None:
    """Print where the time of one log goes, in one warm process."""
    from curlx.assembler import assemble
    from curlx.diagnoses import diagnose
    from curlx.lines import split
    from curlx.reader import read
    from curlx.redaction import Redactor
    from curlx.renderers.as_json import line_of
    from curlx.report import make_report
    from curlx.rows import make_row
    from curlx.sources import packed
    from curlx.sources.places import places

    steps: dict[str, Callable[[Any], Any]] = {
        "open and read": lambda place: b"".join(packed.read(place)),
        "lines": lambda data: list(split([data])),
        "redaction": lambda lines: list(map(Redactor().hide, lines)),
        "reader": lambda lines: list(read(iter(lines))),
        "bodies and assembler": lambda events: assemble(iter(events)),
        "diagnoses": lambda timeline: (timeline, diagnose(timeline)),
        "report": lambda found: make_report(*found),
        "JSON": lambda report: (report, line_of(report)),
        "row": lambda pair: make_row(pair[0], document=pair[1]),
    }
    spent: Counter[str] = Counter()
    found = list(places([str(folder)]))[:2_000]
    warm, measured = found[:1_000], found[1_000:] or found
    gc.disable()
    for chunk in (warm, measured):
        spent.clear()
        values: list[Any] = list(chunk)
        for name, step in steps.items():
            start = time.process_time()
            values = [step(value) for value in values]
            spent[name] = int((time.process_time() - start) / len(chunk) * 1e6)
    print(f"one log, {spent.total()} µs:")
    for name, microseconds in spent.items():
        print(f"  {name:24} {microseconds:5} µs")


def main() -> int:
    """Measure and print."""
    own_hosts = "as-captured" not in sys.argv
    numbers = [int(argument) for argument in sys.argv[1:] if argument != "as-captured"] or NUMBERS
    for number in numbers:
        with tempfile.TemporaryDirectory() as room:
            folder = Path(room) / "logs"
            folder.mkdir()
            size = write(folder, number, own_hosts=own_hosts)
            print(f"{number} logs, {size / number:.0f} bytes each")
            alone = used = 0.0
            for jobs in (1, 2):
                seconds, parent, workers, memory = run(folder, jobs)
                alone = alone or seconds
                print(
                    f"  {jobs} job{'s' if jobs > 1 else ' '} {number / seconds:7.0f} logs/s   x {alone / seconds:.2f}   "
                    f"CPU a log: workers {workers / number * 1e6:5.0f} µs, parent {parent / number * 1e6:4.0f} µs   "
                    f"{memory:4.0f} MB"
                )
                used = workers + parent
            others(folder, number, used)
            if number == numbers[-1]:
                stages(folder)
    print("starting, CPU time:")
    starts()
    return 0


if __name__ == "__main__":
    sys.exit(main())
