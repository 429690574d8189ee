"""What may stand below a command or below curl's last word, and is known only by what stands above it."""

from __future__ import annotations

from curlx.events import Command, Exit, WrittenOut
from curlx.grammar.commands import command_facts, is_typed
from curlx.grammar.relaying import asked_at_once, asks_for_code, is_alone, labelled, of_another, relayed_code
from curlx.grammar.writing_out import Format, format_of, read_written_out
from curlx.options import options_of
from curlx.patterns import Pattern

_HELP = Pattern(
    r"\s?(?:More details here: |curl failed to verify|establish a secure|how to fix it, |curl performs SSL"
    r"|of Certificate Authority|bundle file isn't|using the --cacert|If this HTTPS server|the bundle, the"
    r"|problem with the cert|not match the domain|If you'd like to turn|the -k \(or|HTTPS-proxy has similar).*"
)
_HELP_LINES = 24
_BETWEEN = 4
"""Lines that may stand between a command that is named in a list and its exit code."""


class Help:
    """The text that curl prints below `curl: (60)`."""

    def __init__(self) -> None:
        """Wait for none."""
        self.lines = 0
        """Lines in which it may stand."""

    def may_follow(self) -> None:
        """A command ended."""
        self.lines = _HELP_LINES

    def has(self, text: str) -> bool:
        """Whether the next line is of it."""
        self.lines -= 1
        return _HELP.fullmatch(text) is not None


class WriteOut:
    """What the `--write-out` of a command prints."""

    def __init__(self) -> None:
        """Wait for nothing."""
        self._format: Format | None = None
        self._left = 0
        """So many lines of it are curl's, and no more; below 0 nobody knows."""

    def begin(self, command: Command) -> None:
        """Wait for what this command prints."""
        self._format, self._left = format_of(command.text, command.arguments), 0
        if self._format is not None and self._format.alone and not self._format.many:
            self._left = len(self._format.forms)

    def read(self, text: str) -> WrittenOut | None:
        """Return what the next line tells in the command's format."""
        if self._format is None:
            return None
        written = read_written_out(text, self._format)
        if written is not None:
            self._left -= 1
            if not self._left:
                self._format = None
        elif text.strip() and (self._format.single or is_typed(text)):
            self._format = None  # what follows is another command's
        return written


_ELSEWHERE = frozenset({"output", "remote-name", "remote-name-all", "out-null"})


def _keeps_silent(command: Command) -> bool:
    """Whether a command prints nothing that could be taken for its exit code: neither a body nor `--write-out`."""
    names = {name for name, _ in options_of(command.arguments)}
    return "write-out" not in names and not names.isdisjoint(_ELSEWHERE)


class PassedOn:
    """The exit code of a command, where somebody passes it on: right below it, or in a list that names both."""

    def __init__(self) -> None:
        """Wait for none."""
        self._lines = 0
        """In so many of the next lines it may be told: the command ran nothing but curl."""
        self._asked = self._listed = False

    def begin(self, command: Command) -> None:
        """Wait for the exit code of this command."""
        asked = asked_at_once(command.text) if _keeps_silent(command) else ""
        self._lines = int(is_alone(asked or command.text) and bool(command_facts(command.arguments).urls))
        self._asked, self._listed = bool(asked), False

    def forget(self) -> None:
        """The command told something itself: nobody does for it."""
        self._lines = 0

    def ask(self, text: str) -> None:
        """Wait for the code in the next line, where this one asks the shell for it behind what curl printed."""
        self._asked = asks_for_code(text)
        self._lines = max(self._lines, int(self._asked))

    def read(self, text: str) -> Exit | None:
        """Return the exit code that the next line passes on."""
        if labelled(text):
            self._lines, self._asked, self._listed = _BETWEEN, False, True
            return None
        if not self._lines or not text.strip():
            return None
        self._lines = 0 if self._listed and of_another(text) else self._lines - 1
        code = relayed_code(text, asked=self._asked, listed=self._listed)
        if code is not None:
            self._lines = 0
            return Exit(code, "")
        self._asked = not self._listed and asks_for_code(text)
        self._lines += self._asked
        return None


class Awaited:
    """All of them together."""

    def __init__(self) -> None:
        """Wait for nothing."""
        self.help, self.write_out, self.passed_on = Help(), WriteOut(), PassedOn()

    def begin(self, command: Command) -> None:
        """Wait for what this command prints, and for its exit code."""
        self.write_out.begin(command)
        self.passed_on.begin(command)

    def ended(self) -> None:
        """A command said its last word itself."""
        self.passed_on.forget()
        self.help.may_follow()

    def end_told_in(self, text: str) -> WrittenOut | Exit | None:
        """Return how the command ended, where a line tells it without curl's last word."""
        written = self.write_out.read(text)
        if written is not None:
            self.passed_on.ask(text)  # the next prompt may stand in the same line
            return written
        code = self.passed_on.read(text)
        if code is not None:
            self.help.may_follow()
        return code
