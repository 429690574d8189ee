"""Hide the values of headers, cookies and credentials in the forms that HTTP and the mail protocols give them."""

from __future__ import annotations

import re

from curlx.patterns import Pattern
from curlx.redaction.names import CODES, FACTORS, HEADERS, PINS, PLACED
from curlx.redaction.placeholders import Placeholders

# Names that are also words must stand where a header's name stands; headers that are nothing else, anywhere.
_PLACE = (
    r"(?:^\s{0,40}|(?<=[<>] )|(?<=-> )|(?<=<- )|(?<=[\[\"'])|(?<=\\n)|(?<=der: )|(?<=-H)|(?<=-H )|(?<=-header[ =])"
    r"|(?<=^[0-9a-f]{4}: ))"
)
# Words as well, unless a mark or an option tells that they are headers.
# Who knows a `Session` controls a stream (RFC 2326, 3.4).
_PLACED = (
    PLACED
    + r"|(?:(?<=[<>] )|(?<=^[0-9a-f]{4}: )|(?<=-H)|(?<=-H[ \"'])|(?<=-H [\"'])|(?<=-header[ =])|(?<=-header[ =][\"']))"
    rf"(?:session|{CODES}|{PINS}|{FACTORS})"
)
_END = r"(?P<between>[ \t]{0,9}:[ \t]{0,9})(?=[^\s\"])"
_NAMED = Pattern(_PLACE + "(?P<name>" + _PLACED + ")" + _END, re.IGNORECASE)
_HEADER = Pattern(
    r"(?:(?:(?<![\w-])|(?<=\\n))(?P<name>" + HEADERS + ")|" + _PLACE + "(?P<other>" + _PLACED + "))" + _END,
    re.IGNORECASE,
)
_SCHEME = Pattern(r"[A-Za-z][\w-]{0,30}[ \t]{1,9}(?=\S)")
_AWS = Pattern(r"(?<=Credential=)(?:‹[^›]*›|[^/,\s]{1,200})|(?<=Signature=)\w{1,1000}")
_ADDED_COOKIE = Pattern(r"(?<=(?:dded|aced) cookie )([^=\s]{1,200}=)(\"?)([^\"]{0,4096})(?=\"? for domain )")
_COOKIE = Pattern(
    r"(?<![^\s\"'\[,])((?!(?:path|domain|max-age|expires|version|samesite|priority)=)[\w.-]{1,200}=)([^;,\s\"'‹›]{1,4096})"
    r"(?=; ?(?:(?:path|domain|max-age|expires|samesite)=|httponly\b|secure\b))",
    re.IGNORECASE,
)
"""A cookie is told by its attributes as well (RFC 6265, 4.1.1): `-w '%header{set-cookie}'` writes no name before it."""
_NETSCAPE = Pattern(r"^(\S+\t(?:TRUE|FALSE)\t[^\t]*\t(?:TRUE|FALSE)\t\d+\t[^\t]*\t)(.+)$")
_USER = Pattern(r"(?<=auth using )([^\n']{1,60} with user ')([^']*)(?=')")
_LOGIN = Pattern(r"^(> (?:USER|PASS|ACCT|AUTH [A-Z0-9-]{1,20}|APOP|[A-Z]\d{1,4} LOGIN) )(.+)$")
_BEARER = Pattern(r"(?<![\w-])(bearer[ \t]{1,9})([\w.~+/-]{16,}=*)(?![\w\"=])", re.IGNORECASE)
_BLANK = Pattern(r"\s|$")


def hide_headers(text: str, lowered: str, hidden: Placeholders, *, command: bool) -> str:
    """Hide what stands behind `Authorization:`, `X-Api-Key:` and the like; `command`: the line is a command."""
    pieces: list[str] = []
    done = 0
    for match in (_HEADER if "authorization" in lowered or "cookie" in lowered else _NAMED).finditer(text):
        if match.start() < done:
            continue
        start = match.end()
        group = "other" if match["name"] is None else "name"
        end = _value_end(text, match.start(group), start, command)
        pieces += [text[done:start], hide_value(match[group].lower(), text[start:end], hidden)]
        done = end
    return "".join(pieces) + text[done:] if done else text


def hide_value(name: str, value: str, hidden: Placeholders) -> str:
    """Hide the value of a header, whose name is given in lower case."""
    if name.startswith(("cookie", "set-cookie")):
        return hide_cookies(value, hidden, only_first=name.startswith("set-"))
    if name == "session":
        number, semicolon, timeout = value.partition(";")
        return hidden.replace("session", number) + semicolon + timeout
    if "authorization" not in name:
        return hidden.replace("api-key", value)
    scheme = _SCHEME.match(value)
    if scheme is None:
        return hidden.replace(name, value)
    if scheme[0].startswith("AWS4"):
        # The scope (date, region, service) explains a refused signature and is no secret.
        return _AWS.sub(hidden.whole(name), value)
    return scheme[0] + hidden.replace(name, value[scheme.end() :])


def hide_cookies(value: str, hidden: Placeholders, *, only_first: bool = False) -> str:
    """Hide the values of `name=value; name=value`; of Set-Cookie only the first is one, the others are attributes."""
    pairs = value.split(";")
    for index, pair in enumerate(pairs[:1] if only_first else pairs):
        name, equals, content = pair.partition("=")
        pairs[index] = name + equals + hidden.replace("cookie", content) if equals else pair
    if len(pairs) == 1 and "=" not in value:
        return hidden.replace("cookie", value)
    return ";".join(pairs)


def hide_told(text: str, lowered: str, hidden: Placeholders) -> str:
    """Hide the credentials that curl names in its own words, and those of other protocols."""
    if "cookie" in lowered:
        text = _ADDED_COOKIE.sub(lambda match: match[1] + match[2] + hidden.replace("cookie", match[3]), text)
    if "; " in text:
        text = _COOKIE.sub(hidden.second("cookie"), text)
    if "\t" in text:
        text = _NETSCAPE.sub(hidden.second("cookie"), text)
    if "with user" in lowered:
        text = _USER.sub(hidden.second("user"), text)
    if text.startswith("> "):
        text = _LOGIN.sub(hidden.second("login"), text)
    if "bearer" in lowered:
        text = _BEARER.sub(hidden.second("authorization"), text)
    return text


def _value_end(text: str, name: int, start: int, command: bool) -> int:
    """Return where a header's value ends: with the line, or with the quote or bracket that its name began in."""
    opener = text[name - 1] if name else ""
    escaped = text.find("\\r\\n", start)
    if opener in ("'", '"'):
        end = text.find(opener, start)
        if end >= 0:
            end = end - 1 if text[end - 1] == "\\" else end
            return min(end, escaped) if escaped >= 0 else end
    elif escaped >= 0:  # the whole request is one string of some language
        return escaped
    elif opener == "[" and text.rstrip().endswith("]"):
        return text.rindex("]")
    elif command and text[:name].rstrip(" =").endswith(("-H", "-header")):
        blank = _BLANK.search(text, start)
        return blank.start() if blank else len(text)
    return len(text.rstrip())
