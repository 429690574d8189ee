"""One message of curl: a real sample of it, the expression that reads it, and the event it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import pyparsing as pp

from curlx.events import Event

Values: TypeAlias = Mapping[str, Any]
"""The named parts of a line: `re` groups of a `pp.Regex`, results names of any other expression."""


class Message:
    """A message that curl prints, without the mark (`* `) before it.

    `sample` is a line from a real log and the message's own test. `starts` are the first words it can begin with, for
    the dictionary that the reader looks it up in; by default the first word of the sample. An empty string stands for
    any first word. A flat message is one `pp.Regex` with named groups, matched whole; what has inner structure uses
    pyparsing's combinators. `event` may return None for a line that looks like the message and is not.
    """

    __slots__ = ("event", "expression", "sample", "starts")

    def __init__(
        self,
        sample: str,
        expression: pp.ParserElement | str,
        event: Callable[[Values], Event | None] | Event,
        *,
        starts: tuple[str, ...] = (),
    ) -> None:
        """Make a message; a string is short for `pp.Regex` of it."""
        self.sample = sample
        self.expression = pp.Regex(expression) if isinstance(expression, str) else expression
        self.event = event
        self.starts = starts or (first_word(sample),)

    def read(self, text: str) -> Event | None:
        """Return the event of a line, or None when the line is not this message."""
        if isinstance(self.expression, pp.Regex):
            # One fullmatch costs a twentieth of parse_string, which would do just this.
            match = self.expression.re.fullmatch(text)
            if match is None:
                return None
            values: Values = match.groupdict()
        else:
            try:
                values = self.expression.parse_string(text, parse_all=True).as_dict()
            except pp.ParseException:
                return None
        return self.event(values) if callable(self.event) else self.event


def first_word(text: str) -> str:
    """Return what the dictionary of messages is keyed by: the text up to the first blank, leading blanks ignored."""
    return text.split(maxsplit=1)[0] if text and not text.isspace() else ""
