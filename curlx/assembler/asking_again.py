"""Programs that ask another mirror (yum, dnf, pacman) or once more (cargo): what failed is overcome once they are done.

Others only say that all is well: what failed was expected, ignored or overcome, perhaps."""

from __future__ import annotations

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
_WELL = Pattern(  # make; pytest, jest, cargo, TAP, JUnit; servers that are waited for
    r".{0,40}\bmake(?:\[\d{1,3}\])?: .{1,200} Error \d{1,3} \(ignored\)"
    r"|(?:={2,80} )?(?:\d{1,6} (?:passed|skipped|xfailed|xpassed|deselected|warnings?)(?:, )?){1,6} in \d.{0,99}"
    r"|Tests: {1,10}(?:\d{1,6} (?:skipped|todo|passed|total)(?:, )?){2,4}|test result: ok\. .{1,200}"
    r"|# fail 0|(?:\[INFO\] )?Tests run: \d{1,6}, Failures: 0, Errors: 0\b.{0,200}"
    r"|(?:(?:Attempt|Try|Retry) \d{1,4}: )?(?i:ok|success\w{0,6}|succeeded)[.!]?"  # the label may be a prefix
    r'|\s{0,40}"(?:rc|returncode|exit_?(?:[cC]ode|[sS]tatus))": ?(?:0|"0"),?'
    r"|(?:\S{1,40} ){1,3}is (?:now )?(?:up|ready|available|healthy|reachable)[.!]?"
)
"""Of test runners the line of the sum, and only where it has nothing that failed."""
_GOES_ON = ("[MIRROR] ", ": [Errno 14] ", " tries remaining): ", "; retrying in ", "failed retrieving file '")
"""In what dnf and yum, cargo, Nix and pacman say of a failure: behind each they ask the next mirror, or once more."""
_TRIES = 1_000
"""Failures before the end of one program that are looked at."""


def hear(draft: TransferDraft, text: str) -> None:
    """Hear in the line of a failure whether its program goes on behind it."""
    if draft.mirrored is None and any(words in text for words in _GOES_ON):
        draft.mirrored = True


def notice(transfers: Sequence[TransferDraft], line: int, text: str) -> bool:
    """Notice in a line of nobody's that what failed before was overcome, or will not be; tell whether it says so."""
    said = _SAYS.fullmatch(text.rstrip()) if text[:1] in _BEGINS else None
    if said is None:
        if transfers and _is_a_failure(transfers[-1]) and _WELL.fullmatch(text.rstrip()):
            for draft in takewhile(_is_a_failure, reversed(transfers[-_TRIES:])):
                if draft.went_well:
                    break  # with all before it: a thousand such lines ask once
                draft.went_well = True
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


def _is_a_failure(draft: TransferDraft) -> bool:
    """Whether all that is known of a call is that it failed."""
    return bool(draft.complaints) and draft.command is None and not draft.exchanges
