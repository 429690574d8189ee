"""The server ended TLS with an alert that says little.

## What it means

The server (or something in front of it) broke TLS off and sent an alert: a number that names the reason. This number
leaves the reason open, or says only that a message of curl's came broken or out of place (`decode error`, `illegal
parameter`, `unexpected message`, `bad record mac`); or curl's build does not print it.

## How curlx knows

The log shows a fatal alert marked `(IN)`, or a TLS library that says that it received one. `(IN)` means that the
other side complains.

Where the log cannot show whether the server asked for a client certificate (GnuTLS, wolfSSL, mbedTLS and Schannel print
nothing of it), that may be what lies behind it, and the finding is likely only.

## What to do

The reason stands in the log of the server. In its absence, ask the server anew with a build of curl that prints the
handshake (an OpenSSL build with `-v`).

## When it is something else

* A server that wants a client certificate often refuses in this way. GnuTLS, wolfSSL, mbedTLS and Schannel builds do
  not print the server's request, so their logs cannot rule it out.
* A gateway or a filter may break TLS off in the server's place.
* A host name that the server does not serve.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curlx.advice.commands import curl
from curlx.advice.openssl import show_chain
from curlx.advice.with_and_without import with_and_without
from curlx.diagnoses.tls.shared.failures import NO_CERTIFICATE, Failure, broken
from curlx.diagnoses.tls.shared.limits import (
    CIPHERS,
    VERSIONS,
    given,
    highest_offered,
    limit_of,
    narrowed_by,
    offered_evidence,
    only_12,
)
from curlx.diagnoses.tls.shared.names import by_name
from curlx.diagnoses.tls.shared.out_of_place import CAUSES, take_parts_away
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline
from curlx.tls_numbers import ALERT_NAMES, CLIENT_CERTIFICATE_ALERTS, MALFORMED, UNDER_REQUEST, AlertDescription

DIAGNOSIS = Diagnosis(
    code="tls-refused",
    title="The server refused the TLS handshake",
    needs="complaint",
    rests_on="absence",
    explains=("network-", "curl-error"),
)

_MEANINGS = {
    40: "`handshake failure` says that some part of the handshake does not suit the server, not which",
    49: "`access denied` says that the server's rules do not let this client in",
    80: "`internal error` says that the server (or a gateway) could not go on, not why",
    90: "`user canceled` says that the other side gave up for a reason outside TLS",
    100: "`no renegotiation` says that a second handshake on the connection is not wanted",
    110: "`unsupported extension` says that a message of curl's holds an extension that is not allowed in it, or was "
    "changed on the way",
    115: "`unknown PSK identity` says that the server does not know the shared key",
    120: "`no application protocol` says that the server speaks none of the protocols that curl offered (ALPN)",
    121: "`ECH required` says that the server insists on encrypted ClientHello",
}
"""The alerts of RFC 8446, 6.2, RFC 7301 and the IANA registry of TLS alerts that end up here."""
_OUT_OF_PLACE = "`{name}` says that a message of curl's came broken or out of place, or was changed on the way"
_ABOUT_THE_OFFER = (
    None, AlertDescription.HANDSHAKE_FAILURE, AlertDescription.ILLEGAL_PARAMETER, AlertDescription.PROTOCOL_VERSION,
    AlertDescription.INSUFFICIENT_SECURITY, AlertDescription.INTERNAL_ERROR,
)  # fmt: skip
"""Alerts that servers send when they cannot use what was offered; OpenSSL's `internal error` is one (a TLS version
whose hashes its security level forbids, seen with 3.0)."""
_BEHIND_IT = (
    "it came when the handshake was over: up to TLS 1.2 a second one (renegotiation) failed then, under TLS 1.3 it is "
    "still about curl's part in the first"
)
_NOTHING_SUITS = (
    "Nothing that curl offered suits the server (a TLS version, a cipher, a curve), or curl sent no name or one that "
    "it does not serve: the alert came in the place of its first message (`SSL23_GET_SERVER_HELLO`)."
)
_NONE_TAKEN = "The server takes none of the TLS versions or ciphers that this {who} offers."
_ANYTHING = (
    "The server's own configuration is broken, or it refuses this host name.",
    "A gateway or filter on the way breaks the handshake off.",
)
_ABOUT_THE_NAME = (AlertDescription.HANDSHAKE_FAILURE, AlertDescription.INTERNAL_ERROR)
_NAMELESS = (
    "No name is sent for an IP address (RFC 6066, 3), and this server may choose its certificate by the name: without "
    "one it has none to show.",
    "The server's own configuration is broken.",
    _ANYTHING[1],
)
_NOT_LET_IN = (
    "A list of the server's, or of a filter in front of it, says who is let in (by address, network, account or "
    "country), and this client is not on it."
)
_WHO_IS_LET_IN = "See who its rules let in, and from which address this client's calls reach it."
_ASKED_FOR_ONE = (
    "Where it prints `Requested Signature Algorithms` or `Acceptable client certificate CA names`, the server asks for "
    "a client certificate: send yours with --cert and --key. Where the same alert comes first, only the server's log "
    "tells."
)
_UNASKED = "it is about a certificate of the client's, and in the handshake that this log shows nobody asked for one"


class _Offer(NamedTuple):
    """What of curl's offer may be why, and what it may offer instead."""

    hello: tuple[Evidence, ...] = ()
    """The ClientHello, whose label tells the newest version."""
    narrowed: tuple[Evidence, ...] = ()
    """The command, which has options that leave something out."""
    causes: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()
    """Options, each for an offer that was not made yet."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers whose TLS the server ended with an alert that does not name the reason."""
    for failure in broken(timeline, "refused"):
        host, number = failure.host, failure.number
        unasked = number in CLIENT_CERTIFICATE_ALERTS and not failure.may_want_certificate
        meaning = _UNASKED if unasked else _meaning(failure)
        named = f" (alert {number})" if number is not None else ""
        evidence = [
            *failure.evidence(timeline, f"a fatal alert from the server{named}"),
            *_reached(timeline, failure),
        ]
        offer = _offer(timeline, failure)
        evidence = [one for one in evidence if one.line not in {each.line for each in offer.hello}]
        evidence += [*offer.hello, *offer.narrowed]
        open_question = (
            failure.may_want_certificate and number in (None, *UNDER_REQUEST) and not failure.tells("at-first-answer")
        )
        hedged = failure.alert is None and failure.tells("of-schannel")  # it says what usually lies behind its error
        kept_out = number == AlertDescription.ACCESS_DENIED
        yield DIAGNOSIS.found(
            "likely" if hedged or open_question else "certain",
            f"{failure.opening}, or something in front of it, ended TLS with a fatal alert{named}"
            + (f"; {meaning}." if meaning else "."),
            evidence,
            transfer=failure.index,
            causes=_causes(failure, offer, hedged=hedged, open_question=open_question, unasked=unasked),
            title="The server ended TLS with an internal error" if number == AlertDescription.INTERNAL_ERROR else "",
            remedies=(
                Remedy(
                    "server",
                    f"Look for the reason in the TLS error log of {host}, at the time of the request",
                    (_WHO_IS_LET_IN,) if kept_out else (),
                ),
                *((by_name(failure.endpoint),) if _is_nameless(failure) else ()),
                *((_one_version(timeline, failure),) if hedged else ()),
                *(
                    (_how_far(failure, *offer.others, unasked=unasked),)
                    if offer.others or not (open_question or number in MALFORMED)
                    else ()
                ),
                *((with_and_without(failure.endpoint, failure.tls),) if open_question else ()),
                *((take_parts_away(timeline, failure),) if number in MALFORMED and not open_question else ()),
            ),
        )


def _offer(timeline: Timeline, failure: Failure) -> _Offer:
    """Return what the log shows of curl's offer, where the alert may be about that."""
    if failure.number not in _ABOUT_THE_OFFER:
        return _Offer()
    limits, command = given(failure.transfer, *VERSIONS, *CIPHERS), failure.transfer.command
    if limits and command is not None:
        proof = cite(timeline, command.line, f"the command narrows what curl offers: {' '.join(limits)}")
        return _Offer(narrowed=(proof,), causes=(narrowed_by(limits),), others=((),))  # curl's own
    offered = tuple(offered_evidence(timeline, failure))
    if not offered:
        return _Offer()
    highest = highest_offered(failure) or ""
    # `--tlsv1.2` names the oldest only.
    another = "--tlsv1.3" if highest == "1.2" else "--tlsv1.2"
    return _Offer(hello=offered, causes=(limit_of(highest),), others=((another,),))


def _causes(failure: Failure, offer: _Offer, *, hedged: bool, open_question: bool, unasked: bool) -> Iterator[str]:
    number, early = failure.number, failure.tells("at-first-answer")
    if hedged:
        yield _NONE_TAKEN.format(who="Windows")
    yield from offer.causes
    if early and not offer.narrowed:
        yield _NOTHING_SUITS
    if number == AlertDescription.ACCESS_DENIED:
        yield _NOT_LET_IN
    if open_question:
        yield NO_CERTIFICATE
    if unasked:
        yield "Lines are missing in this log, the server's request for a client certificate among them."
    if number == AlertDescription.NO_APPLICATION_PROTOCOL:
        yield "The server speaks only a protocol that curl did not offer."
    if number is None and not (hedged or offer.narrowed or early or failure.port_speaks_tls):
        yield _NONE_TAKEN.format(who="build of curl")
    yield from CAUSES if number in MALFORMED else _NAMELESS if _is_nameless(failure) else _ANYTHING


def _is_nameless(failure: Failure) -> bool:
    """Tell whether the server may have missed a name, which nobody sends for an address."""
    return failure.endpoint.is_address and failure.shows_host and failure.number in _ABOUT_THE_NAME


def _meaning(failure: Failure) -> str | None:
    """Say what the alert means; nothing of one that says no more than its number."""
    number = failure.number
    if number is None:
        return "this build of curl does not print which alert it was"
    if number in MALFORMED and number not in _MEANINGS:
        return _OUT_OF_PLACE.format(name=ALERT_NAMES[number].replace("_", " "))
    if number == AlertDescription.HANDSHAKE_FAILURE and failure.after_handshake:
        return _BEHIND_IT
    return _MEANINGS.get(number)


def _how_far(failure: Failure, *offers: tuple[str, ...], unasked: bool = False) -> Remedy:
    """Return the commands that make another offer, each with its options, and that show how it is answered."""
    others = (curl(failure.endpoint, *options) for options in offers)
    commands = (*others, show_chain(failure.endpoint), *_without_alpn(failure))
    return Remedy("client", "See how far the handshake gets", (_ASKED_FOR_ONE,) if unasked else (), commands)


def _one_version(timeline: Timeline, failure: Failure) -> Remedy:
    title = "See whether TLS 1.2 alone works"
    return Remedy("client", title, (), (curl(failure.endpoint, *only_12(timeline)),))


def _without_alpn(failure: Failure) -> tuple[str, ...]:
    """Return the commands that take HTTP/2 out of the offer, and then the offer away."""
    if failure.number != AlertDescription.NO_APPLICATION_PROTOCOL:
        return ()
    return tuple(curl(failure.endpoint, option) for option in ("--http1.1", "--no-alpn"))


def _reached(timeline: Timeline, failure: Failure) -> Iterator[Evidence]:
    """Yield how far the handshake had got, where the log shows it."""
    yield from failure.hello_evidence(timeline)
    hello = failure.tls.server_hello if failure.tls is not None else None
    if hello is not None:
        yield cite(timeline, hello.line, "the server had agreed on a version and a cipher before")
