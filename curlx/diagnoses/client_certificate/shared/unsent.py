"""Why no client certificate was sent, as far as a log shows."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.client_certificate.shared.sides import Side, without_rsa_pss
from curlx.diagnoses.tls.shared.limits import is_before
from curlx.timeline import Fact, Timeline

GATEWAY = "A gateway on the way decrypts TLS: it does not have the client's key, so it cannot answer for the client."


def unsent(timeline: Timeline, side: Side, *, perhaps_refused: bool) -> Iterator[str]:
    """Name what usually keeps a certificate from being sent, the likeliest in this log first."""
    if side.unencrypted:
        yield "The URL begins with http://: curl cannot send a certificate there, whatever it is given."
        yield "What answers on that port asks the real server over TLS, for itself and without a client certificate."
        return
    if side.without_tls:
        yield ("The URL begins with http://, as far as the log shows: curl sends no certificate there, whatever it is "
               "given.")  # fmt: skip
    withheld = ""
    # Measured: builds 7.47 and 7.58 do so, 7.81 does not; one of unknown age may.
    if side.backend == "GnuTLS" and is_before(timeline, 7, 81) is not False:
        withheld = "An older GnuTLS withholds a certificate whose issuer is not among the CAs that the server names."
    named = not_found(side)
    if named:
        why = (f"without a slash it takes the name for a nickname in its database (write ./{named.value})"
               if "/" not in named.value else "the file is not there, or cannot be read")  # fmt: skip
        yield f"NSS found no certificate {named.value} (line {named.line}) and went on without one: {why}."
    elif cannot_sign(side):
        yield without_rsa_pss(timeline)
    elif side.configured and side.backend == "mbedTLS":
        yield "curl with mbedTLS does not take the key from the certificate's file: name it with --key as well."
    elif side.configured:
        if withheld:
            yield withheld
        yield "The certificate is set for another host, or the program does not use the setting for this connection."
    if not side.configured:
        program = "git" if side.transfer.git else "curl"
        options = "http.sslCert and http.sslKey" if side.transfer.git else "--cert and --key"
        yield f"{program} was not told which certificate to send ({options}), as far as the log shows."
        if side.transfer.command is None:
            yield "The program's keystore is empty, or its path is wrong."
    if perhaps_refused:
        yield ("One was sent, and refused: it has expired, comes from a CA that the server does not trust, or may not "
               "be used for clients (extended key usage).")  # fmt: skip
        if withheld:
            yield withheld
    if not side.is_proxy and side.asked != "yes" and not side.without_tls:
        yield GATEWAY


def not_found(side: Side) -> Fact[str] | None:
    """Return the certificate that NSS was told to send, did not find, and went on without."""
    own = side.tls.client_certificate if side.tls else None
    named = own.configured if own and side.backend == "NSS" else None
    return named if named and own and own.certificate is None and own.requested_line == named.line else None


def cannot_sign(side: Side) -> bool:
    """Whether NSS names a certificate that it did not send."""
    return side.backend == "NSS" and side.tls is not None and side.tls.client_certificate.certificate is not None
