"""The server never asked for a client certificate, although the application wants one.

## What it means

A client shows its certificate only when the server asks for it in the TLS handshake. Here the application answered
that it wants one, but whoever ended the TLS connection never asked. So it does not matter whether a certificate is
configured: curl had no occasion to send it.

## How curlx knows

The answer demands a client certificate, and the handshake, which this log shows, has no Certificate Request (13) from
the server. Where the words are those of a known server (nginx, IIS) curlx is certain; an application's own words make
it likely; a page that only mentions client certificates is worth a note. Builds of curl that print no handshake
messages cannot show this; there curlx says `client-certificate-missing`.

## What to do

On the server, turn the request on in the place that ends TLS: the load balancer, CDN or ingress if there is one, not
the application behind it. On the client, look whether this is the right host and port (mutual TLS often has its own).
If a gateway on the way decrypts TLS, exempt the host.

## When it is something else

* The server asks only after the request (renegotiation, post-handshake authentication):
  `client-certificate-post-handshake`.
* The connection resumed an older session, in which no certificates are exchanged: try again with a new one.
* A gateway re-signs the connection: `tls-intercepted` is then the cause.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.diagnoses.client_certificate.shared.answers import IN_PASSING, answer
from curlx.diagnoses.client_certificate.shared.remedies import remedies, right_endpoint
from curlx.diagnoses.client_certificate.shared.sides import sides
from curlx.diagnoses.client_certificate.shared.testimony import told
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="client-certificate-not-requested",
    title="The server wants a client certificate but did not ask for one in the handshake",
    needs="refusal",
    explains=("http-",),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find answers that demand a client certificate after a handshake in which nobody asked for one."""
    for side in sides(timeline):
        response, tls = side.response, side.tls
        if response is None or tls is None or side.asked != "no" or side.is_proxy:
            continue
        found = answer(timeline, side)
        demanded = found is not None and found.kind in ("required", "refused")
        offered = side.configured and response.status in (401, 403) and not response.header("www-authenticate")
        if found is not None and demanded:
            text = "The server's answer is about a client certificate, but in the handshake it did not ask for one."
            proof = [cite(timeline, found.line, "the answer is about a client certificate")]
            if found.in_passing:
                text = f"{IN_PASSING} In the handshake the server did not ask for one."
                proof = [cite(timeline, found.line, "the answer's text speaks of a client certificate")]
        elif found is None and offered:
            text = ("A client certificate is configured, but the server did not ask for it, so it was not sent. "
                    "Whether that is why it refuses the request, the answer does not say.")  # fmt: skip
            proof = []
        else:
            continue
        weak = found is None or found.in_passing
        proof.append(cite(timeline, response.first_line, "the status of the server's answer"))
        if tls.certificate and tls.certificate.issuer:
            line = tls.certificate.issuer.line
            proof.append(cite(timeline, line, "who issued the certificate of whoever ended this TLS connection"))
        if tls.resumed:
            text += f" The TLS session was resumed (line {tls.resumed}): a resumed session exchanges no certificates."
        account = told(timeline, side, text, proof)
        server = Remedy(
            "server",
            "Ask for the certificate where TLS ends",
            (
                "Turn the request for client certificates on in whatever ends TLS for this host: load balancer, CDN, "
                "ingress or web server. The application behind it cannot ask.",
                "If that part asks and the application still says no, it must hand the certificate (or its result) on.",
            ),
        )
        finding = DIAGNOSIS.found(
            "possible" if weak else "certain" if found and found.known and not found.challenged else "likely",
            account.text,
            account.evidence,
            transfer=side.position,
            causes=(
                "The part that ends TLS (load balancer, CDN, ingress) is not set up for client certificates.",
                "The request went to a host or port without mutual TLS.",
                "A gateway on the way ended the TLS connection and speaks to the server for itself.",
            ),
            remedies=remedies(side, right_endpoint(side), server, problem="missing"),
        )
        yield msgspec.structs.replace(finding, severity="note") if weak else finding
