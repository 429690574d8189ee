"""Hide named values in URLs, forms, JSON, XML, HTML, and assignments of shells and configuration files."""

from __future__ import annotations

import re

from curlx.patterns import Pattern
from curlx.redaction.headers import hide_cookies, hide_value
from curlx.redaction.names import CODES, ENDS, FACTORS, FIELDS, HEADERS, NAMES, PINS, PLACED, WORDS
from curlx.redaction.placeholders import Placeholders

_PARAMETER = Pattern(
    r"(?P<name>(?:(?<=[?&;#\[])|(?<=%3F)|(?<=%26)|(?<=\\u0026)|(?<=%5B)|(?<==)(?=[^&\s=]{1,80}%3D))"
    r"(?:" + NAMES + "|" + WORDS + r")(?:\]|%5D)?"
    r"|(?:(?<=^)|(?<=[\s\"'{,$=]))(?:-{0,2}" + NAMES + "|" + CODES + "|"
    rf"(?:{PINS}|{FACTORS})" + r"(?==\d{4,8}(?!\w|\.\d))))"
    r"(?P<equals>=|%3D|\\u003d)(?P<value>[^&\s\"'<>#‹›]+)",
    re.IGNORECASE,
)  # fmt: skip
_ASSIGNED = Pattern(rf"(?:{ENDS}|{WORDS}|{FACTORS})(?:-\d{{1,4}})?(?:\]|%5d)?(?:=|%3d|\\u003d)")
"""What every such parameter has: to look for it costs a tenth."""
_STATE = Pattern(
    r"(?P<before>(?:[?&#;]|%3F|%26)state(?:=|%3D))(?P<value>(?:(?!%26)[^&\s\"'<>#‹›]){1,4096})", re.IGNORECASE
)
"""OAuth's proof that an answer belongs to a request (RFC 6749, 10.12); of others it is a word, as `state=open`."""
_OF_OAUTH = ("?code=", "&code=", "client_id=", "response_type=", "access_token=", "client_id%3d")
_GRANTED = Pattern(
    r"(?P<before>(?<![\w-])code(?:=|%3D|\\?[\"']\s{0,4}:\s{0,4}\\?[\"']))(?P<value>(?:(?!%26)[^&\s\"'<>#‹›\\]){1,4096})",
    re.IGNORECASE,
)
"""What OAuth gives a token for (RFC 6749, 4.1.3); the `code` of others may be that of an error."""
_QUOTED = Pattern(
    r"((?<![\w.-])(?:" + NAMES + "|" + HEADERS + r")[\"']?\s{0,4}=\s{0,4}\\?(?P<quote>[\"']))"
    r"([^\"'\\]{1,4096})(?=\\?(?P=quote))",
    re.IGNORECASE,
)
_JSON = Pattern(
    r"(?P<quote>\\{0,15}[\"'])(?P<name>" + f"{FIELDS}|{HEADERS}" + r")(?P=quote)\s{0,9}:\s{0,9}"
    r"(?:(?:\[\s{0,9})?(?P=quote)|(?P<number>-?\d{4,40})(?![\w.]))",
    re.IGNORECASE,
)
_LIBRARY = Pattern(
    r"(?P<before>(?:\bCURLOPT_|\w\.)(?P<name>(?:PROXY_?)?(?:USERPWD|PASSWORD|KEYPASSWD|TLSAUTH_PASSWORD)|XOAUTH2_BEARER|COOKIE)"
    r"\]?\s{0,40}(?:,|=>?|:)\s{0,4}[\"'])(?P<value>[^\"']{1,4096})"
)
"""What `--libcurl` writes, and programs: `CURLOPT_USERPWD` in C and PHP, `pycurl.USERPWD` in Python."""
_NEXT = Pattern(r"\\{0,15}([\"'])\s{0,9},\s{0,9}\\{0,15}\1")
"""Between two strings of an array: `%{header_json}` has the values of a header in one (curl(1))."""
_PAIR = Pattern(
    r"(?P<before>(?<![\w-])name\\?[\"']?\s{0,4}[:=]\s{0,4}\\?[\"'](?P<name>" + PLACED + "|" + HEADERS + r")\\?[\"']"
    r"[^<>{}]{0,200}?(?<![\w-])value\\?[\"']?\s{0,4}[:=]\s{0,4}\\?[\"'])(?P<value>[^\"'\\]{1,8192})",
    re.IGNORECASE,
)  # fmt: skip
_PAIR_TURNED = Pattern(
    r"(?P<before>(?<![\w-])value\\?[\"']?\s{0,4}[:=]\s{0,4}\\?[\"'])(?P<value>[^\"'\\]{1,8192})(?=\\?[\"'][^<>{}\"']{0,20}\\?[\"']?"
    r"(?<![\w-])name\\?[\"']?\s{0,4}[:=]\s{0,4}\\?[\"'](?P<name>" + PLACED + "|" + HEADERS + r")\\?[\"'])",
    re.IGNORECASE,
)  # fmt: skip
_REFUSED = Pattern(
    r"(?P<before>name: \[(?P<name>" + PLACED + "|" + HEADERS + r")\], value: \[)(?P<value>[^\]]{1,8192})", re.IGNORECASE
)
"""A header that nghttp2 does not take, in its own words."""
_ELEMENT = Pattern(
    r"(<(?:[\w.-]{1,40}:)?(?:" + FIELDS + r"|authorization)(?:\s[^<>]{0,400})?>\s{0,9})([^<>\s][^<>]{0,65536})",
    re.IGNORECASE,
)
_OPTION = (
    r"\s{0,20}-{0,2}(?:(?:proxy-)?(?:user|pass|tlspassword)|oauth2-bearer|" + NAMES + r")\s{0,9}[=:]\s{1,9}[\"']?|"
    r"\s{0,20}-{0,2}(?:proxy-)?(?:pass|tlspassword)=[\"']?"
)
_VALUE = r"([^\s\"'=:][^\s\"']{0,4096})(?=[\"']?\s*(?:#.*|account .*)?$)"
_SETTING = Pattern(rf"^({_OPTION}){_VALUE}", re.IGNORECASE)
_SETTING_OR_LOGIN = Pattern(rf"^({_OPTION}|.{{0,400}}\blogin\s+\S+\s+password\s+){_VALUE}", re.IGNORECASE)
"""The same, or a line of .netrc: to look for one costs more than all else, so only where the word is."""


_PROSE = Pattern(
    r"(?P<before>(?<![\w-])(?:x-api-key|api[-_ ]?key|access[-_ ]?token|token|password|passwd|secret)"
    r"(?::\s{1,4}|\s{1,4}[\"'])[\"']?)(?P<value>(?=[^\s\"',;]{0,200}\d)(?=[^\s\"',;]{0,200}[A-Za-z])[^\s\"',;<>‹›]{8,4096})",
    re.IGNORECASE,
)
"""A value in a sentence: told from a word by a digit in it."""


def hide_fields(text: str, lowered: str, hidden: Placeholders) -> str:
    """Hide the values of `name=value`, `"name": "value"`, `<name>value</name>` where the name means a secret."""
    if ":" in text:
        if '"' in text or "'" in text:
            text = _hide_strings(text, hidden)
        if not text.startswith(("* ", "< ", "> ")):
            text = _hide_settings(text, lowered, hidden)
    elif "login" in lowered or "=" in text:
        text = _hide_settings(text, lowered, hidden)
    if "key" in lowered or "token" in lowered or "passw" in lowered or "secret" in lowered:
        text = _PROSE.sub(lambda match: match["before"] + hidden.replace("parameter", match["value"]), text)
    if "opt" in lowered or "pycurl." in lowered:
        text = _LIBRARY.sub(lambda match: match["before"] + _hide_of_library(match, hidden), text)
    if "value" in lowered:
        for pair in (_PAIR, _PAIR_TURNED, _REFUSED):
            text = pair.sub(
                lambda match: match["before"] + hide_value(match["name"].lower(), match["value"], hidden), text
            )
    if "grant_type" in lowered and "authorization_code" in lowered:
        text = _GRANTED.sub(lambda match: match["before"] + hidden.replace("parameter", match["value"]), text)
    if "=" in text or "%3d" in lowered or "\\u003d" in lowered:
        if _ASSIGNED.search(lowered) is not None:
            text = _PARAMETER.sub(lambda match: _hide_parameter(match, hidden), text)
        if "state" in lowered and any(name in lowered for name in _OF_OAUTH):
            text = _STATE.sub(lambda match: match["before"] + hidden.replace("parameter", match["value"]), text)
        if '"' in text or "'" in text:
            text = _QUOTED.sub(lambda match: match[1] + hidden.replace("parameter", match[3]), text)
    if "<" in text and ">" in text:
        text = _ELEMENT.sub(hidden.second("parameter"), text)
    return text


def _hide_settings(text: str, lowered: str, hidden: Placeholders) -> str:
    setting = _SETTING_OR_LOGIN if "login" in lowered else _SETTING
    return setting.sub(lambda match: _hide_setting(match, hidden), text)


def _hide_of_library(match: re.Match[str], hidden: Placeholders) -> str:
    is_cookie = match["name"] == "COOKIE"
    return hide_cookies(match["value"], hidden) if is_cookie else hidden.replace("credentials", match["value"])


def _hide_parameter(match: re.Match[str], hidden: Placeholders) -> str:
    value = match["value"]
    if match["equals"] != "=":  # an address within an address
        value = value.partition("%26")[0]
    bare = value.rstrip("])}.,;")
    if bare.startswith("[") and value.startswith("]", len(bare)):
        bare += "]"  # a mask may stand in brackets
    return f"{match['name']}{match['equals']}{hidden.replace('parameter', bare)}{match['value'][len(bare) :]}"


def _hide_strings(text: str, hidden: Placeholders) -> str:
    """Hide strings and numbers of JSON, also of JSON within strings of JSON, where quotes have backslashes."""
    pieces: list[str] = []
    done = 0
    for match in _JSON.finditer(text):
        if match.start() < done:
            continue
        start, end = match.span("number")
        if start < 0:
            start = match.end()
            end = _string_end(text, start, match["quote"])
        name = match["name"].lower()
        of_header = "authorization" in name or "cookie" in name
        while True:
            value = text[start:end]
            pieces += [
                text[done:start],
                hide_value(name, value, hidden) if of_header else hidden.replace("parameter", value),
            ]
            done = end
            following = _NEXT.match(text, end) if "[" in match[0] else None
            if following is None:
                break
            start = following.end()
            end = _string_end(text, start, match["quote"])
    return "".join(pieces) + text[done:] if done else text


def _string_end(text: str, start: int, quote: str) -> int:
    """Return where a string ends: at the quote with as many backslashes as it began with, or where the line is cut."""
    end = text.find(quote[-1], start)
    while end >= 0:
        before = text[max(start, end - len(quote)) : end]
        if len(before) - len(before.rstrip("\\")) < len(quote):
            return end - (len(before) - len(before.rstrip("\\")))
        end = text.find(quote[-1], end + 1)
    return len(text)


def _hide_setting(match: re.Match[str], hidden: Placeholders) -> str:
    name = match[1].strip(" -\t\"'=:").lower()
    if name in ("user", "proxy-user"):
        return match[0] if ":" not in match[2] else match[1] + hidden.replace("credentials", match[2])
    return match[1] + hidden.replace("password" if "pass" in name else "parameter", match[2])
