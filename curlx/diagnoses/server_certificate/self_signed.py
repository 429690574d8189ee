"""The server's certificate is self-signed.

## What it means

The server showed a certificate that no authority signed: it signed itself. Anybody can make such a certificate for any
name, so curl does not believe it unless it was told to trust this very one.

## How curlx knows

curl says so: `self-signed certificate`. (`self-signed certificate in certificate chain` is another case: there an
authority did sign, but its root is not trusted; see `server-certificate-untrusted`.)

## What to do

If the server is yours and meant to be like this, get its certificate over a safe way (not over this connection) and
give it to curl with `--cacert`. Otherwise install a certificate from an authority that the clients trust. `-k` makes
curl accept every certificate, an attacker's too.

## When it is something else

* The certificate is the server's default one because the request reached the wrong virtual host or the wrong machine:
  look at its subject.
* A router, a captive portal or a gateway answered in the server's place.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice import git
from curlx.advice.commands import curl
from curlx.advice.hosts import is_own
from curlx.advice.openssl import show_leaf
from curlx.diagnoses.loopback import on_the_way
from curlx.diagnoses.server_certificate.shared.origins import stand_in
from curlx.diagnoses.tls.shared.failures import refused_certificates
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

_IN_ITS_PLACE = "Something on the way answers in the server's place (captive portal, router, gateway)."
DIAGNOSIS = Diagnosis(
    code="server-certificate-self-signed",
    title="The server's certificate is self-signed and not trusted",
    needs="complaint",
    explains=("network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because the server's certificate signed itself."""
    for failure in refused_certificates(timeline, "certificate-self-signed"):
        host = failure.host
        known = stand_in(failure.certificate)
        yield DIAGNOSIS.found(
            "certain",
            f"The certificate that {host} showed is signed by itself, and curl was not told to trust it. No request "
            "was sent.",
            (
                *failure.evidence(timeline, "curl says that the certificate is self-signed"),
                *failure.certificate_evidence(timeline, "subject", "issuer"),
            ),
            transfer=failure.index,
            causes=(known.cause,)
            if known
            else (
                "The server uses a certificate made for tests or at installation.",
                "The request reached another machine or virtual host than it was meant for.",
                *on_the_way(failure.connection, _IN_ITS_PLACE),
            ),
            remedies=(
                Remedy(
                    "client",
                    "Look at the certificate, and if it is the right one, trust this one alone",
                    (
                        "Get the certificate from whoever runs the server, or compare its fingerprint with theirs, "
                        "before you trust it. The first command writes what the server shows to server.pem.",
                        failure.no_shortcut,
                    ),
                    (
                        show_leaf(failure.endpoint, "openssl x509 -out server.pem"),
                        "openssl x509 -in server.pem -noout -subject -fingerprint -sha256",
                        git.with_authority(failure.endpoint, "server.pem")
                        if failure.transfer.git
                        else curl(failure.endpoint, "--cacert", "server.pem"),
                    ),
                ),
                Remedy(
                    "server",
                    f"Install a certificate for {host} from an authority that the clients trust",
                    ("No public authority issues one for that: use one of your own CA.",) if is_own(host) else (),
                ),
            ),
        )
