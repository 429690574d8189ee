"""The passphrase of the client's key is missing or wrong.

## What it means

The private key (or the PKCS#12 file that holds it) is encrypted. curl could not decrypt it with the passphrase it was
given, or was given none.

## How curlx knows

curl says so: `could not parse PKCS12 file, check password`, `Decryption has failed`, `mac verify failure`.

## What to do

Try the passphrase by hand, then give it with `--pass`.

## When it is something else

* With OpenSSL, a wrong passphrase of a PEM key is worded `unable to set private key file`:
  `client-certificate-key-not-loaded`; only where `Enter PEM pass phrase:` stands before it does the log show the
  reason.
* `check password` with `digital envelope routines::unsupported` behind it is about an old encryption (RC2-40), not the
  passphrase: `client-certificate-not-loaded`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.client_certificate.shared.files import Trouble, show_key, troubles, unusable
from curlx.diagnoses.client_certificate.shared.remedies import again, is_bundle
from curlx.findings import BUNDLE_FILE, Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="client-certificate-passphrase",
    title="The passphrase of the client's key is missing or wrong", needs="complaint",
    explains=("http-", "network-", "tls-", "curl-", "client-certificate-key-not-loaded",
              "client-certificate-not-loaded"),
)  # fmt: skip


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find keys that curl could not decrypt."""
    for trouble in (*troubles(timeline, "client-passphrase"), *_asked_for(timeline)):
        said = trouble.complaint
        bundle = is_bundle(trouble.certificate) or said.tells("bundle")
        name = trouble.certificate or (BUNDLE_FILE if bundle else "")
        way = trouble.way
        shown = f"openssl pkcs12 -in {way.quote(name)} -info -noout" if bundle else show_key(way, trouble.key)
        key = "" if bundle else trouble.key
        remedy = Remedy(
            "client",
            "Give curl the right passphrase",
            (
                "The first command asks for the passphrase and shows whether it fits.",
                "Give it to curl with --pass, better from a file than on the command line, where others can see it: "
                'pass.conf holds one line, pass = "...".',
            ),
            (shown, again(trouble.side, "--config", "pass.conf", certificate=name, key=key)),
        )
        what = "PKCS#12 file" if bundle else "private key"
        # lib/vtls/gtls.c: without --pass the sentence is another one than with it.
        why = "the passphrase is missing or wrong"
        if said.tells("without-passphrase"):
            why = "no passphrase was given"
        elif said.tells("with-passphrase"):
            why = "the passphrase that was given is wrong"
        text = f"curl could not decrypt the client's {what}: {why}."
        also: tuple[Evidence, ...] = ()
        if said.tells("of-openssl"):
            text = ("curl could not load the client's private key. It is encrypted, and no passphrase was given with "
                    "--pass; most likely what was typed, if anything was, does not fit.")  # fmt: skip
            asked = trouble.side.transfer.passphrase
            also = (cite(timeline, asked, "OpenSSL asks for the passphrase of the key"),) if asked else ()
        yield unusable(DIAGNOSIS, timeline, trouble, text, remedy, also=also, certainty="likely" if also else "certain")


def _asked_for(timeline: Timeline) -> Iterator[Trouble]:
    """Yield the keys that OpenSSL could not load after it had asked for a passphrase."""
    for trouble in troubles(timeline, "client-key-not-loaded"):
        asked = trouble.side.transfer.passphrase
        if asked and asked < trouble.complaint.line and trouble.complaint.tells("of-openssl"):
            yield trouble
