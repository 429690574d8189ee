"""The server does not take this method at this address (HTTP 405).

## What it means

The address exists, but not for this method (GET, POST, PUT ...). The answer's `Allow` header lists those that
it takes.

## How curlx knows

The final answer has status 405 (RFC 9110, 15.5.6), or curl says so under `-f`.

## What to do

Use a method from the `Allow` list. `-d` makes a POST, `-T` a PUT, `-I` a HEAD; `-X` changes only the word. If a
redirect turned your POST into a GET, ask for the redirect's target directly or use `--post301`, `--post302`.

## When it is something else

A firewall or a web server that serves only files may refuse PUT and DELETE for every address.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.statuses import Answer, answers
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-method-not-allowed", title="The server does not take this method here (405)", needs="refusal"
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 405."""
    for answer in answers(timeline, (405,)):
        method = answer.request.method if answer.request is not None else ""
        allowed = answer.value("allow")
        turned = _turned_by_redirect(answer)
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 405: the server does not take {method or 'this method'} at this address."
            + (f" It takes {allowed}." if allowed else ""),
            evidence=(*answer.header("allow", "the methods that the server takes here"), *turned),
            causes=("A redirect turned the POST into a GET (RFC 9110, 15.4), which the new address does not take.",)
            if turned
            else (),
            remedies=(
                Remedy(
                    who="client",
                    title="Use a method that the address takes",
                    steps=(
                        "Send the POST to the redirect's target directly, or keep it a POST with `--post301`, "
                        "`--post302` or `--post303`, by the number of the redirect.",
                    )
                    if turned
                    else ("`-d` makes a POST, `-T` a PUT, `-I` a HEAD; `-X` changes only the word.",),
                ),
            ),
        )


def _turned_by_redirect(answer: Answer) -> tuple[Evidence, ...]:
    """Cite the redirect after which a POST had become a GET."""
    if answer.request is None or answer.request.method != "GET" or answer.call is None:
        return ()
    for exchange in answer.call.exchanges:
        request, response = exchange.request, exchange.response
        if (
            request is not None
            and response is not None
            and request.method == "POST"
            and response.status in (301, 302, 303)
        ):
            return (
                cite(answer.timeline, response.first_line, "the redirect after which curl sent GET instead of POST"),
            )
    return ()
