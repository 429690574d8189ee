"""The comparison that tells a missing client certificate from a refused one, where a log looks the same for both."""

from __future__ import annotations

from curlx.advice.commands import Endpoint
from curlx.advice.openssl import ask_by_hand
from curlx.findings import CERTIFICATE_FILE, KEY_FILE, Remedy
from curlx.timeline import Tls


def with_and_without(endpoint: Endpoint, tls: Tls | None) -> Remedy:
    """Ask the server once without and once with a client certificate: the one that the command named, if any.

    What the two print was measured with OpenSSL 3.0 against nginx and HAProxy (TLS 1.2 and 1.3); the numbers are
    AlertDescriptions (RFC 8446, 6).
    """
    certificate, key = endpoint.way.value("--cert"), endpoint.way.value("--key")
    # Without -key openssl, as curl, takes the key from the certificate's file (openssl-s_client(1)).
    own = ("-cert", certificate or CERTIFICATE_FILE, *(("-key", key or KEY_FILE) if key or not certificate else ()))
    done = tls is not None and tls.completed is not None and tls.completed.value  # version and cipher were agreed on
    other = "openssl offers what this curl does not (a TLS version, a cipher)"
    if done:
        other = "curl's request has what this one lacks (a header, data)"
    return Remedy(
        "client",
        "Find out whether a client certificate is missing, refused, or has nothing to do with it",
        (
            "The first command comes without a client certificate, the second with yours. Each prints the server's "
            "answer, or the number of its alert (`SSL alert number ...`).",
            "If only the second gets an answer, the certificate was missing. Yours is refused if the second ends with "
            "alert 48 (issuer unknown), 45 (expired), 44 (revoked), 43 (wrong kind) or 42 (bad), or with a page that "
            "says so. If both end alike and name no certificate, look for another cause.",
            f"If both get an answer, no certificate is missing: {other}, or it goes wrong only sometimes.",
        ),
        (ask_by_hand(endpoint), ask_by_hand(endpoint, *own)),
    )
