"""Why what is told of a failure may be of no call in this log."""

from __future__ import annotations

from curlx import events
from curlx.assembler.retracting import PERHAPS_A_BODY, shows_unmeasured_body
from curlx.assembler.transfers import TransferDraft
from curlx.bodies.hold import PROMPT
from curlx.grammar.relaying import is_alone
from curlx.options import options_of
from curlx.patterns import Pattern
from curlx.prose import WRITTEN

_MENTIONED = (
    "The words stand in somebody's sentence or list: they may be about another call, or a failure that is past."
)
_REWORDED = "Behind this exit code curl has other words: somebody may speak of it, and not curl."
_FEW_WORDS = (6, 52)
"""Exit codes for which all builds have the same few sentences (CURLE_COULDNT_RESOLVE_HOST, CURLE_GOT_NOTHING)."""
_SILENT = (
    "The command has `-s`, and neither `-v` nor `-S`: curl would not have said this; it may stand in the text of the "
    "answer."
)
_PASSED_ON = (
    "The command hands the answer to another program, or keeps curl's last word back (`-s`): these words may stand in "
    "the text of the answer, or be of another call."
)
_BEHIND_AN_ANSWER = "A program says so behind an answer: these words may stand in that answer's text."
_MOVED_IN = "Somebody moved the answer's head in, and no command is shown: it may be an example."
_ALONE = "The log has the answer's first line alone: it may be a heading, or somebody's sentence."
_PRINTS_NO_HEAD = "The command prints no head of an answer (`-i`, `-v`): these lines may stand in the answer's text."
_PRINTS_HEADS = frozenset(
    {"include", "show-headers", "head", "dump-header", "verbose", "trace", "trace-ascii", "config"}
)
"""Options with which curl prints the head of an answer, or may."""
_OUTSPOKEN = frozenset({"show-error", "config"})
"""Options with which curl says its last word in spite of `-s`, or that may hold such."""
_TALKATIVE = _OUTSPOKEN | {"verbose", "trace", "trace-ascii", "libcurl"}
"""Options with which it says anything."""
_NOT_DONE = (2, 4)
"""Exit codes of a call that never began: curl says of options what it says before it knows of `-s`."""


_INTRODUCES = Pattern(
    r"(?!(?:.{0,200}?\W)?(?:I|my)\W)"  # who says so tells what happened
    r"(?:.{0,200}?(?<![.\w/-])(?i:examples?|samples?"
    r"|(?:expected|common|possible|typical) (?:output|errors?|results?|messages?)"
    r"|(?:may|might|would|should|will) (?:see|output|print|show|return|say|be(?=:)))"
    r"(?![.\w/-]).{0,200}:|If .{1,200}(?::| (?:prints|says|shows))|You (?:may|might|would|should|will) see)"
)
"""The line above curl's last word, in which somebody tells what it may be."""
_HERE_DOCUMENT = r"cat (?:>{1,2} ?\S{1,200} <<|<<-?\S{1,40}$)"
_TEXTS = rf"(?:(?:README|CHANGE(?:LOG|S)|NEWS|FAQ)(?:\.txt)?|{WRITTEN})"
_SAYS_ITSELF = Pattern(
    r"[A-Za-z].{0,200}?(?:[\"']\^?curl: \(|[ =(][\"']$|(?<=echo )curl: \\\()"
    r"|(?:man|tldr|info|git (?:show|log|diff|blame|grep|stash show)|gh (?:issue|pr|release) view)(?: .{1,200})?$"
    r"|(?:sudo )?(?:cat|less|more|bat|head|tail|sed|type|[Gg]et-[Cc]ontent)"
    rf"(?: (?:[-<]\S{{0,40}}|\d{{1,9}}p?)){{0,9}} \S{{0,200}}{_TEXTS}(?: \|(?!.{{0,200}}curl).{{1,200}})?$"
    rf"|{_HERE_DOCUMENT}"
)
"""A command that prints these words, looks for them, or shows texts: `echo "curl: (6) ..."`, `man curl`.

Of one whose words stand in its own line, what is before them is a line by itself.
"""
_WRITES = Pattern(_HERE_DOCUMENT)
"""A command that does so stands in scripts, too, where no prompt is."""
_OF_WINDOWS = Pattern(r"(?:PS(?: [^<>]{1,200})?|[A-Z]:\\[^<>]{0,200})> ?")
"""The prompts of PowerShell and cmd.exe."""
NEAR = 3
"""Lines: a blank one and a fence may stand between what introduces and curl's words."""


def introduces(text: str) -> bool:
    """Whether a line announces what somebody may see, or is a command that has curl's words in it."""
    prompt = PROMPT.match(text) or _OF_WINDOWS.match(text)
    if (prompt is not None and _SAYS_ITSELF.match(text, prompt.end())) or _WRITES.match(text):
        return True
    return text[-1:] in (":", "s", "e") and _INTRODUCES.fullmatch(text) is not None


def doubt_of(before: TransferDraft | None, event: events.Event, *, introduced: bool = False) -> str:
    """Return why a transfer that begins with an event, behind another, may be none; nothing for no doubt."""
    # What may be of one body still to come, is so behind another answer, too.
    if before is not None and (before.doubt == PERHAPS_A_BODY or shows_unmeasured_body(before)):
        return PERHAPS_A_BODY
    if type(event) is events.Complaint and before is not None and before.last_response and not before.done:
        return PERHAPS_A_BODY
    if not (type(event) is events.Exit or type(event) is events.ProgramFailed):
        return ""
    if event.mentioned or introduced:
        return _MENTIONED
    if isinstance(event, events.Exit) and event.text and event.complaint is None and event.code in _FEW_WORDS:
        return _REWORDED
    if before is None or not before.answered():
        return ""
    if _passes_on(before):
        return _PASSED_ON
    return _BEHIND_AN_ANSWER if type(event) is events.ProgramFailed else ""


def _passes_on(transfer: TransferDraft) -> bool:
    """Whether what stands below a call is hardly curl's last word, as its command shows: `| head -1`, or `-sv`."""
    if transfer.command is None:
        return False
    names = {name for name, _ in options_of(transfer.arguments)}
    return ("silent" in names and names.isdisjoint(_OUTSPOKEN)) or not is_alone(transfer.command.value)


def doubt_of_silence(transfer: TransferDraft) -> str:
    """Return that a command was told to be silent where curl speaks below it."""
    if transfer.command is None or not (transfer.connections or (transfer.exit is not None and transfer.exit.text)):
        return ""
    if transfer.exit is not None and transfer.exit.code in _NOT_DONE:
        return ""
    names = {name for name, _ in options_of(transfer.arguments)}
    return _SILENT if "silent" in names and not names & _TALKATIVE else ""


def doubt_of_a_head(transfer: TransferDraft, text: str) -> str:
    """Return why the head of an answer that begins with a line without a mark may be no head."""
    if transfer.command is None:
        return _MOVED_IN if text[:1].isspace() else ""
    names = {name for name, _ in options_of(transfer.arguments)}
    return _PRINTS_NO_HEAD if names.isdisjoint(_PRINTS_HEADS) else ""


def doubt_of_a_line(transfer: TransferDraft) -> str:
    """Return that all that is known of a transfer is one line without a mark."""
    response = transfer.last_response
    if not transfer.bare or transfer.command is not None or response is None or len(transfer.exchanges) > 1:
        return ""
    return "" if response.headers else _ALONE
