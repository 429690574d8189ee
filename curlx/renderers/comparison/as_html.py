"""The comparison as one page for a browser: what explains the failure, and both calls side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curlx.comparison import Comparison, Telling
from curlx.renderers.comparison.wording import (
    MISSING,
    PARTING,
    SAME,
    groups,
    headline,
    lead,
    name,
    state,
    still_open,
    title_of,
    told,
    unknown,
    urls,
)
from curlx.renderers.pages import template
from curlx.renderers.wording import MARKS, count, place

if TYPE_CHECKING:
    from jinja2 import Template

_STEPS = 100
_PAIRS = 20
_TITLE = 240
_TONES: dict[Telling, str] = {
    "certain": "problem", "likely": "note", "possible": "note", "result": "unknown", "unclear": "unknown",
}  # fmt: skip


def render(comparison: Comparison) -> str:
    """Return the comparison as one HTML document."""
    return framed(comparison, template("base.html.jinja"))


def framed(comparison: Comparison, frame: Template, **around: object) -> str:
    """Return the comparison inside a frame, a template with the block `body`; `around` is what that wants to know."""
    more = len(comparison.pairs) - _PAIRS + comparison.pairs_left_out
    return template("comparison.html.jinja").render(
        frame=frame,
        **around,
        title=headline(comparison),
        tone=_TONES[lead(comparison)] if comparison.bad.code else "ok",
        first=comparison.differences[0] if comparison.differences else None,
        logs=[("GOOD", comparison.good), ("BAD", comparison.bad)],
        name=name,
        state=state,
        title_of=lambda one: title_of(one, comparison),
        remarks=comparison.remarks,
        groups=groups(comparison),
        tones=_TONES,
        unknown=unknown(comparison),
        still_open=still_open(comparison),
        pairs=comparison.pairs[:_PAIRS],
        more=f"… {count(more, 'more transfer')} not shown" if more > 0 else "",
        steps=_STEPS,
        limit=_TITLE,
        marks=MARKS,
        place=place,
        told=told,
        urls=urls,
        count=count,
        parting=PARTING,
        same=SAME,
        missing=MISSING,
    )
