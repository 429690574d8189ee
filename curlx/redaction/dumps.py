"""Hide secrets in the hex and text dumps of `--trace` and `--trace-ascii`, where a value spans rows.

A row is `0010: 31 0d 0a 48 6f 73 74 3a 20 ...      1..Host: ...` (16 bytes) or `0013: Host: example.com` (up to 64
characters, a new row for each line): `dump` in curl's src/tool_cb_dbg.c.
"""

from __future__ import annotations

import re

from curlx.patterns import Pattern
from curlx.redaction.names import FIELDS, HEADERS, NAMES, PLACED, WORDS

_START = Pattern(r"(?:\S{1,40} ){0,2}(?:=> Send|<= Recv) (header|data), \d{1,12} bytes \(0x[0-9a-f]{1,10}\)\s*$")
_HEX_ROW = Pattern(r"([0-9a-f]{4,8}: )((?:[0-9a-f]{2} ){1,16})( {0,48})")
_TEXT_ROW = Pattern(r"([0-9a-f]{4,8}): ?")

_HEADER = Pattern(r"^(" + HEADERS + "|" + PLACED + r"):$", re.IGNORECASE)
_PARAMETER = Pattern(r"(?:^|[?&;#])(?:" + NAMES + "|" + WORDS + r")=$", re.IGNORECASE)
_JSON = Pattern(r"\"(?:" + FIELDS + "|" + HEADERS + r")\"\s{0,4}:\s{0,4}\"$", re.IGNORECASE)
_ELEMENT = Pattern(r"<(?:[\w.-]{1,40}:)?(?:" + FIELDS + r")>$", re.IGNORECASE)
# A port ends with a slash, so the first letter behind `://name:` that is no digit belongs to a password.
_PASSWORD = Pattern(r"://[^\s/@:\"'<>]{1,100}:\d{0,60}[^\d\s/?#\"'<>\[\]@]$")
_KEY_BEGUN = Pattern(
    r"(?<![\w-])(?:eyJ[\w-]{5}|(?:AKIA|ASIA)[A-Z0-9]{4}|gh[pousr]_\w{4}|github_pat_\w|xox[a-z]-[\w-]{2}|xapp-[\w-]{2}|AIza[\w-]{4}"
    r"|[rs]k_(?:live|test)_\w|whsec_\w{2}|gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat)-\w|glsa_\w|ya29\.\w|GOCSPX-\w|hv[bs]\.\w{4}|npm_\w{6}"
    r"|pypi-\w{6}|sk-(?:ant|proj)-|dckr_pat_\w|dapi[0-9a-f]{6}|do[opr]_v1_\w|shp(?:at|ca|pa|ss)_\w{2}|ATATT3x|hf_\w{8})"
)
_KEY_BEGINS_HERE = Pattern(_KEY_BEGUN.pattern + "$")
_LONGEST_BEGINNING = 24
_LONGEST_ROW = 240
_WORD_ENDS = " \t\r\n\"'<>,;&)}]\\"


class Dump:
    """The state of one dump: which bytes came last, and whether they belong to a secret."""

    def __init__(self) -> None:
        """Wait for the first dump."""
        self.running = False
        """The next line may be a row."""
        self._seen = ""  # the end of the current line of what was sent, at most 128 characters
        self._until = ""  # the characters that end the secret in progress; empty when there is none
        self._next = 0  # the offset that continues the line of a text dump
        self._key_begins = False  # in this row

    def takes(self, text: str) -> bool:
        """Tell whether a line is a row of a dump of headers or data; start or end a dump on the way."""
        if self.running and len(text) <= _LONGEST_ROW and _TEXT_ROW.match(text):
            return True
        self.running = False
        if ("=> Send" in text or "<= Recv" in text) and _START.match(text):
            self.running = True
            self._seen = self._until = ""
            self._next = 0
        return False

    def hide(self, text: str) -> tuple[str, list[str]]:
        """Return a row with its secret bytes as `xx` and `.`, and the kinds of the secrets that began in it."""
        kinds: list[str] = []
        if match := _HEX_ROW.match(text):
            data = bytes.fromhex(match[2])
            self._look_ahead(data.decode("latin-1"))
            mask = [self._feed(chr(byte), kinds) for byte in data]
            if not any(mask):
                return text, kinds
            cells = "".join("xx " if hidden else f"{byte:02x} " for byte, hidden in zip(data, mask, strict=True))
            column = text[match.end() :]
            shown = "".join("." if hidden else letter for letter, hidden in zip(column, mask, strict=False))
            return match[1] + cells + match[3] + shown + column[len(shown) :], kinds
        row = _TEXT_ROW.match(text)
        if row is None:
            return text, kinds
        payload = text[row.end() :]
        offset = int(row[1], 16)
        if offset != self._next:  # a line ended here: its CR LF is counted, but not shown
            self._feed("\n", kinds)
        self._next = offset + len(payload)
        self._look_ahead(payload)
        shown = "".join("." if self._feed(letter, kinds) else letter for letter in payload)
        return text[: row.end()] + shown, kinds

    def _look_ahead(self, row: str) -> None:
        """Note what this row may hold, so that not each of its characters has to be searched for it."""
        joined = self._seen[-_LONGEST_BEGINNING:] + row
        self._key_begins = _KEY_BEGUN.search(joined) is not None

    def _feed(self, letter: str, kinds: list[str]) -> bool:
        """Take the next character; tell whether it belongs to a secret."""
        if self._until:
            if letter not in self._until:
                return not (letter == " " and self._seen.endswith(":"))
            self._until = ""
        if letter in "\r\n":
            self._seen = ""
            return False
        self._seen = self._seen[-127:] + letter
        if letter == ":":
            if match := _HEADER.search(self._seen):
                self._begin(match[1].lower(), "\r\n", kinds)
        elif letter == "=":
            if _PARAMETER.search(self._seen):
                self._begin("parameter", "& \r\n", kinds)
        elif letter == '"':
            if ":" in self._seen[-7:] and _JSON.search(self._seen):
                self._begin("parameter", '"\r\n', kinds)
        elif letter == ">":
            if _ELEMENT.search(self._seen):
                self._begin("parameter", "<\r\n", kinds)
        elif letter == "-":
            if self._seen.endswith("PRIVATE KEY-----") and "-----BEGIN " in self._seen:
                self._begin("private-key", "-", kinds)
        elif "://" in self._seen and ":" in self._seen[-64:] and _PASSWORD.search(self._seen):
            self._begin("url-credentials", "@ \r\n\"'", kinds)
            return True
        elif self._key_begins and _KEY_BEGINS_HERE.search(self._seen, max(0, len(self._seen) - _LONGEST_BEGINNING)):
            self._begin("cloud-key", _WORD_ENDS, kinds)
            return True
        return False

    def _begin(self, name: str, until: str, kinds: list[str]) -> None:
        self._until = until
        if name.endswith("cookie"):
            kinds.append("cookie")
        elif name in ("parameter", "private-key", "url-credentials", "cloud-key") or name.endswith("authorization"):
            kinds.append(name)
        else:
            kinds.append("api-key")
