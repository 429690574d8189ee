"""The request is well formed, but what it says is not acceptable (HTTP 422).

## What it means

The server could read the data and refuses its content: a required field is missing, a value is out of range, a
rule of the application is broken.

## How curlx knows

The final answer has status 422 (RFC 9110, 15.5.21), or curl says so under `-f`.

## What to do

Read the text of the answer: such interfaces usually list the fields and what is wrong with each.

## When it is something else

Some interfaces answer 422 where others answer 400, also for data that is no valid JSON at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.statuses import answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-unprocessable", title="The content of the request is not acceptable (422)", needs="refusal"
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 422."""
    for answer in answers(timeline, (422,)):
        nothing = answer.sends_nothing
        part = "A parameter of the URL" if nothing else "A field"
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 422: the server could read the request, and refuses what it says.",
            evidence=answer.asked("content-type", "how curl labelled what it sent"),
            causes=(f"{part} may be missing, have a wrong type or value, or break a rule of the application.",),
            remedies=(
                Remedy(
                    who="client",
                    title=f"Read which {'parameter' if nothing else 'field'} is refused, or which rule is broken",
                    steps=(
                        answer.reading()
                        if answer.sentence
                        else f"{answer.reading()} Such answers usually list the fields and the reasons.",
                    ),
                ),
            ),
        )
