"""What curl says while bytes flow: its progress meter (`src/tool_progress.c`, `lib/progress.c`) and its remarks."""

from __future__ import annotations

from curlx.events import BodyExceeded, Chatter
from curlx.grammar.message import Message
from curlx.grammar.words import NUMBER
from curlx.patterns import Pattern

_AMOUNT = r"[\d.]{1,12}[kMGTP]?"
_CLOCK = r"(?:--:--:--|\d{1,3}:\d\d:\d\d|\d{1,4}d \d\dh|\d{1,3}h \d\dm|\d{1,3}m \d\ds)"
_ROW = (
    rf"\s{{0,8}}(?:\d{{1,3}}|--) {{1,8}}(?:{_AMOUNT}|--) {{1,10}}\d{{1,3}} {{1,10}}{_AMOUNT} {{1,10}}\d{{1,3}} {{1,10}}"
    rf"{_AMOUNT} {{1,10}}{_AMOUNT} {{1,10}}{_AMOUNT} {{1,40}}(?:{_CLOCK} {{1,8}}){{0,3}}{_AMOUNT}"
)
_PARALLEL_ROW = (
    rf"(?:\d{{1,3}}|--) {{1,4}}(?:\d{{1,3}}|--) {{1,8}}{_AMOUNT} {{1,8}}{_AMOUNT} {{1,8}}\d{{1,6}} {{1,8}}\d{{1,6}} "
    rf"{{1,8}}(?:{_CLOCK} {{1,8}}){{1,3}}{_AMOUNT}"
)
_HEADERS = r"\s{0,4}% Total {1,8}% Received .*|\s{20,60}Dload {1,8}Upload .*|DL% UL% .*|\*\* Resuming transfer .*"
_METER = Pattern(
    rf"(?:{_ROW}|{_PARALLEL_ROW})[\d\s:.kMGTPdhms-]*|#{{0,400}} {{0,400}}\d{{1,3}}\.\d%\s*"
    rf"|(?=[#= -]{{0,200}}O)[#=O -]{{4,400}}|[ #]{{0,400}}#=#=#[ #]{{0,400}}|{_HEADERS}"
)

_RECEIVED = 3
"""The field of a row: % Total, Total, % Received, Received (`src/tool_progress.c` and `lib/progress.c`)."""
_WHOLE = 100
"""Percent."""


def is_meter(text: str) -> bool:
    """Whether a line is curl's progress meter, rows whose carriage returns were lost included."""
    return _METER.fullmatch(text) is not None


def received(text: str) -> int:
    """Return how many bytes of a body the last row of a meter says that came in; 0 where it rounds, or is no row."""
    fields = text.rpartition("\r")[2].split()
    return int(fields[_RECEIVED]) if len(fields) > _RECEIVED and fields[_RECEIVED].isdecimal() else 0


def all_received(text: str) -> int:
    """Return how many bytes of a body came in, where the last row of a meter says that it is all of them; else 0."""
    return received(text) if percent(text) == _WHOLE else 0


def brings(text: str) -> bool:
    """Whether the last row of a meter tells of bytes of an answer, rounded or not."""
    fields = text.rpartition("\r")[2].split()
    return len(fields) > _RECEIVED and fields[0].isdecimal() and fields[_RECEIVED][0] in "123456789"


def percent(text: str, before: int | None = None) -> int | None:
    """Return how much of a transfer the last row of a meter says is done; what was before where it is no row."""
    fields = text.rpartition("\r")[2].split()
    return int(fields[0]) if len(fields) > _RECEIVED and fields[0].isdecimal() and len(fields[0]) < 4 else before


_CHATTER = (
    ("we are done reading and this is set to close, stop send", r"we are done reading and this is set to close, .*"),
    ("abort upload after having sent 130911 bytes", r"abort upload.*"),
    ("HTTP 1.0, assume close after body", r"HTTP 1\.0, assume close after body"),
    ("no chunk, no close, no size. Assume close to signal end", r"no chunk, no close, no size\. Assume .*"),
    ("setting size while ignoring", r"setting size while ignoring"),
    ("nread <= 0, server closed connection, bailing", r"nread (?:<=|==) 0, .*"),
    ("Excess found in a non pipelined read: excess = 3 url = /ok (zero-length body)", r"Excess found.*"),
    ("Leftovers after chunking: 5 bytes", r"Leftovers after chunking: .*"),
    ("Increasing bytecount by 12 from hbuflen", r"Increasing bytecount by .*"),
    ("did not want a BODY, but seeing 12 bytes", r"did not want a BODY, but seeing \d+ bytes"),
    ("EAGAIN, download done, no trailer announced, not waiting for EOS", r"EAGAIN, download done, .*"),
    ("Overflow Content-Length: value!", r"Overflow Content-Length: value!?"),
    ("Negative content-length: -1, closing after transfer", r"Negative content-length: .*"),
    ("Malformatted trailing header ! Skipping trailer.", r"Malformatted trailing header .*"),
    ("Simulate an HTTP 304 response", r"Simulate an? HTTP 304 response!?"),
    ("The requested document is not new enough", r"The requested document is not (?:new|old) enough"),
    ("The entire document is already downloaded", r"The entire document is already downloaded"),
    ("File already completely uploaded", r"File already completely uploaded"),
    ("Signaling end of chunked upload via terminating chunk.", r"Signaling end of chunked upload .*"),
    ("Moving trailers state machine from initialized to sending.", r"Moving trailers state machine .*"),
    ("Successfully compiled trailers.", r"Successfully compiled trailers\..*"),
    ("sending last upload chunk of 12 bytes", r"sending last upload chunk of \d+ bytes"),
    ("Pausing with 12 bytes in buffer for type 01", r"Paus(?:ing with|ed) \d+ bytes in buffer .*", "Pausing", "Paused"),
    ("pause: no change, early return", r"pause: .*"),
    ("readwrite_data() -> 0", r"(?:readwrite|sendrecv)\S* .*", "readwrite_data()", "readwrite,", "sendrecv_dl()",
     "sendrecv_dl:", "readwrite_data:"),
    ("5 bytes of chunk left", r"\d+ (?:data )?bytes (?:of chunk left|written|left in connection buffer)", ""),
    ("the ioctl callback returned 0", r"the ioctl callback returned .*"),
    ("client start, rewind readers", r"client (?:start|reset), .*"),
    ("All data in connection buffer processed", r"All data in connection buffer processed"),
    ("Use data left in connection buffer, nread=3", r"Use data left in connection buffer, .*"),
    ("end of stream", r"end of stream"),
)  # fmt: skip

MESSAGES = (
    Message(
        "Excess found writing body: excess = 15, size = 3, maxdownload = 3, bytecount = 3",
        # Where curl was to have less than the whole (`maxdownload`), the server has kept to what it said.
        rf"Excess found[\w ]{{0,40}}: excess = (?P<excess>{NUMBER}), size = (?P<size>{NUMBER}), "
        r"maxdownload = (?P=size), bytecount = .*",
        lambda values: BodyExceeded(int(values["excess"])),
    ),
    *(
        Message(sample, expression, Chatter("transferring"), starts=tuple(starts))
        for sample, expression, *starts in _CHATTER
    ),
)
