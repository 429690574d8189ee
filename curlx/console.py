"""What the commands do: reports go to standard output, talk to standard error, and the exit code says how it went.

Kept apart from `cli.py` so that the plain `curl -v ... 2>&1 | curlx` need not load the command line's parser.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from curlx.report import Report
from curlx.sources import STANDARD_INPUT, Unreadable, open_source

FailOn: TypeAlias = Literal["error", "warning", "note", "never"]

NOTHING_WRONG = 0
FOUND = 1
USAGE = 2
UNREADABLE = 3

_NOT_CURL = "there is no output of curl -v or --trace in it"
_SEVERITIES = ("error", "warning", "note")
_MAX_WIDTH = 100
"""Lines of prose longer than this are hard to read."""
_PIPE_WIDTH = 80


def explain(
    where: str = STANDARD_INPUT,
    *,
    format: str = "terminal",
    show_secrets: bool = False,
    fail_on: FailOn = "error",
    output: str | None = None,
) -> int:
    """Explain one log, write the report and return the exit code, which does not depend on the format."""
    if where == STANDARD_INPUT:
        _invite()
    try:
        stream = open_source(where)
        from curlx import pipeline
        from curlx.renderers import render

        report = pipeline.explain(stream.pieces, source=stream.name, show_secrets=show_secrets)
    except Unreadable as unreadable:
        return _unreadable(unreadable)
    not_curl = report.outcome == "not-curl"
    shown = not (not_curl and format == "terminal" and output is None)
    if shown and not _show(lambda look: render(report, format, **look), format, output):
        return USAGE
    if not_curl:
        say(f"{stream.name}: {_NOT_CURL}")
        return UNREADABLE
    return exit_code(report, fail_on)


def diff(
    good: str, bad: str, *, format: str = "terminal", show_secrets: bool = False, output: str | None = None
) -> int:
    """Compare two logs, write the comparison and return the exit code: 1 where a difference tells something."""
    if STANDARD_INPUT in (good, bad):
        _invite()
    try:
        ours, theirs = open_source(good), open_source(bad)
        from curlx import pipeline
        from curlx.renderers.comparison import render

        comparison = pipeline.compare(
            ours.pieces, theirs.pieces, sources=(ours.name, theirs.name), show_secrets=show_secrets
        )
    except Unreadable as unreadable:
        return _unreadable(unreadable)
    strangers = [log.name for log in (comparison.good, comparison.bad) if log.outcome == "not-curl"]
    if strangers:
        say(f"{strangers[0]}: {_NOT_CURL}")
        return UNREADABLE
    if not _show(lambda look: render(comparison, format, **look), format, output):
        return USAGE
    return FOUND if comparison.tells else NOTHING_WRONG


def _show(render: Callable[[dict[str, object]], str], format: str, output: str | None) -> bool:
    """Write what `render` returns; it is told how standard output looks where people read it there."""
    if format != "terminal" or output is not None:
        # A file and a pipe get UTF-8, as the formats say; a console shows only what it has letters for.
        text = render({})
        shown = output is None and sys.stdout.isatty()
        return write(text.encode(encoding(), "backslashreplace") if shown else text.encode(), output)
    color, width, unicode = look()
    text = render({"color": color, "width": width, "unicode": unicode})
    return write(text.encode(encoding(), "backslashreplace"))


def exit_code(report: Report, fail_on: FailOn = "error") -> int:
    """Return what a script is told: 1 for a finding at least as bad as `fail_on`, otherwise 0."""
    if fail_on == "never":
        return NOTHING_WRONG
    bad = _SEVERITIES[: _SEVERITIES.index(fail_on) + 1]
    return FOUND if any(finding.severity in bad for finding in report.findings) else NOTHING_WRONG


def why(code: str | None = None) -> int:
    """Print the page of a diagnosis, or the list of all; an unknown code gets the nearest ones and exit code 2."""
    from curlx.diagnoses import known

    diagnoses = known()
    if code is None:
        families: dict[str, list[str]] = {}
        for name, entry in diagnoses.items():
            family = entry.diagnose.__module__.split(".")[-2].replace("_", " ")
            families.setdefault(family, []).append(f"  {name:<38} {entry.diagnosis.title}")
        blocks = ["\n".join([_bold(family), *lines]) for family, lines in families.items()]
        _print("\n\n".join(blocks))
        return NOTHING_WRONG
    if code not in diagnoses:
        from difflib import get_close_matches

        near = get_close_matches(code, diagnoses, n=3, cutoff=0.5)
        hint = f" Did you mean {', '.join(near)}?" if near else " `curlx why` lists them all."
        say(f"there is no diagnosis {code!r}.{hint}")
        return USAGE
    _page(f"# {code}\n\n{diagnoses[code].page.strip()}\n")
    return NOTHING_WRONG


def redact(where: str = STANDARD_INPUT) -> int:
    """Write a log again with every secret hidden, line by line as it comes."""
    from curlx.lines import join, split
    from curlx.redaction import Redactor

    if where == STANDARD_INPUT:
        _invite()
    redactor = Redactor()
    try:
        _to_stdout(join(map(redactor.hide, split(open_source(where).pieces))))
    except Unreadable as unreadable:
        return _unreadable(unreadable)
    return NOTHING_WRONG


def _page(markdown: str) -> None:
    """Lay a page out for a terminal; a pipe gets the Markdown that it is written in."""
    color, width, unicode = look()
    if not sys.stdout.isatty() or not unicode:
        _print(markdown.rstrip())
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=width, no_color=not color, highlight=False).print(Markdown(markdown))


def _print(text: str) -> None:
    write(f"{text}\n".encode(encoding(), "backslashreplace"))


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if look()[0] else text


def write(data: bytes, output: str | None = None) -> bool:
    """Write to a file or standard output; False, and said so, when the file cannot be written."""
    if output is not None and output != STANDARD_INPUT:
        try:
            with open(output, "wb") as file:
                file.write(data)
        except OSError as error:
            say(f"cannot write {output}: {(error.strerror or str(error)).lower()}")
            return False
        return True
    _to_stdout((data,))
    return True


def _to_stdout(pieces: Iterable[bytes]) -> None:
    """Write bytes; where nobody reads them any more (`curlx ... | head`), stop without a word."""
    try:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except OSError:  # BrokenPipeError; on Windows EINVAL
        # The flush at exit must not fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """Tell the person at the keyboard something, on standard error."""
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    print(f"curlx: {message}".encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)


def look() -> tuple[bool, int, bool]:
    """Return whether standard output gets colour (no-color.org), its width, and whether it can show ✔ and │."""
    terminal = sys.stdout.isatty()
    color = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = _PIPE_WIDTH
    if terminal:
        from shutil import get_terminal_size

        width = min(get_terminal_size((_PIPE_WIDTH, 24)).columns, _MAX_WIDTH)
    if color and sys.platform == "win32":
        from rich.console import detect_legacy_windows

        color = not detect_legacy_windows()
    try:
        "✔✖●│…•·".encode(encoding())
    except UnicodeEncodeError:
        return color, width, False
    return color, width, True


def encoding() -> str:
    """Return the encoding of standard output."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def _invite() -> None:
    """Ask for a paste where standard input is a keyboard."""
    if sys.stdin is not None and sys.stdin.isatty():
        end = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D on a line of its own"
        say(f"paste the output of curl -v here, then press {end}.")


def _unreadable(unreadable: Unreadable) -> int:
    say(unreadable.message)
    return UNREADABLE
