"""How one run of curl prints: which marks, whether with a time and numbers, and lines or the blocks of a trace."""

from __future__ import annotations

import msgspec

from curlx.grammar.marks import Claim, Mark
from curlx.lines import Line


def stamped(line: Line, claimed: Claim) -> Line:
    """Return the line with the time and the ids that stand before its mark."""
    return Line(
        line.number, line.text, line.size, line.crlf, claimed.time, claimed.transfer, claimed.connection, line.hidden
    )


class Style(msgspec.Struct):
    """The style of one run; its first marks show it."""

    talk: Mark | None = None
    stamped: int | None = None
    in_blocks: bool | None = None

    def admits(self, claimed: Claim) -> bool:
        """Whether a mark is in this style; it is part of the style from then on."""
        stamped = claimed.stamped
        if self.stamped != stamped and self.stamped is not None:
            return False
        mark = claimed.mark
        if mark == "*" or mark == "==":
            if self.talk is None:
                self.talk = mark
                if mark == "==":
                    self.in_blocks = None  # lines before the first of a trace were somebody's quotation
            elif self.talk != mark:
                return False
        else:
            blocks = mark == "=>"
            if self.in_blocks is None:
                if self.talk == "==" and not blocks:
                    return False
                self.in_blocks = blocks
            elif self.in_blocks is not blocks:
                return False
        self.stamped = stamped
        return True
