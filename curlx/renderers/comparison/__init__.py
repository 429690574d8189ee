"""One output format of a comparison per file: `as_<format>.py` with `render(comparison) -> str`, found by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from curlx.renderers.lookup import formats_in, renderer

if TYPE_CHECKING:
    from curlx.comparison import Comparison


def formats() -> tuple[str, ...]:
    """Return the names of the formats, in the order of the alphabet."""
    return formats_in(__path__)


def render(comparison: Comparison, format: str = "json", **look: object) -> str:
    """Return a comparison in one format; `look` is what the format itself can be told (`as_terminal`: width, colour).

    Raises ValueError for a format that does not exist.
    """
    return cast("str", renderer(__name__, __path__, format)(comparison, **look))
