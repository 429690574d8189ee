"""Plain HTTP was sent to a port that speaks TLS.

## What it means

The request went out without encryption, and the server expects TLS on that port. Its answer says so.

## How curlx knows

The answer carries the sentence of a known server: nginx `The plain HTTP request was sent to HTTPS port`, Apache
`You're speaking plain HTTP to an SSL-enabled server port`, Go `Client sent an HTTP request to an HTTPS server`; or
nginx's own status 497, which nginx uses for nothing else (nginx.org, ngx_http_ssl_module, "Error Processing").

## What to do

Write `https://` in the URL, with the same port. If the URL was `https://` already, the plain request was made by a
proxy or load balancer behind the first server: its connection to the backend must use TLS.

## When it is something else

* It has nothing to do with client certificates: the server has not got as far as asking for one.
* Many other servers just close the connection, and curl reports an empty reply.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import curl, endpoint_of
from curlx.events import PageMark
from curlx.findings import Certainty, Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Exchange, Fact, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="tls-plaintext-request",
    title="Plain HTTP was sent to a port that speaks TLS",
    needs="refusal",
    explains=("http-", "network-empty-reply", "network-not-http", "curl-error"),
)

_PAGE = "plain-http-to-https"
_NGINX_HTTP_TO_HTTPS = 497


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find answers that say that plain HTTP reached a TLS port."""
    for index, transfer in enumerate(timeline.transfers):
        exchange = transfer.last_exchange
        response = exchange.response if exchange is not None else None
        if exchange is None or response is None or not response.refuses:
            continue
        mark = response.body.mark(_PAGE)
        if (mark is None or mark.value.embedded) and response.status != _NGINX_HTTP_TO_HTTPS:
            continue
        yield _finding(timeline, index, transfer, exchange, mark)
    mark = timeline.loose.mark(_PAGE)
    if mark is not None and not any(transfer.exchanges for transfer in timeline.transfers):
        yield DIAGNOSIS.found(
            "likely",
            "The page says that plain HTTP was sent to a port that speaks TLS. The log does not show the request.",
            (cite(timeline, mark.line, "the server's own words"),),
            causes=("The URL begins with http:// instead of https://.",),
            remedies=(Remedy("client", "Write https:// in the URL, with the same port"),),
        )


def _finding(
    timeline: Timeline, index: int, transfer: Transfer, exchange: Exchange, mark: Fact[PageMark] | None
) -> Finding:
    connection = transfer.connection_of(exchange)
    endpoint = endpoint_of(transfer, connection)
    evidence: list[Evidence] = []
    if mark is not None:
        evidence.append(cite(timeline, mark.line, "the server's own words"))
    if exchange.response is not None:
        evidence.append(cite(timeline, exchange.response.first_line, "the status of the answer"))
    if exchange.request is not None:
        evidence.append(cite(timeline, exchange.request.first_line, "the request it answers"))
    certainty: Certainty = "certain" if mark is not None else "likely"
    if connection is not None and connection.tls is not None:
        return DIAGNOSIS.found(
            "likely",
            f"curl did speak TLS to {endpoint.host}; the answer says that plain HTTP reached a TLS port. So it comes "
            "from a server behind the first one, which was asked without TLS.",
            evidence,
            transfer=index,
            causes=("A proxy or load balancer speaks plain HTTP to a backend that expects TLS.",),
            remedies=(
                Remedy(
                    "server",
                    "Let the front server speak TLS to its backend",
                    (
                        "nginx: `proxy_pass https://...`. ingress-nginx: annotation "
                        '`nginx.ingress.kubernetes.io/backend-protocol: "HTTPS"`.',
                    ),
                ),
            ),
        )
    return DIAGNOSIS.found(
        certainty,
        f"The request to {endpoint.authority} was not encrypted, and the server expects TLS there.",
        evidence,
        transfer=index,
        causes=("The URL begins with http:// instead of https://.",),
        remedies=(Remedy("client", "Write https:// in the URL, with the same port", (), (curl(endpoint.over_tls()),)),),
    )
