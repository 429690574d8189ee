"""What failed in TLS with the origin: the reading that the diagnoses of TLS and of server certificates share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from curlx.advice.commands import PLACEHOLDER, Endpoint, endpoint_of
from curlx.advice.with_and_without import with_and_without
from curlx.complaints import Detail
from curlx.diagnoses.tls.shared.breakages import OF_ALERTS, Breakage, fatal_alert, number_of, ways
from curlx.events import ComplaintKind
from curlx.findings import Certainty, Evidence, Remedy, cite
from curlx.timeline import Alert, Certificate, ClientCertificate, Complaint, Connection, Timeline, Tls, Transfer, Tri
from curlx.tls_numbers import (
    CLIENT_CERTIFICATE_ALERTS,
    UNDER_REQUEST,
    UNTOLD_ALERT,
    AlertDescription,
    HandshakeType,
)

NO_CERTIFICATE = (
    "The server wants a client certificate and did not get one that suits it: many servers break off without saying so."
)
"""A cause, where `Failure.may_want_certificate`."""
CUT_BY_PROXY = (
    "The proxy, or a filter behind it, opened the tunnel and then cut it: it blocks this host, or has no way on itself."
)
"""A cause, where `Failure.proxy_may_cut`."""
_TOLD_ELSEWHERE: dict[Tri, tuple[int, ...]] = {
    "yes": UNDER_REQUEST,
    "unknown": CLIENT_CERTIFICATE_ALERTS,
    "no": (AlertDescription.CERTIFICATE_REQUIRED,),
}
"""Alerts that the diagnoses of client certificates explain, by whether the server asked for one."""
_DURING = "during the TLS handshake"
_OWN_ALERTS: dict[int, ComplaintKind] = {
    AlertDescription.CERTIFICATE_REVOKED: "certificate-revoked",
    AlertDescription.CERTIFICATE_EXPIRED: "certificate-expired",
    AlertDescription.UNKNOWN_CA: "certificate-rejected",
    AlertDescription.DECRYPT_ERROR: "certificate-malformed",
    UNTOLD_ALERT: "certificate-rejected",
}
"""What curl's own alert says of the server's certificate, where its words do not: they repeat the newest entry of
OpenSSL's error queue, which may speak of RSA padding, ASN.1 or a file. OpenSSL makes the alert from the verdict
(`ssl_x509err2alert`, ssl/statem/statem_lib.c); 48 (unknown CA) stands for several. Seen with 3.0 and 3.3."""
_WITHOUT_REASON = ("tls-error", "tls-closed")
_ABOUT_CERTIFICATES = ("certificate-", "client-certificate-required", "client-certificate-not-loaded", "client-key-",
                       "client-passphrase", "client-certificate-weak", "trust-store-")  # fmt: skip


class Failure(msgspec.Struct, frozen=True):
    """Something that failed in TLS with the origin: where, and the line that says so."""

    index: int
    transfer: Transfer
    connection: Connection | None
    tls: Tls | None
    complaint: Complaint | None
    alert: Alert | None = None
    breakage: Breakage | None = None
    elided: bool = False
    """Somebody took lines out before: what the log does not show may have happened."""
    shown_elsewhere: bool = False
    """Another call shows how TLS failed at this place: before the server had said a word."""

    @property
    def line(self) -> int:
        """The decisive line."""
        if self.alert is not None:
            return self.alert.line
        return self.complaint.line if self.complaint is not None else 0

    def tells(self, *details: Detail) -> bool:
        """Whether the words of curl or its library tell one of these."""
        return self.complaint is not None and self.complaint.tells(*details)

    @property
    def number(self) -> int | None:
        """The AlertDescription that the server sent, where this build prints it."""
        return number_of([self.complaint] if self.complaint is not None else [], self.alert)

    @property
    def endpoint(self) -> Endpoint:
        """Where the connection went."""
        return endpoint_of(self.transfer, self.connection)

    @property
    def host(self) -> str:
        """The server in a sentence: its name, where the log shows it."""
        host = self.endpoint.host
        return "the server" if host == PLACEHOLDER else host

    @property
    def certificate(self) -> Certificate | None:
        """The server's certificate, where the log shows it."""
        return self.tls.certificate if self.tls is not None else None

    @property
    def shows_host(self) -> bool:
        """Whether the log shows which host was asked for, and not only an address that curl tried."""
        connection = self.transfer.last_connection
        named = connection is not None and (connection.host or connection.target_host)
        return bool(self.transfer.url or named)

    @property
    def opening(self) -> str:
        """The server at the beginning of a sentence; a name stays as it is written."""
        return "The server" if self.host == "the server" else self.host

    @property
    def place(self) -> str:
        """Host and port in a sentence."""
        return "the server" if self.endpoint.host == PLACEHOLDER else self.endpoint.authority

    @property
    def no_shortcut(self) -> str:
        """What not to do about a certificate that is refused: curl's way to let any pass, or git's."""
        way = "set http.sslVerify to false instead: git then" if self.transfer.git else "use -k instead: it"
        return f"Do not {way} accepts any certificate, an attacker's too."

    @property
    def backend(self) -> str | None:
        """The TLS library of curl, where the log names it."""
        return self.tls.backend if self.tls is not None else None

    @property
    def is_openssl(self) -> bool:
        """Whether OpenSSL's own settings may help: the log names no other TLS library."""
        return self.backend is None or self.backend.startswith("OpenSSL")

    def evidence(self, timeline: Timeline, shows: str) -> Iterator[Evidence]:
        """Yield the decisive line, and what curl said last."""
        sent = self.alert is not None and self.alert.direction == "out"
        yield cite(timeline, self.line, f"{shows}, in the alert that it sends (OUT)" if sent else shows)
        if self.alert is not None and self.complaint is not None and self.complaint.line != self.alert.line:
            yield cite(timeline, self.complaint.line, "curl gives up with this")
        last = self.transfer.exit
        if last is not None and last.line not in (self.line, self.complaint.line if self.complaint else 0):
            yield cite(timeline, last.line, f"curl ended with exit code {last.code}")

    def before_server_hello(self) -> bool:
        """Tell whether this build prints the handshake and the server had not answered with a ServerHello."""
        if self.tls is None or self.elided or self.after_handshake:  # what follows a request was agreed on before
            return False
        return self.tls.shows_handshake and self.tls.server_hello is None

    @property
    def may_want_certificate(self) -> bool:
        """Whether a client certificate may lie behind it: the server asked for one, or this build does not show it.

        GnuTLS, wolfSSL, mbedTLS and Schannel print nothing of the request, and many servers just hang up without one.
        """
        if self.shown_elsewhere or self.before_server_hello():
            return False
        return self.tls is None or self.tls.client_certificate.requested != "no"

    @property
    def certificate_causes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The cause that a client certificate is missing: to be told first, or last where the log just allows it.

        A request for one, one that was given, and a handshake that was complete speak for it.
        """
        if not self.may_want_certificate:
            return (), ()
        own = self.tls.client_certificate if self.tls is not None else ClientCertificate()
        given = own.configured is not None or bool(self.endpoint.way.value("--cert"))
        likely = own.requested == "yes" or given or self.after_handshake
        return ((NO_CERTIFICATE,), ()) if likely else ((), (NO_CERTIFICATE,))

    @property
    def about_certificate(self) -> tuple[Remedy, ...]:
        """The way to find out whether a client certificate lies behind it, where that is possible."""
        return (with_and_without(self.endpoint, self.tls),) if self.may_want_certificate else ()

    def look_up(self, log: str = "error log") -> Remedy:
        """Tell the server's owner where the reason may be written down."""
        by_proxy = ("If nothing of the connection is there, the proxy or a filter behind it may have ended it.",)
        steps = by_proxy if self.proxy_may_cut else ()
        return Remedy("server", f"Look in the {log} of {self.host} for the time of the request", steps)

    @property
    def port_speaks_tls(self) -> bool:
        """Whether the log shows that the other side answered in TLS."""
        return self.tls is not None and (self.tls.server_hello is not None or self.when != _DURING)

    @property
    def proxy_may_cut(self) -> bool:
        """Whether a proxy opened the way, and the log does not show that TLS got through it."""
        proxy = self.connection.proxy if self.connection is not None else None
        opened = proxy is not None and proxy.established is not None and proxy.established.value
        return opened and not self.port_speaks_tls

    @property
    def when(self) -> str:
        """When it broke: `during the TLS handshake`, or right after curl had called it complete.

        With TLS 1.3 a server judges the client's certificate after the client's last message (RFC 8446, 2).
        """
        return "right after the TLS handshake" if self.after_handshake else _DURING

    @property
    def after_handshake(self) -> bool:
        """Whether curl had completed the handshake before, or sent a request over it."""
        done = self.tls.completed if self.tls is not None else None
        return done is not None and done.value and done.line < self.line

    @property
    def certainty(self) -> Certainty:
        """How sure it is that the handshake itself is what failed, and not the client's certificate in it."""
        return "likely" if self.may_want_certificate or self.shown_elsewhere else "certain"

    def hello_evidence(self, timeline: Timeline) -> Iterator[Evidence]:
        """Yield the ClientHello that got no ServerHello, where the log shows it."""
        hello = self.tls.client_hello if self.tls is not None and self.before_server_hello() else None
        if hello is not None:
            yield cite(timeline, hello.line, "curl opened the handshake; no ServerHello came back")

    def certificate_evidence(self, timeline: Timeline, *wanted: str) -> Iterator[Evidence]:
        """Yield lines of the server's certificate: `subject`, `issuer`, `not_before`, `not_after`."""
        shows = {
            "subject": "whom the certificate was issued to",
            "issuer": "who issued it",
            "not_before": "from when it is valid",
            "not_after": "until when it is valid",
        }
        for name in wanted:
            fact = getattr(self.certificate, name, None)
            if fact is not None:
                yield cite(timeline, fact.line, shows[name])


def refused_certificates(timeline: Timeline, *kinds: ComplaintKind) -> Iterator[Failure]:
    """Yield, for every transfer, the first complaint of these kinds about the origin's certificate.

    Where curl's own alert says it, and not its words, the failure has the alert.
    """
    last = -1
    for kind, failure in _about_certificates(timeline):
        if kind in kinds and failure.index != last:
            last = failure.index
            yield failure


@lru_cache(maxsize=1)  # a dozen diagnoses ask in turn, of a log that may tell of thousands of failures
def _about_certificates(timeline: Timeline) -> tuple[tuple[ComplaintKind, Failure], ...]:
    found: list[tuple[ComplaintKind, Failure]] = []
    for index, transfer in enumerate(timeline.transfers):
        for complaint in _about_origin(transfer):
            connection = transfer.connection_at(complaint.line)
            tls = connection.tls if connection else None
            alert = _own_alert(tls) if complaint.kind in _WITHOUT_REASON else None
            kind = complaint.kind if alert is None else _OWN_ALERTS[alert.description]
            if kind.startswith(_ABOUT_CERTIFICATES) and not _blames_client(tls, complaint):
                found.append((kind, Failure(index, transfer, connection, tls, complaint, alert)))
    return tuple(found)


def _own_alert(tls: Tls | None) -> Alert | None:
    """Return curl's alert right behind the server's Certificate: later it is about something else."""
    received = [message.number for message in tls.messages if message.direction == "in"] if tls is not None else []
    return tls.alert_out(*_OWN_ALERTS) if tls is not None and received[-1:] == [HandshakeType.CERTIFICATE] else None


def served(timeline: Timeline) -> set[int]:
    """Return the first line of each TLS connection on which a request was answered, and not refused."""
    return {
        connection.tls.first_line
        for transfer in timeline.transfers
        for exchange in transfer.exchanges
        if (connection := transfer.connection_of(exchange)) and connection.tls
        if exchange.response and not exchange.response.refuses
    }


def broken(timeline: Timeline, breakage: Breakage) -> Iterator[Failure]:
    """Yield the transfers whose TLS with the origin failed in this way; a transfer fails in one way only."""
    yield from (failure for failure in _failures(timeline) if failure.breakage == breakage)


@lru_cache(maxsize=1)  # eleven diagnoses ask in turn
def _failures(timeline: Timeline) -> tuple[Failure, ...]:
    content = served(timeline)
    found = (_failure(index, transfer, content) for index, transfer in enumerate(timeline.transfers))
    return tuple(_compared(_with_gaps(failure, timeline.elided) for failure in found if failure is not None))


def _with_gaps(failure: Failure, elided: tuple[int, ...]) -> Failure:
    hello = failure.tls.client_hello if failure.tls is not None else None
    first = hello.line if hello is not None else failure.transfer.first_line  # what came before it answers nothing
    gaps = any(first <= line <= failure.line for line in elided)
    return msgspec.structs.replace(failure, elided=True) if gaps else failure


def _compared(failures: Iterable[Failure]) -> Iterator[Failure]:
    """Yield the failures; of a last word alone another call to the same place may show more (people paste both)."""
    told = tuple(failures)
    shown = {each.place for each in told if each.connection is not None and each.before_server_hello()}
    for each in told:
        bare = each.connection is None and each.place in shown
        yield msgspec.structs.replace(each, shown_elsewhere=True) if bare else each


def _failure(index: int, transfer: Transfer, content: set[int]) -> Failure | None:
    complaints = list(_about_origin(transfer))
    connection = transfer.last_connection
    if complaints:
        connection = transfer.connection_at(complaints[0].line)
    tls = connection.tls if connection else None
    if any(
        each.kind.startswith(_ABOUT_CERTIFICATES)
        and not (each.kind == "certificate-rejected" and _blames_client(tls, each))
        for each in complaints
    ):
        return None
    if _own_alert(tls) is not None and any(each.kind in _WITHOUT_REASON for each in complaints):
        return None
    alert = fatal_alert(tls)
    if alert is not None and not complaints and transfer.exit is None and _answered(transfer, alert.line):
        alert = None
    number = number_of(complaints, alert)
    own = tls.client_certificate if tls is not None else ClientCertificate()
    done_without = tls is not None and tls.first_line in content and own.sent == "no" and not own.late
    if number in _TOLD_ELSEWHERE["no" if done_without else own.requested]:
        return None  # what is wrong with the client's certificate is told by other diagnoses
    for breakage, complaint in ways(transfer, complaints, alert, tls):
        said = alert if alert is not None and breakage in OF_ALERTS else None
        if said is not None or complaint is not None:
            return Failure(index, transfer, connection, tls, complaint, said, breakage)
    return None


def _about_origin(transfer: Transfer) -> Iterator[Complaint]:
    """Yield the complaints that neither concern the proxy's TLS nor were followed by a success."""
    for complaint in transfer.complaints:
        connection = transfer.connection_at(complaint.line)
        if connection is not None and connection.proxy_tls is not None and connection.tls is None:
            tunnel = connection.proxy.established if connection.proxy else None
            if tunnel is None or not tunnel.value:
                continue  # the TLS that failed is the proxy's
        if complaint.phase != "proxy" and not _went_on(transfer, complaint.line):
            yield complaint


def _went_on(transfer: Transfer, line: int) -> bool:
    """Tell whether an exchange that began after the line was answered: then the line was not the end."""
    return any(exchange.first_line > line and exchange.response is not None for exchange in transfer.exchanges)


def _answered(transfer: Transfer, line: int) -> bool:
    last = transfer.last_exchange
    return _went_on(transfer, line) or (last is not None and last.response is not None)


def _blames_client(tls: Tls | None, complaint: Complaint) -> bool:
    """Tell whether the server complained of the client's certificate: curl's own words behind that mislead then.

    Measured with curl 7.76.1 to 8.22: an alert certificate_expired (45) from the server ends with exit code 60, `SSL
    certificate verification failed`, as if the server's certificate had expired.
    """
    alert = tls.alert_in(*CLIENT_CERTIFICATE_ALERTS) if tls is not None and tls.alert_out() is None else None
    return alert is not None and alert.line <= complaint.line  # in TLS 1.3 one can still come when curl has hung up
