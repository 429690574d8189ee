"""The server does not take data of this type (HTTP 415).

## What it means

The `Content-Type` of the request, or its `Content-Encoding`, is none that the server reads at this address.
With `-d` curl says `application/x-www-form-urlencoded` unless told otherwise, which is the usual reason with
JSON interfaces.

## How curlx knows

The final answer has status 415 (RFC 9110, 15.5.16), or curl says so under `-f`. The request's `Content-Type`
line shows what was sent.

## What to do

Set the type: `-H 'Content-Type: application/json'`, or `--json` (curl 7.82 and later).

## When it is something else

Some frameworks answer 415 also when a version in `Accept` is not known, or when the charset is spelt in a way
they do not take.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.statuses import Answer, answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-unsupported-media-type", title="The server does not take data of this type (415)", needs="refusal"
)

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 415."""
    for answer in answers(timeline, (415,)):
        sent = answer.request_value("content-type")
        taken = answer.value("accept-post") or answer.value("accept-patch") or answer.value("accept")
        plain = sent.partition(";")[0].strip().lower()
        kind = taken if taken and not {",", ";", "*"} & set(taken) else _JSON
        commands = _command(answer, kind)
        refused = kind.lower() == plain  # what would be advised is what was sent
        form = sent.lower().startswith(_FORM)
        if answer.sends_nothing and not sent:
            yield _of_no_data(answer, taken)
            continue
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 415: the server does not take "
            f"{f'data of the type {sent}' if sent else 'the type of data that was sent'} at this address."
            + (f" It takes {taken}." if taken else ""),
            evidence=(
                *answer.asked(
                    "content-type", "the type that curl announced" + (", its default with -d" if form else "")
                ),
                *answer.header("accept-post", "the types that the server takes"),
                *answer.header("accept-patch", "the types that the server takes"),
                *answer.header("accept", "the types that the server takes"),
            ),
            causes=("With `-d` curl announces a form, its default, unless told otherwise.",)
            if form
            else _causes(answer, sent, plain),
            remedies=(
                Remedy(
                    who="client",
                    title="Announce the type that the server takes",
                    steps=(
                        f"{plain} is what was refused: look up in the service's description which type it takes here"
                        + (f", and try it without what follows (`{sent}`)." if sent.lower() != plain else ".")
                        if refused
                        else "Set the Content-Type header to what the data is and the server takes"
                        + ("; for JSON as below." if commands and kind != taken else "."),
                    ),
                    commands=() if refused and sent.lower() == plain else commands,
                ),
            ),
        )


def _of_no_data(answer: Answer, taken: str) -> Finding:
    """415 to a request that carried nothing: no type can be at fault."""
    request = answer.request
    method = request.method if request is not None else "request"
    accept = answer.request_value("accept")
    asks = accept not in ("", "*/*")
    return answer.found(
        DIAGNOSIS,
        f"The answer{answer.about()} was 415, by which a server says that it does not take the type of the data. "
        f"The {method} carried no data." + (f" The server takes {taken} here." if taken else ""),
        evidence=(
            *answer.asked("content-length", "no data was sent"),
            *(answer.asked("accept", "the formats that curl asked for") if asks else ()),
        ),
        causes=(
            "This address may want a request with data, as a POST of JSON.",
            *(("The server may not know the format or the version that `Accept` asks for.",) if asks else ()),
        ),
        remedies=(
            Remedy(
                who="client",
                title="Look up how this address is to be asked",
                steps=("The service's description tells which method and which data it takes.", answer.reading()),
            ),
        ),
    )


def _causes(answer: Answer, sent: str, plain: str) -> tuple[str, ...]:
    if not sent:
        # Only where the request's headers are shown is one of them missing.
        shown = answer.request is not None and answer.request.headers and not answer.timeline.elided
        return ("The Content-Type is missing.",) if shown else ()
    if sent.lower() != plain:
        return (
            "This address takes another type.",
            f"It takes {plain}, but not what follows it: `{sent}`.",
        )
    return ("The Content-Type is misspelt, or not the one that this address takes.",)


def _command(answer: Answer, kind: str) -> tuple[str, ...]:
    """Return the command that sends the data under this type; `FILE` is what the caller sent."""
    request = answer.request
    if request is None or request.method != "POST" or request.header("authorization") or not answer.address:
        return ()
    return (answer.curl("-H", f"Content-Type: {kind}", "--data-binary", "@FILE"),)
