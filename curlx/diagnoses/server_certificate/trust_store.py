"""curl could not read its list of trusted authorities.

## What it means

To check a server's certificate, curl reads a file or folder with the certificates of trusted authorities (the trust
store). The one that it was given, or was built to use, cannot be read. Nothing was sent to the server.

## How curlx knows

curl says so: `error setting certificate file`, `error setting certificate verify locations`; the exit code is 77.

## What to do

Correct the path in `--cacert`, `--capath`, `CURL_CA_BUNDLE`, `SSL_CERT_FILE` or `SSL_CERT_DIR`, or install the package
with the system's authorities (`ca-certificates`). A folder must have been prepared with `openssl rehash`.

## When it is something else

* The file is there but holds no certificate in PEM format (text that begins with `-----BEGIN CERTIFICATE-----`).
* The file can be read and the authority is not in it: see `server-certificate-untrusted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import quote
from curlx.diagnoses.tls_failures import refusals
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-trust-store",
    title="curl could not read its list of trusted authorities",
    explains=("server-certificate-untrusted", "tls-", "network-", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that failed because the CA file or folder cannot be used."""
    for failure in refusals(timeline, "trust-store-unreadable"):
        file = failure.complaint.subject if failure.complaint else None
        trust = failure.tls.trust[:2] if failure.tls else ()
        evidence = [*failure.evidence(timeline, "curl cannot use its list of authorities")]
        evidence += [cite(timeline, fact.line, "the file or folder that curl was to use") for fact in trust]
        if file is None and trust and trust[0].value.startswith(("/", ".")):
            file = trust[0].value
        yield DIAGNOSIS.found(
            "certain",
            f"curl could not read {f'`{file}`' if file else 'the file or folder'} with the authorities that it should "
            "trust, so it did not talk to the server.",
            evidence,
            transfer=failure.index,
            causes=(
                "The path is wrong, or relative to another folder.",
                "The file may not be read by this user, or is empty or not PEM.",
                "The system's authorities are not installed (common in small containers).",
            ),
            remedies=(
                Remedy(
                    "client",
                    "Look at the file, then correct the path",
                    ("The path can come from --cacert, --capath, ~/.curlrc, CURL_CA_BUNDLE, SSL_CERT_FILE or "
                     "SSL_CERT_DIR. Do not use -k instead: it accepts any certificate.",),
                    (
                        f"ls -l {quote(file or 'ca-bundle.pem')}",
                        f"openssl x509 -in {quote(file or 'ca-bundle.pem')} -noout -subject",
                        "env | grep -E '^(CURL_CA_BUNDLE|SSL_CERT_FILE|SSL_CERT_DIR)='",
                    ),
                ),
            ),
        )
