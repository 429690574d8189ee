"""A log pasted into a terminal.

A terminal hands a program whole lines, so that they can be edited first, and cuts each to what it holds of one: 4 095
bytes on Linux (termios(3), canonical mode), 1 024 on macOS. A header or a body can be longer. So while a log is read
here, the terminal hands on what comes as it comes; Ctrl-C and echo stay as they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

from curlx.sources import PIECE

_ENDS = (b"\x04", b"\0")
"""Ctrl-D, which a terminal in this mode passes on like any other key; what Linux makes of it (n_tty.c) where it was
pressed before curlx had set the mode."""
_FLAGS, _KEYS = 3, 6
"""Places in what `termios.tcgetattr` returns: the local modes, the control characters."""


def keyboard(number: int) -> Iterator[bytes]:
    """Yield what is pasted into the terminal with this file descriptor, until Ctrl-D."""
    import termios  # not on Windows, whose console has no such limit

    before = termios.tcgetattr(number)
    now = termios.tcgetattr(number)
    now[_FLAGS] &= ~termios.ICANON
    now[_KEYS][termios.VMIN], now[_KEYS][termios.VTIME] = 1, 0
    try:
        termios.tcsetattr(number, termios.TCSANOW, now)  # not TCSAFLUSH: a quick hand has pasted already
        yield from _until_the_end(number)
    finally:
        termios.tcsetattr(number, termios.TCSANOW, before)
        with suppress(OSError):
            os.write(number, b"\n")  # behind the ^D or ^C that the terminal shows


def _until_the_end(number: int) -> Iterator[bytes]:
    while piece := os.read(number, PIECE):
        # Within a piece it is a byte of the log; a key that is pressed comes last.
        if piece.endswith(_ENDS):
            if len(piece) > 1:
                yield piece[:-1]
            return
        yield piece
