"""Hide the secrets in the name of a file or in an address: logs are often called by the request that they hold."""

from __future__ import annotations

import re

from curlx.lines import Line
from curlx.patterns import Pattern
from curlx.redaction.redactor import Redactor, is_suspicious

_ENDING = Pattern(r"(?:\.(?:log|txt|out|err|trace|json|html?|\d{1,2}|gz|bz2|xz|zst|zip|tar|tgz)){1,4}$", re.IGNORECASE)
"""What tells people and programs what a file is, and is no part of a value."""
_SEPARATOR = re.compile(r"([/\\]+)")


def hide_in_name(name: str) -> str:
    """Return a name with its secrets hidden, and every folder and ending as it is; hidden once more it stays the same.

    What is hidden is what would be in a line: passwords and parameters of addresses, tokens by their names or shapes.
    """
    if not is_suspicious(name.lower()):
        return name
    redactor = Redactor()
    if "://" in name:
        name = redactor.hide(Line(1, name, 0)).text
    return "".join(_part(part, redactor) for part in _SEPARATOR.split(name))


def _part(part: str, redactor: Redactor) -> str:
    found = _ENDING.search(part)
    end = found.start() if found else len(part)
    return redactor.hide(Line(1, part[:end], 0)).text + part[end:]
