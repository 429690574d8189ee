"""Pages for a browser: single files, no script, no reference to the outside.

Text of a log can only ever be text: the templates escape everything (Jinja2, autoescape), and what is not printable is
shown as its escape. A content security policy forbids the rest.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from curlx.renderers.harmless import harmless
from curlx.renderers.wording import clipped, pieces

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def template(name: str, folder: str = "renderers/templates") -> Template:
    """Return the template of that name in a folder of the package."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("curlx", folder),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(pieces=pieces, clipped=clipped)
    return environment.get_template(name)


def _shown(value: object) -> object:
    """Make every text harmless that comes from an expression; markup is what the template itself has made."""
    if not isinstance(value, str) or value == "\n" or hasattr(value, "__html__"):
        return value
    return harmless(value)
