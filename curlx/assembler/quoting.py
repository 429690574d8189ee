"""The text of lines that a finding may quote: of a long log the first ones, and of a long line its beginning."""

from __future__ import annotations

from curlx.reader import Source
from curlx.redaction import MASK

LINES, LENGTH = 50_000, 500
OPENING = 3
"""Lines at the top that are kept, whoever's they are."""


class Quotes:
    """What is kept of the lines, by their numbers."""

    def __init__(self) -> None:
        """Begin with none."""
        self.texts: dict[int, str] = {}
        self.of_bodies: set[int] = set()
        """Lines whose quote is the part of a body that they begin with, for it has a mark or a sentence: what curl said
        behind it does not replace it."""

    def keep(self, source: Source) -> None:
        """Keep the text of a line, unless something of it is kept already."""
        if source.number not in self.texts and len(self.texts) < LINES:
            self.texts[source.number] = source.text if len(source.text) <= LENGTH else source.text[:LENGTH]

    def keep_marked(self, source: Source) -> None:
        """Keep what is kept whoever's it is: the first lines, and those with a secret."""
        if source.number <= OPENING or MASK in source.text:
            self.keep(source)

    def keep_of_a_body(self, source: Source) -> None:
        """Keep what a body says, whatever curl says behind it in the same line."""
        self.keep(source)
        if len(self.of_bodies) < LINES:
            self.of_bodies.add(source.number)

    def forget(self, line: int) -> None:
        """Forget what stands before a line."""
        self.texts = {number: text for number, text in self.texts.items() if number >= line}
        self.of_bodies = {number for number in self.of_bodies if number >= line}
