"""The request reached a server that does not answer for this host name (HTTP 421).

## What it means

On this connection the server does not speak for the host in the request. The name given in the TLS handshake
(SNI) and the `Host` (or `:authority`) of the request do not fit together, or a connection made for another host
was used again.

## How curlx knows

The final answer has status 421 (RFC 9110, 15.5.20), or curl says so under `-f`.

## What to do

Let both names be the same: instead of an address and `-H 'Host: ...'` use the name with `--resolve` or
`--connect-to`. For a connection used again, try a new one or `--http1.1`.

## When it is something else

Servers that require client certificates check this strictly, so that nobody borrows another site's handshake
(Apache, Caddy).
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import Endpoint, curl
from curlx.diagnoses.http.shared.statuses import Answer, answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.ports import HTTPS_PORT
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-misdirected", title="This server does not answer for that host name (421)", needs="refusal"
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 421."""
    for answer in answers(timeline, (421,)):
        host = answer.request_value("host")
        differs = _connected_for(answer)
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 421: on this connection the server does not answer for the host name"
            f"{f' {host}' if host else ' in the request'}.",
            evidence=answer.asked("host", "the host name that was asked for"),
            causes=(f"The connection was made for {differs}, and the request asks for {host}.",)
            if differs
            else (
                "The server has no site of this name.",
                "The connection was made for another host name and used again, or the name in its TLS handshake (SNI) "
                "was another or none.",
            ),
            remedies=(_same_name(answer, host) if differs else _own_connection(answer),),
        )


def _connected_for(answer: Answer) -> str:
    """Return the host that the connection was made for, where it is not the one asked for."""
    connection = answer.connection
    target = (connection.target_host or connection.host or "") if connection is not None else ""
    host, _, port = answer.request_value("host").rpartition(":")
    asked = host if port.isdigit() else answer.request_value("host")
    return target if asked and target and target.lower() != asked.lower() else ""


def _same_name(answer: Answer, host: str) -> Remedy:
    connection, request = answer.connection, answer.request
    commands: tuple[str, ...] = ()
    if connection is not None and connection.connected is not None and request is not None and connection.tls:
        port = connection.port or HTTPS_PORT
        endpoint = Endpoint(host.partition(":")[0], port, request.target, way=answer.way)
        commands = (curl(endpoint, "--resolve", f"{endpoint.host}:{endpoint.port}:{connection.connected.value}"),)
    return Remedy(
        who="client",
        title="Use the same name in the handshake and in the request",
        steps=("Put the name into the URL and the address into `--resolve`; do not set Host by hand.",),
        commands=commands if request is not None and request.method == "GET" else (),
    )


def _own_connection(answer: Answer) -> Remedy:
    return Remedy(
        who="client",
        title="Ask on a connection of its own",
        steps=("Ask for this address alone, over HTTP/1.1, and compare.",),
        commands=answer.again("-v", "--http1.1"),
    )
