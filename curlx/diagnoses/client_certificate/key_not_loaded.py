"""curl could not load the client certificate's private key.

## What it means

A client certificate is of no use without its private key. The certificate was read; the key was not.

## How curlx knows

curl says so: `unable to set private key file: 'client.key' type PEM`, `unable to set private key`, `unable to load
client key`, `error reading X.509 key file`. With OpenSSL these words stand for five different things: the file does
not exist, cannot be read, is encrypted and the passphrase is missing or wrong, holds no key, or holds the key of
another certificate. The log does not tell them apart. NSS adds `Peer's public key is invalid`, which is about the
client's own key.

## What to do

Try the key file by hand (the command asks for a passphrase if there is one), then compare it with the certificate.

## When it is something else

Where curl names the reason: `client-certificate-key-mismatch`, `client-certificate-passphrase`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.client_certificate.files import same_key, show_key, troubles, unusable
from curlx.findings import Diagnosis, Finding
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="client-certificate-key-not-loaded",
    title="curl could not load the private key of the client certificate",
    explains=("http-", "network-", "tls-", "curl-", "server-certificate-", "client-certificate-missing"),
)

_CAUSES = (
    "The key file does not exist at this path, or the program's user may not read it.",
    "The key is encrypted, and the passphrase is missing or wrong (--pass).",
    "The file holds no private key, or the key of another certificate.",
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find keys that curl could not load."""
    for trouble in troubles(timeline, "client-key-not-loaded"):
        name = trouble.key
        yield unusable(
            DIAGNOSIS,
            timeline,
            trouble,
            f"curl could not load the private key of the client certificate{f', {name}' if name else ''}. Its words "
            "do not tell which of the causes below it is.",
            "Find out why the key cannot be used",
            (
                "The first command reads the key and asks for the passphrase if it is encrypted.",
                "The next two must print the same value: then key and certificate belong together.",
                "If the key is in the certificate's own file, leave --key out (curl with mbedTLS wants it all the "
                "same).",
            ),
            (show_key(name), *same_key(trouble.certificate, name)),
            _CAUSES,
        )
