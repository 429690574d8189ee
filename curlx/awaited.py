"""What the lines before make of one: curl's help, an exit code that is passed on, what stands behind a whole body."""

from __future__ import annotations

from curlx.events import Command, Event, Exit, Header, StatusLine, WrittenOut
from curlx.grammar.commands import command_facts, is_typed
from curlx.grammar.relaying import asks_for_code, is_alone, labelled, of_another, relayed_code
from curlx.grammar.writing_out import Format, format_of, read_written_out
from curlx.patterns import Pattern

_HELP = Pattern(
    r"\s?(?:More details here: |curl failed to verify|establish a secure|how to fix it, |curl performs SSL"
    r"|of Certificate Authority|bundle file isn't|using the --cacert|If this HTTPS server|the bundle, the"
    r"|problem with the cert|not match the domain|If you'd like to turn|the -k \(or|HTTPS-proxy has similar).*"
)
_HELP_LINES = 24
_UNTOLD = 1 << 62
_BETWEEN = 4
"""Lines that may stand between a command that is named in a list and its exit code."""


class Awaited:
    """What is waited for below a command of curl's, and below its last word."""

    def __init__(self) -> None:
        """Wait for nothing."""
        self.lines = 0
        """In so many of the next lines curl's exit code may be told: its command ran nothing else."""
        self._asked = self._listed = False
        self._format: Format | None = None
        """What its `--write-out` prints."""
        self._left = 0
        """So many lines of it are curl's, and no more; below 0 nobody knows."""
        self.help = 0
        """Lines in which the text may stand that curl prints below `curl: (60)`."""
        self.text = 0
        """Bytes of lines without a mark, since an answer began."""
        self._length = -1
        """Bytes of its body, as far as it announced them."""
        self._encoded = False
        self.came = 0
        """Bytes of a body, as the meter told last: in a pipe it is done before the head is written."""

    def head(self, event: Event) -> None:
        """A line of an answer's head may tell how long its body is."""
        kind = type(event)  # isinstance is slow to say no, and most lines are asked
        if kind is StatusLine:
            self.text, self._length, self._encoded = 0, -1, False
        elif kind is Header:
            self._header(event)  # type: ignore[arg-type]

    def _header(self, event: Header) -> None:
        name, value = event.name.lower(), event.value
        if event.direction != "in":
            return
        if name == "content-length" and value.isascii() and value.isdigit() and len(value) < 16:
            self._length = max(int(value), self._length)
        elif name in ("content-encoding", "transfer-encoding"):
            self._encoded = self._encoded or name == "content-encoding"
            self._length = _UNTOLD  # it tells nothing of what is written

    @property
    def length(self) -> int:
        """Bytes of what is written of the body, where its head tells, or a meter that ran before; 0 where none does."""
        if 0 <= self._length < _UNTOLD:
            return self._length
        return 0 if self._encoded else self.came

    def body_is_whole(self) -> bool:
        """Whether the log has as much text as the last answer announced: what follows is not of its body."""
        return 0 <= self._length <= self.text

    def command(self, event: Command) -> None:
        """A command of curl's begins."""
        self.lines = int(is_alone(event.text) and bool(command_facts(event.arguments).urls))
        self._asked = self._listed = False
        self._format, self._left = format_of(event.text, event.arguments), 0
        if self._format is not None and self._format.alone and not self._format.many:
            self._left = len(self._format.forms)

    def over(self) -> None:
        """curl told of its end itself, or somebody for it."""
        self.lines = 0
        self.help = _HELP_LINES

    def helps(self, text: str) -> bool:
        """Whether a line is of curl's help."""
        self.help -= 1
        return _HELP.fullmatch(text) is not None

    def end_in(self, text: str) -> Exit | WrittenOut | None:
        """Return how the command ended, where a line tells: in its own format, right below it, or in a list."""
        written = read_written_out(text, self._format) if self._format is not None else None
        if written is not None:
            self._left -= 1
            if not self._left:
                self._format = None
            return written
        if self._format is not None and text.strip() and (self._format.single or is_typed(text)):
            self._format = None  # what follows is another command's
        if labelled(text):
            self.lines, self._asked, self._listed = _BETWEEN, False, True
            return None
        if not self.lines or not text.strip():
            return None
        self.lines = 0 if self._listed and of_another(text) else self.lines - 1
        code = relayed_code(text, asked=self._asked, listed=self._listed)
        if code is not None:
            self.over()
            return Exit(code, "")
        self._asked = not self._listed and asks_for_code(text)
        self.lines += self._asked
        return None
