"""No client certificate was sent.

## What it means

With mutual TLS both sides show a certificate: the server shows its own, as always, and asks the client for one too.
Here the server wanted a client certificate and got none. The server's own certificate, which the log shows in full,
is another one and is usually fine. Some servers break the connection off (a TLS alert), some finish the handshake and
then refuse the request with a page: nginx answers `400 No required SSL certificate was sent`.

## How curlx knows

* The server says so: nginx's page or its status 496, the TLS alert `certificate_required` (116), an application that
  answers that a client certificate is required.
* The handshake shows it: the server's Certificate Request (13) came in, and curl's answer was an empty one. Builds of
  curl with OpenSSL print `Certificate (11)` for that answer even when there is nothing in it; a real certificate is
  followed by curl's own `CERT verify (15)`. After an empty answer, an alert `handshake failure` or `bad certificate`
  from the server is about the missing certificate. Where the server just hangs up after it, curlx says `likely`.
* Builds with GnuTLS, wolfSSL, mbedTLS or Schannel print no handshake messages. There an alert that arrives after the
  handshake, and before any answer, is all there is to see: curlx says `possible`, because a certificate that was sent
  and refused would look the same. So it does where the log breaks off in the head of a 400 that answers a plain GET,
  and where the server asked, the lines with curl's answer were left out, and an alert or a 400 without a page follows.
* A server that asked for one, got an empty answer, and refused the request with 401 or 403, or a plain GET with 400,
  without a reason may have refused it for that: `possible`. Where the answer gives a reason of its own, it is only a
  note. Where curl with NSS says that it did not find the certificate that it was given, that is `likely` why.

## What to do

Send one: `curl --cert client.pem --key client.key URL`. In a program, look at its keystore (empty?), at the path of
the file and at the connection that the setting belongs to. If a certificate was given and not sent: see the causes.
If a gateway on the way decrypts TLS, it cannot pass the client certificate on; the host must be exempted there.

## When it is something else

* A certificate was sent and refused: `client-certificate-rejected` and its more exact relatives.
* The file or its key could not be loaded: `client-certificate-not-loaded`, `client-certificate-key-not-loaded`.
* The server asks for a certificate, gets none, and answers 200: it is optional there, and nothing is wrong.
* curl itself complains about the server's certificate (exit code 60): the `server-certificate-` family.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from curlx.advice.with_and_without import with_and_without
from curlx.diagnoses.client_certificate.shared.answers import (
    ANONYMOUS,
    IN_PASSING,
    answer,
    gives_no_reason,
    lacks_the_page,
)
from curlx.diagnoses.client_certificate.shared.remedies import hops, not_by_curl, remedies, send_one
from curlx.diagnoses.client_certificate.shared.sides import (
    ABOUT_ELSE,
    Side,
    sides,
)
from curlx.diagnoses.client_certificate.shared.testimony import UNNAMED_ALERT, alert_from_server, told
from curlx.diagnoses.client_certificate.shared.unsent import GATEWAY, cannot_sign, not_found, unsent
from curlx.diagnoses.tls.shared.limits import at_most_12
from curlx.findings import Certainty, Diagnosis, Finding, cite
from curlx.timeline import Response, Timeline
from curlx.tls_numbers import AlertDescription

DIAGNOSIS = Diagnosis(
    code="client-certificate-missing",
    title="No client certificate was sent", needs="refusal",
    explains=("http-", "network-", "tls-refused", "tls-closed", "tls-reset", "tls-truncated", "tls-protocol-error",
              "tls-no-shared-cipher", "curl-error", "client-certificate-not-requested"),
)  # fmt: skip


_PERHAPS = "A client certificate is perhaps missing, or was refused"
_BEHIND = "No client certificate reached the server that wants one"
_PERHAPS_MISSING = "A client certificate is perhaps missing"
_NONE_OR_REFUSED = "The log does not show whether one was really sent: none may have been, or the one sent was refused."
_LEAVES_OPEN = (
    AlertDescription.HANDSHAKE_FAILURE, AlertDescription.NO_CERTIFICATE, AlertDescription.ILLEGAL_PARAMETER,
    AlertDescription.ACCESS_DENIED, AlertDescription.DECRYPT_ERROR,
)  # fmt: skip
"""Alerts that servers send about a certificate that is bad or missing, without naming either."""


class _Verdict(NamedTuple):
    """How curlx knows it, how surely, and in what words."""

    certainty: Certainty
    line: int
    shows: str
    text: str
    title: str = ""
    hint: bool = False
    """Not enough to be the verdict: only worth a note beside what the server said."""
    behind: bool = False
    """Who missed it is not who spoke TLS with curl: nothing that curl sends gets there."""
    perhaps_refused: bool = False
    """One may have been sent, and refused."""


_BROKE_OFF = "the connection broke off before any answer"
_OF_NGINX = (400, 495, 496)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find connections on which the server wanted a client certificate and none was sent."""
    for side in sides(timeline):
        answered = _by_answer(timeline, side)
        hint = answered if answered and answered.hint else None
        verdict = None if hint else answered
        verdict = verdict or _by_alert(timeline, side) or _by_breaking_off(side) or _by_status(side) or hint
        if verdict is None:
            continue
        proof = [cite(timeline, verdict.line, verdict.shows)]
        if side.response:
            proof.append(cite(timeline, side.response.first_line, "the status of the server's answer"))
        if verdict.behind:
            proof += [cite(timeline, hop.line, hop.reason) for hop in hops(side)]
        account = told(timeline, side, verdict.text, proof)
        older = at_most_12(timeline) if cannot_sign(side) else ()
        client = (with_and_without(side.endpoint, side.tls),) if verdict.certainty == "possible" else ()
        client = (not_by_curl(side),) if verdict.behind else (*client, send_one(side, *older))
        finding = DIAGNOSIS.found(
            verdict.certainty,
            account.text,
            account.evidence,
            transfer=side.position,
            causes=_behind(side) if verdict.behind else _causes(timeline, side, verdict),
            remedies=remedies(side, *client, problem="lost" if verdict.behind else "missing", wire=not verdict.behind),
            title=_title(side, verdict),
        )
        yield msgspec.structs.replace(finding, severity="note") if verdict.hint else finding


def _by_answer(timeline: Timeline, side: Side) -> _Verdict | None:
    found = answer(timeline, side)
    if found is None or found.kind == "post-handshake":
        return None
    if found.kind == "refused":
        if side.asked != "yes" or side.sent != "no":
            return None
        return _Verdict("likely", found.line, "the answer is about the client certificate",
                        "The server's answer speaks of the client certificate, but none was sent.")  # fmt: skip
    if found.kind == "none-sent":
        text = "The server refused the request because it came without a client certificate."
        shows = "the server says that no client certificate was sent"
        resumed = side.tls is not None and side.tls.resumed  # a resumed session exchanges none, a new one may
        behind = side.sent == "yes" or (side.asked == "no" and not resumed)
        title = _BEHIND if behind else ""
        if found.in_passing:
            return _Verdict("likely", found.line, "the answer has the sentence of nginx for a missing certificate",
                            "The server's answer says that no client certificate was sent. But this sentence of "
                            "nginx's stands among other words, and may only be quoted there.",
                            title, behind=behind)  # fmt: skip
        if side.sent == "yes":
            text += (" curl did send one in this handshake, so whoever ended this TLS connection (a gateway, a CDN, a "
                     "load balancer) passed the request on without it.")  # fmt: skip
            return _Verdict("likely", found.line, shows, text, title, behind=True)
        if side.unencrypted:
            text += (" But this request went out over plain http, and a certificate is only ever sent within TLS: the "
                     "TLS connection that the page speaks of is another one, from a gateway, proxy or load balancer on "
                     "the way to that server.")  # fmt: skip
        if side.asked == "no":
            text += (" But in the handshake that this log shows nobody asked for one: something between curl and that "
                     "server seems to have ended the TLS connection.")  # fmt: skip
        if found.response is None:
            text += " The log shows only the server's page, not the exchange."
            return _Verdict("likely", found.line, shows, text, title, behind=behind)
        # nginx gives its own page the status 400 (`ngx_http_special_response_handler`); over plain http, and under
        # another status where no TLS is seen, somebody else may speak for it.
        own = (found.response.status in _OF_NGINX or side.tls is not None) and not side.unencrypted
        return _Verdict("certain" if own else "likely", found.line, shows, text, title, behind=behind)
    if side.asked == "no" or side.sent == "yes":
        return None
    shows = "the answer demands a client certificate"
    text = "The server answered that it wants a client certificate"
    if side.asked == "yes" and side.sent == "no" and not (found.in_passing or found.challenged):
        return _Verdict("certain", found.line, shows, f"{text}, and none was sent.")
    if found.in_passing and side.sent != "no":
        return _Verdict("possible", found.line, "the answer's text speaks of a client certificate",
                        IN_PASSING, title=_PERHAPS_MISSING, hint=True)  # fmt: skip
    return _Verdict("likely", found.line, shows, f"{text}; most likely none was sent.")


def _by_alert(timeline: Timeline, side: Side) -> _Verdict | None:
    required = side.alert(AlertDescription.CERTIFICATE_REQUIRED)
    if required and side.sent != "yes":
        # RFC 8446, 6.2: sent by servers when a client certificate is desired but none was provided by the client.
        return _Verdict("certain", required[1], alert_from_server(timeline, *required),
                        "The server ended the connection with the TLS alert certificate_required: it wants a client "
                        "certificate, and none was sent.")  # fmt: skip
    told = side.transfer.complaint("client-certificate-required")
    if told and side.asked == "unknown" and side.sent != "yes":
        return _Verdict("likely", told.line, "curl says that the server wants a client certificate",
                        "By what curl says, the server wants a client certificate and none was sent.")  # fmt: skip
    # curl up to 7.58 prints another number than the alert's before the text that has the right one.
    alert = side.alert(AlertDescription.HANDSHAKE_FAILURE, AlertDescription.BAD_CERTIFICATE) or side.alert()
    if alert is None or side.sent == "yes" or side.asked == "no":
        return None
    shows = alert_from_server(timeline, *alert)
    if side.asked == "yes" and side.sent == "no":
        if side.content_without:
            return None
        # RFC 5246, 7.4.6 gives handshake_failure (40) this meaning; JSSE and older Go send bad_certificate (42).
        usual = alert[0] in (AlertDescription.HANDSHAKE_FAILURE, AlertDescription.BAD_CERTIFICATE)
        certainty: Certainty = "certain" if usual else "possible" if alert[0] in ABOUT_ELSE else "likely"
        return _Verdict(certainty, alert[1], f"{shows}, after it got no certificate",
                        "The server asked for a client certificate, got none, and ended the connection.",
                        title=_PERHAPS_MISSING if certainty == "possible" else "")  # fmt: skip
    if alert[0] == AlertDescription.BAD_CERTIFICATE and not side.configured:
        return _Verdict("possible", alert[1], shows,
                        "The server ended the connection with the TLS alert bad_certificate. It is about the client's "
                        "certificate: servers written in Java or Go send it when none came, any server when the one "
                        "that came is bad. The log does not show which.", perhaps_refused=True)  # fmt: skip
    if side.asked == "yes" and alert[0] in _LEAVES_OPEN and not side.answered:
        return _Verdict("possible", alert[1], shows,
                        "The server asked for a client certificate, and ended the connection with a TLS alert. "
                        f"{_NONE_OR_REFUSED}",
                        perhaps_refused=True)  # fmt: skip
    return None


def _by_breaking_off(side: Side) -> _Verdict | None:
    broken = side.broken_off()
    if broken is None or side.sent == "yes" or side.asked == "no":
        return None
    if side.asked == "yes" and side.sent == "no":
        if side.content_without:
            return None
        modern = side.tls is not None and side.tls.version is not None and side.tls.version.value == "TLSv1.3"
        lost = " Under TLS 1.3 its alert can also get lost while curl is still sending." if modern else ""
        return _Verdict("likely", broken.line, _BROKE_OFF,
                        "The server asked for a client certificate, got none, and the connection broke off without "
                        f"an answer. Servers that require one often hang up like this, without a reason.{lost}"
                        )  # fmt: skip
    if side.asked == "yes":
        if side.alert():
            return None  # the server has said what it refuses
        return _Verdict("possible", broken.line, _BROKE_OFF,
                        "The server asked for a client certificate, and the connection then broke off without an "
                        f"answer. {_NONE_OR_REFUSED}", perhaps_refused=True)  # fmt: skip
    if broken.kind == "tls-alert" and side.silent and side.after_request(broken.line):
        if not side.followed_renegotiation(broken.number):
            return None
        return _Verdict("possible", broken.line, "an alert from the server after the request",
                        "The server ended the connection with a TLS alert after the request. Under TLS 1.2 that comes "
                        "from a second handshake, with which a server asks for a client certificate late; most likely "
                        "it got none, or refused the one it got. This build of curl prints no handshake messages, so "
                        "the log cannot show it; the same request with a curl built with OpenSSL "
                        "does.", perhaps_refused=True)  # fmt: skip
    alert = side.unnamed_alert()
    hidden = side.silent and not side.configured and side.asked == "unknown"
    if alert is None or not hidden or not _after_server_certificate(side):
        return None
    return _Verdict("possible", alert.line, UNNAMED_ALERT,
                    "The server ended the connection with a TLS alert after it had shown its own certificate. What a "
                    "server still refuses at that point is mostly the client's certificate: none was sent, or the one "
                    "sent was refused. This build of curl does not say which alert it was, so the log cannot tell; "
                    "the same request with a curl built with OpenSSL does: its -v names the alert.",
                    perhaps_refused=True)  # fmt: skip


def _after_server_certificate(side: Side) -> bool:
    """Whether the alert came when versions, ciphers and names had been agreed: these cannot be its reason any more."""
    if side.tls is None:
        return False
    if side.finished:
        # Under TLS 1.2 the handshake ends with the server's word; what comes after it is about something else.
        return side.tls.version is None or side.tls.version.value == "TLSv1.3"
    return side.tls.certificate is not None


def _by_status(side: Side) -> _Verdict | None:
    """A bare refusal after a request for a certificate that went unanswered, or where the log breaks off with it."""
    response = side.response
    if response is None or side.is_proxy:
        return None
    shows = "the server's refusal"
    if side.asked == side.sent == "unknown" and response.status == 400 and _is_cut_off(side):
        return _Verdict("possible", response.first_line, shows,
                        "The log ends in the head of a 400 answer: the page that would say why is cut off. That a "
                        "server refuses a plain GET like this right after the handshake is often about a client "
                        "certificate that was not sent (nginx answers so); a header or a host name that it does not "
                        "take would look the same. The rest of the log tells.", title=_PERHAPS_MISSING)  # fmt: skip
    bare = response.status == 400 and lacks_the_page(response)
    page = response.header("content-type")
    if side.asked == "yes" and side.sent == "unknown" and bare and side.asks_plainly and not side.content_without:
        if page is not None and "html" not in page.value.lower():
            return None  # an application has answered, which had the request
        return _Verdict("possible", response.first_line, shows,
                        "The server asked for a client certificate, and answered 400 to a plain GET. The log lacks the "
                        "page, which would say why, and does not show whether a certificate was really sent: none may "
                        "have been, or the one sent was refused (nginx answers so in both cases).",
                        perhaps_refused=True)  # fmt: skip
    if side.asked != "yes" or side.sent != "no":
        return None
    if bare:
        return _Verdict("likely", response.first_line, shows,
                        "The server asked for a client certificate, got none, and answered 400. The log lacks "
                        "the page, which would say whether that is why; nginx, for one, answers so.")  # fmt: skip
    if response.status == 403 and _taken_for_nobody(response):
        return _Verdict("likely", response.first_line, shows,
                        "The server asked for a client certificate, got none, and took the caller for nobody "
                        f"(`{ANONYMOUS}`): it lets in who shows none, and does not allow this request.",
                        hint=True)  # fmt: skip
    unsaid = response.status == 400 and side.asks_plainly and gives_no_reason(response)
    if (response.status in (401, 403) or unsaid) and not response.header("www-authenticate"):
        # Where the answer gives a reason of its own, that one leads; or else what was asked for and is missing does.
        if response.status == 401 and side.request is not None and side.request.header("authorization"):
            return None  # other credentials were sent, and 401 is about them (RFC 9110, 15.5.2)
        blocked = response.body.mark("gateway-block", "squid-error") is not None
        if not_found(side) and not blocked:
            return _Verdict("likely", response.first_line, shows,
                            "The server asked for a client certificate, curl did not find the one that it was given "
                            f"and sent none, and the answer was {response.status}.")  # fmt: skip
        told = response.body.sentence is not None or blocked
        if response.status == 403 or not told:
            return _Verdict("possible", response.first_line, shows,
                            f"The server asked for a client certificate, got none, and answered {response.status}. It "
                            "may let clients without one in and refuse only this request; the answer does not say.",
                            title=_PERHAPS_MISSING, hint=told)  # fmt: skip
    return None


def _taken_for_nobody(response: Response) -> bool:
    sentence = response.body.sentence
    return sentence is not None and ANONYMOUS in sentence.value


def _is_cut_off(side: Side) -> bool:
    """Whether the log ends in the head of the answer to a plain request."""
    response = side.response
    if response is None or side.tls is None or side.transfer.finished or not side.asks_plainly:
        return False
    return not response.headers_complete and side.exchange is side.transfer.last_exchange


def _behind(side: Side) -> Iterator[str]:
    """Name who may stand between curl and the server that missed a certificate."""
    front = " and ".join(hop.vendor.name for hop in hops(side)) or "A load balancer, CDN or gateway"
    yield (f"{front} ends TLS in front of that server and asks it over another connection, without a client "
           "certificate: that of curl cannot go there, since its key stays with curl.")  # fmt: skip
    if side.asked == "no" and not hops(side):
        yield GATEWAY


def _title(side: Side, verdict: _Verdict) -> str:
    """Return a title that fits better than the diagnosis' own; empty where none does."""
    if verdict.perhaps_refused:
        return _PERHAPS
    return verdict.title or ("The HTTPS proxy wants a client certificate" if side.is_proxy else "")


def _causes(timeline: Timeline, side: Side, verdict: _Verdict) -> Iterator[str]:
    """Name what usually keeps a certificate from being sent, and what else may have ended the connection."""
    yield from unsent(timeline, side, perhaps_refused=verdict.perhaps_refused)
    if verdict.shows == _BROKE_OFF and verdict.certainty == "likely" and side.request is not None:
        yield ("The server lets in who shows none, and closed the connection for another reason: it crashed, or closes "
               "such requests without a word (nginx's `return 444`).")  # fmt: skip
