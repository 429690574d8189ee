"""Recognize what wraps a whole log (quoting, indentation, time stamps, markup), and how to undo it.

A mark of curl's is a claim, so a wrapping is decided once for a log, from a sample, and never line by line: a body that
imitates a wrapped log stays a body as long as curl's own lines stand unwrapped. The first line that curl wrote decides.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from curlx.signs import BEFORE, FIELD, MARKED, PROOF, SAYS, is_marked, may_be_curl

NAMES = (
    "html", "line-breaks", "backticks", "padding", "timestamps", "line-numbers", "log-prefix", "quoting", "indentation",
    "debug-callback", "git-trace", "powershell", "bullets", "lost-stars", "bold", "fences", "prompt",
)  # fmt: skip
"""What can be recognized."""


class Wrapping(NamedTuple):
    """One thing that was done to the lines of a log, and the function that gives back what a line was before."""

    name: str
    undo: Callable[[str], str]


def console_width(sample: Sequence[str]) -> int | None:
    """Return the width at which a console broke the lines of this log, or None.

    Sure only when no line is longer and at least three of curl's lines that are exactly as long go on in a line without
    a mark.
    """
    width = max(map(len, sample), default=0)
    if not 60 <= width <= 250:
        return None
    broken = (after for line, after in pairwise(sample) if len(line) == width and is_marked(line))
    follows = [bool(after) and not is_marked(after) for after in broken]
    return width if len(follows) >= 3 and follows.count(True) * 10 >= len(follows) * 8 else None


def recognize(sample: Sequence[str]) -> tuple[Wrapping, ...]:
    """Return what has to be undone, in this order; nothing when the sample reads as curl as it is."""
    found: list[Wrapping] = []
    lines = list(sample)
    for recognizer in _RECOGNIZERS:
        wrapping = recognizer(lines)
        if wrapping is not None:
            found.append(wrapping)
            lines = [wrapping.undo(line) for line in lines]
    return tuple(found)


def _mostly(lines: Sequence[str], test: Callable[[str], object], share: float = 0.8) -> bool:
    """Tell whether a test holds for most of the lines that are not blank, and for two at least."""
    written = [line for line in lines if line.strip()]
    passed = sum(1 for line in written if test(line))
    return passed >= 2 and passed >= share * len(written)


# --- markup -----------------------------------------------------------------------------------------------------------

_ENTITIES = re.compile(r"&(?:lt|gt|amp|quot|nbsp|apos|#\d{1,4}|#x[0-9A-Fa-f]{1,4});")
_BREAK = re.compile(r"<br ?/?>\s{0,9}$", re.IGNORECASE)
_BOLD = re.compile(r"\*\*([^\s*](?:[^*]{0,4000}[^\s*])?)\*\*")
_FENCE = re.compile(
    r"\s{0,9}(?:```|~~~)[\w+-]{0,20}\s*|\s{0,9}(?:\{(?:noformat|code)(?::\w{1,20})?\}|\[/?code\]|</?pre>)\s*"
)


def _html(lines: Sequence[str]) -> Wrapping | None:
    """`&gt; GET / HTTP/1.1`: escaped throughout when a line of curl's is, and none stands unescaped."""
    if any(line[:2] in ("> ", "< ") and MARKED.match(line) for line in lines):
        return None
    if any("&gt;" in line[:BEFORE] or "&lt;" in line[:BEFORE] for line in lines) and any(
        (match := MARKED.search(_unescaped(line[:BEFORE]))) and not match["star"] and "&" in line[:BEFORE]
        for line in lines
    ):
        return Wrapping("html", _unescaped)
    return None


def _unescaped(text: str) -> str:
    return _ENTITIES.sub(lambda entity: html.unescape(entity[0]).replace("\xa0", " "), text) if "&" in text else text


def _line_breaks(lines: Sequence[str]) -> Wrapping | None:
    if _mostly([line for line in lines if may_be_curl(line)], _BREAK.search):
        return Wrapping("line-breaks", lambda text: _BREAK.sub("", text) if text.rstrip().endswith(">") else text)
    return None


def _backticks(lines: Sequence[str]) -> Wrapping | None:
    """Each line in backticks, as somebody writes who formats a log line by line."""
    if _mostly(lines, lambda line: _in_backticks(line.strip())):
        return Wrapping("backticks", lambda text: text.strip()[1:-1] if _in_backticks(text.strip()) else text)
    return None


def _in_backticks(text: str) -> bool:
    return len(text) >= 2 and text[0] == text[-1] == "`" and text.strip("`") != ""


def _padding(lines: Sequence[str]) -> Wrapping | None:
    """Blanks up to the right edge: most lines are equally long and end in a blank."""
    lengths = Counter(len(line) for line in lines if line)
    width, count = lengths.most_common(1)[0] if lengths else (0, 0)
    if width >= 40 and count >= 4 and count >= 0.8 * lengths.total():
        padded = sum(1 for line in lines if len(line) == width and line.endswith("  "))
        if padded >= 0.5 * count:
            return Wrapping("padding", str.rstrip)
    return None


def _bold(lines: Sequence[str]) -> Wrapping | None:
    """`< HTTP/1.1 **403 Forbidden**`, `**curl: (35) ...**`: somebody wanted a line to be seen."""
    if any("**" in line and (match := _BOLD.search(line)) and _emphasized(line, match) for line in lines):
        return Wrapping("bold", _without_bold)
    return None


def _emphasized(line: str, bold: re.Match[str]) -> bool:
    whole = bold[0] == line.strip()
    return bold[1].startswith("curl: (") if whole else is_marked(line) and not line.startswith("**")


def _without_bold(text: str) -> str:
    match = _BOLD.search(text) if "**" in text else None
    return _BOLD.sub(r"\1", text) if match and _emphasized(text, match) else text


def _fences(lines: Sequence[str]) -> Wrapping | None:
    """The fence of a code block, when it stands before the first line of curl's."""
    for line in lines:
        if _FENCE.fullmatch(line):
            return Wrapping("fences", lambda text: "" if _FENCE.fullmatch(text) else text)
        if MARKED.match(line):
            break
    return None


# --- the same thing before every line ---------------------------------------------------------------------------------

_VARYING = re.compile(r"[0-9A-Fa-f]*\d[0-9A-Fa-f]*|\s+|[^\s0-9A-Fa-f]+|[A-Fa-f]+")
_TIME = re.compile(r"\d{1,2}:\d\d:\d\d")


def _prefix(lines: Sequence[str]) -> Wrapping | None:
    """Whatever stands before curl's marks, the same on each line but for its numbers.

    `    `, `> `, ` 12: `, `service-1  | `, `2024-01-01T00:00:00.0000000Z `, `Jan 12 10:11:12 host curl[99]: ` ...
    """
    shapes: Counter[str] = Counter()
    sample = ""
    unwrapped = 0
    for line in lines:
        match = MARKED.search(line, 0, 2 * BEFORE)
        if match is None or match.start() > BEFORE:
            continue
        before = line[: match.start()]
        if not before:
            unwrapped += 1
            if not shapes:
                return None  # curl's first line stands at the margin: whatever looks wrapped is what was transferred
            continue
        sample = sample or before
        shapes[_shape(before)] += 1
    kept = [shape for shape, count in shapes.most_common(4) if count >= 2]
    wrapped = sum(shapes[shape] for shape in kept)
    if not kept or unwrapped * 10 > wrapped or wrapped * 10 < 8 * shapes.total():
        return None
    expression = re.compile("|".join(f"(?:{shape})" for shape in kept))
    bare = {sample.rstrip()}

    def undo(text: str) -> str:
        match = expression.match(text)
        if match is not None:
            return text[match.end() :]
        return "" if text in bare else text

    return Wrapping(_prefix_name(sample), undo)


def _shape(before: str) -> str:
    """Return an expression for a prefix: its numbers may differ, and so may the blanks before them."""
    body = before.rstrip(" \t")
    pieces: list[str] = []
    for piece in _VARYING.findall(body):
        if piece.isspace():
            pieces.append("[ \\t]{1,40}" if pieces else "[ \\t]{0,40}")
        elif any(letter.isdigit() for letter in piece):
            pieces.append("[0-9A-Fa-f]{1,40}")
        else:
            pieces.append(re.escape(piece))
    if pieces and pieces[0] == "[0-9A-Fa-f]{1,40}":
        pieces.insert(0, "[ \\t]{0,40}")  # numbers are often set flush right
    return "".join(pieces) + re.escape(before[len(body) :])


def _prefix_name(before: str) -> str:
    stripped = before.strip()
    if not stripped:
        return "indentation"
    if _TIME.search(before):
        return "timestamps"
    if not any(letter.isalnum() for letter in stripped):
        return "quoting"
    if not any(letter.isalpha() for letter in stripped):
        return "line-numbers"
    return "log-prefix"


# --- other programs that print what libcurl tells them ----------------------------------------------------------------

# curl_infotype (include/curl/curl.h): TEXT 0, HEADER_IN 1, HEADER_OUT 2, DATA_IN 3, DATA_OUT 4, SSL_DATA_IN 5, OUT 6.
_CALLBACK = re.compile(
    r"^[^\n]{0,200}?(?:cURL:type\[(?P<number>[0-6])\]-"
    r"|CURLINFO_(?P<name>TEXT|HEADER_IN|HEADER_OUT|DATA_IN|DATA_OUT)\b[\])]?[:=-]? ?)"
)
_CALLBACK_MARKS = {"0": "* ", "TEXT": "* ", "1": "< ", "HEADER_IN": "< ", "2": "> ", "HEADER_OUT": "> "}
# git's http.c, GIT_TRACE_CURL: `=> Send header: GET ...`, where curl's own trace has `=> Send header, 9 bytes (0x9)`.
_GIT_HEADER = re.compile(r"(?:=> Send|<= Recv) header: ?")
_GIT_SIZE = re.compile(r"(?:=> Send|<= Recv) (?:header|data), \d{10} bytes \(0x[0-9a-f]{8}\)")


def _debug_callback(lines: Sequence[str]) -> Wrapping | None:
    """A log framework in a CURLOPT_DEBUGFUNCTION, which prints the type instead of curl's mark."""
    if _mostly(lines, _CALLBACK.match, 0.5) and not any(MARKED.match(line) for line in lines):
        return Wrapping("debug-callback", _marked_by_type)
    return None


def _marked_by_type(text: str) -> str:
    match = _CALLBACK.match(text)
    return _CALLBACK_MARKS.get(match["number"] or match["name"], "") + text[match.end() :] if match else text


def _git_trace(lines: Sequence[str]) -> Wrapping | None:
    if any(_GIT_HEADER.match(line) for line in lines) and not any(line.startswith("* ") for line in lines):
        return Wrapping("git-trace", _marked_as_curl)
    return None


def _marked_as_curl(text: str) -> str:
    if text.startswith("== Info: "):
        return "* " + text[9:]
    if match := _GIT_HEADER.match(text):
        return ("> " if text.startswith("=>") else "< ") + text[match.end() :]
    return "" if _GIT_SIZE.fullmatch(text) else text


# Windows PowerShell 5.1 prints what a program writes to stderr as an error record (NativeCommandError).
_RECORD_START = re.compile(r"(?:\S{0,200}[\\/])?curl(?:\.exe)? : ?")
_RECORD_REST = re.compile(
    r"\+ ~+\s*|\s{1,8}\+ (?:CategoryInfo|FullyQualifiedErrorId)\s.*|[^:*<>]{2,30}:\d{1,5} [^:]{2,20}: ?\d{1,5}\s*"
)
_RECORD_COMMAND = re.compile(r"\+ (?=[^\n]{0,200}\bcurl)")


def _powershell(lines: Sequence[str]) -> Wrapping | None:
    start = next((number for number, line in enumerate(lines) if _RECORD_START.match(line)), None)
    if start is None or not any(
        "+ CategoryInfo" in line or "+ FullyQualifiedErrorId" in line for line in lines[start:]
    ):
        return None
    return Wrapping("powershell", _without_record)


def _without_record(text: str) -> str:
    if match := _RECORD_START.match(text) or _RECORD_COMMAND.match(text):
        return text[match.end() :]
    return "" if _RECORD_REST.fullmatch(text) else text


# --- lost or replaced stars -------------------------------------------------------------------------------------------

_BULLET = re.compile(r"(?P<bullet>[-+•·●▪◦‣–—∗＊])[ \t]{1,5}" + SAYS + r"|(?P<bare>\*)" + SAYS)


def _starred(lines: Sequence[str]) -> bool:
    return any((match := MARKED.match(line)) and match["star"] for line in lines) or any(
        line.startswith(("== Info", "* ")) for line in lines
    )


def _bullets(lines: Sequence[str]) -> Wrapping | None:
    """`- Trying ...`, `• Trying ...`: an editor made a list of curl's stars."""
    bullets = Counter(match["bullet"] or match["bare"] for line in lines if (match := _BULLET.match(line)))
    if not bullets or _starred(lines):
        return None
    bullet, count = bullets.most_common(1)[0]
    if count < 2:
        return None
    if bullet == "*":
        return Wrapping("bullets", lambda text: "* " + text[1:] if _BULLET.match(text) else text)
    return Wrapping(
        "bullets", lambda text: "*" + text[len(bullet) :] if text.startswith((bullet + " ", bullet + "\t")) else text
    )


def _lost_stars(lines: Sequence[str]) -> Wrapping | None:
    """A formatter took the stars away: three different sentences that only curl says, and no star anywhere."""
    said = {match[0].split()[0] for line in lines if (match := PROOF.match(line))}
    if len(said) < 3 or _starred(lines):
        return None
    return Wrapping("lost-stars", _with_star)


def _with_star(text: str) -> str:
    return "* " + text if PROOF.match(text) or FIELD.match(text) else text


# --- shells -----------------------------------------------------------------------------------------------------------

_PROMPT = re.compile(
    r"(?P<prompt>(?:PS [^>]{1,120}> ?|[A-Za-z]:\\[^>]{0,120}> ?|\([\w.-]{1,40}\) |)"
    r"(?:[\w.+-]{1,40}@[\w.-]{1,60}[:\s][^\s#$%]{0,120} ?[#$%] ?"
    r"|\[[^\]]{1,80}\] ?[#$%] ?|bash-[\d.]{1,6}[#$] |sh-[\d.]{1,6}[#$] |[#$%❯➜] ?|>|))"
    r"(?:\w{1,40}=\S{0,200} )?(?:sudo |time |winpty )?(?:[\w./:\\-]{1,80}[/\\])?curl(?:\.exe)? "
)
_ANSWER = re.compile(MARKED.pattern + r"|curl: \(\d{1,3}\) ")


def _prompt(lines: Sequence[str]) -> Wrapping | None:
    """What the shell printed before the command, learnt where the log starts or curl's own lines follow at once."""
    prompts: set[str] = set()
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    for number, line in enumerate(lines):
        match = _PROMPT.match(line)
        if match and match["prompt"] and (number == start or any(map(_ANSWER.match, lines[number + 1 : number + 4]))):
            prompts.add(match["prompt"])
    if not prompts:
        return None
    known = tuple(sorted(prompts, key=len, reverse=True))
    return Wrapping("prompt", lambda text: _without_prompt(text, known))


def _without_prompt(text: str, known: tuple[str, ...]) -> str:
    if text.startswith(known) and (match := _PROMPT.match(text)) and match["prompt"] in known:
        return text[match.end("prompt") :]
    return text


_RECOGNIZERS: tuple[Callable[[Sequence[str]], Wrapping | None], ...] = (
    _html, _line_breaks, _backticks, _padding, _prefix, _prefix, _prefix, _debug_callback, _git_trace, _powershell,
    _bullets, _lost_stars, _bold, _fences, _prompt,
)  # fmt: skip
"""From the outside in: markup of a page, what a program put before each line, what a person did to single lines."""
