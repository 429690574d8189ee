"""The server understood the request and refuses it (HTTP 403).

## What it means

Somebody on the way has a rule against this request: the application (this user may not), the web server (this
file or address is not allowed), or a firewall, CDN or gateway in front of them.

## How curlx knows

The final answer has status 403 (RFC 9110, 15.5.4), or curl says so under `-f`. Headers and page are used to
tell who refused, as far as they say it.

## What to do

Find out who answered: the `Server` header and the page. Then ask for the permission there. Other credentials
may help; the same ones again will not.

## When it is something else

A 403 may mean a missing client certificate (IIS 403.7, Azure App Service, Apache asked too late): then that
diagnosis comes first. A proxy that refuses a CONNECT also says 403, but before any TLS.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.challenges import parameter, reason
from curlx.diagnoses.http.statuses import Answer, answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-forbidden", title="The request is not allowed (403)", needs="refusal")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 403."""
    for answer in answers(timeline, (403,)):
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 403: this request is not allowed.{reason(answer)}",
            evidence=(
                *answer.header("www-authenticate", "the server says what is missing"),
                *answer.header("cf-mitigated", "Cloudflare says that it challenged or blocked the request itself"),
                *answer.header("x-amzn-errortype", "AWS names the kind of error"),
                *answer.asked("authorization", "the credentials that were sent"),
            ),
            causes=_causes(answer),
            remedies=(
                Remedy(
                    who="client",
                    title="Find out which rule refused, and ask for the permission",
                    steps=(
                        f"{answer.reading()} It may name the rule or the missing right.",
                        "Try the same request with credentials or from a network that is known to be allowed.",
                    )
                    if not _lacks_scope(answer)
                    else (f"Get a token with the scope that the service wants{_scope(answer)}.",),
                ),
            ),
        )


def _scope(answer: Answer) -> str:
    scope = parameter(answer, "scope")
    return f": `{scope}`" if scope else ""


def _causes(answer: Answer) -> tuple[str, ...]:
    if _lacks_scope(answer):
        return ("The server says that the token lacks a scope (`insufficient_scope`; RFC 6750, 3.1).",)
    if answer.value("cf-mitigated").lower() == "challenge":
        return ("Cloudflare answered with a challenge for browsers, which curl cannot solve.",)
    if answer.body.mark("gateway-block", "squid-error") is not None:
        return ("A rule of the proxy or gateway on the way refuses this address.",)
    if answer.body.mark("client-certificate-required", "post-handshake-impossible") is not None:
        return ("The server wants a client certificate for this address.",)
    rule = "A rule on the way refuses the caller's address, country or program, or this address for everybody."
    if answer.request_value("authorization"):
        return ("The credentials do not give the right to this, or a signature does not fit the request.", rule)
    if answer.request is not None and answer.request.headers:
        return ("The request carries no credentials, and this address may want some.", rule)
    return ("The caller has no right to this.", rule)


def _lacks_scope(answer: Answer) -> bool:
    return "insufficient_scope" in answer.value("www-authenticate").lower()
