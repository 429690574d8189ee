"""The clipboard: of the system where there is one (extra `clipboard`), or the terminal's, which only takes (OSC 52)."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import BinaryIO

MOST = 74_994
"""Bytes of text that terminals take: xterm and its kin read a sequence of 100 000 bytes at the most, base64 and all."""
_PIECE = 250
"""Bytes of a sequence that GNU screen passes on at once (MAXSTR of its ansi.c was 256 for long)."""
_LOOKS = 3
_SECONDS = 5
_PASTE = "import copykitten, sys; sys.stdout.buffer.write(copykitten.paste().encode())"
_COPY = "import copykitten, sys; copykitten.copy(sys.stdin.buffer.read().decode(), detach=True)"
_EXTRA = 'pip install ".[clipboard]" in the folder with the source of curlx'


class Unusable(Exception):
    """The clipboard cannot be used; the message says why, in a sentence, and what to do instead."""

    def __init__(self, message: str) -> None:
        """Keep the sentence."""
        super().__init__(message)
        self.message = message


def paste() -> str:
    """Return the text in the clipboard of the system; raises `Unusable`."""
    instead = "Paste the log into `curlx` instead, or save it as a file"
    if not _installed():
        raise Unusable(f"to read the clipboard, curlx needs an extra: {_EXTRA}. {instead}.")
    text = _pasted()
    if text is None:
        raise Unusable(f"the clipboard cannot be read, or holds no text. {instead}.")
    if not text.strip():
        raise Unusable("the clipboard is empty")
    return text


def copy(text: str, terminal: BinaryIO | None, environment: Mapping[str, str]) -> str:
    """Put text into the clipboard, and say in whose; raises `Unusable`.

    `terminal` is where sequences for the terminal can be written, None where there is none.
    """
    if _copied(text):
        return "the clipboard"
    data = text.encode("utf-8", "replace")
    if terminal is None:
        raise Unusable(f"there is no clipboard to copy to, nor a terminal that has one; {_EXTRA} may help")
    if len(data) > MOST:
        raise Unusable(f"there is no clipboard to copy to, and the terminal's takes {MOST} bytes, not {len(data)}")
    terminal.write(b"".join(_wrapped(b"\x1b]52;c;" + base64.b64encode(data) + b"\x07", environment)))
    terminal.flush()
    return "the clipboard of the terminal, if it allows that (OSC 52)"


def _copied(text: str) -> bool:
    """Copy and see whether it is there: who stays behind to hold the text cannot say how it went."""
    if not _installed() or _run(_COPY, text.encode("utf-8", "replace")) is None:
        return False
    return any((_pasted() or "").splitlines() == text.splitlines() for _ in range(_LOOKS))


def _pasted() -> str | None:
    held = _run(_PASTE)
    return held.decode("utf-8", "replace") if held is not None else None


def _installed() -> bool:
    return find_spec("copykitten") is not None


def _run(program: str, given: bytes = b"") -> bytes | None:
    """Run a little program in a process of its own; None when it fails.

    On X11 and Wayland a clipboard belongs to a process that others ask. It may never answer; and the one that stays to
    hold the text must not share a connection with this one.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-c", program], input=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=_SECONDS, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def _wrapped(sequence: bytes, environment: Mapping[str, str]) -> Iterator[bytes]:
    """Wrap a sequence so that tmux and screen hand it to the terminal around them."""
    if environment.get("TMUX"):
        # Which one tmux hands on is a setting: the bare one with set-clipboard, the wrapped one with allow-passthrough.
        yield sequence
        yield b"\x1bPtmux;" + sequence.replace(b"\x1b", b"\x1b\x1b") + b"\x1b\\"
    elif environment.get("STY") or environment.get("TERM", "").startswith("screen"):
        for start in range(0, len(sequence), _PIECE):
            yield b"\x1bP" + sequence[start : start + _PIECE] + b"\x1b\\"
    else:
        yield sequence
