"""Make messages that are complaints: one expression, one kind, or a judge that tells the kind from the words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from curlx.events import Complaint, ComplaintKind
from curlx.grammar.message import Message, Values
from curlx.grammar.translations import in_english


class Blame(NamedTuple):
    """What a sentence complains about."""

    kind: ComplaintKind
    number: int | None = None
    subject: str | None = None


Judge: TypeAlias = Callable[[str], Blame | None]
"""Tells what a reason (the group `reason`, or else the whole line) complains about; None when it does not know."""


def complaint(sample: str, expression: str, blame: ComplaintKind | Judge, *starts: str) -> Message:
    """Return a message that becomes a complaint.

    The groups `number`, `subject`, `port` and `proxy` of the expression, where it has them, become the complaint's;
    what a judge says of the first two goes first.
    """

    def complain(values: Values) -> Complaint | None:
        text = str(values["text"]).strip()
        if callable(blame):
            judged = blame(in_english(values.get("reason") or text))
            if judged is None:
                return None
        else:
            judged = Blame(blame)
        number, subject = values.get("number"), values.get("subject")
        if judged.number is None and number is not None:
            judged = judged._replace(number=int(number))
        if judged.subject is None and subject is not None:
            judged = judged._replace(subject=subject.strip(" '\"") or None)
        port = values.get("port")
        return Complaint(
            judged.kind, text, judged.number, judged.subject, int(port) if port else None, values.get("proxy")
        )

    return Message(sample, expression, complain, starts=starts, begun=complain)
