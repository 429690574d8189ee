"""In what way TLS with the origin failed: by curl's words, by the server's alert, and by how far they had got."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from curlx.events import ComplaintKind
from curlx.timeline import Alert, Complaint, Tls, Transfer
from curlx.tls_numbers import AlertDescription

Breakage: TypeAlias = Literal[
    "plaintext-server", "legacy-renegotiation", "weak-key", "version-mismatch", "name-unrecognized",
    "no-shared-cipher", "refused", "protocol-error", "reset", "timeout", "closed",
]  # fmt: skip
"""In what way a handshake failed; the name of a diagnosis in `tls/`."""

OF_ALERTS: tuple[Breakage, ...] = (
    "version-mismatch", "name-unrecognized", "no-shared-cipher", "refused",
)  # fmt: skip
"""Ways of which an alert tells."""
_EXIT_SSL_CONNECT_ERROR = 35
"""CURLE_SSL_CONNECT_ERROR: the handshake failed (curl, libcurl-errors(3))."""


def fatal_alert(tls: Tls | None) -> Alert | None:
    """Return the first fatal alert of the server whose number is known: curl before 7.65 misnames them."""
    alerts = tls.alerts if tls is not None else ()
    return next((alert for alert in alerts if alert.direction == "in" and alert.fatal and alert.description >= 0), None)


def number_of(complaints: list[Complaint], alert: Alert | None) -> int | None:
    """Return the AlertDescription, from the alert itself or from the text of an error."""
    if alert is not None:
        return alert.description
    number = next((complaint.number for complaint in complaints if complaint.kind == "tls-alert"), None)
    return number if number is not None and number >= 0 else None  # wolfSSL: error -313 says `alert`, not which


def _in_handshake(transfer: Transfer, complaint: Complaint) -> bool:
    """Tell whether it was said of the handshake: by what came before, or, where nothing did, by exit code 35 or words.

    A program that uses libcurl (git) prints curl's words without the code.
    """
    if complaint.phase == "tls" or complaint.kind == "tls-timeout":
        return True
    if complaint.phase not in ("start", "resolve", "connect"):
        return False
    if transfer.exit is not None:
        return transfer.exit.code == _EXIT_SSL_CONNECT_ERROR
    return complaint.tells("in-handshake")


def ways(
    transfer: Transfer, complaints: list[Complaint], alert: Alert | None, tls: Tls | None
) -> Iterator[tuple[Breakage, Complaint | None]]:
    """Yield the ways in which it failed, the most telling first."""

    def said(*kinds: ComplaintKind) -> Complaint | None:
        return next((complaint for complaint in complaints if complaint.kind in kinds), None)

    def said_early(*kinds: ComplaintKind) -> Complaint | None:
        early = (complaint for complaint in complaints if _in_handshake(transfer, complaint))
        return next((complaint for complaint in early if complaint.kind in kinds), None)

    alert_said = said("tls-alert")
    no_cipher = said("tls-no-shared-cipher")
    if alert_said is not None and no_cipher is not None and alert_said.line < no_cipher.line:
        no_cipher = None  # NSS before 7.31 tried again with SSLv3: what was wrong is what the first answer says
    simple: tuple[tuple[Breakage, Complaint | None], ...] = (
        ("plaintext-server", said("tls-not-tls")),
        ("legacy-renegotiation", said("tls-legacy-renegotiation")),
        ("weak-key", said("tls-weak-key")),
        ("version-mismatch", said("tls-version")),
        ("no-shared-cipher", no_cipher),
    )
    yield from ((breakage, complaint) for breakage, complaint in simple if complaint is not None)
    if alert is not None or alert_said is not None:
        word = alert_said or said("tls-error", "tls-closed", "receive-failed")
        yield _of_alert(number_of(complaints, alert), alert, tls), word
    yield "reset", said_early("tls-reset", "reset") or _told_before(said_early("tls-closed"), complaints)
    yield "timeout", said_early("tls-timeout", "timeout", "connect-timeout")
    closed = said_early("tls-closed", "tls-truncated", "empty-reply", "receive-failed", "send-failed")
    error = said("tls-error")
    if closed is None or error is None or closed.kind not in _WITHOUT_A_WORD or closed.line < error.line:
        yield "closed", closed
    yield "protocol-error", error


_WITHOUT_A_WORD: tuple[ComplaintKind, ...] = ("receive-failed", "send-failed")
"""What curl says whatever it was that kept it from reading: behind the library's own words it adds nothing."""


def _told_before(closed: Complaint | None, complaints: list[Complaint]) -> Complaint | None:
    """Return the reset that curl told of right before a sentence of Schannel's that stands for a close as well."""
    if closed is None or not closed.tells("closed-or-reset"):
        return None
    before = complaints[: complaints.index(closed)][-1:]
    return next((complaint for complaint in before if complaint.kind == "reset"), None)


def _of_alert(number: int | None, alert: Alert | None, tls: Tls | None) -> Breakage:
    if number in (AlertDescription.PROTOCOL_VERSION, AlertDescription.INAPPROPRIATE_FALLBACK):
        return "version-mismatch"
    if number == AlertDescription.UNRECOGNIZED_NAME:
        return "name-unrecognized"
    if number == AlertDescription.INSUFFICIENT_SECURITY:
        return "no-shared-cipher"
    if number == AlertDescription.HANDSHAKE_FAILURE and alert is not None and tls is not None and tls.shows_handshake:
        # Behind any other message, the log may only lack the ServerHello with which the cipher is agreed on.
        first = tls.client_hello is not None and len(tls.messages) == 1
        return "no-shared-cipher" if first else "refused"
    return "refused"
