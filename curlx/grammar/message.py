"""One message of curl: a real sample of it, the expression that reads it, and the event it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from curlx.events import Complaint, Event

Values: TypeAlias = Mapping[str, Any]
"""The named groups of the expression; `text` is the whole line."""


LONGEST = 2_400
"""curl cuts its own lines at 2 kB (`MAXINFO` in lib/curl_trc.c): what is longer is not curl's."""


class Message:
    """A message that curl prints, without the mark (`* `) before it.

    `sample` is a line from a real log and the message's own test. `expression` is a regular expression with named
    groups, matched whole. `starts` are the first words it can begin with, for the dictionary that the reader looks it
    up in; by default the first word of the sample. An empty string stands for any first word. `begun` tells what
    its beginning alone complains about.
    """

    __slots__ = ("_pattern", "begun", "event", "expression", "sample", "starts")

    def __init__(
        self,
        sample: str,
        expression: str,
        event: Callable[[Values], Event | None] | Event,
        *,
        starts: tuple[str, ...] = (),
        begun: Callable[[Values], Complaint | None] | None = None,
    ) -> None:
        """Make a message. Its pattern is compiled when it is first tried: a log meets few of a thousand messages."""
        self.sample = sample
        self.expression = expression
        self.event = event
        self.begun = begun
        self.starts = starts or (first_word(sample),)
        self._pattern: re.Pattern[str] | None = None

    def read(self, text: str) -> Event | None:
        """Return the event of a line, or None when the line is not this message."""
        if self._pattern is None:
            self._pattern = re.compile(self.expression)
        match = self._pattern.fullmatch(text)
        if match is None:
            return None
        values = match.groupdict() | {"text": text}
        return self.event(values) if callable(self.event) else self.event


def first_word(text: str) -> str:
    """Return what the dictionary of messages is keyed by: the text up to the first blank, leading blanks ignored."""
    return text.split(maxsplit=1)[0] if text and not text.isspace() else ""
