"""Ratios, measured side by side in one run: `python tests/benchmark.py` (needs the extra `bench`).

Prints CPU times of whole processes (user + system, children included, the median of several runs) and the ratio to
`jc --curl-head` on the same log; the cost of `explain` in a running process; lines a second on a long log.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
SIXTY = FIXTURES / "logs" / "mtls-nginx-nocert-tls12-h2--7.88.1-openssl.log"
RUNS = 15


def cpu(command: list[str], data: bytes) -> float:
    """Return the CPU seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def side_by_side(commands: dict[str, list[str]], data: bytes) -> dict[str, float]:
    """Return the median CPU seconds of each command, run in turn."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            times[name].append(cpu(command, data))
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> int:
    """Measure and print."""
    log = SIXTY if SIXTY.exists() else sorted((FIXTURES / "logs").glob("mtls-*openssl.log"))[0]
    data = log.read_bytes()
    python = [sys.executable]
    found = side_by_side(
        {
            "python -c pass": [*python, "-c", "pass"],
            "python -c 'import typer'": [*python, "-c", "import typer"],
            "curlx --version": [*python, "-m", "curlx", "--version"],
            "jc --curl-head": [*python, "-m", "jc", "--curl-head"],
            "curlx": [*python, "-m", "curlx"],
            "curlx explain --format json": [*python, "-m", "curlx", "explain", "--format", "json"],
        },
        data,
    )
    print(f"{log.name}: {len(data.splitlines())} lines; median of {RUNS} runs")
    for name, seconds in found.items():
        print(f"  {name:32} {seconds * 1000:7.1f} ms CPU   {seconds / found['jc --curl-head']:5.2f} x jc")

    import curlx

    founding = [path.read_bytes() for path in sorted((FIXTURES / "logs").glob("mtls-*.log"))]
    for sample in founding:
        curlx.explain(sample)
    start = time.process_time()
    for sample in founding:
        curlx.explain(sample)
    each = (time.process_time() - start) / len(founding)
    lines = sum(len(sample.splitlines()) for sample in founding) / len(founding)
    print(f"explain, warm: {each * 1000:.2f} ms a log of {lines:.0f} lines on average ({len(founding)} logs)")

    whole = data * (100_000 // len(data.splitlines()))
    from curlx.assembler import assemble
    from curlx.lines import split
    from curlx.reader import read
    from curlx.redaction import Redactor

    start = time.process_time()
    assemble(read(map(Redactor().hide, split([whole]))))
    seconds = time.process_time() - start
    print(f"parse and assemble: {len(whole.splitlines()) / seconds / 1e6:.2f} M lines a second")
    if os.name == "posix":
        print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
