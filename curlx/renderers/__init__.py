"""One output format per file: `as_<format>.py` with `render(report) -> str`, found by its name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import cast

from curlx.report import Report

_PREFIX = "as_"


def formats() -> tuple[str, ...]:
    """Return the names of the formats, in the order of the alphabet."""
    names = (info.name for info in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)))


def render(report: Report, format: str = "json", **look: object) -> str:
    """Return a report in one format; `look` is what the format itself can be told (`as_terminal`: width, colour).

    Raises ValueError for a format that does not exist.
    """
    if format not in formats():
        raise ValueError(f"there is no format {format!r}; there are {', '.join(formats())}")
    module = importlib.import_module(f"{__name__}.{_PREFIX}{format}")
    return cast("str", module.render(report, **look))
