"""How sure a finding may be: no surer than the log, which may have been cut off before curl went on."""

from __future__ import annotations

import msgspec

from curlx.advice.hosts import split_url
from curlx.diagnoses import trying_again
from curlx.events import ComplaintKind
from curlx.findings import Finding, Footing, cite, transfer_of
from curlx.statuses import BAD_REQUEST, EXPECTATION_FAILED, PROXY_AUTHENTICATION_REQUIRED, UNAUTHORIZED, is_success
from curlx.timeline import RETRYABLE, Exchange, Response, Timeline, Transfer
from curlx.tls_numbers import HandshakeType

_OVERCOME: tuple[ComplaintKind, ...] = (
    "quic", "goaway", "stream-reset", "requires-http1", "http2-error", "empty-reply", "connection-died", "send-failed",
    "receive-failed", "reset", "way-lost", "trust-store-unreadable", "proxy-connect-aborted",
)  # fmt: skip
"""Complaints after which curl goes on by itself: with another protocol or a fresh connection (`Curl_retry_request`,
lib/multi.c; lib/cf-https-connect.c), with an answer that was sent before the connection broke, or without the file."""
_BY_HOW_FAR: tuple[ComplaintKind, ...] = (
    "timeout", "reset", "receive-failed", "send-failed", "connection-died", "tls-truncated", "tls-closed", "tls-alert",
    "tls-error",
)  # fmt: skip
"""Complaints that mean one thing before an answer and another within it; the others say themselves what broke off."""
_CHALLENGES = (UNAUTHORIZED, PROXY_AUTHENTICATION_REQUIRED)
_LISTED, _KINDS = 3, 100
"""Last words that are more than one call's tries, and more than there are kinds of."""
_PIECES = 5
_END = 200
"""Characters in which a page ends."""
_MARKS = (">", "<", "=>", "<=", "[", *"0123456789")
"""What -v and --trace print before the lines of a request and an answer, and a time or numbers before that."""

_OWN = ("* ", "> ", "< ", "{ [", "} [", "Warning", "curl:")
"""What curl's own lines begin with; what it does not end, at the end of a log, is cut."""


def as_sure_as_the_log(finding: Finding, timeline: Timeline, rests_on: Footing) -> Finding:
    """Return a finding, which rests on that, so that it is certain of no more than the log shows."""
    transfer = transfer_of(timeline.transfers, finding)
    doubted = finding.severity == "warning" and transfer is not None and bool(transfer.doubt)
    if (finding.severity != "error" and not doubted) or finding.code.startswith("log-"):
        return finding
    if "loose-words" in timeline.quirks and _several(timeline):
        return msgspec.structs.replace(finding, certainty="possible")  # a list of what can go wrong, or a story
    if finding.certainty != "certain":
        return finding
    reason = _reason(finding, timeline, transfer, rests_on)
    if not reason:
        return finding
    return msgspec.structs.replace(finding, certainty="likely", summary=f"{finding.summary} {reason}")


def _is_a_list(timeline: Timeline) -> bool:
    """Tell whether all that the log has are last words without their calls, each of another kind."""
    calls = timeline.transfers
    if not _LISTED <= len(calls) <= _KINDS or any(each.command or each.connections or each.exchanges for each in calls):
        return False
    return len({complaint.kind for each in calls for complaint in each.complaints}) == len(calls)


def unless_overcome(finding: Finding, timeline: Timeline) -> Finding:
    """Return a finding, as a note where the program had in the end what it did not get here."""
    transfer = transfer_of(timeline.transfers, finding)
    if transfer is None or transfer.overcome is None or finding.severity != "error":
        return finding
    shows, then = "all has come, as the meter shows", "curl tried again, and all came then."
    if transfer.mirrored is not None:
        shows, then = (
            "the program was done in the end",
            "The program tried again or went on with another mirror, and was done in the end.",
        )
    proof = cite(timeline, transfer.overcome, shows)
    return msgspec.structs.replace(
        finding,
        severity="note",
        summary=f"{finding.summary} {then}",
        evidence=(*finding.evidence, proof),
    )


def _several(timeline: Timeline) -> bool:
    """Tell whether several different things are said to have failed."""
    return len({complaint.kind for transfer in timeline.transfers for complaint in transfer.complaints}) > 1


def _reason(finding: Finding, timeline: Timeline, transfer: Transfer | None, rests_on: Footing) -> str:
    """Return why the rest of the log could tell something else; nothing when it could not."""
    line = finding.evidence[0].line
    if transfer is not None and transfer.doubt:
        return transfer.doubt
    if "loose-words" in timeline.quirks:
        return "The log has nothing else of curl: the words may be about another call, or only quoted."
    if _is_a_list(timeline):
        return "The log has only curl's last words, of several failures: it may be a list of what can go wrong."
    if line == timeline.open_line and _may_go_on(transfer, line):
        return "The log ends in this line, perhaps in its middle: the rest of it could say something else."
    if transfer is None:
        return ""
    if transfer.went_well:
        return "What follows says that all is well: the failure may be expected, ignored, or overcome."
    if _was_quoted(timeline, finding.transfer):
        return "A later call of the log went well: these words may be quoted, and the failure be past."
    if _may_be_a_body(timeline, finding.transfer):
        return "The log ends in a line of this run, which may be the beginning of the body that the answer before has."
    if trying_again.is_announced(transfer, line):
        return "The log ends before it shows how curl's next try went."
    if transfer.mirrored and transfer.overcome is None:
        return "The log does not show whether the program had it from another mirror, or by another try, in the end."
    if _goes_on_to_the_end(timeline, transfer, line):
        return "The log ends within the line in which this goes on: the rest of it could say something else."
    if rests_on == "absence" and any(transfer.first_line <= gap <= line for gap in timeline.elided):
        return "Lines were taken out of this log before that: curl may have got further than it shows."
    if rests_on == "absence" and _lacks_the_hello(transfer, line):
        return "The log does not show how TLS began, and may lack what came of it."
    behind = rests_on == "absence" and _is_behind_a_handshake(transfer, line)
    if _lacks_the_request(transfer, line) or (behind and not transfer.exchanges):
        return "The log does not show the request that curl sent, and may not show all that came of it."
    if rests_on == "page" and _may_tell_why(transfer, line):
        return "The log ends before the end of the page, which may tell why."
    if _git_may_ask_again(transfer, line):
        return "The log ends before it shows whether git was given a user, and asked again."
    exchange = transfer.exchange_at(line)
    if trying_again.may_be_unseen(timeline, finding.transfer, line):
        return "The log lacks a request: the next answer may be to the same one, which curl tried again."
    if trying_again.may_be_cut(timeline, finding.transfer):
        return "The log ends before it shows whether curl tried again, as its command asks it to."
    if exchange is not None and _is_met_in_a_gap(timeline, transfer, exchange):
        return "Lines were taken out of this log behind that: curl may have asked again."
    if exchange is not None and _answered_behind_a_gap(timeline, transfer, exchange):
        return "Lines were taken out of this log behind that, and another answer follows: curl may have asked again."
    overcome = _said(transfer, line) in _OVERCOME or _is_of_a_data_connection(transfer, line)
    if overcome and transfer.exit is None and any(_is_within(gap, transfer) for gap in timeline.elided):
        return "Lines were taken out of this log: curl may have had its answer, or have gone on, in them."
    if _is_over(timeline, finding.transfer):
        return ""
    if overcome:
        return "The log ends before it shows whether curl went on."
    if _interrupts_an_answer(transfer, line):
        return "The log ends before curl's farewell: what it is said to complain of may stand in the answer's text."
    if any(each.first_line > line and each.response is None for each in (*transfer.exchanges, *transfer.tunnels)):
        return "The log ends before it shows how curl's next try went."
    if exchange is None:
        return ""
    if not timeline.text_of(exchange.first_line).startswith(_MARKS) and not transfer.retries():
        return ""  # with -i alone curl prints no farewell that could be missing
    return _may_be_asked_again(transfer, exchange, line)


def _was_quoted(timeline: Timeline, index: int) -> bool:
    """Whether only the last words of a call are there, without a command, and the log ends with one that went well."""
    told, last = timeline.transfers[index], timeline.transfers[-1]
    if (
        told is last
        or told.command is not None
        or told.exchanges
        or any(one.attempts or one.connected for one in told.connections)
    ):
        return False
    answer = last.last_exchange.response if last.last_exchange is not None else None
    return bool(last.connections and not last.complaints) and answer is not None and is_success(answer.status)


def _is_within(gap: int, transfer: Transfer) -> bool:
    return transfer.first_line < gap < transfer.last_line


def _may_go_on(transfer: Transfer | None, line: int) -> bool:
    """Tell whether a last line without its end may be cut; a paste often ends with the last word of curl, whole."""
    said = transfer.exit if transfer is not None else None
    if transfer is None or said is None or said.line != line or not said.text:
        return True
    return any(complaint.line == line and complaint.may_go_on for complaint in transfer.complaints)


def _goes_on_to_the_end(timeline: Timeline, transfer: Transfer, line: int) -> bool:
    """Tell whether a message that broke at the end of a line goes on in the last line of the log, which has no end."""
    cut, text = timeline.open_line, timeline.text_of(line)
    if cut is None or not line < cut <= line + _PIECES:
        return False
    return any(each.line == line and each.text not in text for each in transfer.complaints)


def _said(transfer: Transfer, line: int) -> ComplaintKind | None:
    """Return what kind of failure a line tells of, if it does."""
    told = ((complaint.line, complaint.kind) for complaint in transfer.complaints)
    failures = (attempt.failure for each in transfer.connections for attempt in each.attempts)
    tried = ((failure.line, failure.value) for failure in failures if failure is not None)
    return next((kind for where, kind in (*told, *tried) if where == line), None)


def _is_of_a_data_connection(transfer: Transfer, line: int) -> bool:
    """Tell whether curl was connected already when it failed to connect: FTP may ask for another port, with PASV."""
    connection, kind = transfer.connection_at(line), _said(transfer, line)
    connected = connection.connected if connection is not None else None
    return kind is not None and kind.startswith("connect-") and connected is not None and connected.line < line


def _lacks_the_hello(transfer: Transfer, line: int) -> bool:
    """Tell whether the log begins in a handshake, or behind it, or shows a few lines of it."""
    connection = transfer.connection_at(line)
    tls = connection.tls if connection is not None else None
    if connection is None or tls is None or not tls.shows_handshake or connection.reused:
        return False
    return not any(message.number == HandshakeType.CLIENT_HELLO for message in tls.messages)


def _is_behind_a_handshake(transfer: Transfer, line: int) -> bool:
    """Tell whether a handshake was complete before a line: curl sends its request at once then."""
    connection = transfer.connection_at(line)
    done = connection.tls.completed if connection is not None and connection.tls is not None else None
    return done is not None and done.value and done.line < line


def _lacks_the_request(transfer: Transfer, line: int) -> bool:
    """Tell whether the request is not in the log, and with it how far curl had got when it complained."""
    said = (each for each in transfer.complaints if each.line == line and each.kind in _BY_HOW_FAR)
    return not transfer.exchanges and any(each.phase == "request" for each in said)


def _interrupts_an_answer(transfer: Transfer, line: int) -> bool:
    """Tell whether a line complains, or is an alert, where the body of an answer may stand."""
    last = transfer.last_exchange
    if last is None or last.response is None or line <= last.response.last_line:
        return False
    alerts = (alert for each in transfer.connections for tls in each.tls_each for alert in tls.alerts)
    return line in {alert.line for alert in alerts} | {complaint.line for complaint in transfer.complaints}


def _is_over(timeline: Timeline, index: int) -> bool:
    """Tell whether the log shows that curl was done with a transfer, and does not break off right behind it."""
    transfer, last = timeline.transfers[index], timeline.transfers[-1]
    if not transfer.parted:
        return False
    if transfer is last:
        cut = timeline.open_line or 0
        behind = cut > transfer.last_line or any(warning.line == cut for warning in transfer.warnings)
        return not (behind and _begins_as_own(timeline.text_of(cut)))
    # What follows at once in the same run, and has no answer yet, may be the same request once more.
    follows = index == len(timeline.transfers) - 2 and last.command in (None, transfer.command)
    announced = transfer.retried is not None or _asks_the_same(transfer, last)  # the answer counts where it is whole
    answered = any(each.response and (each.complete or not announced) for each in last.exchanges)
    return not (follows and not last.parted and not answered)


def _asks_the_same(transfer: Transfer, following: Transfer) -> bool:
    """Tell whether the next call may be another try of this one, which curl makes without a word."""
    before, after = (each.last_exchange.request if each.last_exchange else None for each in (transfer, following))
    return before is not None and after is not None and trying_again.asks_the_same(before, after)


def _may_be_a_body(timeline: Timeline, index: int) -> bool:
    """Tell whether a run may be the body of the answer before it, which the log lacks: its last line is cut off."""
    transfer, before = timeline.transfers[index], timeline.transfers[index - 1]
    if index == 0 or timeline.open_line != transfer.last_line or transfer.command not in (None, before.command):
        return False
    last = before.last_exchange.response if before.last_exchange is not None else None
    return last is not None and bool(last.body.announced) and not last.body.seen


def _is_met_in_a_gap(timeline: Timeline, transfer: Transfer, exchange: Exchange) -> bool:
    """Tell whether curl may have met a challenge, of which only the last page is shown, or tried again in a gap."""
    response = exchange.response
    if response is None:
        return False
    if response.status in RETRYABLE and transfer.retries() is not False and transfer.exit is None:
        return any(response.first_line < gap <= transfer.last_line for gap in timeline.elided)
    if response.status not in _CHALLENGES:
        return False
    tunnel = exchange.request is not None and exchange.request.for_a_tunnel
    shown = bool(response.body.sample.strip()) and not tunnel
    return not shown and any(response.first_line < gap <= transfer.last_line for gap in timeline.elided)


def _answered_behind_a_gap(timeline: Timeline, transfer: Transfer, exchange: Exchange) -> bool:
    """Tell whether the next answer of a transfer has no request in the log, where lines were taken out before it."""
    following = next(
        (each for each in (*transfer.exchanges, *transfer.tunnels) if each.first_line > exchange.first_line), None
    )
    if following is None or following.request is not None or following.response is None:
        return False
    return any(exchange.first_line < gap < following.first_line for gap in timeline.elided)


def _may_tell_why(transfer: Transfer, line: int) -> bool:
    """Tell whether the page of a 400 is missing where it should follow, or breaks off: it may name the reason."""
    exchange = transfer.exchange_at(line)
    response = exchange.response if exchange is not None else None
    if exchange is None or response is None or response.first_line != line or response.status != BAD_REQUEST:
        return False
    page = response.body.sample.lower()
    if not page:
        return not exchange.complete
    whole = response.body.seen <= 2 * len(page)  # a sample is kept of a long one
    return whole and page.lstrip().startswith(("<html", "<!doctype")) and "</html" not in page[-_END:]


def _begins_as_own(text: str) -> bool:
    return any(text.startswith(own) or (text and own.startswith(text)) for own in _OWN)


def _may_be_asked_again(transfer: Transfer, exchange: Exchange, line: int) -> str:
    response = exchange.response
    if response is None:
        return ""
    if response.status in RETRYABLE and transfer.retries() is not False:
        return "The log ends before it shows whether curl tried again."
    if response.status in _CHALLENGES and _may_log_in(exchange):
        return "The log ends before it shows whether curl went on and logged in."
    if response.status == EXPECTATION_FAILED:
        return "The log ends before it shows whether curl asked again, without `Expect`."
    refused = line == response.first_line and response.refuses
    if refused and exchange.request is None and not exchange.complete and _may_be_of_tunnel(transfer, response):
        return "The log shows no request: this may be the answer of a proxy that was asked for a tunnel."
    return ""


def _may_be_of_tunnel(transfer: Transfer, response: Response) -> bool:
    """Tell whether a proxy may have answered so to CONNECT: curl sends none for http://, unless it is told to."""
    plain = transfer.command is not None and (transfer.url or "").startswith("http://")
    if plain and not transfer.follows and all(name != "proxytunnel" for name, _ in transfer.way):
        return False
    connection = transfer.connection_at(response.first_line)
    if connection is not None and connection.connected and connection.proxy is None:
        _, host, _, _ = split_url(transfer.url)
        if host is not None and host == connection.host:
            return False  # curl names the proxy where it is connected to one
    # A proxy asks for a login in its own header (RFC 9110, 11.7.1), and speaks HTTP/2 only where curl is told so.
    return response.version.startswith("1") and response.header("www-authenticate") is None


def _git_may_ask_again(transfer: Transfer, line: int) -> bool:
    """Tell whether git asked without credentials, as it does first, and has not said that it gives up."""
    exchange = transfer.exchange_at(line) if transfer.git and not transfer.complaints else None
    if exchange is None or exchange.request is None or exchange.response is None:
        return False
    return exchange.response.status == UNAUTHORIZED and exchange.request.header("authorization") is None


def _may_log_in(exchange: Exchange) -> bool:
    """Tell whether curl may still meet a challenge: the page of one that it meets is not shown (lib/http.c)."""
    response = exchange.response
    asked = response.header("www-authenticate") if response is not None else None
    if response is None or (asked is not None and asked.value.lower().startswith("bearer")):
        return False  # a token is sent at once, or never
    page = response.body.sample.split("\n")
    return not exchange.complete or not any(page) or any(map(_begins_as_own, page))
