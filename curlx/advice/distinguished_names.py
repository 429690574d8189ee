"""The parts of a certificate's name, in the ways that TLS libraries print one."""

from __future__ import annotations


def parts(name: str) -> tuple[tuple[str, str], ...]:
    """Return (type, value) pairs, types in upper case: `C=NL; O=Acme` and `CN=a,O=Acme` and `/C=NL/O=Acme`.

    A comma within a value cuts it (`O=Acme, Inc.` gives `Acme`), which is enough to recognize a name by its words.
    """
    pieces = name.replace(";", ",").split(",")
    if name.startswith("/"):
        pieces = name.split("/")
    pairs = (piece.partition("=") for piece in pieces if "=" in piece)
    return tuple((kind.strip().upper(), value.strip()) for kind, _, value in pairs)


def common_name(name: str) -> str | None:
    """Return the CN, if there is one."""
    return next((value for kind, value in parts(name) if kind == "CN"), None)


def words(text: str) -> str:
    """Return text in lower case with one blank around every word, so that ` word ` finds whole words only."""
    spaced = "".join(char if char.isalnum() else " " for char in text.lower())
    return f" {' '.join(spaced.split())} "
