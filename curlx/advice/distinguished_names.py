"""What advice and diagnoses need of a certificate's name; the grammar takes it apart."""

from __future__ import annotations

import re

from curlx.grammar.names import parse_name

_BETWEEN = re.compile(r"[\W_]+")


def common_name(name: str) -> str | None:
    """Return the CN, if there is one."""
    return next((value for kind, value in parse_name(name) if kind.upper() == "CN"), None)


def words(text: str) -> str:
    """Return text in lower case with one blank around every word, so that ` word ` finds whole words only."""
    return f" {_BETWEEN.sub(' ', text.lower()).strip()} "
