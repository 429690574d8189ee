"""curl could not load the client certificate's private key.

## What it means

A client certificate is of no use without its private key. The certificate was read; the key was not.

## How curlx knows

curl says so: `unable to set private key file: 'client.key' type PEM`, `unable to set private key`, `unable to load
client key`, `error reading X.509 key file`. With OpenSSL these words stand for five different things: the file does
not exist, cannot be read, is encrypted and the passphrase is missing or wrong, holds no key, or holds the key of
another certificate. The log does not tell them apart; but without `--key` curl looks for the key in the certificate's
file, so a file that by its name is no key points at that. NSS adds `Peer's public key is invalid`, which is about the
client's own key. GnuTLS says `error reading X.509 key file` also of the certificate's file; there curlx says `likely`.

## What to do

Try the key file by hand (the command asks for a passphrase if there is one), then compare it with the certificate.

## When it is something else

Where curl names the reason: `client-certificate-key-mismatch`, `client-certificate-passphrase`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import CERTIFICATES
from curlx.client_files.causes import ENCRYPTED, OPENED_WRONGLY
from curlx.complaints import Detail
from curlx.diagnoses.client_certificate.shared.files import (
    Trouble,
    by_command,
    is_certificate,
    is_key,
    of_a_known_type,
    same_key,
    same_key_in_bundle,
    show_key,
    troubles,
    unusable,
)
from curlx.diagnoses.client_certificate.shared.remedies import again, is_bundle
from curlx.findings import KEY_FILE, Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="client-certificate-key-not-loaded",
    title="curl could not load the private key of the client certificate",
    needs="complaint",
    explains=("http-", "network-", "tls-", "curl-", "server-certificate-", "client-certificate-missing"),
)

_CAUSES = (
    "The key file does not exist at this path, or the program's user may not read it.",
    ENCRYPTED,
    "The file holds no private key, or the key of another certificate.",
)
_ENCRYPTED = (ENCRYPTED, OPENED_WRONGLY)

_OF_NSS = (
    "The key is of a kind, or in a form, that this build of NSS does not read: many read only RSA keys, and of those "
    "only `BEGIN RSA PRIVATE KEY`."
)
_FOR_NSS = (
    "Where openssl reads the key and NSS does not: of an RSA key `openssl rsa -traditional` (before OpenSSL 3 without "
    "that option) writes the form that NSS reads; for another kind take a curl with OpenSSL, or get a certificate with "
    "an RSA key."
)

_EITHER = "could not read the client certificate or its private key"

_REASONS: dict[Detail, str] = {
    "unread-file": "One of the two files does not exist at its path, or the program's user may not read it.",
    "bad-base64": "One of the two files is not PEM, or is damaged.",
    "not-asn1": "One of the two files is not in the format that --cert-type or --key-type names.",
}
"""What GnuTLS may mean, which reads both files in one call."""

_PAIR = "The next two must print the same value: then key and certificate belong together."


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find keys that curl could not load."""
    for trouble in troubles(timeline, "client-key-not-loaded"):
        name, said, way = trouble.key, trouble.complaint, trouble.way
        bundle = is_bundle(trouble.certificate) and not name
        steps = [
            "The first command reads the key, and asks for the passphrase if it is encrypted.",
            _PAIR,
        ]
        if bundle:
            steps = ["The first two commands ask for the passphrase, and print the same value when key and certificate "
                     "belong together."]  # fmt: skip
        elif not name:
            steps.append("If the key is in the certificate's own file, leave --key out (curl with mbedTLS wants it all "
                         "the same).")  # fmt: skip
        of_nss = said.tells("of-nss")
        usual = _usual(trouble)
        causes = (*usual, *((_OF_NSS,) if of_nss else ()))
        steps += [_FOR_NSS] if of_nss else []
        remedy = Remedy(
            "client",
            "Find out why the key cannot be used",
            tuple(steps),
            (
                *(
                    same_key_in_bundle(way, trouble.certificate)
                    if bundle
                    else (show_key(way, name), *same_key(way, trouble.certificate, name))
                ),
                again(trouble.side, certificate=trouble.certificate, key=name),
            ),
        )
        either = said.meaning(_REASONS, "") if said.tells("of-gnutls") else ""
        if either:
            text = f"curl {_EITHER}. {either} GnuTLS speaks of the key file in both cases."
            yield unusable(DIAGNOSIS, timeline, trouble, text, remedy, certainty="likely", title=f"curl {_EITHER}")
            continue
        text = f"curl could not load the private key of the client certificate{f', {name}' if name else ''}."
        if said.tells("unknown-encryption"):
            text += " It is encrypted in a way that this build of mbedTLS cannot read."
            yield unusable(DIAGNOSIS, timeline, trouble, text, remedy)
            continue
        if said.tells("unknown-file-type"):
            text += " --key-type has a value that curl does not know: it takes PEM, DER and ENG."
            yield unusable(DIAGNOSIS, timeline, trouble, text, of_a_known_type(trouble))
            continue
        unsure = " curl's words do not tell which of the causes below it is."
        reason = _no_key_by_the_command(trouble) or _no_key_by_the_name(trouble)
        if reason:
            by = "command" if trouble.certificate else "name of the file"
            text += f" By the {by} it is most likely the first cause below." if is_certificate(name) else unsure
            # The certificate was read from it: so it is there.
            rest = (*(each for each in usual if each in _ENCRYPTED), "The key in it is that of another certificate.")
            causes = (reason, *(rest if name == trouble.certificate else usual))
            also = by_command(timeline, trouble)
            yield unusable(DIAGNOSIS, timeline, trouble, text, _with_a_key(trouble), causes=causes, also=also)
            continue
        yield unusable(DIAGNOSIS, timeline, trouble, text + unsure, remedy, causes=causes)


def _usual(trouble: Trouble) -> tuple[str, ...]:
    """Return the usual causes; a passphrase that was given is not missing, and tells that the key is encrypted."""
    if trouble.side.transfer.option("pass", "proxy-pass") is None:
        return _CAUSES
    return (OPENED_WRONGLY, *(each for each in _CAUSES if each != ENCRYPTED))


def _no_key_by_the_command(trouble: Trouble) -> str:
    """Say in which way the command gives curl no key, where it looks so."""
    certificate, key = trouble.certificate, trouble.key
    if not certificate or is_bundle(certificate):
        return ""
    if key != certificate:
        return f"By its name, {key} is a certificate, and holds no key." if is_certificate(key) else ""
    if trouble.side.transfer.option("key", "proxy-key"):
        return f"The command names {key} with --cert and with --key, and it holds the certificate alone."
    return f"The command has no --key, so curl looked for the key in {key}, which holds the certificate alone."


def _no_key_by_the_name(trouble: Trouble) -> str:
    """Say that curl may have been given no key, where no command is shown and the file has no name of a key."""
    key = trouble.key
    if trouble.certificate or not key.lower().endswith(CERTIFICATES) or is_key(key):
        return ""
    if trouble.side.transfer.option("key", "proxy-key"):
        return ""
    return (f"No --key was given, or it names the certificate's file: so curl looked for the key in {key}, which by "
            "its name may hold the certificate alone.")  # fmt: skip


def _with_a_key(trouble: Trouble) -> Remedy:
    certificate = trouble.certificate or trouble.key  # no command is shown: by its name it is the certificate
    return Remedy(
        "client",
        "Name the file of the private key with --key",
        (
            f"The first command tells whether {trouble.key} holds a key at all (it asks for the passphrase of one that "
            f"is encrypted). If it does not, the key is in a file of its own, for which {KEY_FILE} stands here.",
            _PAIR,
        ),
        (
            show_key(trouble.way, trouble.key),
            *same_key(trouble.way, certificate, KEY_FILE),
            again(trouble.side, certificate=certificate, key=KEY_FILE),
        ),
    )
