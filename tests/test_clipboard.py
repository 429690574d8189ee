"""The clipboard: the terminal's by sequences, the system's on a display of its own."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from curlx.clipboard import MOST, Unusable, copy, paste

FOUNDING = Path(__file__).parent.parent / "fixtures" / "founding.log"
TEXT = "## Error: `x`\n\n✖ broke here\n" * 200


@pytest.fixture
def no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where copykitten is not installed."""
    monkeypatch.setitem(sys.modules, "copykitten", None)


def sent(text: str, **environment: str) -> bytes:
    terminal = io.BytesIO()
    assert "OSC 52" in copy(text, terminal, environment)
    return terminal.getvalue()


def held(sequence: bytes) -> str:
    found = re.fullmatch(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert found
    return base64.b64decode(found[1], validate=True).decode()


@pytest.mark.usefixtures("no_extra")
def test_without_a_clipboard_the_terminal_gets_the_text() -> None:
    assert held(sent(TEXT)) == TEXT


@pytest.mark.usefixtures("no_extra")
def test_tmux_gets_it_bare_and_wrapped() -> None:
    bare, wrapped = sent(TEXT, TMUX="/run/tmux/default,1,0", TERM="screen").split(b"\x1bPtmux;")
    assert held(bare) == TEXT
    assert held(wrapped.removesuffix(b"\x1b\\").replace(b"\x1b\x1b", b"\x1b")) == TEXT


@pytest.mark.usefixtures("no_extra")
@pytest.mark.parametrize("environment", [{"STY": "1.pts-0"}, {"TERM": "screen-256color"}])
def test_screen_gets_it_in_pieces_that_it_passes_on(environment: dict[str, str]) -> None:
    pieces = sent(TEXT, **environment).split(b"\x1bP")
    assert pieces[0] == b""
    assert all(piece.endswith(b"\x1b\\") and len(piece) <= 252 for piece in pieces[1:])
    assert held(b"".join(piece.removesuffix(b"\x1b\\") for piece in pieces)) == TEXT


@pytest.mark.usefixtures("no_extra")
def test_what_cannot_work_gets_one_sentence_and_no_sequence() -> None:
    terminal = io.BytesIO()
    with pytest.raises(Unusable, match="takes 74994 bytes, not 74995"):
        copy("x" * (MOST + 1), terminal, {})
    assert terminal.getvalue() == b""
    assert len(held(sent("x" * MOST))) == MOST
    with pytest.raises(Unusable, match=r'nor a terminal that has one; pip install "\.\[clipboard\]" in .* may help'):
        copy(TEXT, None, {})
    with pytest.raises(Unusable, match=r'curlx needs an extra: pip install "\.\[clipboard\]" in the folder'):
        paste()


def curlx(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run([sys.executable, "-m", "curlx", *arguments], capture_output=True, text=True, timeout=60,
                          encoding="utf-8", env={**kept, "PYTHONIOENCODING": "utf-8", **environment})  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a clipboard")
def test_without_a_display_or_a_terminal_both_options_say_so() -> None:
    pasted = curlx("explain", "--clipboard")
    assert pasted.returncode == 3
    assert pasted.stdout == ""
    assert "the clipboard cannot be read" in pasted.stderr
    assert pasted.stderr.count("\n") == 1
    copied = curlx("explain", str(FOUNDING), "--copy")
    assert copied.returncode == 2
    assert "error[client-certificate-missing]" in copied.stdout
    assert "there is no clipboard to copy to" in copied.stderr


def test_a_log_comes_from_one_place_only() -> None:
    done = curlx("explain", str(FOUNDING), "--clipboard")
    assert done.returncode == 2
    assert "exclude each other" in " ".join(done.stderr.replace("│", " ").split())


@pytest.fixture
def display() -> Iterator[str]:
    """A display of X11 that nobody sees."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb here")
    read, write = os.pipe()
    with subprocess.Popen([server, "-displayfd", str(write), "-screen", "0", "64x64x8", "-noreset"], pass_fds=[write],
                          stderr=subprocess.DEVNULL) as process:  # fmt: skip
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        yield f":{number}"
        # Who holds the clipboard stays until somebody else takes it.
        take = "import copykitten; copykitten.copy('')"
        subprocess.run([sys.executable, "-c", take], timeout=60, env={**os.environ, "DISPLAY": f":{number}"})
        time.sleep(0.5)  # it has to hear of it
        process.terminate()


def test_a_log_goes_from_the_clipboard_to_a_comment_in_it(display: str) -> None:
    put = "import pathlib, sys; from curlx.clipboard import copy; copy(pathlib.Path(sys.argv[1]).read_text(), None, {})"
    environment = {**os.environ, "DISPLAY": display}
    subprocess.run([sys.executable, "-c", put, str(FOUNDING)], check=True, timeout=60, env=environment)
    done = curlx("explain", "--clipboard", "--copy", DISPLAY=display)
    assert done.returncode == 1
    assert done.stdout.startswith("the clipboard · 19 lines")
    assert done.stderr == "curlx: the report is in the clipboard, as Markdown\n"
    get = "import copykitten, sys; sys.stdout.buffer.write(copykitten.paste().encode())"
    held = subprocess.run([sys.executable, "-c", get], check=True, timeout=60, env=environment, capture_output=True)
    assert held.stdout.decode().startswith("## Error: No client certificate was sent")
