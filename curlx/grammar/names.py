"""Read the distinguished names in certificates, in the spellings of all TLS libraries."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyparsing as pp

_TYPE = r"(?:[A-Za-z][A-Za-z0-9.-]{0,40}|\d+(?:\.\d+){1,20})"
"""An attribute type: a short name, or an object identifier (RFC 4514, 3)."""

_LONGEST = 4096
"""A name longer than this is not a name; the limit keeps hostile input cheap."""


@cache
def _name_grammar(separators: str) -> pp.ParserElement:
    """Return the grammar of a name whose parts are separated by one of the characters.

    A separator counts only before the next `type=`: curl prints `O=Example, Inc.; CN=x` without quotes or escapes.
    """
    import pyparsing as pp  # costs more than all the rest of curlx at start-up, and few logs need a name taken apart

    boundary = rf"[{separators}+] ?{_TYPE} ?="
    attribute_type = pp.Regex(_TYPE)
    quoted = pp.QuotedString('"', esc_char="\\") + pp.FollowedBy(pp.Regex(rf" ?(?:{boundary}|$)"))
    plain = pp.Regex(rf"(?:\\.|(?! ?{boundary})[^\\])*").set_parse_action(lambda tokens: _unescape(tokens[0]))
    pair = pp.Group(attribute_type + pp.Suppress("=") + (quoted | plain))
    return pair + pp.ZeroOrMore(pp.Suppress(pp.Regex(rf"[{separators}+]")) + pair)


_PAIR = re.compile(rf"\s*({_TYPE})\s*=(.*)", re.DOTALL)


@cache
def _boundary(separators: str) -> re.Pattern[str]:
    return re.compile(rf"[{separators}+] ?(?={_TYPE} ?=)")


def _cut(text: str, separators: str) -> tuple[tuple[str, str], ...]:
    """Read a name without quotes and escapes, as nearly all are: the grammar takes fifty times as long."""
    pairs = [_PAIR.fullmatch(part) for part in _boundary(separators).split(text)]
    return () if None in pairs else tuple((pair[1], pair[2].strip()) for pair in pairs if pair)


_SEMICOLON_BOUNDARY = re.compile(rf"; ?{_TYPE}=")


def _unescape(text: str) -> str:
    """Undo the escapes of RFC 4514, 2.4: a backslash before a character, or before two hexadecimal digits."""
    text = text.strip()
    if "\\" not in text:
        return text

    def octets(match: re.Match[str]) -> str:
        return bytes.fromhex(match[0].replace("\\", "")).decode("utf-8", "replace")

    text = re.sub(r"(?:\\[0-9A-Fa-f]{2})+", octets, text)
    return re.sub(r"\\(.)", r"\1", text)


@lru_cache(maxsize=1024)
def parse_name(text: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of a distinguished name, in the order printed; empty when the text is not a name.

    OpenSSL builds print `C=NL; O=Example; CN=x`, GnuTLS `C=NL,O=Example,CN=x`, mbedTLS `C=NL, O=Example`, NSS
    `CN=x,O=Example,C=NL` with quotes where needed, old OpenSSL `/C=NL/O=Example/CN=x`.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return ()
    if text.startswith("/"):
        text, separators = text[1:], "/"
    else:
        separators = ";" if _SEMICOLON_BOUNDARY.search(text) else ","
    if "\\" not in text and '"' not in text:
        return _cut(text, separators)
    import pyparsing as pp

    try:
        parts = _name_grammar(separators).parse_string(text, parse_all=True)
    except pp.ParseException:
        return ()
    return tuple((str(part[0]), str(part[1]) if len(part) > 1 else "") for part in parts)
