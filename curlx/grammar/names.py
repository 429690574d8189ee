"""Read the names and dates in certificates, in the spellings of all TLS libraries."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

import pyparsing as pp

_TYPE = r"(?:[A-Za-z][A-Za-z0-9.-]{0,40}|\d+(?:\.\d+){1,20})"
"""An attribute type: a short name, or an object identifier (RFC 4514, 3)."""

_LONGEST = 4096
"""A name longer than this is not a name; the limit keeps hostile input cheap."""


def _name_grammar(separators: str) -> pp.ParserElement:
    """Return the grammar of a name whose parts are separated by one of the characters.

    A separator counts only before the next `type=`: curl prints `O=Example, Inc.; CN=x` without quotes or escapes.
    """
    boundary = rf"[{separators}+] ?{_TYPE} ?="
    attribute_type = pp.Regex(_TYPE)
    quoted = pp.QuotedString('"', esc_char="\\") + pp.FollowedBy(pp.Regex(rf" ?(?:{boundary}|$)"))
    plain = pp.Regex(rf"(?:\\.|(?! ?{boundary})[^\\])*").set_parse_action(lambda tokens: _unescape(tokens[0]))
    pair = pp.Group(attribute_type + pp.Suppress("=") + (quoted | plain))
    return pair + pp.ZeroOrMore(pp.Suppress(pp.Regex(rf"[{separators}+]")) + pair)


_SEMICOLON = _name_grammar(";")
_COMMA = _name_grammar(",")
_SLASH = pp.Suppress("/") + _name_grammar("/")

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
        grammar = _SLASH
    elif _SEMICOLON_BOUNDARY.search(text):
        grammar = _SEMICOLON
    else:
        grammar = _COMMA
    try:
        parts = grammar.parse_string(text, parse_all=True)
    except pp.ParseException:
        return ()
    return tuple((str(part[0]), str(part[1]) if len(part) > 1 else "") for part in parts)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_ZONE = r"(?: ?(?:GMT|UTC|Z))?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<month>[A-Za-z]{{3}}) {{1,2}}(?P<day>\d{{1,2}}) {_CLOCK} (?P<year>\d{{4}}){_ZONE}",
        rf"[A-Za-z]{{3}}, (?P<day>\d{{1,2}})[ -](?P<month>[A-Za-z]{{3}})[ -](?P<year>\d{{4}}) {_CLOCK}{_ZONE}",
        rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})[ T]{_CLOCK}{_ZONE}",
        rf"[A-Za-z]{{3}} (?P<month>[A-Za-z]{{3}}) {{1,2}}(?P<day>\d{{1,2}}) {_CLOCK} (?P<year>\d{{4}}){_ZONE}",
    )
)


@lru_cache(maxsize=1024)
def parse_date(text: str) -> str | None:
    """Return a date of a certificate or a header as ISO 8601 in UTC (`2026-10-24T08:42:02Z`); None when unreadable.

    All libraries print certificates' dates in UTC (RFC 5280, 4.1.2.5), whether or not they say so.
    """
    for pattern in _DATES:
        match = pattern.fullmatch(text.strip())
        if match is None:
            continue
        month = match["month"].lower()
        if not month.isdigit() and month not in _MONTHS:
            return None
        try:
            moment = datetime(
                int(match["year"]),
                int(month) if month.isdigit() else _MONTHS.index(month) + 1,
                int(match["day"]),
                int(match["hour"]),
                int(match["minute"]),
                int(match["second"] or 0),
            )
        except ValueError:
            return None
        return moment.isoformat() + "Z"
    return None
