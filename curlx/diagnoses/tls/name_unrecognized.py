"""The server does not serve the name that curl asked for.

## What it means

In its first message curl names the host it wants (SNI, server name indication; RFC 6066, 3), because many hosts share
one address. The server has nothing for this name and broke off.

## How curlx knows

The server sent the alert `unrecognized name`, or curl's TLS library names it.

## What to do

Check the name in the URL for mistakes, and whether its DNS entry leads to the right server. curl sends the host of the
URL; a `Host:` header does not change it. To reach a certain address under a name, use `--resolve` or `--connect-to`.

## When it is something else

* The URL holds an IP address: then curl sends no name at all, and a server without a default host breaks off.
* A proxy or load balancer in front does not know the new name yet.
* Other servers answer an unknown name with their default certificate (`server-certificate-name-mismatch`), with
  `handshake failure`, or with HTTP 421.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import PLACEHOLDER
from curlx.diagnoses.network.shared.probes import lookup
from curlx.diagnoses.tls.shared.failures import broken
from curlx.diagnoses.tls.shared.names import by_name
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="tls-name-unrecognized",
    title="The server does not serve the host name that curl asked for",
    needs="complaint",
    explains=("tls-refused", "network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that the server broke off because of the name in the handshake."""
    for failure in broken(timeline, "name-unrecognized"):
        endpoint = failure.endpoint
        evidence = [
            *failure.evidence(timeline, "the server does not recognize the name in the handshake"),
            *failure.hello_evidence(timeline),
        ]
        if failure.connection is not None and failure.connection.connected is not None:
            evidence.append(cite(timeline, failure.connection.connected.line, "the address that answered"))
        if endpoint.is_address:
            summary = (f"The URL holds the address {failure.host}, so curl sent no host name in the handshake, and "
                       "the server wants one that it knows.")  # fmt: skip
            causes = ["No name is sent for an IP address (RFC 6066, 3), and the server has no default host."]
            serve = "Set up a default host for requests that name none"
            use = by_name(endpoint)
        else:
            who = "The server that answered" + ("" if endpoint.host == PLACEHOLDER else f" for {failure.host}")
            summary = f"{who} says that it does not serve {'the' if endpoint.host == PLACEHOLDER else 'that'} name."
            causes = ["The name is misspelt, or its DNS entry leads to the wrong server."]
            serve = f"Add {failure.host} to the names that are served, with a certificate"
            use = Remedy(
                "client",
                "Check the name, and which address it leads to",
                (),
                lookup(failure.transfer, endpoint.host),
            )
        yield DIAGNOSIS.found(
            "certain",
            summary,
            evidence,
            transfer=failure.index,
            causes=(*causes, "The server, or the proxy in front of it, is not set up for this name."),
            remedies=(use, Remedy("server", serve)),
        )
