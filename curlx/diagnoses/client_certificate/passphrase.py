"""The passphrase of the client's key is missing or wrong.

## What it means

The private key (or the PKCS#12 file that holds it) is encrypted. curl could not decrypt it with the passphrase it was
given, or was given none.

## How curlx knows

curl says so: `could not parse PKCS12 file, check password`, `Decryption has failed`, `mac verify failure`.

## What to do

Try the passphrase by hand, then give it with `--pass`. Old PKCS#12 files encrypted with RC2-40 or 3DES fail in
OpenSSL 3 too, unless its legacy provider is loaded: re-export them.

## When it is something else

With OpenSSL, a wrong passphrase of a PEM key is worded `unable to set private key file`:
`client-certificate-key-not-loaded`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import quote
from curlx.diagnoses.client_certificate.files import show_key, troubles, unusable
from curlx.findings import Diagnosis, Finding
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="client-certificate-passphrase",
    title="The passphrase of the client's key is missing or wrong",
    explains=("http-", "network-", "tls-", "curl-", "client-certificate-key-not-loaded",
              "client-certificate-not-loaded"),
)  # fmt: skip


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find keys that curl could not decrypt."""
    for trouble in troubles(timeline, "client-passphrase"):
        bundle = "pkcs12" in trouble.complaint.text.lower() or trouble.certificate.lower().endswith((".p12", ".pfx"))
        command = (f"openssl pkcs12 -in {quote(trouble.certificate or 'client.p12')} -info -noout" if bundle
                   else show_key(trouble.key))  # fmt: skip
        yield unusable(
            DIAGNOSIS,
            timeline,
            trouble,
            f"curl could not decrypt the client's {'PKCS#12 file' if bundle else 'private key'}: the passphrase is "
            "missing or wrong.",
            "Give curl the right passphrase",
            (
                "The first command asks for the passphrase and shows whether it fits.",
                "Give it to curl with --pass, better from a file (--config) than on the command line, where others can "
                "see it.",
                "An old PKCS#12 file (RC2-40, 3DES) may be refused by OpenSSL 3 whatever the passphrase: export it "
                "again.",
            ),
            (command,),
            (),
        )
