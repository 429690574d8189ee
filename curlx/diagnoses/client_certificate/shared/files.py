"""Complaints of curl about its own certificate and key files: it stopped before it spoke to the server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curlx.advice.commands import Way
from curlx.diagnoses.client_certificate.shared.remedies import again, is_bundle
from curlx.diagnoses.client_certificate.shared.sides import Side, file_given, sides
from curlx.events import ComplaintKind
from curlx.findings import CERTIFICATE_FILE, KEY_FILE, Certainty, Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Complaint, Timeline

HARMLESS = (
    "The server has not seen any of this: curl stopped before it sent a certificate, and the server's own certificate "
    "has nothing to do with it."
)


class Trouble(NamedTuple):
    """A file that curl could not use."""

    side: Side
    complaint: Complaint
    certificate: str
    """The certificate file that the log names; empty when it names none."""
    key: str
    """The key file that the log names; empty when it names none."""

    @property
    def way(self) -> Way:
        """The way that the call went."""
        return self.side.way


def troubles(timeline: Timeline, *kinds: ComplaintKind) -> Iterator[Trouble]:
    """Find complaints of these kinds about a client's own files, one a transfer."""
    told = set()
    for side in sides(timeline):
        complaint = side.transfer.complaint(*kinds)
        if complaint is None or side.position in told:
            continue
        told.add(side.position)
        certificate = file_given(side.transfer, "cert", "proxy-cert") or ""
        key = file_given(side.transfer, "key", "proxy-key") or _in_one_file(side, certificate)
        if complaint.subject and complaint.kind in ("client-key-not-loaded", "client-key-mismatch"):
            key = complaint.subject
        elif complaint.subject and not complaint.tells("unknown-file-type"):  # there it is the type that curl was told
            certificate = complaint.subject
        yield Trouble(side, complaint, certificate, key)


def is_key(name: str) -> bool:
    """Whether a file is a private key by its name: `client.key`, `client-key.pem`, `privkey.pem`."""
    stem, _, ending = name.lower().rpartition(".")
    return ending == "key" or stem.endswith("key")


def is_certificate(name: str) -> bool:
    """Whether a file is a certificate by its name: `client.crt`, `client-cert.pem`."""
    stem, _, ending = name.lower().rpartition(".")
    return ending in ("crt", "cer") or stem.endswith("cert")


def _in_one_file(side: Side, certificate: str) -> str:
    """Return the certificate's file where the command names no other for the key: curl looks for it there."""
    mbedtls = side.backend == "mbedTLS"
    return "" if mbedtls or is_bundle(certificate) else certificate


def unusable(
    diagnosis: Diagnosis,
    timeline: Timeline,
    trouble: Trouble,
    text: str,
    remedy: Remedy,
    *,
    certainty: Certainty = "certain",
    causes: tuple[str, ...] = (),
    title: str = "",
    also: tuple[Evidence, ...] = (),
) -> Finding:
    """Return the finding for a file that curl could not use."""
    return diagnosis.found(
        certainty,
        f"{text}\n{HARMLESS}",
        [cite(timeline, trouble.complaint.line, "curl says that it could not use the file"), *also],
        transfer=trouble.side.position,
        causes=causes,
        remedies=[remedy],
        title=title,
    )


def of_a_known_type(trouble: Trouble) -> Remedy:
    """Tell how to say what a file is, where curl does not know the word that it was told."""
    of_key = trouble.complaint.kind == "client-key-not-loaded"
    option = f"--{'proxy-' if trouble.side.is_proxy else ''}{'key' if of_key else 'cert'}-type"
    steps = [f"Leave {option} out where the file is PEM, text that begins with -----BEGIN, or write what it is."]
    if "7" in (trouble.complaint.subject or ""):
        steps.append(
            f"curl reads no PKCS#7 (.p7b): `openssl pkcs7 -print_certs -in FILE.p7b -out {CERTIFICATE_FILE}` writes "
            "its certificates as PEM (with `-inform DER` where the file is no text). It never holds the key."
        )
    command = again(trouble.side, option, "PEM", certificate=trouble.certificate, key=trouble.key)
    return Remedy("client", "Name a type of file that curl knows", tuple(steps), (command,))


def by_command(timeline: Timeline, trouble: Trouble) -> tuple[Evidence, ...]:
    """Quote the command that names the files, where the log has it."""
    command = trouble.side.transfer.command
    return (cite(timeline, command.line, "the command says which file is for what"),) if command else ()


def show_certificate(way: Way, name: str) -> str:
    """Return the command that shows whose certificate is in a PEM file."""
    return f"openssl x509 -in {way.quote(name or CERTIFICATE_FILE)} -noout -subject -issuer -dates"


def show_key(way: Way, name: str) -> str:
    """Return the command that checks a key file; it asks for the passphrase where there is one."""
    return f"openssl pkey -in {way.quote(name or KEY_FILE)} -noout && echo key is readable"


def same_key(way: Way, certificate: str, key: str) -> tuple[str, str]:
    """Return the two commands that print the same value when certificate and key belong together."""
    return (
        f"openssl x509 -in {way.quote(certificate or CERTIFICATE_FILE)} -noout -pubkey | openssl sha256",
        f"openssl pkey -in {way.quote(key or KEY_FILE)} -pubout | openssl sha256",
    )


def same_key_in_bundle(way: Way, name: str) -> tuple[str, str]:
    """Return the two commands that print the same value when the certificate and the key in a PKCS#12 file fit."""
    opened = f"openssl pkcs12 -in {way.quote(name)} -nodes"
    return (
        f"{opened} -nokeys -clcerts | openssl x509 -noout -pubkey | openssl sha256",
        f"{opened} -nocerts | openssl pkey -pubout | openssl sha256",
    )
