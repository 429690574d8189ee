"""Which mark a line begins with, and what the line claims to be if the mark is curl's (`src/tool_cb_dbg.c`).

Looks at one line alone. Whether the claim is believed depends on the lines before it, and is for the reader to say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from curlx import events
from curlx.events import Direction, Event
from curlx.grammar import understand
from curlx.grammar.commands import read_command
from curlx.grammar.message import LONGEST
from curlx.grammar.pages import page_marks, page_sentence
from curlx.grammar.programs import read_announced, read_program
from curlx.grammar.relaying import read_relayed
from curlx.grammar.tracing import Heading, read_heading
from curlx.grammar.transferring import is_meter
from curlx.grammar.within import TYPOGRAPHY, complaint_of, complaint_within
from curlx.grammar.writing_out import read_json
from curlx.patterns import Pattern
from curlx.prose import goes_on

Mark: TypeAlias = Literal["*", "==", ">", "<", "{", "=>", "$", ""]
"""`*` and `==` are curl's talk, `{` is `}` too, `=>` is `<=` too, `$` needs no mark (a command, an exit code)."""

_PREFIX = Pattern(r"(?:(?P<time>\d\d:\d\d:\d\d\.\d{6}) )?(?:\[(?P<transfer>\d{1,9}|x)-(?P<connection>\d{1,9}|x)\] )?")
_IDS = Pattern(r"\[\d{1,9}-(?:\d{1,9}|x)\] ")
_MOVED = Pattern(r"[{}] \[(\d{1,15}) bytes data\]\s{0,4}")
_REQUEST = Pattern(r"([A-Za-z][\w!#$%&'*+.^`|~-]{0,40}) (\S.*) (?:HTTP|RTSP)/(\d(?:\.\d)?)\s{0,4}")
_STATUS = Pattern(r"(HTTP|RTSP)/(\d(?:\.\d)?) {1,4}\**(\d{3})\**(?: (.*))?")
_HEADER = Pattern(r"([^\s:\"'(){}<>]{1,200}):[ \t]*(.*)")
# With this warning curl ends, often without another word (exit code 2; `SetHTTPrequest`, src/tool_helpers.c).
_EXCLUSIVE = "Warning: You can only select one HTTP request"
_NEXT_LINE = Pattern(r"\\n(?:More details here|curl |\\n|[\"']|$).*")
"""What follows in a string of JSON that was not decoded; in a file name of Windows `\\n` ends no line."""
_EXPLAINED = Pattern(r"\s{1,9}More details here: https?://.*")
"""The tool goes on so, on the next line, which people join to the one before."""
_EXIT = Pattern(r"(?:\**|\* )(?:curl: )?\((\d{1,3})\) ?(.*)")
_TOLD = Pattern(
    r"[^\"'#|]{1,400}?\s(?:->|→|=>|[^\x00-\x7f]{1,8}):?\s{1,4}"
    r"(curl: \(\d{1,3}\) [A-Z][^#\"']{0,2000})(?:#.*)?"
)
_ILLEGITIMATE = "curl failed to verify the legitimacy of the server"
"""curl explains its exit code 60 so (src/tool_operate.c); people leave out the line before."""
_RAISED = Pattern(  # behind the traceback of the program that had libcurl do it
    r"pycurl\.error: \((?P<code>\d{1,3}), (?P<quote>['\"])(?P<text>.*)(?P=quote)\)"
    r"|curl_cffi\.[\w.]{1,80}: Failed to perform, curl: \((?P<cffi>\d{1,3})\) (?P<said>.*?)\.?"
    r" See https://curl\.se/libcurl/c/libcurl-errors\.html first for more details\."
)
_RETRIES = Pattern(r"(?:Will retry|\. Retrying) in \d", re.IGNORECASE)
"""src/tool_operate.c; since 8.22 `Problem (timeout). Retrying in 1 second.`"""
_WARNINGS = Pattern(  # src/tool_*.c; or they name an option
    r"(?:Warning|Note): (?:Problem|Transient problem|Failed (?:to (?:open|create|read|truncate|extract)|creating) "
    r"|Binary output|Refusing to overwrite |Setting custom |Couldn't |You (?:can only|must) |A specified range "
    r"|Invalid character is found in given range|Illegal|Remote file name |The (?:file name argument|Retry-After) "
    r"|Transfer took |Unnecessary use of -X|.{0,200}?(?<!\S)--[a-z])"
)
_VERSION = Pattern(r"curl (\d{1,2}\.\d{1,3}\S{0,30}) \([^)]{0,200}\)(?: libcurl/\S{1,40})?(.*)")
_LIBRARY = Pattern(  # a build with several libraries puts those that are not in use into parentheses
    r"(?<![(\w])(?:OpenSSL|BoringSSL|LibreSSL|quictls|AWS-LC|GnuTLS|NSS|wolfSSL|mbedTLS|Schannel|SecureTransport|BearSSL"
    r"|rustls-ffi|rustls)\b(?:/[\w.+-]{1,40})?"
)
_ELIDED = Pattern(
    r"\s{0,8}(?:\* )?(?:\.{3,10}|…|(?:\. ){2,5}\.?|[\[(<{]\s?(?:\.{3}|…)[^\])>}]{0,80}[\])>}]"
    r"|[-=\[(<{* .…]{0,6}(?:(?:\d{1,6} lines |output |log )?"
    r"(?:snip(?:ped)?|truncated|omitted|cut|8<|>8|✂)|\d{1,6} (?:more )?lines)"
    r"[-=\])>}* .…]{0,6}"
    r"|[\[(<{][\w ,'-]{0,40}\b(?:snip(?:ped)?|cut|removed|omitted|deleted|skip(?:p(?:ed|ing))?|trimmed|left out)\b"
    r"[\w ,'-]{0,40}[\])>}]|(?:\.{3}|…)[^.…]{1,40}(?:\.{3}|…)|[(（\[]?(?:中略|以下省略|省略|略)[)）\]]?)\s{0,8}",
    re.I,
)
# What PowerShell prints of its own command that goes by the name of curl; what curl.exe writes to the error output it
# prints behind the same words, and then curl's own follow.
_ALIAS = Pattern(
    r"(?:curl |(?:iwr|Invoke-(?:WebRequest|RestMethod)) ?): "
    r"(?![*<>{}=%#(\[\s]|\d\d:|curl|Note: |Warning: |option |try )\w"
    r"|StatusCode {8}: \d{3}$|VERBOSE: \S{2,20} \S{1,2000} with -?\d{1,12}-byte payload"
)
_PROMPTS = Pattern(r"Enter (?:PEM pass ?phrase|host password|proxy password|passphrase).{0,200}")
_SHELL = Pattern(r"\[?[\w.+-]{1,40}@[\w.-]{1,60}[: ][^\s#$%]{0,80}\]? ?[#$%] ")
_WAITING = ("$ ", "# ", "% ")
"""A shell waits for the next command: nothing of what curl printed."""


class Claim(msgspec.Struct, frozen=True, gc=False):
    """What a line says of itself."""

    mark: Mark
    event: Event
    time: str | None = None
    transfer: str | None = None
    connection: str | None = None
    heading: Heading | None = None
    """Of a block of a trace."""
    stamped: int = 0
    """What stands before the mark: 1 for a time, 2 for ids, 3 for both; a run has the same on all of its lines."""
    alone: bool = True
    """Nothing in the line looks like another line of curl's."""
    plain: bool = False
    """It is alone, begins no block, and changes nothing in how the next lines are read: so are most lines."""


def claim(text: str) -> Claim:
    """Return what a line claims to be."""
    return _remembered(text) if len(text) < 400 else _claim(text)


def as_text(text: str) -> events.Text:
    """Return a line that is not curl's."""
    return events.Text(text, page_marks(text), page_sentence(text))


def _claim(text: str) -> Claim:
    first = text[:1]
    if first not in _FIRST:
        return Claim("", unmarked(text))
    time = transfer = connection = None
    rest = text
    if first in _STAMPS:
        prefix = _PREFIX.match(text)
        if prefix is not None and prefix.end():
            time, transfer, connection = prefix.groups()
            rest = text[prefix.end() :]
    mark, event, heading = _marked(rest)
    if not mark:
        return Claim("", unmarked(text))
    stamped = (1 if time is not None else 0) + (2 if transfer is not None else 0)
    # What of curl's can stand behind a body's last line that has no end.
    alone = text.find("* ", 1) < 0 and text.find("<= Recv ", 1) < 0 and text.find("  % Total  ", 1) < 0
    whole = len(rest) > 1  # behind the meter a console breaks a line off behind its mark
    plain = alone and whole and heading is None and type(event) in _STATELESS
    return Claim(mark, event, time, transfer, connection, heading, stamped, alone, plain)


_STATELESS = frozenset({
    events.HandshakeMessage, events.ClientHello, events.TlsRecord, events.DataMoved, events.Header, events.HeadersEnd,
    events.CertificateField, events.CertificateVerified, events.CertificateNameChecked, events.AlpnOffered,
    events.AlpnChosen, events.PseudoHeader, events.AddressesFound, events.StreamOpened,
    events.HttpChosen, events.RequestSent, events.AnswerBegun, events.BodyIgnored,
})  # fmt: skip
"""What changes nothing in how the next lines are read."""

_remembered = lru_cache(maxsize=16_384)(_claim)

_STAMPS = frozenset("0123456789[")
_FIRST = _STAMPS | frozenset("*=><{}")
_NONE: tuple[Mark, Event, Heading | None] = ("", events.Unrecognized(""), None)


def _marked(rest: str) -> tuple[Mark, Event, Heading | None]:
    first, second = rest[:1], rest[1:2]
    if first == "*":
        if rest.startswith("* curl: ("):
            return _NONE  # somebody put a star before curl's last word as well
        if (second in " \t") and len(rest) < LONGEST:
            return "*", info(rest[2:]), None
    elif first == "=":
        if rest.startswith("== Info: ") and len(rest) < LONGEST:
            return "==", info(rest[9:]), None
        return _block(rest)
    elif first == ">":
        if second in " ":
            return ">", read_header_line(rest[2:], "out"), None
    elif first == "<":
        if second in " ":
            event = read_header_line(rest[2:], "in")
            if type(event) is events.ReceivedText and len(rest) < LONGEST:
                # What was received had no line end (bytes of HTTP/2 read as HTTP/0.9): curl then prints no `* ` either.
                talk = understand(event.text)
                if type(talk) is events.ConnectionClosed:
                    return "*", talk, None
            return "<", event, None
        if second == "=":
            return _block(rest)
    elif first in "{}":
        direction: Direction = "in" if first == "{" else "out"
        if moved := _MOVED.fullmatch(rest):
            return "{", events.DataMoved(direction, int(moved[1])), None
        if rest[1:] == " [data not shown]":  # before 7.40 or so: no size
            return "{", events.Chatter("data"), None
    return _NONE


def _block(rest: str) -> tuple[Mark, Event, Heading | None]:
    heading = read_heading(rest)
    if heading is None:
        return _NONE
    event: Event = events.Chatter("tracing")
    if heading.content != "header":
        event = events.DataMoved(heading.direction, heading.size, body=heading.content == "data")
    return "=>", event, heading


def info(text: str) -> Event:
    """Return what curl's talk says; `text` is without the mark."""
    if text[:1] == "[" and (ids := _IDS.match(text)):  # 8.12 to 8.16 print the numbers twice
        text = text[ids.end() :]
    event = understand(text)
    if type(event) is events.Unrecognized:
        bare = text.strip()
        if not bare:
            return events.Chatter("blank")
        if _ELIDED.fullmatch(bare):
            return events.Elided()
        plain = bare.translate(TYPOGRAPHY)
        if plain != bare:
            event = understand(plain)
            if type(event) is not events.Unrecognized:
                return event
        if bare != text:  # blanks are the first that a paste loses, or wins
            event = understand(bare)
            if type(event) is events.Unrecognized:
                event = understand(f" {bare}")
        if type(event) is events.Unrecognized:
            event = complaint_within(bare) or event
    return event if type(event) is not events.Unrecognized else events.Unrecognized(text)


def read_header_line(text: str, direction: Direction) -> Event:
    """Return what a line of a request or a response says; `text` is without the mark."""
    if text[:1] == "[" and (ids := _IDS.match(text)):
        text = text[ids.end() :]
    if not text or text.isspace():
        return events.HeadersEnd(direction)
    if direction == "out":
        if request := _REQUEST.fullmatch(text):
            return events.RequestLine(request[1], request[2], request[3])
    elif status := _STATUS.fullmatch(text):
        return events.StatusLine(status[2], int(status[3]), (status[4] or "").strip(" *"), status[1] == "RTSP")
    if header := _HEADER.fullmatch(text):
        return events.Header(direction, header[1], header[2].strip())
    return events.SentText(text) if direction == "out" else events.ReceivedText(text)


def unmarked(text: str) -> Event:
    """Return what a line without a mark says; `Text` when it is not curl's at all."""
    if text[:1] in "`#" and (bare := text.lstrip("`# ")).startswith(("curl: (", "curl: option ")):
        heading = _of_the_tool(bare.rstrip("`"))  # somebody set it as code, or as a heading
        if type(heading) is events.Exit:
            heading = msgspec.structs.replace(heading, mentioned=heading.mentioned or text[0] == "#")
        return heading or as_text(text)
    first = text[:1]
    if first in "cpCWNE.[(<-=… *" and text:
        if text[:4] in ("curl", "pycu", "(23)") or first == "*":  # some shells write over curl's name
            event = _of_the_tool(text)
            if event is not None:
                return event
        if text.startswith(_EXCLUSIVE):
            return events.Complaint("option", text.removeprefix("Warning: "))
        if text.startswith(("Warning: ", "Note: ")):
            retries, curls = _RETRIES.search(text) is not None, _WARNINGS.match(text) is not None
            return read_program(text) or events.Warned(text, retries, foreign=not (retries or curls))
        if len(text) < 120 and (_ELIDED.fullmatch(text) or _PROMPTS.fullmatch(text)):
            if first != "E":
                return events.Elided()
            return events.PassphraseAsked() if text.startswith("Enter PEM pass") else events.Chatter("prompt")
    if text[-2:] in _WAITING and len(text) < 200 and _SHELL.fullmatch(text):
        return events.Chatter("prompt")
    if first in " 0123456789%#-D*" and text and is_meter(text):
        return events.Meter()
    if first in "ciISV" and first and _ALIAS.match(text):
        return events.Text(text, (events.PageMark("powershell"),))
    if "curl" in text:
        command = read_command(text)
        told = _TOLD.fullmatch(text) if command is not None else None
        if told is not None:  # a note of somebody's: `curl --proxy ... -> curl: (56) ...`
            return _of_the_tool(told[1].strip()) or as_text(text)
        if command is not None:
            return command
    written = read_json(text) if first == "{" and '"errormsg":' in text else None
    return written or read_program(text) or read_relayed(text) or read_announced(text) or as_text(text)


def _of_the_tool(text: str) -> Event | None:
    if text.startswith(_ILLEGITIMATE):
        return events.Exit(60, "")
    program: events.Program = ""
    if raised := _RAISED.fullmatch(text):
        program = "pycurl" if raised["code"] else "curl_cffi"
        text = f"curl: ({raised['code'] or raised['cffi']}) {raised['text'] or raised['said'] or ''}"
    if exited := _EXIT.fullmatch(text):
        said = _EXPLAINED.sub("", _NEXT_LINE.sub("", exited[2])).rstrip(" *")
        if said.count("`") % 2:
            said = said.partition("`")[0]  # somebody's sentence goes on behind it
        return events.Exit(int(exited[1]), said, complaint_of(said.translate(TYPOGRAPHY)), goes_on(said), program)
    if text.startswith("curl: "):
        said = text[6:]
        if said.startswith(("try ", "(")):
            return events.Chatter("help")
        if said.startswith("unknown --write-out variable"):
            return events.Warned(text)  # it goes on, and prints nothing there
        event = understand(said[:LONGEST])
        if type(event) is events.Complaint:
            return event
        if said.lower().startswith(("cannot open '", "can't open '")):
            return events.Complaint("read-failed", said)
        if said.startswith(("option ", "unknown ", "You must ", "cannot ", "can't ", "IPFS ", "--ipfs")):
            return events.Complaint("option", said)
    if version := _VERSION.match(text):
        library = _LIBRARY.search(version[2])
        return events.CurlVersion(version[1], library[0] if library else None)
    return None
