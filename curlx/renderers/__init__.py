"""One output format per file: `as_<format>.py` with `render(report) -> str`, found by its name."""

from __future__ import annotations

from typing import cast

from curlx.renderers.lookup import formats_in, renderer
from curlx.report import Report


def formats() -> tuple[str, ...]:
    """Return the names of the formats, in the order of the alphabet."""
    return formats_in(__path__)


def render(report: Report, format: str = "json", **look: object) -> str:
    """Return a report in one format; `look` is what the format itself can be told (`as_terminal`: width, colour).

    Raises ValueError for a format that does not exist.
    """
    return cast("str", renderer(__name__, __path__, format)(report, **look))
