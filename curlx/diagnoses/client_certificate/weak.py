"""The client certificate is too weak for the local security level.

## What it means

The TLS library on the client refuses to use the client certificate: its key is too short, or it is signed with a
digest that is no longer safe (SHA-1, MD5). Recent systems raise the level that OpenSSL insists on (`SECLEVEL`), so a
certificate that worked on an older system stops working after an upgrade. The server has not seen it.

## How curlx knows

curl says so while it loads its own certificate: `ee key too small`, `ca md too weak`.

## What to do

Request a new certificate with an RSA key of 2048 bits or more (or an elliptic curve) and SHA-256. Until it is there,
a lower level for this one request is a stopgap: from an OpenSSL configuration file, since curl before 8.14 loads the
certificate before it looks at `--ciphers`.

## When it is something else

The same words about the server's certificate: `server-certificate-weak`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.client_certificate.shared.files import troubles, unusable
from curlx.diagnoses.client_certificate.shared.remedies import again, is_bundle
from curlx.findings import BUNDLE_FILE, CERTIFICATE_FILE, Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="client-certificate-weak",
    title="The client certificate is too weak for this system",
    needs="complaint",
    explains=("http-", "network-", "tls-", "curl-", "client-certificate-not-loaded", "server-certificate-weak"),
)


# Measured with curl 7.88.1 and OpenSSL 3.0: RSA 1024 needs level 1, SHA-1 level 0.
_LOWER = "printf '%s\\n' 'openssl_conf = o' '[o]' 'ssl_conf = s' '[s]' 'system_default = d' '[d]' "


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find client certificates that the local TLS library finds too weak."""
    for trouble in troubles(timeline, "client-certificate-weak"):
        name = trouble.certificate or (BUNDLE_FILE if trouble.complaint.tells("bundle") else CERTIFICATE_FILE)
        digest = trouble.complaint.tells("too-weak-digest")
        what = ("it, or a CA certificate in its file, is signed with an outdated digest (SHA-1, MD5)"
                if digest else "its key is too short")  # fmt: skip
        quoted = trouble.way.quote(name)
        shown = f"openssl x509 -in {quoted} -noout -text"
        if is_bundle(name):
            shown = f"openssl pkcs12 -in {quoted} -nokeys -clcerts | openssl x509 -noout -text"
        remedy = Remedy(
            "client",
            "Request a stronger certificate",
            (
                "The first command shows the key's size and the signature's digest: RSA 2048 bits or more and SHA-256 "
                "pass.",
                "As a stopgap, the other two lower the level for one request. `--ciphers DEFAULT@SECLEVEL=...` does "
                "so only from curl 8.14 on: older ones load the certificate before they set the ciphers.",
            ),
            (
                shown,
                _LOWER + f"'CipherString = DEFAULT@SECLEVEL={0 if digest else 1}' > low.cnf",
                f"OPENSSL_CONF=low.cnf {again(trouble.side, certificate=name)}",
            ),
        )
        text = f"The TLS library on this machine refuses the client's own certificate as too weak: {what}."
        yield unusable(DIAGNOSIS, timeline, trouble, text, remedy)
