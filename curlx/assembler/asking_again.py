"""Programs that ask another mirror (yum, dnf, pacman) or once more (cargo): what failed is overcome once they are done.

Others only say that all is well: what failed was expected, ignored or overcome, perhaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from curlx.assembler.transfers import TransferDraft
from curlx.patterns import Pattern

_SAYS = Pattern(
    r"(?P<another>Trying (?:other|another|next) mirror\.?)|(?P<none>(?! ).{0,400}?No more mirrors to try\b.*"
    r"|error: failed to (?:synchronize all databases|commit transaction|update \S{1,80})\b.*)"
    r"|(?P<done>Complete!|Nothing to do\.?|No packages marked for update| {4,12}Finished .{1,400}"
    r"| there is nothing to do|\(\d{1,5}/\d{1,5}\) (?:installing|upgrading|reinstalling) .{1,200})"
)
_BEGINS = frozenset("TCN[ (e")
_WELL = Pattern(  # make; runners of tests and builds; servers that are waited for
    r".{0,40}\bmake(?:\[\d{1,3}\])?: .{1,200} Error \d{1,3} \(ignored\)"
    r"|(?:={2,80} )?(?:\d{1,6} (?:passed|skipped|xfailed|xpassed|deselected|warnings?)(?:, )?){1,6} in \d.{0,99}"
    r"|Tests: {1,10}(?:\d{1,6} (?:skipped|todo|passed|total)(?:, )?){2,4}|test result: ok\. .{1,200}"
    r"|# fail 0|(?:\[INFO\] )?Tests run: \d{1,6}, Failures: 0, Errors: 0\b.{0,200}"
    r"|(?:\[INFO\] )?BUILD SUCCESS(?:FUL in .{1,20})?"
    r"|ok +\t\S{1,200}\t(?:[\d.]{1,12}s|\(cached\))|OK \(\d{1,6} tests?(?:, \d{1,9} assertions?)?\)"
    r"|\d{1,6} examples?, 0 failures(?:, \d{1,6} pending)?| {0,8}\d{1,6} passing \(\d{1,6}\w{1,2}\)"
    r"|100% tests passed, 0 tests failed out of \d{1,6}| {0,8}Tests  \d{1,6} passed \(\d{1,6}\)|Finished: SUCCESS"
    r"|(?:(?:Attempt|Try|Retry) \d{1,4}: )?(?i:ok|success\w{0,6}|succeeded)[.!]?"  # the label may be a prefix
    r'|\s{0,40}"(?:rc|returncode|exit_?(?:[cC]ode|[sS]tatus))": ?(?:0|"0"),?'
    r"|(?:\S{1,40} ){1,3}is (?:now )?(?:up|ready|available|healthy|reachable)[.!]?"
)
"""Of test runners the line of the sum, and only where it has nothing that failed."""
_STEP = Pattern(r"#\d{1,4} DONE \d.{0,40}|Successfully built \w{1,64}")
"""What Docker's builders say of a step in which all ended well, or of all of them."""
_CALL = Pattern(
    r"\+{1,4} (?:true|:)|(?:\w{1,20} ){0,3}(?:exit(?:ed with)?|rc|returncode)(?:[ _]?(?:code|status))?[:=]?\s?0",
    re.IGNORECASE,
)
"""What a shell (`set -x`), or who ran a call, says right behind one that was to be ignored, or did not fail."""
_ASKS = Pattern(r".{0,400}(?:\$\?|\$\{\?\}|\$status|\$LASTEXITCODE|%ERRORLEVEL%)[\"']?", re.IGNORECASE)
"""Behind a command, or as one of its own: what the call before ended with."""
_BEHIND_A_CALL, _BEHIND_A_STEP = 4, 40
"""So many lines below what failed that may stand."""
_GOES_ON = ("[MIRROR] ", ": [Errno 14] ", " tries remaining): ", "; retrying in ", "failed retrieving file '")
"""In what dnf and yum, cargo, Nix and pacman say of a failure: behind each they ask the next mirror, or once more."""
_TRIES, _OF_A_CALL = 1_000, 20
"""Failures before the end of one program that are looked at, and before that of one command (a loop of the shell)."""


def hear(draft: TransferDraft, text: str) -> None:
    """Hear in the line of a failure whether its program goes on behind it."""
    if draft.mirrored is None and any(words in text for words in _GOES_ON):
        draft.mirrored = True


def notice(transfers: Sequence[TransferDraft], line: int, text: str) -> bool:
    """Notice in a line of nobody's that what failed before was overcome, or will not be; tell whether it says so."""
    said = _SAYS.fullmatch(text.rstrip()) if text[:1] in _BEGINS else None
    if said is None:
        if transfers and _shows_how_it_ended_at_most(transfers[-1]):
            _hear_that_all_is_well(transfers, line, text.rstrip())
        return False
    for draft in takewhile(_is_a_failure, reversed(transfers[-_TRIES:])):
        if said["another"]:
            draft.mirrored = True
            return False
        if said["none"]:
            draft.mirrored = False
        if said["done"] and draft.mirrored:
            draft.overcome = draft.overcome or line
    return bool(said["done"])


def _hear_that_all_is_well(transfers: Sequence[TransferDraft], line: int, text: str) -> None:
    """Hear it of the calls that failed before: of one whose command is shown only where it ended what that did."""
    last = transfers[-1]
    if line - last.last_line <= _BEHIND_A_STEP and _ASKS.fullmatch(text):
        last.asked = line
        return
    ended = _ended_well(last, line, text)
    if not ended and not (_is_a_failure(last) and _WELL.fullmatch(text)):
        return
    for draft in reversed(transfers[-(_OF_A_CALL if ended else _TRIES) :]):
        failed = _shows_how_it_ended_at_most(draft) if ended else _is_a_failure(draft)
        if not failed or (draft.went_well and not ended):
            break  # with all before it: a thousand such lines ask once
        draft.went_well = True
        if draft.command is not None:
            break


def _ended_well(draft: TransferDraft, line: int, text: str) -> bool:
    """Whether a line tells that what made a call ended well: a step, a script, or curl itself, asked for its code."""
    behind = line - draft.last_line
    if behind > _BEHIND_A_STEP:
        return False
    if text == "0":
        command = draft.command.value if draft.command is not None else ""
        return draft.asked == line - 1 or (behind == 1 and _ASKS.fullmatch(command) is not None)
    if not draft.complaints:
        return False  # other words may be those of the answer
    return _STEP.fullmatch(text) is not None or (behind <= _BEHIND_A_CALL and _CALL.fullmatch(text) is not None)


def _shows_how_it_ended_at_most(draft: TransferDraft) -> bool:
    """Whether nothing but a failure is known of a call, or its command alone."""
    silent = draft.command is not None and not draft.connections
    return (bool(draft.complaints) or silent) and not draft.exchanges


def _is_a_failure(draft: TransferDraft) -> bool:
    """Whether all that is known of a call is that it failed."""
    return bool(draft.complaints) and draft.command is None and not draft.exchanges
