"""Formats are found by the names of their files: `as_<format>.py` with a function `render`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from typing import Any

_PREFIX = "as_"


def formats_in(folders: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the formats in the folders of a package, in the order of the alphabet."""
    names = (info.name for info in pkgutil.iter_modules(folders))
    return tuple(sorted(name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)))


def renderer(package: str, folders: Iterable[str], format: str) -> Any:
    """Return the function `render` of a format; raises ValueError for a format that does not exist."""
    known = formats_in(folders)
    if format not in known:
        raise ValueError(f"there is no format {format!r}; there are {', '.join(known)}")
    return importlib.import_module(f"{package}.{_PREFIX}{format}").render
