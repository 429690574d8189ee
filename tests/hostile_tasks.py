"""What can happen to a process that reads logs, on purpose: tasks for `batch.check`, which other processes import."""

from __future__ import annotations

import os
import time
from pathlib import Path

from curlx.batch import Settings, explain_all
from curlx.sources.places import Place


def dies_of_some(chunk: list[Place], settings: Settings) -> bytes:
    """Die whenever a log is called deadly."""
    for place in chunk:
        if "deadly" in place.name:
            die()
    return explain_all(chunk, settings)


def dies_once(chunk: list[Place], settings: Settings) -> bytes:
    """Die at a log that is called unlucky, but only the first time, as when somebody kills the process."""
    for place in chunk:
        if "unlucky" in place.name:
            try:
                Path(place.where).with_suffix(".killed").touch(exist_ok=False)
            except FileExistsError:
                continue
            time.sleep(0.2)  # so that others are at work at that moment
            die()
    return explain_all(chunk, settings)


def fails_at_some(chunk: list[Place], settings: Settings) -> bytes:
    """Raise whenever a log is called deadly."""
    if any("deadly" in place.name for place in chunk):
        raise MemoryError
    return explain_all(chunk, settings)


def die() -> None:
    if os.name == "posix":
        import signal

        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(9)
