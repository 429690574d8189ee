"""What the lines before make of one that says nothing by itself: curl's help, an exit code that is passed on."""

from __future__ import annotations

from curlx.events import Command, Exit
from curlx.grammar.relaying import asks_for_code, is_alone, relayed_code
from curlx.patterns import Pattern

_HELP = Pattern(
    r"\s?(?:More details here: |curl failed to verify|establish a secure|how to fix it, |curl performs SSL"
    r"|of Certificate Authority|bundle file isn't|using the --cacert|If this HTTPS server|the bundle, the"
    r"|problem with the cert|not match the domain|If you'd like to turn|the -k \(or|HTTPS-proxy has similar).*"
)
_HELP_LINES = 24
_ANOTHER = ("+ ", "++ ", "$ ", "# ", "% ", "> ")
"""So begins what a shell does next, and prints of it."""


class Awaited:
    """What is waited for below a command of curl's, and below its last word."""

    def __init__(self) -> None:
        """Wait for nothing."""
        self.code = False
        """curl's exit code may be told: its command is the last, and ran nothing else."""
        self._asked = False
        self.help = 0
        """Lines in which the text may stand that curl prints below `curl: (60)`."""

    def command(self, event: Command) -> None:
        """A command of curl's begins."""
        self.code, self._asked = is_alone(event.text), False

    def over(self) -> None:
        """curl told of its end itself, or somebody for it."""
        self.code = self._asked = False
        self.help = _HELP_LINES

    def helps(self, text: str) -> bool:
        """Whether a line is of curl's help."""
        self.help -= 1
        return _HELP.fullmatch(text) is not None

    def exit_in(self, text: str) -> Exit | None:
        """Return the exit that a line passes on."""
        code = relayed_code(text, asked=self._asked)
        if code is not None:
            self.over()
            return Exit(code, "")
        self._asked = self.code and asks_for_code(text)
        self.code = self.code and (self._asked or not text.startswith(_ANOTHER))
        return None
