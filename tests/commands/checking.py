"""Run `curlx check` in a process of its own, and logs to give it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

REFUSED = b"""\
* Trying 203.0.113.7:443...
* connect to 203.0.113.7 port 443 failed: Connection refused
curl: (7) Failed to connect to %s port 443: Connection refused
"""
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


def check(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    with start(*arguments) as process:
        stdout, stderr = process.communicate(stdin, timeout=120)
        return subprocess.CompletedProcess([], process.returncode, stdout, stderr)


def lines(data: bytes) -> Iterator[dict[str, object]]:
    return map(json.loads, data.splitlines())


def names(data: bytes) -> list[object]:
    return [document["source"]["name"] for document in lines(data)]  # type: ignore[index]
