"""Hide the secrets of one log, line by line, in order."""

from __future__ import annotations

from curlx.lines import Line
from curlx.patterns import Pattern
from curlx.redaction.commands import (
    COMMAND,
    goes_on,
    here_document,
    hide_configured,
    hide_logins,
    hide_options,
    hide_proxies,
    open_option,
)
from curlx.redaction.dumps import Dump
from curlx.redaction.fields import hide_fields
from curlx.redaction.following import Following, may_be_open
from curlx.redaction.headers import hide_headers, hide_told
from curlx.redaction.placeholders import Placeholders, Secret
from curlx.redaction.shapes import ends_in_userinfo, hide_shapes, may_be_key
from curlx.redaction.written import Written


class Redactor:
    """Hides the secrets of one log, line by line, in order.

    With `show` the lines stay as they are, and `secrets` still tells where the log shows one. A log read `after`
    another goes on with its numbers: a value that both hold has one placeholder in both.
    """

    def __init__(self, show: bool = False, *, after: Redactor | None = None) -> None:
        """Start a log."""
        self.show = show
        self._hidden: Placeholders = Placeholders(None if after is None else after._hidden)
        self._values = self._hidden.values
        self._following = Following()
        self._written = Written()
        self._in_command = False
        self._open_option = ""
        self._options_end = ""
        """The word that ends the options below a command."""
        self._dump = Dump()
        self._calm = True
        """Nothing that came before bears upon the next line."""

    @property
    def secrets(self) -> list[Secret]:
        """What was found so far, in the order of the log; at most 1 000 entries."""
        return self._hidden.secrets

    def hide(self, line: Line) -> Line:
        """Return the line without its secrets; the very same line when it has none."""
        text, values, calm = line.text, self._values, self._calm
        if calm and text in _CLEAN:
            if not values:
                return line
            hidden = text
        elif self._dump.takes(text):
            self._hidden.line = line.number
            hidden, kinds = self._dump.hide(text)
            for kind in kinds:
                self._hidden.remember(kind)
        else:
            hidden, lowered = text, text.lower()
            if not calm or is_suspicious(lowered):
                self._hidden.line = line.number
                hidden = self._hide_text(text, lowered)
            self._calm = not (
                self._dump.running
                or self._in_command
                or self._options_end
                or self._following.waiting
                or self._written.waiting
            )
            if calm and self._calm and hidden == text:
                _remember(text)
        if values:
            self._hidden.line = line.number
            hidden = self._hide_known(hidden)
        return (
            line if self.show or hidden == text else Line(line.number, hidden, line.size, line.crlf, hidden=line.hidden)
        )

    def hide_around(self, line: Line) -> Line:
        """Hide what stands in a line as it was given, around what was read of it: prefixes, other strings of JSON."""
        text, lowered = line.text, line.text.lower()
        self._hidden.line = line.number
        if is_suspicious(lowered):
            command = _holds_command(text, lowered)
            if command:
                text = hide_options(text, self._hidden)
            text = self._hide_values(text, lowered, command=command)
        return Line(line.number, self._hide_known(text), line.size, line.crlf, hidden=line.hidden)

    def _hide_text(self, text: str, lowered: str) -> str:
        whole = text
        if self._following.in_value:
            text = self._following.hide_rest(text, self._hidden)
        awaited = self._following.hide(text, lowered, self._hidden)
        if awaited is not None:
            return awaited
        if "private key" in lowered:
            text = self._following.hide_key(text, self._hidden)
        command = self._in_command or _holds_command(text, lowered)
        continued = command and goes_on(text)
        if command:
            self._written.watch(text, goes_on=self._in_command)
            text = hide_options(text, self._hidden, self._open_option)
        elif self._options_end:
            text = hide_configured(text, self._hidden)
        elif not self._written.configured(text) and self._written.waiting:
            text = self._written.hide(text, self._hidden)
        self._open_option = open_option(text) if continued else ""
        text = self._hide_values(text, lowered, command=command)
        if text != whole:
            self._following.watch_end(text)
        if command:
            self._options_end = here_document(text)
        elif text.strip("> ") == self._options_end or text.startswith("* "):
            self._options_end = ""
        self._in_command = continued or (command and self._following.in_value)
        return text

    def _hide_known(self, text: str) -> str:
        """Hide what was hidden before, wherever it stands; behind it a word may begin now that was part of one."""
        while (told := self._hidden.again(text)) != text:
            lowered = told.lower()
            text = self._hide_values(told, lowered, command=_holds_command(told, lowered))
        return text

    def _hide_values(self, text: str, lowered: str, *, command: bool) -> str:
        """Hide what tells of itself, whatever stands around it: headers, fields, what curl tells, known shapes."""
        if ":" in text:
            text = hide_headers(text, lowered, self._hidden, command=command)
        text = hide_fields(text, lowered, self._hidden)
        if "@" in text and (command or "proxy" in lowered):
            text = hide_proxies(text, self._hidden)
        if " -p" in text and ("login" in lowered or "sshpass" in lowered):
            text = hide_logins(text, self._hidden)
        text = hide_told(text, lowered, self._hidden)
        return hide_shapes(text, lowered, self._hidden)


def _holds_command(text: str, lowered: str) -> bool:
    return "curl" in lowered and COMMAND.search(text) is not None


_CLEAN: set[str] = set()
"""Lines known to hold no secret and to begin nothing that may hold one: logs repeat themselves, and each other."""
_REMEMBERED = 8_192


def _remember(text: str) -> None:
    if len(text) > 200:
        return
    if len(_CLEAN) >= _REMEMBERED:
        _CLEAN.clear()
    _CLEAN.add(text)


_PLAIN_PARAMETER = Pattern(r"(?:code|sig|sid|ticket|response|request|state)(?:=|%3d)")
"""Names of parameters that hold none of the words that lines are searched for."""
_ATTRIBUTE = Pattern(r"; (?:path|domain|max-age|expires|samesite|httponly|secure)")
"""Of a cookie."""


def is_suspicious(lowered: str) -> bool:
    """Tell whether a line may hold anything that is hidden.

    It runs on every line: a substring costs 25 ns, a search for a regular expression a hundred times that.
    """
    return (
        "auth" in lowered or "cook" in lowered or "key" in lowered or "token" in lowered or "cre" in lowered
        or "pass" in lowered or "signat" in lowered or "sess" in lowered or "@" in lowered or "curl" in lowered
        or "bearer" in lowered or "eyj" in lowered or "\t" in lowered or "user " in lowered or "user=" in lowered
        or "login" in lowered
        or "pw" in lowered or "tion psk" in lowered or "< 334" in lowered or may_be_key(lowered)
        or ("://" in lowered and ends_in_userinfo(lowered)) or may_be_open(lowered)
        or ("; " in lowered and _ATTRIBUTE.search(lowered) is not None)
        or (("=" in lowered or "%3d" in lowered) and _PLAIN_PARAMETER.search(lowered) is not None)
        or (("=" in lowered or '"' in lowered or "[" in lowered or "<" in lowered or ">" in lowered
             or "'" in lowered or "x-" in lowered or "%3d" in lowered) and _is_odd(lowered))
    )  # fmt: skip


def _is_odd(lowered: str) -> bool:
    """Tell whether a line may hold a name that nothing of curl's own holds."""
    return (
        "jwt" in lowered or "hmac" in lowered or "verifier" in lowered or "assertion" in lowered or "dpop" in lowered
        or "pin" in lowered or "otp" in lowered or "tan" in lowered or "cvv" in lowered or "cvc" in lowered
        or "mfa" in lowered or "2fa" in lowered or "tfa" in lowered or "puk" in lowered
        or 'code"' in lowered or "code'" in lowered or "code\\" in lowered
        or "code:" in lowered or "code>" in lowered
        or "saml" in lowered or "device_code" in lowered or "art-api" in lowered or "honeycomb" in lowered
        or "crumb" in lowered
    )  # fmt: skip
