"""Recognize the same thing before every line: quoting, indentation, time stamps, names of services."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from curlx.patterns import Pattern
from curlx.prose import LIST_ITEM, in_prose, is_of_a_program
from curlx.sentences import CODED, OF_GIT
from curlx.signs import BEFORE, MARKED, OWN, SAID, TYPED
from curlx.wrappings.stars import bullets
from curlx.wrappings.wrapping import Wrapping

# GitLab's numbers of streams (`00O`, `01E`) end in a letter that varies as well; Kubernetes names them.
_STREAM = Pattern(r"\d\d[OE]\+?|std(?:out|err)")
_VARYING = Pattern(f"(?:{_STREAM.pattern})" + r"(?!\w)|[0-9A-Fa-f]*\d[0-9A-Fa-f]*|\s+|[^\s0-9A-Fa-f]+|[A-Fa-f]+")
_INFO = "== Info: "
"""The mark of talk in a trace: with it no star is lost."""
_METER_HEAD = "  % Total    % Received % Xferd"
_MARKED_OR_SAID = Pattern(f"{MARKED.pattern}|{SAID.pattern}|{OF_GIT}|{_METER_HEAD}")
_METER_ROW = re.compile(r"[ \d]{3}(?: {1,8}[\d.-]{1,7}[kMGTP]?){5,9} .{0,60}$")
"""The row of the meter behind which curl's last word stands: what is before that was put before the line."""
_GIT = Pattern(OF_GIT)
_SURE = Pattern(f"{MARKED.pattern}|{OF_GIT}")
_INDENTED_EXIT = Pattern(r"[ \t]{1,40}curl: \(")
_PADDED = 4
_TIME = Pattern(r"\d{1,2}:\d\d:\d\d")
_WORD = Pattern(r"[^\W\d_]{2}")
_COMMENT = Pattern(r"\s{0,8}# {1,4}(?:[A-Za-z]{2,12}: {1,4})?")
"""Below a command, somebody's comment tells what it printed: `# Output: `."""
_LEADS = (": ", "= ", "- ", "> ", "'", '"')
"""In what a program's own words end before it prints what curl said."""
_OF_CURL = Pattern(OWN + r"(?:\*|== Info:) ")
_QUOTED_HEAD = Pattern(r"> HTTP/[\d.]{1,3} \d{3}(?: |$)")
_HEAD = Pattern(r"(?<![\w/\"])(?<!< )HTTP/[\d.]{1,3} \d{3}(?: |$)")
_HEADER = r"[A-Za-z][\w-]{0,80}: "
_QUOTED_PROGRAM = Pattern(rf"> .{{0,400}}?(?:{CODED}|status: \[\d{{1,3}};\"|: \[\d{{1,3}}\] [A-Z][^(]{{1,200}}\()")
_QUOTED_COMMAND = Pattern(
    r"> (?:(?:\$ )?curl(?:\.exe)? (?:-|'?\"?https?://)|\$ [a-z]|.{0,80}cURL error \d|"
    r".{0,2000}?(?:did not complete successfully: |returned a non-zero code: )|[{\[]$|<(?:\?xml|!DOCTYPE|html))"
)
"""What no request holds: a command, what PHP says, the first line of an answer's text."""


class _Found(NamedTuple):
    """A line of curl's, and what stands before its mark."""

    number: int
    line: str
    before: str
    star: bool
    exits: bool
    """It is curl's last word, which a program may print by itself."""


def prefix(lines: Sequence[str]) -> Wrapping | None:
    """Whatever stands before curl's marks, the same on each line but for its numbers.

    `    `, `> `, ` 12: `, `service-1  | `, `2024-01-01T00:00:00.0000000Z `, `Jan 12 10:11:12 host curl[99]: ` ...
    The first line may be an exception: whoever copies a log often begins behind its first prefix.
    """
    marked = _found(lines)
    if marked is None:
        return None
    found = [each for each in marked if each.before or not _GIT.match(each.line)]  # git's own stands as it is
    if found and found[0].line.startswith(_METER_HEAD) and all(each.before for each in found[1:3]):
        found = found[1:]  # of another call, that had none
    if all(each.before.endswith("(") for each in found):  # a program has curl's words within brackets, if any are there
        return _quoted(lines)
    if all(each.exits and (each.before == LIST_ITEM or in_prose(each.before)) for each in found):
        return None  # somebody's list (loose.py): as many items are no more of one call than one is
    if all(each.exits and each.before.startswith("> ") for each in found):
        return _QUOTING  # nothing else is curl's: no request stands there
    talk = [each for each in found if _METER_HEAD not in each.line]
    if talk and all(each.exits and each.before.isspace() for each in talk):
        return Wrapping("indentation", lambda text: text.lstrip() if _INDENTED_EXIT.match(text) else text)
    first, rest = found[0], found[1:]
    at_the_margin = sum(not each.before and not each.exits for each in rest)
    if not first.before and (at_the_margin or not first.star or not any(each.before for each in rest)):
        return None
    shapes = Counter(_shape(each.before) for each in found if each.before)
    alone = _proves_alone(found[-1], beside=max(shapes.values(), default=0) > 1)
    above, behind = lines[: found[-1].number], lines[found[-1].number :]
    quoted = found[-1].exits and found[-1].before == "> "  # no request has a header of that name
    timed = _TIME.search(found[-1].before) is not None and not found[-1].exits  # a logger's
    told = _COMMENT.fullmatch(found[-1].before) and TYPED.match(lines[max(found[-1].number - 1, 0)])
    kept = [
        shape
        for shape, count in shapes.most_common(4)
        if count >= 2 or (alone and (quoted or timed or told or _is_before_all(shape, behind, above)))
    ]
    if not kept:
        headers = any(line.startswith("HTTP/") for line in lines)  # of -i: what they say is the server's
        return None if headers else _before_the_first(first, rest)
    lost = bool(first.before) and _shape(first.before) not in kept  # or somebody's words stand before it
    exception = first if lost and not (first.exits and not _proves_alone(first, beside=True)) else None
    outer = _shape(first.before)
    if outer in kept:
        # What stands behind it in some lines is of a body; where it is not on all, the shorter one may begin it.
        whole = all(map(re.compile(outer).match, (each.line for each in found)))
        kept = [outer] if whole else [outer, *(shape for shape in kept if shape != outer)]
    sample = next(each.before for each in found if each.before and _shape(each.before) in kept)
    if sample.endswith(('"', "'")):  # source code, or data: what a program says in there, it says otherwise elsewhere
        wrapped = sum(shapes[shape] for shape in kept)
    else:  # a line of a body may hold words of curl's behind the same prefix and more
        around = re.compile("|".join(f"(?:{shape})" for shape in kept))
        wrapped = sum(1 for each in found if each.before and around.match(each.line))
    if at_the_margin * 10 > wrapped or wrapped * 10 < 8 * (shapes.total() - lost):
        return None
    if _OF_CURL.match(sample) or sample.endswith("("):
        return None  # curl puts its ids into its own line once more; a program has curl's words within brackets
    undo = _undoing(kept, sample, exception)
    somebodys = all(each.exits and not is_of_a_program(each.before) for each in found) and not lost
    if somebodys and sum(undo(line) != line for line in lines) == len(found):
        return Wrapping("loose-words", undo)  # nothing else stands behind it: somebody's label, markup or code
    return Wrapping(_prefix_name(sample), undo)


def _quoted(lines: Sequence[str]) -> Wrapping | None:
    """`> HTTP/1.1 401 Unauthorized`: what `-i` prints was quoted, for no request begins so; so was `> curl http://...`."""
    head = next((number for number, line in enumerate(lines) if _QUOTED_HEAD.match(line)), None)
    whole = head is not None and all(line.startswith(">") for line in lines[head:] if line.strip())
    if not whole and not any(map(_QUOTED_COMMAND.match, lines)) and not _quotes_a_program(lines):
        return None
    return _QUOTING


_QUOTING = Wrapping("quoting", lambda text: text[1:].removeprefix(" ") if text.startswith(">") else text)


def _quotes_a_program(lines: Sequence[str]) -> bool:
    """Whether all that is said of curl stands in a quoted message of a program: no header has such a value."""
    quoted = [line for line in lines if line.startswith("> ")]
    return any(map(_QUOTED_PROGRAM.match, quoted)) and not any(map(MARKED.match, lines))


def _found(lines: Sequence[str]) -> list[_Found] | None:
    """Return the lines of curl's; where the stars are lost too, whole sentences must do.

    None where its first two stand at the margin: whatever looks wrapped behind them is what was transferred.
    """
    marks: list[re.Match[str] | None] = []
    at_the_margin = 0
    beginning = True
    bare: list[str] = []
    for line in _without_heads(lines):
        bare.append(line)
        match = MARKED.search(line, 0, 2 * BEFORE)
        marks.append(match)
        if beginning and match and match.start() <= BEFORE:
            beginning = not match.start() and not match["exit"]
            at_the_margin += beginning
            if at_the_margin > 1:
                return None
    lines = bare
    if not any(marks) and bullets(lines):
        return []
    if not any(match and (match["star"] or match[0].endswith(_INFO)) for match in marks):
        marks = [_MARKED_OR_SAID.search(line, 0, 2 * BEFORE) for line in lines]
    return [
        _Found(number, line, _METER_ROW.sub("", line[: match.start()]), bool(match["star"]), bool(match["exit"]))
        for number, (line, match) in enumerate(zip(lines, marks, strict=True))
        if match and match.start() <= BEFORE
    ]


def _without_heads(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, with a blank one for each of a head that `-i` wrote: what its headers hold is the server's.

    The same stands before all of them, if anything does.
    """
    header: re.Pattern[str] | None = None
    for line in lines:
        begun = _HEAD.search(line, 0, BEFORE)
        if begun:
            header = re.compile(_shape(line[: begun.start()]) + _HEADER)
        elif header and not header.match(line):
            header = None
        yield "" if header else line


def _proves_alone(mark: _Found, *, beside: bool) -> bool:
    """Tell whether one line is enough to know what stands before it; in its own data a program only speaks of curl.

    `beside`: another prefix stands before several lines. What is put before this one is then somebody's words or list,
    unless it looks like a program's.
    """
    if beside and (mark.before == LIST_ITEM or (_WORD.search(mark.before) and not is_of_a_program(mark.before))):
        return False
    in_data = mark.exits and ('"' in mark.before or mark.before.endswith("("))
    return not (in_data or in_prose(mark.before)) and _SURE.search(mark.line, 0, 2 * BEFORE) is not None


def _is_before_all(shape: str, lines: Sequence[str], above: Sequence[str]) -> bool:
    """Whether a prefix stands before every line that is not blank, or before all of a paragraph or a block of code.

    Where the first of the lines ends a paragraph, those above it tell.
    """
    expression = re.compile(shape)
    together = list(_paragraph(lines))
    if all(map(expression.match, together if len(together) > 1 else filter(str.strip, lines))):
        return True
    ended = list(_paragraph(reversed(above))) if len(together) == 1 else []
    return bool(ended) and all(map(expression.match, [*ended, *together]))


def _paragraph(lines: Iterable[str]) -> Iterator[str]:
    return takewhile(lambda line: line.strip() and not line.startswith("```"), lines)


def _before_the_first(first: _Found, rest: Sequence[_Found]) -> Wrapping | None:
    """A program's own words stand before curl's first line, on the same line."""
    if not (rest and first.star and first.before.endswith(_LEADS)) or any(each.before for each in rest):
        return None
    name = _prefix_name(first.before)
    return Wrapping(name, lambda text: _parted(first) if text == first.line else text)


def _parted(first: _Found) -> str:
    own = first.line[len(first.before) :]
    return f"{first.before.rstrip()}\n{own}" if first.before.strip() else own


def _undoing(kept: Sequence[str], sample: str, first: _Found | None) -> Callable[[str], str]:
    prefixes = re.compile("|".join(f"(?:{shape})" for shape in kept))
    bare = {sample.rstrip()}
    quoting, quoted = sample == "> ", sample.startswith("> ")

    def undo(text: str) -> str:
        match = prefixes.match(text)
        if match is not None:
            return text[match.end() :]
        if quoting and text.startswith(">>"):  # some mailers put no blank before what was quoted already
            return f"> {text[2:].lstrip()}"
        if quoted and text.startswith("> "):  # the rest of a line that a mailer broke, behind its quoting alone
            return text[2:]
        if first is not None and text == first.line:
            return _parted(first)
        return "" if text in bare else text

    return undo


def _shape(before: str) -> str:
    """Return an expression for a prefix: its numbers may differ, and so may the blanks before them."""
    if before[:1] == "`" and before[1:].strip():  # it opens code that goes on for many lines: only the first has one
        return "`?" + _shape(before[1:])
    body = before.rstrip(" \t")
    pieces: list[str] = []
    for piece in _VARYING.findall(body):
        if piece.isspace():
            pieces.append("[ \\t]{1,40}" if pieces else "[ \\t]{0,40}")
        elif _STREAM.fullmatch(piece):
            pieces.append(f"(?:{_STREAM.pattern})")
        elif any(letter.isdigit() for letter in piece):
            pieces.append("[0-9A-Fa-f]{1,40}")
        elif pieces == ["[0-9A-Fa-f]{1,40}"] and piece in (":", "-"):
            pieces.append("[:-]")  # grep -n -C: a line that matches, and one around it
        else:
            pieces.append(re.escape(piece))
    if pieces and pieces[0] == "[0-9A-Fa-f]{1,40}":
        pieces.insert(0, "[ \\t]{0,40}")  # numbers are often set flush right
    behind = before[len(body) :]
    if (
        len(behind) > _PADDED and body[-1:].isdigit() and behind.isspace()
    ):  # a number is followed by as many as it leaves
        return "".join(pieces) + rf"[ \t]{{{len(behind) - 2},{len(behind) + 2}}}"
    return "".join(pieces) + re.escape(behind)


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
