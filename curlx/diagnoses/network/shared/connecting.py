"""How the attempts to connect ended: the one reading of them that five diagnoses share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from curlx.advice.commands import endpoint_of
from curlx.advice.hosts import is_here, split_url
from curlx.diagnoses.network.shared.trouble import Trouble, is_about_own_address, place, progress, standing
from curlx.events import ComplaintKind
from curlx.findings import Certainty, Evidence, cite
from curlx.timeline import Attempt, Complaint, Timeline, Transfer

# In this order one address' failure speaks for all: a refusal is an answer, a timeout is silence, an unreachable
# network is often only an IPv6 that this machine never had, and QUIC is only one of two ways.
_WEIGHT: tuple[ComplaintKind, ...] = (
    "unix-socket-failed", "connect-refused", "connect-timeout", "connect-unreachable", "quic", "connect-failed",
)  # fmt: skip

_SILENCE = 20_000
"""Milliseconds from which on it was silence: who says no does so sooner. Windows gives up after 21 seconds of it."""


class Failed(msgspec.Struct, frozen=True):
    """A transfer that never got a connection; `kind` is one of the connect kinds."""

    trouble: Trouble
    kind: ComplaintKind
    certainty: Certainty
    evidence: tuple[Evidence, ...]
    took: int | None = None
    """Milliseconds, where nothing else tells that there was no answer."""

    @property
    def at_proxy(self) -> bool:
        """Whether the machine that did not accept the connection is the proxy."""
        proxy, subject = self.trouble.proxy, self.trouble.complaint.subject
        if self.trouble.complaint.proxy or self.elsewhere:
            return True
        return proxy is not None and (not proxy.host or subject in (None, proxy.host))

    @property
    def elsewhere(self) -> bool:
        """Whether git went to another host than its URL names, and does not say why: a proxy, or else a redirect."""
        transfer, subject = self.trouble.transfer, self.trouble.complaint.subject
        if not transfer.git or not transfer.url or not subject or self.trouble.proxy or transfer.exchanges:
            return False
        host = split_url(transfer.url)[1]
        return bool(host) and host != subject.strip("[]").lower()

    @property
    def host(self) -> str | None:
        """The host that did not accept the connection."""
        proxy = self.trouble.proxy
        return (proxy.host if proxy else None) or self.trouble.complaint.proxy or self.trouble.host

    @property
    def is_here(self) -> bool:
        """Whether that host is the machine itself that curl ran on."""
        return self.host is not None and is_here(self.host)

    @property
    def given(self) -> str | None:
        """The address that `--resolve` gives for the host, where that is the one that was tried."""
        return None if self.at_proxy else _given(self.trouble)

    @property
    def where(self) -> str:
        """Host and port, and the addresses where they say more."""
        connection = self.trouble.connection
        attempts = connection.attempts if connection else ()
        likewise = [each for each in attempts if each.failure is None or each.failure.value == self.kind]
        addresses = [each.address for each in likewise or attempts]
        host = self.host or (addresses[0] if len(addresses) == 1 else None)
        text = place(host, self.trouble.port)
        others = [address for address in dict.fromkeys(addresses) if address != host]
        return f"{text} ({', '.join(others[:4])})" if others else text


def _given(trouble: Trouble) -> str | None:
    endpoint, connection = endpoint_of(trouble.transfer, trouble.connection), trouble.connection
    if endpoint.led is None or connection is None or endpoint.way.value("--resolve") is None:
        return None
    led = endpoint.led.host
    return led if led in {attempt.address for attempt in connection.attempts} and led != endpoint.host else None


def failed_connects(timeline: Timeline, *kinds: ComplaintKind) -> Iterator[Failed]:
    """Yield the transfers whose attempts to connect all failed in one of these ways."""
    yield from (failed for failed in _all_failed(timeline) if failed.kind in kinds)


_TIMEOUTS = ("connect-timeout", "resolve-timeout")


@lru_cache(maxsize=1)  # six diagnoses ask in turn
def _all_failed(timeline: Timeline) -> tuple[Failed, ...]:
    found = (_failed(timeline, index, transfer) for index, transfer in enumerate(timeline.transfers))
    return tuple(failed for failed in found if failed is not None)


def _failed(timeline: Timeline, index: int, transfer: Transfer) -> Failed | None:
    if is_about_own_address(transfer):
        return None
    told = (each for each in standing(transfer) if _is_about_connecting(each) or _sums_up(transfer, each))
    complaint = next(told, None)
    last = transfer.last_connection
    connection = transfer.connection_at(complaint.line) if complaint else last
    connected = connection.connected if connection else None
    tried = connection.attempts if connection else ()
    last_progress = progress(transfer) if tried else 0
    if complaint and connected and connected.line < complaint.line and _kind(complaint) in _TIMEOUTS:
        if tried[-1:] and tried[-1].line < last_progress:
            return None  # it was connected: something later took too long
        tried = tried[-1:]  # FTP opens another connection for the data
    attempts = [each for each in tried if each.failure and each.failure.line > last_progress]
    if complaint is None:
        # No last word of curl's: the attempts speak, if every one of them failed and nothing came after.
        if not attempts or len(attempts) < len(tried) or transfer.phase not in ("start", "resolve", "connect"):
            return None
        complaint = _as_complaint(attempts[-1])
    said = _kind(complaint)
    seen = {each.failure.value for each in attempts if each.failure} | {said}
    if any(each.kind == "quic" and each.from_exit for each in standing(transfer)):
        return None  # curl's last word is of HTTP/3: network-quic tells
    timed_out = said in _TIMEOUTS and complaint.kind != "connect-failed" and not complaint.tells("still-connecting")
    kind = said if timed_out else min(seen, key=lambda each: _WEIGHT.index(each) if each in _WEIGHT else len(_WEIGHT))
    took = complaint.number if kind == "connect-failed" and (complaint.number or 0) >= _SILENCE else None
    kind = "connect-timeout" if took else kind
    certainty: Certainty = "certain" if complaint in transfer.complaints and not took else "likely"
    trouble = Trouble(timeline, index, transfer, complaint, connection)
    return Failed(trouble, kind, certainty, tuple(_evidence(trouble, attempts, kind)), took)


def _is_about_connecting(complaint: Complaint) -> bool:
    if complaint.kind in ("timeout", "resolve-timeout"):
        if complaint.tells("waited-for-reply"):
            return False  # FTP, SMTP: curl was connected, and waited for what the server has to say
        return complaint.phase in ("resolve", "connect") or complaint.kind == "resolve-timeout"
    # curl says `Connection timed out` also when TLS or the proxy's answer takes too long.
    return complaint.kind in _WEIGHT and complaint.kind != "quic" and complaint.phase not in ("tls", "proxy")


def _sums_up(transfer: Transfer, complaint: Complaint) -> bool:
    """Whether a complaint tells the same as an attempt that failed: the handshake before it is another transfer's."""
    if complaint.kind not in _WEIGHT or not complaint.subject:
        return False
    connection = transfer.connection_at(complaint.line)
    failed = (each.failure.line for each in (connection.attempts if connection else ()) if each.failure is not None)
    handshake = connection.tls.last_line if connection and connection.tls else 0
    return any(handshake < line < complaint.line for line in failed)


def _kind(complaint: Complaint) -> ComplaintKind:
    if complaint.kind == "resolve-timeout" or (complaint.kind == "timeout" and complaint.phase == "resolve"):
        return "resolve-timeout"
    return "connect-timeout" if complaint.kind == "timeout" else complaint.kind


def _as_complaint(attempt: Attempt) -> Complaint:
    failure = attempt.failure
    kind, line = (failure.value, failure.line) if failure else ("connect-failed", attempt.line)
    return Complaint(kind=kind, text=attempt.reason, line=line, phase="connect")


_SHOWS: dict[ComplaintKind, str] = {
    "connect-refused": "answered, and refused the connection",
    "connect-timeout": "did not answer in time",
    "connect-unreachable": "cannot be reached from this machine",
    "quic": "did not take the QUIC connection that HTTP/3 needs",
    "connect-failed": "could not be connected to",
    "unix-socket-failed": "could not be opened",
}


_RESOLVED = "the name was resolved: this is not a DNS problem"


def _evidence(trouble: Trouble, attempts: list[Attempt], kind: ComplaintKind) -> Iterator[Evidence]:
    timeline, complaint, connection = trouble.timeline, trouble.complaint, trouble.connection
    decisive = sorted(attempts, key=lambda each: each.failure is not None and each.failure.value != kind)[:6]
    said = {each.failure.line for each in decisive if each.failure}
    last = trouble.says("curl's last word on it: no address could be connected to")
    if _kind(complaint) == kind and complaint.line not in said:
        yield trouble.says("curl says so")
    for attempt in decisive:
        if attempt.failure:
            shows = f"{attempt.address} {_SHOWS.get(attempt.failure.value, _SHOWS['connect-failed'])}"
            yield cite(timeline, attempt.failure.line, shows)
    if _kind(complaint) != kind and complaint.line not in said:
        yield last
    if connection and connection.resolved and kind != "unix-socket-failed":
        shows = "the address is from the command (--resolve)" if _given(trouble) else _RESOLVED
        yield cite(timeline, connection.resolved.line, shows)
    for attempt in connection.attempts if connection else ():
        if attempt.failure is None:
            yield cite(timeline, attempt.line, f"curl tried {attempt.address}")
