"""What stands in the place of secrets: equal values get the same placeholder, and none tells the value."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from curlx.patterns import Pattern

MASK = "‹"
"""With this begins what stands in the place of a secret."""


class Secret(msgspec.Struct, frozen=True, gc=False):
    """A secret that the log showed and curlx hid; `kind` names it (`authorization`, `cookie`, ...), never its value."""

    kind: str
    line: int


_MOST = 1000
"""Secrets that are remembered; more are hidden all the same."""

_RECOGNIZED = 32
"""Values that are hidden wherever they come up again: each costs a look at every further line."""

# What stands for a value without being one: already hidden, a shell variable, a mask of somebody who was careful,
# what switches something on (`Access-Control-Allow-Credentials`, `Persistent-Auth`).
_MASKED = Pattern(
    r"\s*(?:‹[^›]*›|\$\{?\w+\}?|\{\{?[^{}]*\}?\}|<[^<>]*>|\[[^\[\]]*\]|%\w+%|[xX*.•…#-]+|redacted|deleted|hidden|null|true|false)?[;,]?\s*",
    re.IGNORECASE,
)
_LIKELY_UNIQUE = Pattern(r"(?=.{0,200}[A-Za-z])(?=.{0,200}[0-9])[\w.~+/=%:@!$^*-]{12,4096}")


class Placeholders:
    """The placeholders of one log, and the list of what was hidden."""

    def __init__(self, before: Placeholders | None = None) -> None:
        """Start a log; one that comes after another goes on with its numbers."""
        self.secrets: list[Secret] = []
        """What was found, in the order of the log; at most 1 000 entries."""
        self.line = 0
        """The number of the line that is looked at."""
        self.values: dict[str, str] = {}
        """Long values by which a secret is recognized where no name stands before it."""
        self._numbers: dict[str, int] = {} if before is None else before._numbers
        self._known: dict[bytes, str] = {} if before is None else before._known

    def replace(self, kind: str, value: str) -> str:
        """Return what stands for a value; the value itself when there is nothing to hide in it."""
        if _MASKED.fullmatch(value.strip()):  # what is blank on both sides of a blank is tried in every way
            return value
        self.remember(kind)
        bare = value.strip()
        digest = hashlib.blake2b(bare.encode("utf-8", "replace"), digest_size=12).digest()
        known = self._known.get(digest)
        if known is None:
            number = self._numbers[kind] = self._numbers.get(kind, 0) + 1
            known = self._known[digest] = f"‹{kind} {number}{_expiry(bare)}›"
            self.recognize(bare, known)
        return known

    def recognize(self, value: str, known: str) -> None:
        """Hide a value from now on wherever it stands, when it is long enough to be nothing else."""
        if len(self.values) >= _RECOGNIZED or not _LIKELY_UNIQUE.fullmatch(value):
            return
        from urllib.parse import quote  # slow to load, and most logs hold no secret

        self.values[value] = known
        if (encoded := quote(value, safe="")) != value:
            self.values[encoded] = known
        if (password := _password(value)) and _LIKELY_UNIQUE.fullmatch(password):
            self.values[password] = known

    def again(self, text: str) -> str:
        """Return a text without the values that were hidden before."""
        for value, known in self.values.items():
            if value in text:
                self.remember(known[1:].partition(" ")[0])
                text = text.replace(value, known)
        return text

    def remember(self, kind: str) -> None:
        """List a secret."""
        if len(self.secrets) < _MOST and Secret(kind, self.line) not in self.secrets[-8:]:
            self.secrets.append(Secret(kind, self.line))

    def whole(self, kind: str) -> Callable[[re.Match[str]], str]:
        """Return what replaces a whole match."""
        return lambda match: self.replace(kind, match[0])

    def second(self, kind: str) -> Callable[[re.Match[str]], str]:
        """Return what keeps the first group of a match and replaces the second, up to its end."""
        return lambda match: match[1] + self.replace(kind, match[2])


def _password(value: str) -> str:
    """Return the password of Basic credentials (RFC 7617), as they are written or before they are encoded."""
    if ":" not in value:
        try:
            value = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError):
            return ""
    return value.partition(":")[2] if value.isprintable() else ""


def _expiry(value: str) -> str:
    """Return the expiry of a JSON Web Token in words, or nothing."""
    parts = value.split(".")
    if len(parts) != 3 or not parts[0].startswith("eyJ") or len(parts[1]) > 8192:
        return ""
    try:
        claims = msgspec.json.decode(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        expiry = datetime.fromtimestamp(claims["exp"], UTC)
    except (binascii.Error, msgspec.DecodeError, ValueError, KeyError, TypeError, OverflowError, OSError):
        return ""
    return f", expires {expiry:%Y-%m-%dT%H:%M:%SZ}"
