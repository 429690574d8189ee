"""Hide secrets on lines of their own, announced or begun by a line before: keys, form fields, answers, broken lines."""

from __future__ import annotations

import re

from curlx.patterns import Pattern
from curlx.redaction.names import FIELDS, NAMES
from curlx.redaction.placeholders import Placeholders

_KEY_BEGIN = Pattern(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_KEY_END = Pattern(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_KEY_LINE = Pattern(
    r"^([\s>|#*]{0,40}(?:[0-9a-f]{4}: )?)([A-Za-z0-9+/=]{1,200}|(?:Proc-Type|DEK-Info|Version|Comment): .{1,200}|)\s*$"
)
_LONGEST_KEY = 300
"""Lines; the longest keys in use, RSA with 16384 bits, take 200."""

_FORM_FIELD = Pattern(r"content-disposition: form-data;.{0,200} name=\"?(?:" + FIELDS + r")\"?", re.IGNORECASE)
_OPEN_FIELD = Pattern(r"[\"'](?:" + FIELDS + r"|authorization)[\"']\s{0,4}:\s{0,9}$", re.IGNORECASE)
_STRING = Pattern(r"^(\s{0,80}[\"'])([^\"']{1,8192})")
_NETRC_LOGIN = Pattern(r"^\s{0,20}login\s+\S+\s*$")
_NETRC_PASSWORD = Pattern(r"^(\s{0,20}password\s+)(\S+)")
_ANSWER = Pattern(r"^(> )(.+)$")
_LINE = Pattern(r"^(\s{0,80})(.+)$")
_OPEN_VALUE = Pattern(
    r"‹(?P<kind>(?:[a-z0-9]{1,20}-){0,4}authorization(?:-\d{1,3})?|cookie|api-key|url-credentials) [^›]{1,100}›\s*$"
)
_REST = Pattern(
    r"^(\s{0,9})(?=[=.~/+%&-]{0,9}\w)((?:[\w.~+/=%&-]|(?<=[;,]) |(?<==)\"|[;,]|\"(?=,)){4,8192})(?=[\"'@\]]|\\?\s*$)"
)
"""The rest of a value that was broken in two: what values consist of, up to the end of the line or what encloses it."""
_SCHEMES = r"(?:https?|ftps?|socks[45][ah]?)"
_OPEN_URL = Pattern(_SCHEMES + r":(?:/{0,2}|//[^\s/@\"'<>?#:]{1,200}:)$")
"""A URL that is broken in front of its password: whether it has one, the next line tells."""
_LOGIN = Pattern(_SCHEMES + r"://(?P<login>[^\s/@\"'<>?#:]{1,200}:[^\s/@\"'<>?#‹›]{1,1000})@[\w\[]")
_OPEN_PARAMETER = Pattern(r"[?&](?:" + NAMES + r")=$", re.IGNORECASE)
_BREAKS = (":", "/", "=")


def may_be_open(text: str) -> bool:
    """Tell whether a line may end in front of a secret, within a URL."""
    text = text.rstrip()
    return text.endswith(_BREAKS) and (_OPEN_URL.search(text) is not None or _OPEN_PARAMETER.search(text) is not None)


class Following:
    """What the lines before say about the next."""

    def __init__(self) -> None:
        """Wait for an announcement."""
        self._in_key = 0
        self._awaited = ""
        self._kind = ""
        """Of the value whose rest is awaited."""
        self._url = ""
        """What the line before has of a URL that may go on with a login."""

    @property
    def waiting(self) -> bool:
        """The next line may be a secret, whatever it looks like."""
        return bool(self._in_key or self._awaited)

    @property
    def in_value(self) -> bool:
        """The line before ended within a header's value, or within the credentials of a URL."""
        return self._awaited == "rest"

    def hide(self, text: str, lowered: str, hidden: Placeholders) -> str | None:
        """Return what becomes of a line that was awaited; None when it is not one, and watch for announcements."""
        in_key, self._in_key = self._in_key, 0
        awaited, self._awaited = self._awaited, ""
        if in_key and (match := _KEY_LINE.match(text)):
            self._in_key = in_key - 1
            return match[1] + hidden.replace("private-key", match[2])
        if awaited == "blank line":
            self._awaited = "blank line" if text.strip() else "value"
        elif awaited == "value":
            return _LINE.sub(hidden.second("parameter"), text)
        elif awaited == "string" and (match := _STRING.match(text)):
            return match[1] + hidden.replace("parameter", match[2]) + text[match.end() :]
        elif awaited == "netrc" and (match := _NETRC_PASSWORD.match(text)):
            return match[1] + hidden.replace("password", match[2]) + text[match.end() :]
        elif awaited == "answer" and text.startswith("> "):
            return _ANSWER.sub(hidden.second("login"), text)
        self._watch(text, lowered)
        return None

    def hide_rest(self, text: str, hidden: Placeholders) -> str:
        """Hide the beginning of a line where the one before ended within a secret: consoles break at any letter."""
        if self._url:
            return self._hide_login(text, hidden)
        return _REST.sub(hidden.second(self._kind), text)

    def _hide_login(self, text: str, hidden: Placeholders) -> str:
        """Hide what the next line has of a URL's login."""
        begun, self._url = self._url, ""
        rest = text.lstrip()
        match = _LOGIN.match(begun + rest)
        if match is None:
            return text
        start, end = (max(0, place - len(begun)) + len(text) - len(rest) for place in match.span("login"))
        return text[:start] + hidden.replace("url-credentials", text[start:end]) + text[end:]

    def watch_end(self, text: str) -> None:
        """Await the rest of a value that reached the end of its line, which here is hidden already."""
        if not self._awaited and text.rstrip().endswith("›") and (match := _OPEN_VALUE.search(text)):
            self._awaited, self._kind = "rest", match["kind"]

    def hide_key(self, text: str, hidden: Placeholders) -> str:
        """Hide what stands between the BEGIN and the END of a private key, in this line and in those that follow."""
        begin = _KEY_BEGIN.search(text)
        if begin is None:
            return text
        end = _KEY_END.search(text, begin.end())
        inside = text[begin.end() : end.start() if end else len(text)]
        if end is None and not inside.strip("\\nr\"' "):
            self._in_key = _LONGEST_KEY
            return text
        return text[: begin.end()] + hidden.replace("private-key", inside) + (text[end.start() :] if end else "")

    def _watch(self, text: str, lowered: str) -> None:
        if "form-data" in lowered and _FORM_FIELD.search(text):
            self._awaited = "blank line"
        elif text.rstrip().endswith(":") and _OPEN_FIELD.search(text):
            self._awaited = "string"
        elif "login" in lowered and _NETRC_LOGIN.match(text):
            self._awaited = "netrc"
        elif text.startswith("< 334"):  # RFC 4954: the server asks for a name or a password
            self._awaited = "answer"
        elif may_be_open(text):
            url = _OPEN_URL.search(text.rstrip())
            self._awaited, self._url, self._kind = "rest", url[0] if url is not None else "", "parameter"
