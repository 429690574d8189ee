"""curlx reads a `curl -v` log as a timeline and explains what went wrong, with the lines that prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curlx.pipeline import explain
    from curlx.renderers import render
    from curlx.report import Report

__all__ = ["Report", "__version__", "explain", "render"]
__version__ = "0.1.0"

_HOMES = {"explain": "curlx.pipeline", "render": "curlx.renderers", "Report": "curlx.report"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `curlx --version` should not pay for the grammar."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
