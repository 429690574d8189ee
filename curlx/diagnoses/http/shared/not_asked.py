"""Statuses whose meaning does not fit the request that the log shows whole."""

from __future__ import annotations

from curlx.diagnoses.http.shared.statuses import Answer
from curlx.findings import Diagnosis, Finding, Remedy

_OWN = "The service uses the number for something of its own."
_CHANGED = "Something on the way (a proxy, a gateway) changed the request."


def lacks(answer: Answer, *words: str) -> bool:
    """Tell whether no header of the request has one of these words in its name (`if`: If-Match), and all are shown."""
    headers = answer.request.headers if answer.request is not None else ()
    named = {word for header in headers for word in header.name.lower().split("-")}
    return answer.shows_request and named.isdisjoint(words)


def not_asked(diagnosis: Diagnosis, answer: Answer, what: str) -> Finding:
    """Say that the number is about something that the request does not have."""
    return answer.found(
        diagnosis,
        f"The answer{answer.about()} was {answer.status}, the number for {what}; but the request that the log shows "
        "has none.",
        evidence=answer.asked("host", "the request stands here with all its headers"),
        causes=(_OWN, _CHANGED),
        remedies=(Remedy("client", f"Look up what status {answer.status} means to this service", (answer.reading(),)),),
    )
