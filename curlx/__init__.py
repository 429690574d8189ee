"""curlx reads a `curl -v` log as a timeline and explains what went wrong, with the lines that prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curlx.client_files import ClientFiles
    from curlx.comparison import Comparison
    from curlx.pipeline import compare, explain
    from curlx.renderers import render
    from curlx.report import Report

__all__ = ["ClientFiles", "Comparison", "Report", "__version__", "compare", "explain", "render"]
__version__ = "0.1.0"

_HOMES = {"explain": "curlx.pipeline", "compare": "curlx.pipeline", "render": "curlx.renderers",
          "Report": "curlx.report", "Comparison": "curlx.comparison", "ClientFiles": "curlx.client_files"}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `curlx --version` should not pay for the grammar."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
