"""One output format of a batch per file: `as_<format>.py` with `render(rows) -> Iterator[str]`, found by its name.

A renderer takes the rows as they come, in the order of the input, and yields text to be written as it is, with its line
ends. One that can write a row when it comes should: there may be a million of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from curlx.rows import Row

_PREFIX = "as_"


def formats() -> tuple[str, ...]:
    """Return the names of the formats, in the order of the alphabet."""
    names = (info.name for info in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)))


def render(rows: Iterable[Row], format: str = "table", **look: object) -> Iterator[str]:
    """Yield the rows in one format; `look` is what the format itself can be told (`as_table`: width, colour, grouping).

    Raises ValueError for a format that does not exist.
    """
    if format not in formats():
        raise ValueError(f"there is no format {format!r}; there are {', '.join(formats())}")
    module = importlib.import_module(f"{__name__}.{_PREFIX}{format}")
    return cast("Iterator[str]", module.render(rows, **look))
