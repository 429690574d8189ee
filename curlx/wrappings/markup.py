"""Recognize what pages, tickets and those who write them do to a log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from curlx.patterns import Pattern
from curlx.signs import BEFORE, FIELD, MARKED, is_marked, may_be_curl
from curlx.wrappings.wrapping import Wrapping, mostly

_ENTITIES = Pattern(r"&(?:lt|gt|amp|quot|nbsp|apos|#\d{1,4}|#x[0-9A-Fa-f]{1,4});")
_QUOTE = Pattern(r"&(?:amp;)?(?:quot|#39|#34|#x27);")
_BREAK = Pattern(r"<br ?/?>\s{0,9}$", re.IGNORECASE)
_BOLD = Pattern(r"\*\*([^\s*][^*]{0,4000})\*\*")
_LINK = Pattern(
    r"\[(?P<shown>[\w.:/-]{1,200})\]\((?:https?://)?(?P=shown)/?\)"
    r"|<(?:https?://)?(?P<slack>[\w.:/-]{1,200})/?\|(?P=slack)>"
)
_FENCE = Pattern(
    r"\s{0,9}(?:```|~~~)[\w+-]{0,20}\s*|\s{0,9}(?:\{(?:noformat|code)(?::\w{1,20})?\}|\[/?code\]|</?pre>)\s*"
)


_OPENING = re.compile(
    r"\s{0,9}(?:```|~~~|\{(?:noformat|code)\}|\[code\]|<!\[CDATA\[|<[\w-]{1,40}><!\[CDATA\[|<pre[^>]{0,80}>(?:<code[^>]{0,80}>)?|<code>)"
)
_CLOSING = re.compile(r"(?:```|~~~|\{(?:noformat|code)\}|\[/code\]|</code></pre>|</pre>|</code>)\s{0,9}$")
_STARTS = ("&gt;", "&lt;", "*&nbsp;", "&amp;gt;", "&amp;lt;", "&#60;", "&#62;", "&#x3")
_FRAMES = re.compile(
    r"(?P<edge>(?:\s{0,200}[|│┃║]|\*\*|(?:</[a-z]{1,10}>){1,4}|\"(?:,|;)?|'[,;]|\^M|\^\[\[[\d;]{0,9}[mK]){1,3})\s{0,9}$"
)


_FRAME_ENDS = frozenset('|│┃║*>",;MmK$')
"""What `_FRAMES` can end in."""

_CARETS = re.compile(r"\^\[\[[\d;]{0,12}[mKJH]|\^M$|#0(?:15|33\[[\d;]{0,12}[mK])|^\[(?:\d{1,3};)?\d{1,2}m|\[0?m$")
"""Control characters as `cat -v` and rsyslog show them, and colours whose escape character was lost."""
_BACKSLASH = re.compile(r"\\([*<>_#\[\]{}()`~+|\\-])")


def carets(lines: Sequence[str]) -> Wrapping | None:
    """`^M`, `#015`, `^[[32m`, `[0m`: control characters were made visible."""
    for line in lines:
        bare = _without_carets(line)
        if bare != line and MARKED.search(bare, 0, BEFORE):
            return Wrapping("carets", _without_carets)
    return None


def _without_carets(text: str) -> str:
    return _CARETS.sub("", text) if "^" in text or "#0" in text or "m" in text[-1:] or text[:1] == "[" else text


def backslashes(lines: Sequence[str]) -> Wrapping | None:
    r"""`\> GET / HTTP/1.1`, `\* Trying`: an editor kept Markdown from seeing marks in curl's."""
    if _escapes_heads("\\<", lines, without_backslashes):
        return Wrapping("backslashes", lambda text: without_backslashes(text) if text[:2] == "\\<" else text)
    for line in lines:
        if line[:1] in "*<>" and MARKED.match(line):
            return None  # curl's first line is not escaped
        if line.startswith(("\\*", "\\>", "\\<")) and MARKED.match(without_backslashes(line)):
            return Wrapping("backslashes", without_backslashes)
    return None


def without_backslashes(text: str) -> str:
    """Return a line without the backslashes that keep Markdown from seeing marks."""
    return _BACKSLASH.sub(r"\1", text) if "\\" in text else text


def _escapes_heads(start: str, lines: Sequence[str], undo: Callable[[str], str]) -> bool:
    """Whether of curl's marks only the one that begins a tag was escaped: no head of an answer stands bare."""
    heads = [line for line in lines if line.startswith(("< ", f"{start} ")) and MARKED.match(undo(line))]
    return bool(heads) and not any(line.startswith("< ") for line in heads)


def html_escapes(lines: Sequence[str]) -> Wrapping | None:
    """`&gt; GET / HTTP/1.1`, `*&nbsp;Trying`: escaped throughout when a line of curl's is and none stands bare."""
    if _escapes_heads("&lt;", lines, _unescaped):
        return Wrapping("html", _unescaped)
    if any(line[:2] in ("> ", "< ") and MARKED.match(line) for line in lines):
        return None
    heads = [line[:BEFORE] for line in lines]
    if any(
        (match := MARKED.search(_unescaped(head))) and (head.lstrip().startswith(_STARTS) or not match["star"])
        for head in heads
        if any(start in head for start in _STARTS)
    ):
        return Wrapping("html", _unescaped)
    # curl itself never writes a quote like that.
    if any(line.startswith("* ") and _QUOTE.search(line) and is_marked(line) for line in lines):
        return Wrapping("html", _unescaped)
    return None


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape  # slow to load, and few logs come from a page

    # Some pages escape twice.
    once = (
        text.replace("&amp;lt;", "&lt;")
        .replace("&amp;gt;", "&gt;")
        .replace("&amp;quot;", "&quot;")
        .replace("&amp;#", "&#")
    )
    return _ENTITIES.sub(lambda entity: _printable(entity[0], unescape(entity[0])), once)


def _printable(entity: str, letter: str) -> str:
    """Return a letter, and a line end as it was written: that of a log is none that somebody escaped."""
    return entity if letter in "\r\n" else letter.replace("\xa0", " ")


def links(lines: Sequence[str]) -> Wrapping | None:
    """`* Connected to [a.example](http://a.example/) (...)`, `<http://a.example|a.example>`: an editor made links."""
    if any(line[:2] in ("* ", "> ", "< ") and _LINK.search(line) for line in lines):
        return Wrapping("links", _without_links)
    return None


def _without_links(text: str) -> str:
    return _LINK.sub(lambda link: link["shown"] or link["slack"], text) if text[:2] in ("* ", "> ", "< ") else text


def line_breaks(lines: Sequence[str]) -> Wrapping | None:
    """`* Trying ...<br>`: the source of a page."""
    if any(map(_breaks, lines)) and mostly([line for line in lines if may_be_curl(line)], _breaks):
        return Wrapping("line-breaks", lambda text: _BREAK.sub("", text) if _breaks(text) else text)
    return None


def _breaks(text: str) -> bool:
    return text.rstrip().endswith(">") and _BREAK.search(text) is not None


def quoted_printable(lines: Sequence[str]) -> Wrapping | None:
    """`>=20`, `CN=3Dexample.com`: the source of a mail (RFC 2045, 6.7)."""
    if any(map(_QUOTED_BLANK.match, lines)) or sum(map(bool, map(_QUOTED_SIGN.match, lines))) >= 2:
        return Wrapping("quoted-printable", lambda text: _OCTET.sub(_decoded, text))
    return None


def _decoded(octet: re.Match[str]) -> str:
    return chr(int(octet[1] or "20", 16))


_QUOTED_BLANK = Pattern(r"(?:> ?){0,9}[<>]=20$")
_QUOTED_SIGN = Pattern(r"(?:> ?){0,9}\*(?: |=(?:C2=)?A0){1,40}(?:subject|issuer): .{0,200}=3D")
_OCTET = Pattern(r"=([2-7][0-9A-F])|=(?:C2=)?A0")
"""The last is a blank at which no line is broken, of UTF-8 or Latin-1."""


def stuffing(lines: Sequence[str]) -> Wrapping | None:
    """` > GET / HTTP/1.1`: a mailer put a blank before each line that looks quoted (RFC 3676, 4.4)."""
    if any(line.startswith("* ") for line in lines) and any(map(_STUFFED.match, lines)):
        return Wrapping("stuffing", lambda text: text[1:] if text.startswith(" >") else text)
    return None


_STUFFED = Pattern(r" > [A-Z]{3,10} \S{1,2000} HTTP/[\d.]{1,3}")


def pointers(lines: Sequence[str]) -> Wrapping | None:
    """`--> * SSL certificate problem ...`, `* Closing connection 0   <---- here`: somebody pointed at a line."""
    pointed = sum(_unpointed(line) != line for line in lines)
    found = 0 < pointed <= _FEW and any(MARKED.match(_unpointed(line)) for line in lines)
    return Wrapping("pointers", _unpointed) if found else None


_FEW = 20
"""Lines that somebody points at: more of them are something else."""


_POINTED_AT = Pattern(r"[ \t]{0,8}(?:[-=]{1,9}>|>{2,9})[ \t]{1,9}(?=\* {1,5}[a-zA-Z]|[<>] [A-Za-z]|curl: \()")
_POINTS_BACK = Pattern(
    r"[ \t]{1,40}(?:<-{1,40}|<={2,40}|<{2,9}|←)(?:[ \t].{0,80})?$|[ \t]{2,40}# .{0,80}$"
    r"|(?<=\))[ \t]{1,40}-{1,9}> .{0,80}$"  # behind the size of a trace's block
)


def _unpointed(text: str) -> str:
    pointed = _POINTED_AT.match(text)
    bare = text[pointed.end() :] if pointed else text
    back = _POINTS_BACK.search(bare) if any(mark in bare[1:] for mark in ("<", "←", "  # ", ") -")) else None
    if back is None or not bare.startswith(("* ", "< HTTP/", "curl: (", "=> Send ", "<= Recv ")):
        return bare
    return bare[: back.start()]


def backticks(lines: Sequence[str]) -> Wrapping | None:
    """Each line in backticks, as somebody writes who formats a log line by line; or in the quotes of a wiki's bold.

    It may be an item of a list, too.
    """
    begins = any(line.lstrip(" \t-")[:1] in _LINE_QUOTES for line in lines)
    if begins and mostly(lines, lambda line: _unquoted(line) != line):
        return Wrapping("backticks", _unquoted)
    return None


_LINE_QUOTES = ("`", "'")
_LINE_QUOTED = re.compile(r"\s*(?:- )?(?P<quote>`|'{3})(?P<line>.*)(?P=quote)\s*")


def _unquoted(text: str) -> str:
    match = _LINE_QUOTED.fullmatch(text)
    return match["line"] if match and match["line"].strip("`' ") else text


def frames(lines: Sequence[str]) -> Wrapping | None:
    """The same behind every line: the right side of a box or a table (`|`), `**`, `</p>`, a quote, `^M`."""
    others, allowed = 0, len(lines) // 5
    for line in lines:
        if (bare := line.rstrip()) and bare[-1] not in _FRAME_ENDS:
            others += 1
            if others > allowed:
                return None  # nearly all logs, and what follows takes long
    lasts = Counter(bare[-1] for line in lines if (bare := line.rstrip()))
    least = max(3.0, 0.8 * lasts.total())
    if not lasts or lasts.most_common(1)[0][1] < least:
        return None
    if lasts.most_common(1)[0][0] == "$":  # cat -A: what stands before it is another matter
        return Wrapping("frames", lambda text: text[:-1] if text.endswith("$") else text)
    edges = Counter(match["edge"].strip() for line in lines if (match := _FRAMES.search(line[-240:])))
    edge, count = edges.most_common(1)[0] if edges else ("", 0)
    if count < least:
        return None
    return Wrapping(
        "frames", lambda text: bare[: -len(edge)].rstrip() if (bare := text.rstrip()).endswith(edge) else text
    )


def padding(lines: Sequence[str]) -> Wrapping | None:
    """Blanks up to the right edge: most lines are equally long and end in a blank; or in the tabs of a table."""
    if mostly(lines, lambda line: line.endswith("\t\t"), 0.5):
        return Wrapping("padding", str.rstrip)
    lengths = Counter(map(len, filter(None, lines)))
    width, count = lengths.most_common(1)[0] if lengths else (0, 0)
    if width >= 40 and count >= 4 and count >= 0.8 * lengths.total():
        padded = sum(1 for line in lines if len(line) == width and line.endswith("  "))
        if padded >= 0.5 * count:
            return Wrapping("padding", str.rstrip)
    return None


def bold(lines: Sequence[str]) -> Wrapping | None:
    """`< HTTP/1.1 **403 Forbidden**`, `**curl: (35) ...**`: somebody wanted a line to be seen."""
    if any("**" in line and _without_bold(line) != line for line in lines):
        return Wrapping("bold", _without_bold)
    return None


def _emphasized(line: str, bold: re.Match[str]) -> bool:
    whole = bold[0] == line.strip()
    return bold[1].startswith("curl: (") if whole else is_marked(line) and not line.startswith("**")


def _all_bold(text: str) -> str | None:
    """Return a line of curl's that is emphasized from end to end: `**< HTTP/2 400**`, `*** Closing connection 0**`."""
    bare = text.strip()
    inner = bare[2:-2].strip() if len(bare) > 8 and bare.startswith("**") and bare.endswith("**") else ""
    return inner if inner.startswith("* ") or MARKED.match(inner) or FIELD.match(inner.lstrip("* ")) else None


def _without_bold(text: str) -> str:
    if "**" not in text:
        return text
    match = _BOLD.search(text)
    return _BOLD.sub(r"\1", text) if match and _emphasized(text, match) else _all_bold(text) or text


def fences(lines: Sequence[str]) -> Wrapping | None:
    """The fence of a code block, when it stands before the first line of curl's, or in it."""
    for line in lines:
        if _FENCE.fullmatch(line) or _opened(line) != line:
            return Wrapping("fences", lambda text: "" if _FENCE.fullmatch(text) else _CLOSING.sub("", _opened(text)))
        if MARKED.match(line):
            break
    return None


def _opened(text: str) -> str:
    """Return the line without an opening fence that stands right before curl's words."""
    match = _OPENING.match(text)
    return text[match.end() :] if match and (is_marked(text[match.end() :])) else text
