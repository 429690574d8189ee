"""What the commands do: reports go to standard output, talk to standard error, and the exit code says how it went.

Kept apart from `cli.py` so that the plain `curl -v ... 2>&1 | curlx` need not load the command line's parser.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Literal, TypeAlias

from curlx.client_files import ClientFiles
from curlx.findings import at_least
from curlx.outputs import NobodyReads, NotWritten, Output
from curlx.report import NOT_CURL, Report
from curlx.sources import STANDARD_INPUT, TO_STANDARD_ERROR, Stream, Unreadable, UntilStopped, open_source

FailOn: TypeAlias = Literal["error", "warning", "note", "never"]

NOTHING_WRONG = 0
FOUND = 1
USAGE = 2
UNREADABLE = 3
INTERRUPTED = 130
"""As shells say it: 128 + SIGINT."""

_OTHER_WORDS = {"mtls": "mutual TLS"}
"""What people ask for, and how the pages call it."""
_NOT_WHY = "It does not say why; a log does: `curlx explain LOG`. What is often behind it:"
_MAX_WIDTH = 100
"""Lines of prose longer than this are hard to read."""
_PIPE_WIDTH = 80


def explain(
    where: str = STANDARD_INPUT,
    *,
    format: str = "terminal",
    show_secrets: bool = False,
    hide: tuple[str, ...] = (),
    fail_on: FailOn = "error",
    output: str | None = None,
    certificate: str | None = None,
    key: str | None = None,
    passphrase: str | None = None,
    clipboard: bool = False,
    copy: bool = False,
) -> int:
    """Explain one log, write the report and return the exit code, which does not depend on the format.

    `certificate`, `key` and `passphrase` are those of curl's `--cert`, `--key` and `--pass`. `clipboard`: the log is in
    the clipboard; `copy`: put the report there too, as Markdown. Where Ctrl-C ends the waiting for a call that hangs,
    what came until then is explained.
    """
    try:
        files = _client_files(certificate, key, passphrase) if certificate is not None else None
        if clipboard:
            stream = _pasted()
        else:
            if where == STANDARD_INPUT:
                invite()
            stream = open_source(where)
        from curlx import pipeline
        from curlx.renderers import render

        pieces = UntilStopped(stream.pieces) if _piped(where, clipboard) else stream.pieces

        report = pipeline.explain(pieces, source=stream.name, show_secrets=show_secrets, hide=hide, client_files=files)
    except Unreadable as unreadable:
        return _unreadable(unreadable)
    not_curl = report.outcome == "not-curl"
    shown = not (not_curl and format == "terminal" and output is None)
    if shown and not _show(lambda look: render(report, format, **look), format, output):
        return USAGE
    if not_curl:
        say(f"{stream.name}: {_why_not(report)}{TO_STANDARD_ERROR if _piped(where, clipboard) else ''}")
        return UNREADABLE
    if copy and not _copy(render(report, "markdown")):
        return USAGE
    if isinstance(pieces, UntilStopped) and pieces.stopped:
        say("stopped with Ctrl-C: the log goes no further than that")
        return INTERRUPTED
    return exit_code(report, fail_on)


def _piped(where: str, clipboard: bool) -> bool:
    """Whether the log should have come through a pipe, in which `2>&1` is forgotten easily."""
    return where == STANDARD_INPUT and not clipboard and sys.stdin is not None and not sys.stdin.isatty()


def _why_not(report: Report) -> str:
    """Say why there is nothing to explain; where PowerShell's alias stood in for curl, what to run instead too."""
    first = report.findings[0] if report.findings else None
    if first is None or "PowerShell" not in first.title:
        return NOT_CURL
    return f"{first.summary} {first.remedies[0].title}: {first.remedies[0].commands[0]}"


def diff(
    good: str, bad: str, *, format: str = "terminal", show_secrets: bool = False, output: str | None = None
) -> int:
    """Compare two logs, write the comparison and return the exit code: 1 where a difference tells something."""
    if STANDARD_INPUT in (good, bad):
        invite()
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
        say(f"{strangers[0]}: {NOT_CURL}")
        return UNREADABLE
    if not _show(lambda look: render(comparison, format, **look), format, output):
        return USAGE
    return FOUND if comparison.tells else NOTHING_WRONG


def _show(render: Callable[[dict[str, object]], str], format: str, output: str | None) -> bool:
    """Write what `render` returns; it is told how standard output looks where people read it there."""
    if format != "terminal" or output is not None:
        # A file and a pipe get UTF-8, as the formats say; a console shows only what it has letters for.
        text = render({})
        shown = output is None and on_terminal()
        return write(text.encode(encoding(), "backslashreplace") if shown else text.encode(), output)
    color, width, unicode = look()
    text = render({"color": color, "width": width, "unicode": unicode})
    return write(text.encode(encoding(), "backslashreplace"))


def _client_files(certificate: str, key: str | None, passphrase: str | None) -> ClientFiles:
    """Look at the client's files; a passphrase that is wanted is asked for where somebody sits at a terminal."""
    from datetime import UTC, datetime

    from curlx.client_files.reading import read_client_files
    from curlx.sources import printable
    from curlx.sources.given import whole_file, without_passphrase

    certificate, said = without_passphrase(certificate)
    held = whole_file(certificate)
    of_key = whole_file(key) if key is not None else None
    secret = passphrase or said
    while True:
        files = read_client_files(
            held, of_key, name=printable(certificate), key_name=printable(key or ""), passphrase=secret,
            now=datetime.now(UTC),
        )  # fmt: skip
        if not files.needs_passphrase or secret or not (secret := _ask("passphrase of the private key: ")):
            return files


def _ask(question: str) -> str:
    """Ask for something that must not be seen; empty where nobody is there to answer."""
    if not sys.stderr.isatty():
        return ""
    import getpass
    import warnings

    with warnings.catch_warnings():
        # Without a terminal of its own, getpass would take the answer from standard input: that is the log.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(f"curlx: {question}")
        except (getpass.GetPassWarning, EOFError):
            return ""


def _pasted() -> Stream:
    """Return the log in the clipboard; raises `Unreadable`."""
    from curlx.clipboard import Unusable, paste

    try:
        return Stream("the clipboard", iter((paste().encode("utf-8", "replace"),)))
    except Unusable as unusable:
        raise Unreadable(unusable.message) from unusable


def _copy(text: str) -> bool:
    """Put text into a clipboard, and say so; False where there is none."""
    from curlx.clipboard import Unusable, copy

    terminal = next((one.buffer for one in (sys.stderr, sys.stdout) if one is not None and one.isatty()), None)
    try:
        say(f"the report is in {copy(text, terminal, os.environ)}, as Markdown")
    except Unusable as unusable:
        say(unusable.message)
        return False
    return True


def exit_code(report: Report, fail_on: FailOn = "error") -> int:
    """Return what a script is told: 1 for a finding at least as bad as `fail_on`, otherwise 0."""
    return FOUND if any(at_least(finding.severity, fail_on) for finding in report.findings) else NOTHING_WRONG


def why(code: str | None = None) -> int:
    """Print the page of a diagnosis, or list all or a family (`tls`).

    An exit code of curl gets its meaning, and what is often behind it. What is no code is looked for in the pages;
    what is in none gets the nearest codes, and exit code 2.
    """
    from curlx.advice.exit_codes import CAUSES, meaning
    from curlx.diagnoses import known

    diagnoses = known()
    code = re.sub("^http-?(?=[0-9]{3}$)", "", (code or "").lower())
    if code in diagnoses:
        return NOTHING_WRONG if _page(f"# {code}\n\n{diagnoses[code].page.strip()}\n") else USAGE
    families: dict[str, list[str]] = {}
    number = int(code) if re.fullmatch("[0-9]{1,3}", code) else 0
    ends = meaning(number)
    if ends is not None:
        meant = [name for name in diagnoses if name.startswith(CAUSES.get(number, ("curl-error",)))]
    else:
        meant = _meant(code, {name: entry.page for name, entry in diagnoses.items()})
    for name, entry in diagnoses.items():
        if name in meant:
            family = entry.diagnose.__module__.split(".")[-2].replace("_", " ")
            families.setdefault(family, []).extend(_two_columns(name, entry.diagnosis.title))
    if families:
        blocks = ["\n".join([_bold(family), *lines]) for family, lines in families.items()]
        if ends is not None:
            blocks.insert(0, _wrapped(f"Exit code {number} of curl: {ends}. {_NOT_WHY}"))
        return NOTHING_WRONG if _print("\n\n".join(blocks)) else USAGE
    from difflib import get_close_matches

    near = get_close_matches(code, diagnoses, n=3, cutoff=0.5)
    hint = f" Did you mean {', '.join(near)}?" if near else " `curlx why` lists them all."
    say(f"there is no diagnosis {code!r}.{hint}")
    return USAGE


def _meant(code: str, pages: dict[str, str]) -> list[str]:
    """Return the codes of a family, else those that begin with these letters, else those whose page has the word."""
    family = [name for name in pages if not code or name.startswith(f"{code.rstrip('-')}-")]
    beginning = [name for name in pages if name.startswith(code)]
    word = re.compile(rf"\b{re.escape(_OTHER_WORDS.get(code, code))}\b", re.I)
    return family or beginning or [name for name, page in pages.items() if word.search(page)]


def _wrapped(prose: str) -> str:
    from textwrap import fill

    return fill(prose, look()[1])


def _two_columns(name: str, title: str) -> list[str]:
    """Lay out a code and its title within the width of the terminal; what goes into a pipe stays one line."""
    from textwrap import wrap

    first, *more = wrap(title, max(look()[1] - 41, 20)) if on_terminal() else [title]
    return [f"  {name:<38} {first}", *(f"{'':41}{line}" for line in more)]


def redact(where: str = STANDARD_INPUT, *, hide: tuple[str, ...] = (), output: str | None = None) -> int:
    """Write a log again with every secret hidden and every other byte as it is, as it comes."""
    from curlx.redaction.copy import copy
    from curlx.redaction.identities import Identities
    from curlx.strangers import is_binary

    if where == STANDARD_INPUT:
        invite()
    try:
        name, pieces = open_source(where)
        first = next(pieces)
        written = write_all(copy(chain((first,), pieces), identities=Identities(hide) if hide else None), output)
    except Unreadable as unreadable:
        return _unreadable(unreadable)
    if is_binary(first):
        say(f"{name} is no text: what is secret in it is not known")
        return UNREADABLE
    return NOTHING_WRONG if written else USAGE


def _page(markdown: str) -> bool:
    """Lay a page out for a terminal; a pipe gets the Markdown that it is written in."""
    color, width, unicode = look()
    if not on_terminal() or not unicode:
        return _print(markdown.rstrip())
    from rich.console import Console
    from rich.markdown import Markdown

    # `no_color` would leave bold in.
    Console(width=width, color_system="auto" if color else None, highlight=False).print(Markdown(markdown))
    return True


def _print(text: str) -> bool:
    return write(f"{text}\n".encode(encoding(), "backslashreplace"))


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if look()[0] else text


def write(data: bytes, output: str | None = None) -> bool:
    """Write to a file or standard output; False, and said so, when that cannot be written."""
    return write_all((data,), output)


def write_all(pieces: Iterable[bytes], output: str | None = None) -> bool:
    """Write pieces as they come; a file is there whole or not at all. A reader that has gone (`| head`) is no fault."""
    to = None
    try:
        to = Output(output)
        for piece in pieces:
            to.write_bytes(piece)
        to.finish()
        to = None
    except NotWritten as reason:
        say(str(reason))
        return False
    except NobodyReads:
        pass
    finally:
        if to is not None:
            to.give_up()
    return True


def not_written(error: OSError) -> int:
    """Say why standard output cannot be written, and return the exit code; a reader that has gone is no fault."""
    reason = Output().failure(error)
    if isinstance(reason, NobodyReads):
        return NOTHING_WRONG
    say(str(reason))
    return USAGE


def say(message: str) -> None:
    """Tell the person at the keyboard something, on standard error; what a file's name holds cannot steer it."""
    from curlx.renderers.harmless import harmless

    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    print(f"curlx: {harmless(message)}".encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)


def look() -> tuple[bool, int, bool]:
    """Return whether standard output gets colour, its width, and whether it can show ✔ and │."""
    terminal = on_terminal()
    color = terminal and not plain()
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


def plain() -> bool:
    """Return whether no terminal gets colour or bold: nobody wants it (no-color.org), or it would not be understood."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def on_terminal() -> bool:
    """Return whether people read standard output as it comes; where it was closed (`>&-`) there is none."""
    return sys.stdout is not None and sys.stdout.isatty()


def encoding() -> str:
    """Return the encoding of standard output."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def invite(wish: str = "paste the output of curl -v here") -> None:
    """Ask for something where standard input is a keyboard."""
    if sys.stdin is not None and sys.stdin.isatty():
        end = "Ctrl-Z and Enter" if sys.platform == "win32" else "Ctrl-D"
        say(f"{wish}, then press {end}.")


def _unreadable(unreadable: Unreadable) -> int:
    say(unreadable.message)
    return UNREADABLE
