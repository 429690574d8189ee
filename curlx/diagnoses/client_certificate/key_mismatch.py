"""The private key does not belong to the client certificate.

## What it means

Certificate and private key are a pair: the certificate holds the public half of the key. The two files given to curl
are not halves of one pair, so nothing could be signed with them.

## How curlx knows

curl says so: `The certificate and the given key do not match`, `Private key does not match the certificate public
key`.

## What to do

Compare the public keys of both files, and find the key that the certificate was requested with. After a renewal both
files must be replaced together.

## When it is something else

With OpenSSL, curl often words this as `unable to set private key file`, which has other causes too:
`client-certificate-key-not-loaded`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.client_certificate.shared.files import same_key, same_key_in_bundle, troubles, unusable
from curlx.diagnoses.client_certificate.shared.remedies import again
from curlx.findings import BUNDLE_FILE, Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="client-certificate-key-mismatch",
    title="The private key does not belong to the client certificate", needs="complaint",
    explains=("http-", "network-", "tls-", "curl-", "client-certificate-key-not-loaded",
              "client-certificate-not-loaded"),
)  # fmt: skip


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find pairs of files that are none."""
    for trouble in troubles(timeline, "client-key-mismatch"):
        bundle = trouble.complaint.tells("bundle")
        name = trouble.key or BUNDLE_FILE
        remedy = Remedy(
            "client",
            "Find the key that belongs to the certificate",
            (
                "The first two commands print the same value when certificate and key belong together; here they will "
                "not.",
                "The right key is the one that the certificate was requested with; it cannot be made from the "
                "certificate.",
            ),
            (*same_key_in_bundle(trouble.way, name), again(trouble.side, certificate=name))
            if bundle
            else (*same_key(trouble.way, trouble.certificate, trouble.key),
                  again(trouble.side, certificate=trouble.certificate, key=trouble.key)),
        )  # fmt: skip
        what = f"The private key in {name}" if bundle else "The private key given to curl"
        with_it = "the certificate in the same file" if bundle else "the client certificate"
        causes = ["One of the two is from an older or another certificate."]
        if not bundle:
            causes.append("The first certificate in the PEM file is an intermediate instead of the client's own.")
        text = f"{what} does not belong to {with_it}."
        yield unusable(DIAGNOSIS, timeline, trouble, text, remedy, causes=tuple(causes))
