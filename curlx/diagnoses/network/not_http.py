"""What answered does not speak HTTP.

## What it means

The port accepted the connection and sent something, but what it sent does not begin like an HTTP answer. It is most
likely another service: SSH, mail, a database, or a port that expects TLS and got a plain request.

## How curlx knows

curl says `Received HTTP/0.9 when not allowed` (exit code 1): the first bytes of the answer are no status line, and
only the oldest form of HTTP has none. curl before 7.66, and any curl under `--http0.9`, takes such an answer without a
word: then the greeting of another service (`SSH-2.0-...`, `220 ... FTP`) in the place of the answer tells. With `-v`
alone a newer curl does not show what was sent. What a proxy sends back to CONNECT is not HTTP where curl finds no
status in it (`response 0`).

## What to do

Check the port and the scheme of the URL. curl's advice to allow HTTP/0.9 (`--http0.9`) is right only for very old
devices.

## When it is something else

If the URL says `http://` and the port speaks TLS, the remedy is `https://`: see `tls-plaintext-request`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.diagnoses.greetings import service_that_greets
from curlx.diagnoses.network.shared.probes import repeat
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, peer, standing, worked
from curlx.diagnoses.proxy.shared.tunnels import PROXY_LOG
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Connection, Fact, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="network-not-http",
    title="The answer is not HTTP",
    explains=("http-malformed-response", "curl-protocol-unsupported", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the answers that do not begin like HTTP."""
    for trouble in ended_by(timeline, "not-http", but=("tls", "proxy")):
        service = service_that_greets(trouble.transfer)
        yield DIAGNOSIS.found(
            "certain",
            f"What {peer(trouble)} sent back is not an HTTP answer: it has no status line.{_named(service)}",
            [
                trouble.says("the answer does not begin like HTTP"),
                *_greeting(timeline, service),
                *_stopped(trouble),
                *worked(trouble),
            ],
            transfer=trouble.index,
            causes=() if service else tuple(_causes(plain=_is_plain(trouble.transfer, trouble.connection))),
            remedies=_remedies(timeline, trouble.index, trouble.connection),
        )
    for trouble in ended_by(timeline, "not-http", "malformed-response", phases=("proxy",)):
        if trouble.complaint == standing(trouble.transfer)[0]:  # else curl says so because nothing came
            yield _of_a_proxy(trouble)
    for index, transfer in enumerate(timeline.transfers[:1]):
        service = service_that_greets(transfer)
        if service and len(timeline.transfers) == 1 and not transfer.complaints:
            finding = DIAGNOSIS.found(
                "likely",
                f"What came back is not an HTTP answer: it has no status line.{_named(service)} curl took it for an "
                "answer in HTTP/0.9, the oldest form, so it did not complain.",
                _greeting(timeline, service),
                transfer=index,
                remedies=_remedies(timeline, index, transfer.last_connection),
            )
            yield msgspec.structs.replace(finding, severity="note")  # curl did what it was told


def _of_a_proxy(trouble: Trouble) -> Finding:
    """What curl takes for its proxy does not answer CONNECT as one does (RFC 9110, 9.3.6)."""
    connect = trouble.proxy.connect if trouble.proxy else None
    asked = connect.request if connect else None
    evidence = [trouble.says("curl cannot read the answer to CONNECT")]
    if asked is not None:
        evidence.append(cite(trouble.timeline, asked.first_line, "curl asked the proxy for a way to the target"))
    return DIAGNOSIS.found(
        "certain",
        f"What {peer(trouble)} sent back to CONNECT is no HTTP answer that curl can read. The server was not asked.",
        evidence,
        transfer=trouble.index,
        causes=("Another service, or another kind of proxy (SOCKS), listens on this port.", "The proxy is broken."),
        remedies=(
            Remedy(
                "client",
                "Check the proxy's address: host, port, and the scheme in front",
                ("The scheme tells curl which kind of proxy it is: http, https, socks5h.",),
            ),
            PROXY_LOG,
        ),
        title="The proxy's answer is not HTTP",
    )


def _named(service: Fact[str] | None) -> str:
    return f" By its greeting it is {service.value}." if service else ""


def _greeting(timeline: Timeline, service: Fact[str] | None) -> tuple[Evidence, ...]:
    shows = "the greeting of {} in the place of the answer"
    return (cite(timeline, service.line, shows.format(service.value)),) if service else ()


def _stopped(trouble: Trouble) -> tuple[Evidence, ...]:
    """Cite the line in which curl says the same once more, behind what it printed as a head."""
    again = trouble.transfer.complaint("malformed-response")
    behind = again is not None and trouble.transfer.greeting and again.line > trouble.complaint.line
    return (cite(trouble.timeline, again.line, "curl cannot read it as a header"),) if again and behind else ()


def _is_plain(transfer: Transfer, connection: Connection | None) -> bool:
    """Whether the request went out without TLS; where no line tells of a connection, by its URL."""
    if connection is None:
        return (transfer.url or "").startswith("http://")
    return connection.tls is None


def _causes(*, plain: bool) -> Iterator[str]:
    yield "Another service (SSH, mail, a database, ...) listens on this port: the port in the URL is wrong."
    if plain:
        yield "The port speaks TLS and the request was sent in plain text: the URL says http instead of https."
    yield "The server's answer is broken: something is sent before the status line."


def _remedies(timeline: Timeline, index: int, connection: Connection | None) -> Iterator[Remedy]:
    steps = ["Compare the port in the URL with the port of the web service."]
    transfer = timeline.transfers[index]
    service = service_that_greets(transfer)
    if _is_plain(transfer, connection) and not service:
        steps.append("If the service uses TLS, write https:// instead of http://.")
    yield Remedy("client", "Check the port" if service else "Check port and scheme", tuple(steps))
    if not service:
        yield Remedy(
            "client",
            "Look at what the port says",
            ("The first bytes usually name the service.",),
            repeat(transfer, "--http0.9", "--max-time", "5", "--output", "-"),
        )
