"""One output format of a batch per file: `as_<format>.py` with `render(rows) -> Iterator[str]`, found by its name.

A renderer takes the rows as they come, in the order of the input, and yields text to be written as it is, with its line
ends. One that can write a row when it comes should: there may be a million of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from curlx.renderers.lookup import formats_in, renderer

if TYPE_CHECKING:
    from curlx.rows import Row

GroupBy: TypeAlias = Literal["code", "host", "issuer", "day", "curl"]
"""What the logs of a batch can have in common (`groups.py`)."""


def formats() -> tuple[str, ...]:
    """Return the names of the formats, in the order of the alphabet."""
    return formats_in(__path__)


def render(rows: Iterable[Row], format: str = "table", **look: object) -> Iterator[str]:
    """Yield the rows in one format; `look` is what the format itself can be told (`as_table`: width, colour, grouping).

    Raises ValueError for a format that does not exist.
    """
    return cast("Iterator[str]", renderer(__name__, __path__, format)(rows, **look))
