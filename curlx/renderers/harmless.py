"""Show untrusted text without letting it act: no escape sequences, no hidden or reordered characters.

A log can hold bytes that clear the screen, retitle the window or turn the reading direction around (Unicode TR 36,
"bidirectional text spoofing"). What is not printable in the sense of `str.isprintable` is written as its escape.
"""

from __future__ import annotations


def harmless(text: str) -> str:
    """Return one line of text with every control, format, private and line-breaking character made visible."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _shown(character) for character in text)


def _shown(character: str) -> str:
    return "    " if character == "\t" else character.encode("unicode_escape").decode("ascii")
