"""Ratios, measured side by side in one run: `python tests/benchmark.py` (needs the extra `bench`).

Prints CPU times of whole processes (user + system, children included, the median of several runs in turn) and the ratio
to `jc --curl-head` on the same log; the cost of a log in a running process; lines a second on a long log. What the
numbers mean, and what they were, is in docs/benchmarks.md.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
SIXTY = FIXTURES / "logs" / "mtls-apache-location-nocert-tls13--8.11.1-openssl.log"
RUNS = 15


def cpu(command: list[str], data: bytes, environment: dict[str, str]) -> float:
    """Return the CPU seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, input=data, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def side_by_side(commands: dict[str, list[str]], data: bytes) -> dict[str, float]:
    """Return the median CPU seconds of each command, run in turn.

    Each one runs once before, with a folder of its own for compiled modules: otherwise an editable install, or an
    environment in which Python may not write them (PYTHONDONTWRITEBYTECODE), would be compiled anew in every run.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for command in commands.values():
            cpu(command, data, environment)
        for _ in range(RUNS):
            for name, command in commands.items():
                times[name].append(cpu(command, data, environment))
    return {name: statistics.median(values) for name, values in times.items()}


def best(work: Callable[[], object], runs: int = 3) -> float:
    """Return the least CPU seconds that something took: what another process takes from it makes it slower only."""
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def whole_processes(data: bytes) -> None:
    """Measure commands as a shell starts them."""
    python = [sys.executable]
    found = side_by_side(
        {
            "python -c pass": [*python, "-c", "pass"],
            "python -c 'import typer'": [*python, "-c", "import typer"],
            "curlx --version": [*python, "-m", "curlx", "--version"],
            "jc --curl-head": [*python, "-m", "jc", "--curl-head"],
            "curlx": [*python, "-m", "curlx"],
            "curlx explain --format json": [*python, "-m", "curlx", "explain", "--format", "json"],
            "curlx explain --format reply": [*python, "-m", "curlx", "explain", "--format", "reply"],
        },
        data,
    )
    print(f"a log of {len(data.splitlines())} lines; median of {RUNS} runs")
    for name, seconds in found.items():
        print(f"  {name:32} {seconds * 1000:7.1f} ms CPU   {seconds / found['jc --curl-head']:5.2f} x jc")
    ratio = found["curlx --version"] / found["python -c 'import typer'"]
    print(f"  curlx --version is {ratio:.2f} x 'import typer'")


def running_process(data: bytes) -> None:
    """Measure the core where all is loaded and warm."""
    import jc

    import curlx
    from curlx.assembler import assemble
    from curlx.lines import split
    from curlx.reader import read
    from curlx.redaction import Redactor
    from curlx.renderers.as_json import line_of
    from curlx.rows import make_row

    founding = [path.read_bytes() for path in sorted((FIXTURES / "logs").glob("mtls-*.log"))]
    lines = sum(len(sample.splitlines()) for sample in founding) / len(founding)

    def explain_each() -> None:
        for sample in founding:
            curlx.explain(sample)

    def row_each() -> None:
        for sample in founding:
            report = curlx.explain(sample)
            make_row(report, document=line_of(report))

    explain_each()
    print(f"a log of {lines:.0f} lines, the average of {len(founding)}, warm")
    print(f"  explain:                         {best(explain_each) / len(founding) * 1000:7.2f} ms CPU")
    print(f"  explain, row and line of a batch:{best(row_each) / len(founding) * 1000:7.2f} ms CPU")
    whole = data * (100_000 // len(data.splitlines()))
    count, text = len(whole.splitlines()), whole.decode()
    seconds = best(lambda: assemble(read(map(Redactor().hide, split([whole])))))
    beside = best(lambda: jc.parse("curl_head", text))
    print(f"a log of {count} lines")
    print(f"  curlx, parse and assemble:       {count / seconds / 1e6:7.2f} M lines a second")
    print(f"  jc --curl-head, headers alone:   {count / beside / 1e6:7.2f} M lines a second")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> int:
    """Measure and print."""
    data = SIXTY.read_bytes()
    whole_processes(data)
    running_process(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
