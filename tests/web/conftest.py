"""The page as it is served: the application in this process, or `curlx serve` as a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason='the extra "web" is not installed')

from starlette.testclient import TestClient

from curlx.web.app import make_app

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


class Served:
    """A running `curlx serve`. `told` is what it has written to standard error, once it has ended."""

    def __init__(self, process: subprocess.Popen[str], address: str, first: list[str]) -> None:
        self.process = process
        self.address = address
        self.told = first

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.told += self.process.communicate(timeout=30)[1].splitlines()


def _begin(*arguments: str, **environment: object) -> Served:
    process = subprocess.Popen(
        [sys.executable, "-m", "curlx", "serve", "--port", "0", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        **environment,  # type: ignore[call-overload]
    )
    assert process.stderr is not None
    first: list[str] = []
    for line in process.stderr:
        first.append(line.rstrip("\n"))
        if found := re.search(r"http://\S+/", line):
            return Served(process, found[0], first)
    raise AssertionError(first)


@contextmanager
def _serving(*arguments: str, **environment: object) -> Iterator[Served]:
    served = _begin(*arguments, **environment)
    try:
        yield served
    finally:
        served.end()


@pytest.fixture(scope="session")
def begin() -> Callable[..., Served]:
    """What starts `curlx serve`, on a free port, and gives it once it says its address."""
    return _begin


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[Served]]:
    """The same, and it ends with its block."""
    return _serving


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with _serving() as one:
        yield one


@pytest.fixture
def founding() -> bytes:
    return (FIXTURES / "founding.log").read_bytes()


@pytest.fixture(scope="module")
def told() -> list[str]:
    """What the application of `client` tells of the logs."""
    return []


@pytest.fixture(scope="module")
def client(told: list[str]) -> Iterator[TestClient]:
    """The application with a limit of 1 MB."""
    app = make_app(limit=1 << 20, jobs=1, tell=told.append)
    with TestClient(app, base_url="http://127.0.0.1:8024", follow_redirects=False) as one:
        yield one
