"""curl could not read its list of trusted authorities.

## What it means

To check a server's certificate, curl reads a file or folder with the certificates of trusted authorities (the trust
store). The one that it was given, or was built to use, cannot be read. No request was sent. The same goes for the list
of revoked certificates given with `--crlfile`.

## How curlx knows

curl says so: `error setting certificate file`, `error setting certificate verify locations`, `Problem with the SSL CA
cert`; the exit code is 77. (82 for the list of revoked certificates: `error loading CRL file`.)

## What to do

Correct the path in `--cacert`, `--capath`, `CURL_CA_BUNDLE`, `SSL_CERT_FILE` or `SSL_CERT_DIR`, or install the package
with the system's authorities (`ca-certificates`). A folder must have been prepared with `openssl rehash`.

## When it is something else

* The file is there but holds no certificate in PEM format (text that begins with `-----BEGIN CERTIFICATE-----`).
* The file can be read and the authority is not in it: see `server-certificate-untrusted`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import BUNDLES, Way, quote
from curlx.diagnoses.tls.shared.failures import refused_certificates
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-trust-store",
    title="curl could not read its list of trusted authorities",
    needs="complaint",
    explains=("server-certificate-untrusted", "tls-", "network-", "curl-error"),
)


_FOLDERS = ("/etc/ssl/", "/etc/pki/")
_DAMAGED = (
    "The file was read, and something in it is no certificate to this TLS library: it is damaged, in another format, "
    "or of a kind that the library does not know."
)
_INSTALL = Remedy(
    "client",
    "Install the system's authorities, if the file is not there",
    (
        "On Alpine the first command does it, on Debian and Ubuntu the second, on Fedora and Red Hat the third; each "
        "as root, for a container in its Dockerfile.",
    ),
    (
        "apk add ca-certificates",
        "apt-get update && apt-get install -y ca-certificates",
        "dnf install -y ca-certificates",
    ),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that failed because the CA file or folder cannot be used."""
    for failure in refused_certificates(timeline, "trust-store-unreadable"):
        file = failure.complaint.subject if failure.complaint else None
        trust = failure.tls.trusted_places[:2] if failure.tls else ()
        what, holds = "its list of trusted authorities", "the authorities that it should trust"
        causes = [
            "The path is wrong, or relative to another folder.",
            "The file may not be read by this user, or is empty or not PEM.",
        ]
        revocation = failure.tells("revocation-list")
        if revocation:
            what, holds, trust = "its list of revoked certificates", "the revoked certificates (`--crlfile`)", ()
        else:
            causes.append("The system's authorities are not installed (common in small containers).")
        evidence = [*failure.evidence(timeline, f"curl cannot use {what}")]
        evidence += [cite(timeline, fact.line, "the file or folder that curl was to use") for fact in trust]
        if file is None and trust and trust[0].value.startswith(("/", ".")):
            file = trust[0].value
        install: tuple[Remedy, ...] = ()
        if _is_of_system(file, failure.endpoint.way):
            install, causes = (_INSTALL,), [causes[-1], *causes[:-1]]
        damaged = failure.tells("unparsed-file")
        if damaged:
            install, causes = (), [_DAMAGED]
        yield DIAGNOSIS.found(
            "certain",
            f"curl could not use {f'`{file}`' if file else 'the file or folder'} with {holds}, so it broke off. No "
            "request was sent.",
            evidence,
            transfer=failure.index,
            title=f"curl could not read {what}",
            causes=causes,
            remedies=(
                *install,
                Remedy(
                    "client",
                    f"Look at the file, then {'put it right' if damaged else 'correct the path'}",
                    (
                        "git has the path from http.sslCAInfo (`git config --show-origin --get-regexp sslcainfo` shows "
                        "where that stands) or from GIT_SSL_CAINFO."
                        if failure.transfer.git
                        else "The path can come from the command, from ~/.curlrc, or (for authorities) from "
                        "CURL_CA_BUNDLE, SSL_CERT_FILE or SSL_CERT_DIR.",
                        failure.no_shortcut,
                    ),
                    ()
                    if failure.endpoint.way.windows
                    else _look(file or "ca-bundle.pem", "crl" if revocation else "x509"),
                ),
            ),
        )


def _is_of_system(file: str | None, way: Way) -> bool:
    """Whether it is the bundle of a system's package, which the command does not name."""
    given = way.value("--cacert") is not None or way.value("--capath") is not None
    return file is not None and not given and file.startswith(_FOLDERS) and file.rpartition("/")[2] in BUNDLES


def _look(file: str, kind: str) -> tuple[str, ...]:
    """Return commands for a POSIX shell; a Windows path has no meaning there."""
    if "\\" in file:
        return ()
    return (
        f"ls -l {quote(file)}",
        f"openssl {kind} -in {quote(file)} -noout -{'issuer' if kind == 'crl' else 'subject'}",
        "env | grep -E '^(CURL_CA_BUNDLE|SSL_CERT_FILE|SSL_CERT_DIR)='",
    )
