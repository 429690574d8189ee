"""Whether the server's certificate is revoked could not be checked.

## What it means

curl was to make sure that the certificate has not been revoked, got no answer, and took that for a no. The certificate
itself may be perfectly fine. On Windows (Schannel) curl asks by itself; elsewhere only with `--crlfile`.

## How curlx knows

curl says so. On Windows: `CRYPT_E_NO_REVOCATION_CHECK` (0x80092012), `CRYPT_E_REVOCATION_OFFLINE` (0x80092013),
`CERT_TRUST_REVOCATION_STATUS_UNKNOWN`. With `--crlfile`: `unable to get certificate CRL`, `CRL has expired`, `CRL is
not yet valid`.

## What to do

On Windows, let the client reach the addresses for revocation lists (CRL) and OCSP that the certificate names; they are
plain `http://` and proxies often block them. `--ssl-revoke-best-effort` (curl 7.70 and later) goes on when the answer
is missing, and still refuses what is known to be revoked. `--ssl-no-revoke` switches the check off altogether.

With `--crlfile`, give curl a current list of every authority in the chain, all in one PEM file.

## When it is something else

* A gateway or antivirus program that decrypts issues certificates that name no revocation list at all: then the check
  fails for every host, and the issuer of the certificate tells.
* A private CA without a revocation list behaves in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice import git
from curlx.advice.commands import curl
from curlx.advice.openssl import show_chain, show_leaf
from curlx.diagnoses.tls.shared.failures import Failure, refused_certificates
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-revocation-unchecked",
    title="Whether the server's certificate is revoked could not be checked",
    needs="complaint",
    explains=("network-", "tls-protocol-error", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because nobody told it whether the certificate is revoked."""
    for failure in refused_certificates(timeline, "certificate-revocation-unchecked"):
        windows = failure.tells("of-schannel")
        yield DIAGNOSIS.found(
            "certain",
            f"{'Windows' if windows else 'curl'} could not find out whether the certificate of {failure.host} has been "
            "revoked, and curl treats that as a failure. It does not mean that the certificate is bad.",
            (
                *failure.evidence(timeline, "the check for revocation got no answer"),
                *failure.certificate_evidence(timeline, "issuer"),
            ),
            transfer=failure.index,
            causes=_WINDOWS_CAUSES if windows else _CAUSES,
            remedies=_on_windows(failure) if windows else _with_lists(failure),
        )


_WINDOWS_CAUSES = (
    "The client cannot reach the authority's revocation list or OCSP responder (firewall, proxy, no DNS).",
    "The issuer is a private CA, a gateway or an antivirus program, whose certificates name no such list.",
    "The authority's responder is down.",
)
_CAUSES = (
    "The file given with --crlfile holds no list of the authority that issued one of the certificates in the chain.",
    "A list in it is out of date, or not in PEM format.",
)


def _on_windows(failure: Failure) -> tuple[Remedy, ...]:
    return (
        Remedy(
            "network",
            "Let the client fetch the revocation list",
            (
                "The addresses stand in the certificate (CRL Distribution Points, Authority Information Access). The "
                "first command saves it as server.cer, as the export of a browser does (openssl comes with Git for "
                "Windows); the second fetches the addresses and shows what fails.",
            ),
            (
                show_leaf(failure.endpoint, "openssl x509 -out server.cer"),
                "certutil -urlfetch -verify server.cer",
            ),
        ),
        git.revocation(failure.endpoint)
        if failure.transfer.git
        else Remedy(
            "client",
            git.WITHOUT_ANSWER,
            ("curl 7.70 or later, Schannel only. It hides a revocation that an attacker keeps from you.",),
            (curl(failure.endpoint, "--ssl-revoke-best-effort"),),
        ),
    )


def _with_lists(failure: Failure) -> tuple[Remedy, ...]:
    return (
        Remedy(
            "client",
            "See which authorities the chain needs lists of, and which lists the file holds",
            (
                "Put a current list of every authority in the chain, below the root, into one PEM file.",
                "The second command shows the first list of the file; crls.pem stands for the file given with "
                "--crlfile.",
            ),
            (show_chain(failure.endpoint), "openssl crl -in crls.pem -noout -issuer -lastupdate -nextupdate"),
        ),
    )
