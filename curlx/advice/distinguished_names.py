"""What advice and diagnoses need of a certificate's name; the grammar takes it apart."""

from __future__ import annotations

from curlx.grammar.names import parse_name


def common_name(name: str) -> str | None:
    """Return the CN, if there is one."""
    return next((value for kind, value in parse_name(name) if kind.upper() == "CN"), None)


def words(text: str) -> str:
    """Return text in lower case with one blank around every word, so that ` word ` finds whole words only."""
    spaced = "".join(char if char.isalnum() else " " for char in text.lower())
    return f" {' '.join(spaced.split())} "
