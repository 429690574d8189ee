"""The server refuses the Expect header, usually `100-continue` (HTTP 417).

## What it means

Before a large upload curl asks `Expect: 100-continue`, so that the server can refuse before the data is sent.
This server, or an old proxy on the way, does not take that question. curl then tries again without it, unless
the header was set by hand: then it asks the same again and again.

## How curlx knows

The final answer has status 417 (RFC 9110, 15.5.18), or curl repeated a request that was answered with 417 until
it gave up.

## What to do

Leave the header out: `-H 'Expect:'` (with nothing after the colon).

## When it is something else

A 417 that curl answered with a second request without the header, and that ended well, is no problem. Where the
request has no Expect header, a proxy on the way added one, or the service means something of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.diagnoses.http.shared.asking import address, resend
from curlx.diagnoses.http.shared.statuses import Answer, answers
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.statuses import EXPECTATION_FAILED
from curlx.timeline import Exchange, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="http-expectation-failed",
    title="The server refuses the Expect header (417)",
    needs="refusal",
    # curl counts the repeats as redirects and also tries on closed connections, so it ends with these.
    explains=("http-redirect-loop", "http-goaway", "network-"),
)

_CONTINUE = "100-continue"


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find 417 as the final answer, or as the answer that curl met again and again until it gave up."""
    for answer in answers(timeline, (EXPECTATION_FAILED,)):
        request = answer.exchange.request if answer.exchange is not None else None
        expect = request.header("expect") if request is not None else None
        other = expect is not None and expect.value.lower() != _CONTINUE
        if expect is None and request is not None and request.headers and not timeline.elided:
            yield _without_one(answer)
            continue
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 417: the server does not know what the Expect header asks for; "
            f"`{_CONTINUE}` is all that HTTP defines (RFC 9110, 10.1.1)."
            if other
            else f"The answer{answer.about()} was 417: the server does not support "
            + ("" if expect else "what an Expect header asked for, usually ")
            + "`Expect: 100-continue`, by which curl asks before it sends the data.",
            evidence=answer.asked("expect", "the header that the server refuses"),
            remedies=(_remedy(answer.call, answer.exchange),),
        )
    for index, transfer in enumerate(timeline.transfers):
        evidence = _repeated(timeline, transfer)
        if evidence:
            first = transfer.exchanges[0]
            asked = first.request.header("expect") if first.request is not None else None
            yield DIAGNOSIS.found(
                "certain",
                f"The server answered 417 to `Expect: {asked.value if asked else _CONTINUE}`, and curl repeated the "
                "same request until it gave up.",
                evidence,
                transfer=index,
                causes=("Most likely the Expect header was set by hand: curl leaves out its own when it tries again.",),
                remedies=(_remedy(transfer, first),),
            )


def _without_one(answer: Answer) -> Finding:
    """Say that the header is not there to be left out."""
    found = answer.found(
        DIAGNOSIS,
        f"The answer{answer.about()} was 417, the number for an Expect header that cannot be met; but the request that "
        "the log shows has none.",
        causes=(
            "A proxy on the way adds `Expect: 100-continue` to the request.",
            "The service uses the number for something else of its own.",
        ),
        remedies=(
            Remedy(
                who="client",
                title="Find out who speaks of an expectation",
                steps=(answer.reading(), "Ask once without the proxy, if there is one, and compare."),
            ),
        ),
    )
    return msgspec.structs.replace(found, title="The answer was 417, to a request without an Expect header")


def _remedy(transfer: Transfer | None, exchange: Exchange | None) -> Remedy:
    commands: tuple[str, ...] = ()
    if transfer is not None and exchange is not None:
        commands = resend(transfer, exchange, address(transfer, exchange), "-H", "Expect:")
    return Remedy(
        who="client",
        title="Leave the Expect header out",
        steps=("Remove an `Expect` header from the command, and set it to nothing instead: `-H 'Expect:'`.",),
        commands=commands,
    )


def _repeated(timeline: Timeline, transfer: Transfer) -> tuple[Evidence, ...]:
    """Cite the repeated 417s of a transfer that curl gave up on."""
    refused = [
        each for each in transfer.exchanges if each.response is not None and each.response.status == EXPECTATION_FAILED
    ]
    gave_up = transfer.complaint("redirect-loop", "connection-died", "send-failed", "reset", "empty-reply")
    last = transfer.exchanges[-1].response if transfer.exchanges else None
    if len(refused) < 2 or gave_up is None or (last is not None and last.status != 417):
        return ()
    response, request = refused[0].response, refused[0].request
    expect = request.header("expect") if request is not None else None
    evidence = (
        [cite(timeline, response.first_line, f"the first of {len(refused)} answers with status 417")]
        if response
        else []
    )
    if expect is not None:
        evidence.append(cite(timeline, expect.line, "the header that the server refuses"))
    return (*evidence, cite(timeline, gave_up.line, "curl gives up"))
