"""Recognize a sentence of curl's, or the head of an answer, in what somebody wrote: there is nothing else of curl's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from curlx.meter import is_row
from curlx.patterns import Pattern
from curlx.prose import LIST_ITEM, in_prose
from curlx.sentences import LOOSE, NAMED, OF_GIT
from curlx.signs import BEFORE, LAST_WORD, MARKED, OWN, PROOF, TYPED
from curlx.wrappings.coded import told_code
from curlx.wrappings.wrapping import Wrapping

_QUOTES = "\"'`"
_TYPOGRAPHIC = {"“": "”", "‘": "’", "«": "»", "「": "」", "『": "』"}
_TYPEWRITTEN = str.maketrans({"’": "'", "‘": "'"})
"""Forums turn an apostrophe and single quotes into these."""
_FAR = 4_096
"""Characters of a line, of JSON say, in which a sentence of curl's is looked for."""
_PUNCTUATION = (".", "!", ";", ":")
_QUOTED = Pattern(
    LIST_ITEM + r"|\s{0,8}\d{1,2}[.)] {1,4}`{1,3}|.{0,200}?[^\x00-\x7f]\s{0,3}`{1,3}"
    r"|(?:.{0,200}?(?:(?:(?:^|\s)[A-Za-z0-9',.:-]{1,30}){2} |(?:^|\s)\**[^\W\d]{2,20}:\** )|\s*)"
    r"(?:[\"'(\[]|`{1,3})\s{0,8}"
)
"""Before curl's last word within quotes: somebody's sentence, or nothing. Or it is an item of somebody's list."""
# Programs whose sentences are read as they are (grammar/programs.py, grammar/marks.py).
_KNOWN = Pattern(
    r"[^>].{0,200}?\[\d{1,3}\] [A-Z][^(]{1,200}\([^()]{1,400}$|"  # it goes on in the next line
    rf"{OF_GIT}|\s{{0,12}}[eE]rror: failed retrieving file |curl_cffi\.[\w.]{{1,80}}: Failed"
    r"|.{0,400}?(?:cURL error \d{1,3}:|Error \{ description: \"|while (?:downloading|accessing) http"
    r"|curl#\d|error: \(\d{1,3}, |\^ \(\d"
    r"|Curl error \(\d{1,3}\): .{1,1200}?(?: for https?:/| \[)"
    r"|\[\d{1,3}\] (?!ERROR )[A-Z][^(]{1,200}(?:\(.{1,400}\)|; class=)"
    r"|While \w{4,12} .{1,600}: \[\d{1,3}\] [A-Z]|unable to download 'http|Download error \(\d"
    r"|URL ['‘]https?://\S{1,1000}: status was ['‘]"
    r"|pycurl\.error|PYCURL ERROR \d|Failed to perform, ErrCode|\[curl\] \d|CCurlFile::\w"
    r"|curl_easy_perform(?:\(\) (?:failed|returned error): |\w{0,20}\W{1,3}(?:failed\W{1,4})?(?:res|ret|err)"
    r"\w{0,4}\\?=)|.{0,400}?\bcurl_fetch_(?:memory|disk)\(.{0,200}?\) ?: {1,3}\S"
    r"|.{0,400}?\bdownloading 'https?://\S{1,1000}' failed\W{1,4}status_code: \d"
    r"|(?:curl operation failed with|Curl returned) error code \d|HTTP response code \d{3}[\w ]{0,20}, returning E)"
)
_WRITTEN = Pattern(r".{0,1000}?(?:%\{errormsg|\"errormsg\")")
"""`--write-out` tells curl's message: what it prints is read by the command's format (grammar/writing_out.py)."""
_CJK = r"[\u3000-\u9fff\uff00-\uffef]"
_WITHOUT_BLANKS = Pattern(rf".{{0,400}}?{_CJK}(curl: \(\d{{1,3}}\) [A-Za-z][ -~]{{1,400}}?)(?<![: ])\s{{0,4}}{_CJK}.*")
"""In the middle of a sentence of a language that is written without blanks; behind a colon it is curl's own word."""
_SAID = Pattern(rf"(?<!\w)(?:{LAST_WORD}|{LOOSE.pattern})")
_SAID_OF_CURL = Pattern(rf"(?<!\w)(?:{LAST_WORD}|{LOOSE.pattern}|{NAMED.pattern})")
_STARRED = Pattern(OWN + r"\* {1,4}")
_OWN = ("fatal: ", "curl: (", "curl: option ", "(23) ")
_HEAD_BEGUN = Pattern(r"HTTP/[\d.]{1,3} \d{3}")
_METER_HEAD = Pattern(r" {1,4}% Total {1,8}% Received | {20,60}Dload {1,8}Upload ")
"""Above the meter's rows: behind these the answer begins."""
_PAGE = Pattern(r"\s{0,8}<(?:!doctype html|html)", re.IGNORECASE)
"""What somebody saved of a page that explains curl: it is nobody's failure."""
_NAMES_CURL = Pattern(r"curl(?!/\d)", re.IGNORECASE)
"""A user agent (`curl/8.5.0`) does not speak of it."""
_MARKUP = Pattern(r"\s{0,8}<(?:html|head|body|title)\b", re.IGNORECASE)
_STORE = Pattern(r"\s{0,8}CA(?:file|path): ")
"""The second line of a message, which other programs print as well."""
_HEAD = Pattern(r"(?:string\(\d{1,9}\) \")?(?P<head>HTTP/[\d.]{1,3} \d{3}(?: [\w' -]{0,60})?\s*)")
"""PHP's var_dump() puts the type before it."""
_QUOTED_HEAD = Pattern(
    r"(?<=[\w:,] )(?P<quote>[`'\"])(?P<head>HTTP/[\d.]{1,3} \d{3}(?: [A-Z][\w' -]{0,60})?)(?P=quote)"
)
_SHOWS_HEADS = Pattern(r".{0,200}? (?:-[a-zA-Z]{0,8}[iIv]|--include|--head|--verbose|--show-headers)\b")
_TELLS = Pattern(r"(?:[^'\"#]{0,400}?\s[^\x00-\x7f\W]){2}")
"""A command's line goes on in words of another language, not quoted: a sentence begins with it, and nothing ran."""
_ELSEWHERE = Pattern(r".{0,200}? (?:-[a-zA-Z]{0,8}[oO]|--output|--remote-name)\b")
"""A command whose answer goes into a file: what stands below it, curl says."""
_BEHIND = Pattern(
    r" in (?:/|[A-Z]:\\)\S{1,300}(?::\d{1,6}| on line \d{1,6})\b.*| [\[(]https?://[^\s\])]{1,2000}[\])].*"
    r"|, (?:but(?! before getting| certificate ver)|so|and|when|while|which|although|even|because|after|if"
    r"|retrying|giving) .*"
)
"""Where PHP says that an exception was thrown, the address that a program tells, how somebody's sentence goes on."""
_LEADS_IN = Pattern(
    r".*:\s*|(?:[Ii]t |[Aa]nd )?(?:[Rr]eturn(?:s|ed)|[Gg]ives|[Gg]ave|[Yy]ields|[Oo]utput|[Rr]esult|[Rr]esponse)\s*"
)
"""The prose right above a head."""
_FAILED = Pattern(r"HTTP/[\d.]{1,3} [45]")
_HEADER = Pattern(r"[ \t]{0,8}[\w-]{1,60}: ?")


def loose_head(lines: Sequence[str]) -> Wrapping | None:
    """The head of an answer, as `-i` prints it, in the middle of somebody's prose, and nothing else of curl's."""
    if any(MARKED.search(line, 0, BEFORE) or PROOF.match(line) for line in lines):
        return None
    written = [line for line in lines if line.strip() and not (_METER_HEAD.match(line) or is_row(line))]
    if not written or _HEAD.fullmatch(written[0]):
        return None
    quoted = _quoted_head(lines)
    if quoted is not None:
        return quoted
    if any(map(TYPED.match, lines)):
        # Right below a command with `-i` it is read as it is; `returns:` before it is somebody's prose.
        shows = any(map(_SHOWS_HEADS.match, lines))
        found = any(
            _HEAD.fullmatch(two) and (_LEADS_IN.fullmatch(one) or _names_status(one, two))
            for one, two in pairwise(written if shows else lines)
        )
    else:
        found = any(
            _HEAD.fullmatch(one) and (_HEADER.match(two) or (_FAILED.match(one) and not two.strip()))
            for one, two in pairwise(lines)
        )
    if not found:
        return None
    return Wrapping("loose-words", _Head().mark)


def _names_status(prose: str, head: str) -> bool:
    """Whether somebody tells the status in the sentence above it: `I get a 403 error`."""
    return head.split()[1] in prose.split() and not _HEADER.match(prose)


def _quoted_head(lines: Sequence[str]) -> Wrapping | None:
    """One head of a failure, which somebody's sentence quotes: it is put on a line of its own where it comes first."""
    quoted = [(line, match["head"]) for line in lines for match in _QUOTED_HEAD.finditer(line)]
    first, head = quoted[0] if quoted else ("", "")
    if {each for _, each in quoted} != {head} or not _FAILED.match(head) or any(map(_HEAD_BEGUN.match, lines)):
        return None
    return Wrapping("loose-words", lambda text: f"< {head}\n< " if text == first else text)


class _Head:
    """Gives the lines of a head their mark, up to the blank one behind it."""

    def __init__(self) -> None:
        self.open = False

    def mark(self, text: str) -> str:
        head = _HEAD.fullmatch(text)
        if head is not None:
            text, self.open = head["head"], True
        elif self.open and not _HEADER.match(text):
            self.open = False
            return f"< {text}" if not text.strip() else text
        return f"< {text.lstrip()}" if self.open else text


def loose_words(lines: Sequence[str]) -> Wrapping | None:
    """A sentence of curl's in somebody's prose, or in another program's message, and nothing else of curl's.

    Below a typed command it would be the answer's text that speaks.
    """
    if any(map(_speaks, lines)) or any(map(_WRITTEN.match, lines)):
        return None
    first = next((line for line in lines if line.strip()), "")
    if _PAGE.match(first) or any(map(_HEAD_BEGUN.match, lines)):
        return None
    if any(PROOF.match(line) and not (LOOSE.search(line, 0, 2 * BEFORE) or _STORE.match(line)) for line in lines):
        return None
    if any(map(_KNOWN.match, lines)):
        return None
    undo = _Undo(lines).undo
    return Wrapping("loose-words", undo) if any(undo(line) != line for line in lines) else None


class _Undo:
    """What is picked out of the lines of one log."""

    def __init__(self, lines: Sequence[str]) -> None:
        typed = [line for line in lines if TYPED.match(line) and not _TELLS.match(line)]
        self.quoted = bool(typed) and not all(map(_ELSEWHERE.match, typed))
        """A command is typed: what stands below may be the text of its answer."""
        self.near = frozenset(_near_curl(lines))
        self.alone = frozenset(_alone(_SAID_OF_CURL, lines)) if self.quoted else frozenset[str]()
        self.page = any(map(_MARKUP.match, lines))
        self.leads = frozenset(
            one for one, two in pairwise(lines) if one.rstrip().endswith(":") and _SAID.search(two, 0, BEFORE)
        )
        """A code alone whose sentence stands in the next line: it says more."""

    def undo(self, text: str) -> str:
        foreign = _WITHOUT_BLANKS.fullmatch(text)
        if foreign is not None:
            return foreign[1]
        said = _SAID_OF_CURL if text in self.near else _SAID
        if self.quoted and text not in self.alone:
            return _quoted_out(said, text)
        return _picked_out(said, text, coded=not self.page and text not in self.leads)


def _near_curl(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines that name curl, or stand near one that does."""
    written = [line for line in lines if line.strip()]
    names = [bool(_NAMES_CURL.search(line)) for line in written]
    for place, line in enumerate(written):
        if any(names[max(place - 2, 0) : place + 3]):
            yield line


def _alone(said: Pattern, lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines that are all of a paragraph, behind one that is no command: somebody quotes what curl said."""
    before, ended = "", True
    for line, following in pairwise((*lines, "")):
        if not line.strip():
            ended = True
            continue
        if ended and before and not following.strip() and not TYPED.match(before) and said.match(line.strip()):
            yield line
        before, ended = line, False


def _speaks(line: str) -> bool:
    """Whether curl itself speaks in a line, or somebody speaks of it: its last word may stand within quotes."""
    match = MARKED.search(line, 0, BEFORE)
    if match is None or not match["exit"]:
        return match is not None and not _is_quoted(line, match.start(), match.end())
    return not (_QUOTED.fullmatch(line[: match.start()]) or _WITHOUT_BLANKS.fullmatch(line))


def _is_quoted(line: str, start: int, end: int) -> bool:
    """Whether somebody quotes a line of curl's within a sentence: as code, or in brackets, as no log has it."""
    before = line[:start]
    if before.rstrip().endswith(" ("):
        return line.rstrip(" .,;:!?").endswith(")")
    return before.endswith("`") and "`" in line[end:] and in_prose(before)


def _picked_out(expression: Pattern, text: str, *, coded: bool = True) -> str:
    text = text.translate(_TYPEWRITTEN).replace("\\'", "'")  # within a program's quotes
    match = expression.search(text, 0, _FAR)
    told = told_code(text[: match.start() if match is not None else 2 * BEFORE])
    if match is None:
        return f"curl: ({told[0]}) {told[1]}" if told is not None and coded else text
    before, said = text[: match.start()], text[match.start() :]
    if _STARRED.fullmatch(before):
        return text  # it stands as curl printed it
    quote = _open_quote(before)
    if quote or before.rstrip("* ").endswith("("):
        said = said[: _end(said, quote or ")")]
    said = _BEHIND.sub("", said.partition("\\n")[0]).rstrip(" `")
    said = said.rstrip(".!") if said.endswith(("..", "!")) else said
    if said.startswith(_OWN):
        return said
    return f"* {said}" if told is None else f"curl: ({told[0]}) {said}"


def _quoted_out(expression: Pattern, text: str) -> str:
    """Only what somebody quotes within a sentence: what stands alone may be what the command printed of the answer."""
    match = expression.search(text, 0, 2 * BEFORE)
    quote = _open_quote(text[: match.start()]) if match is not None else ""
    if match is None or not quote or TYPED.match(text):
        return text
    said, closing, behind = text[match.start() :].partition(quote)
    before = text[: match.start()]
    ended = before == quote and behind.strip() in _PUNCTUATION  # as no data is
    around = before.strip(_QUOTES + " ") and (behind.strip(_QUOTES + " .,;:!?") or _QUOTED.fullmatch(before))
    return _picked_out(expression, f"{quote}{said}{quote}") if closing and (around or ended) else text


def _end(text: str, closer: str) -> int:
    """Return where a quote or a bracket closes that stands open before a text; others may stand within."""
    opener = "(" if closer == ")" else closer
    depth = 1
    for place, letter in enumerate(text):
        if letter == "'" and text[place - 1 : place].isalpha() and text[place + 1 : place + 2].isalpha():
            continue  # `Couldn't`
        opens = letter == opener and (opener != closer or text[place - 1 : place] == " ")
        depth += opens or -(letter == closer)
        if not depth:
            return place
    return len(text)


def _open_quote(before: str) -> str:
    """Return what closes the quotation that stands open behind a text; nothing where none does."""
    for opener, closer in _TYPOGRAPHIC.items():
        if before.rfind(opener) > before.rfind(closer):
            return closer
    quote = next((mark for mark in reversed(before) if mark in _QUOTES), "")
    return quote if before.count(quote) % 2 else ""
