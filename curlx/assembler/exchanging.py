"""What lines about requests and responses do to a transfer."""

from __future__ import annotations

from curlx import events
from curlx.assembler import retracting
from curlx.assembler.doubting import doubt_of_a_head
from curlx.assembler.ending import complaint, exited
from curlx.assembler.exchanges import ExchangeDraft, MessageDraft
from curlx.assembler.exits import BEFORE_A_RESPONSE
from curlx.assembler.proxying import answer_to_connect, connect_answered, connect_request, forwarded, proxied, stepped
from curlx.assembler.transfers import TransferDraft, handles, table
from curlx.bodies import GOES_ON
from curlx.patterns import Pattern
from curlx.reader import Source
from curlx.statuses import PROXY_AUTHENTICATION_REQUIRED, UNAUTHORIZED, is_interim, is_redirection
from curlx.timeline import CHALLENGED, RETRYABLE, Aside, Fact

_BEGUN = Pattern(r"[A-Z]{3,10} /\S*$")
"""The method and some of the target, and no version: HTTP/0.9 is long gone."""
_WRITTEN = 100
_REFUSED_STREAM = 7
"""The error code with which a server does not even begin with a request (RFC 9113, 7)."""
_ANSWERED = "`--write-out` tells of an answer: what curl is said to complain of may stand in its text."
_ENDED_WELL = (
    "`--write-out` tells that curl ended with 0: what it is said to complain of may stand in an answer's text."
)
_ANOTHER_STATUS = "What `--write-out` seems to have printed is another status: an answer may have come behind this one."
_MORE_THAN_PRINTED = (
    "More lines look as if `--write-out` had printed them than it prints: some are the text of an answer."
)


def request_line(transfer: TransferDraft, event: events.RequestLine, source: Source) -> bool:
    """A request begins: never inside a header block, nor while an answer is still coming in."""
    block = transfer.current
    if transfer.requesting and block and not block.ended and block.last_line == source.number - 1:
        return False
    if transfer.phase == "response" and not (transfer.done or transfer.pending):
        # Without curl's closing words only the next request on the connection can follow a whole answer.
        last = transfer.exchanges[-1]
        waits = not transfer.answered() or last.expects_body()
        if waits and not (_stays_open(last) or _is_asked_again(last, event, source.number)):
            return False
    if retracting.was_written_last(transfer):
        return False  # curl says first which connection it asks on
    line = source.number
    message = MessageDraft(line, line, event)
    if event.for_a_tunnel:
        transfer.current = message
        connect_request(transfer, event, message, line)
        return True
    kept = transfer.connection
    moved = kept is not None and kept.closed is not None and not kept.reused
    # curl says where it uses a connection again: the lines that tell of this one were left out.
    connection = transfer.begin(line) if moved else transfer.here(line)
    before = transfer.last_exchange
    if before and transfer.answered():
        before.complete = True
        ignored = before.response is not None and before.response.ignored
        before.superseded = before.superseded or ignored or _is_asked_again(before, event, line)
    elif before and before.request and before.request.start == event:
        before.superseded = before.superseded or before.status in GOES_ON  # the rest of its head was left out
    if before:
        before.superseded = before.superseded or _logs_in(transfer, before)
    transfer.current = message
    transfer.exchanges.append(ExchangeDraft(line, line, connection, message))
    connection.requests += 1
    connection.request_line = connection.request_line or line
    forwarded(transfer, connection, event.target, line)
    transfer.phase, transfer.done, transfer.pending = "request", False, False
    return True


def _is_asked_again(exchange: ExchangeDraft, event: events.RequestLine, line: int) -> bool:
    """Whether curl goes on right behind the head of a challenge or redirect: all its other lines were left out."""
    response, request = exchange.response, exchange.request
    if response is None or not response.ended or response.last_line != line - 1 or exchange.status not in GOES_ON:
        return False
    if request is None or type(request.start) is not events.RequestLine:
        return False
    return not exchange.refused or request.start.target == event.target  # a redirect leads elsewhere


def _logs_in(transfer: TransferDraft, exchange: ExchangeDraft) -> bool:
    """Whether a log begins in a challenge, and curl then says that it logs in by a scheme that needs one."""
    login, response = transfer.login, exchange.response
    if exchange.request is not None or response is None or login is None or exchange.status != UNAUTHORIZED:
        return False
    return login.value in CHALLENGED and login.line > response.last_line


def _stays_open(exchange: ExchangeDraft) -> bool:
    """Whether a head has no end: no body comes before that, so that what stands behind it is curl's."""
    return exchange.response is not None and not exchange.response.ended


def status_line(transfer: TransferDraft, event: events.StatusLine, source: Source) -> bool:
    """A response begins: the first to its request, or the next after an interim one."""
    # Another connection may have had its exchanges before this one asks its proxy.
    exchange = answer_to_connect(transfer, source.number) or _first_waiting(transfer) or transfer.exchange
    if exchange is None and transfer.asks and transfer.connection:
        return False
    if exchange is None or (transfer.done and exchange.request is None):
        exchange = _begin(transfer, source.number)
    elif exchange.response and not is_interim(exchange.status):
        # A request that the log does not show went out where curl said that it makes another.
        if exchange.superseded or exchange.is_a_step(proxied=transfer.may_have_a_proxy()):
            stepped(transfer, source.number)
        elif exchange.head and exchange.request is None and exchange.response.ended:
            # No body stands behind a head of -I: it is of another URL, or of another try.
            exchange.superseded = exchange.status in RETRYABLE and transfer.retries_one()
        # Behind a whole body, where requests are not shown, it is of another run: no body is left that could say so.
        elif exchange.request is not None or not transfer.has_all_of_a_body():
            if not _behind_a_gap(transfer, exchange):
                return False
            # Out of a head that has not ended no body can have said this: curl met the challenge, or was led on.
            exchange.superseded = exchange.status in GOES_ON and not exchange.response.ended
        exchange = _begin(transfer, source.number)
    retracting.doubt_without_a_head(transfer)
    transfer.bare = not transfer.connections and source.text.startswith("HTTP/")
    if not transfer.connections and source.text.lstrip().startswith("HTTP/"):
        transfer.doubt = transfer.doubt or doubt_of_a_head(transfer, source.text)
    transfer.current = exchange.answer(event, source.number)
    if transfer.phase != "proxy":
        transfer.phase = "response"
        transfer.done = False
    return True


def _first_waiting(transfer: TransferDraft) -> ExchangeDraft | None:
    """Return the first of the requests that wait for an answer on one connection of HTTP/2 (`--parallel`)."""
    if transfer.phase == "proxy" or transfer.elided:
        return None
    first = None
    for exchange in reversed(transfer.exchanges):
        start = exchange.request.start if exchange.request else None
        multiplexed = type(start) is events.RequestLine and start.version in ("2", "3")
        if (
            not multiplexed
            or exchange.response
            or exchange.superseded
            or exchange.connection is not transfer.connection
        ):
            break
        first = exchange
    return first


def _behind_a_gap(transfer: TransferDraft, exchange: ExchangeDraft) -> bool:
    """Whether lines were left out of the head of an answer, or behind the head of one after which curl may go on."""
    head = exchange.response
    if head is None or exchange is not transfer.last_exchange:
        return False
    elided = bool(transfer.elided) and transfer.elided[-1] > head.first_line
    return not head.ended or (elided and exchange.status in GOES_ON)


def _begin(transfer: TransferDraft, line: int) -> ExchangeDraft:
    """Begin an exchange of which no request is shown."""
    exchange = ExchangeDraft(line, line, transfer.connection, head=transfer.asks_for_heads())
    transfer.exchanges.append(exchange)
    return exchange


def header(transfer: TransferDraft, event: events.Header, source: Source) -> bool:
    """A header of the block that is being read."""
    current = transfer.current
    if current is None or current.ended or (event.direction == "out") != transfer.requesting:
        # A log that starts inside a header block; trailers (RFC 9110, 6.5) change nothing.
        trailer = transfer.phase == "response" and event.direction == "in" and not transfer.done
        if trailer and current is not None and not transfer.requesting:
            current.add_trailer(event, source.number)
        return trailer or transfer.phase == "start"
    transfer.bare = transfer.bare and not source.text.startswith("< ")  # its first line had lost its mark
    current.add(event, source.number)
    return True


def headers_end(transfer: TransferDraft, event: events.HeadersEnd, source: Source) -> bool:
    """A header block ends."""
    current = transfer.current
    if current is None or current.ended or (event.direction == "out") != transfer.requesting:
        return transfer.phase == "start"
    current.ended, current.last_line = True, source.number
    if transfer.exchange:
        transfer.exchange.last_line = source.number
    if transfer.phase == "proxy" and not transfer.requesting:
        connect_answered(transfer, source.number)
    return True


def body_ignored(transfer: TransferDraft, event: events.BodyIgnored, source: Source) -> bool:
    """curl does not write the body of this response: it says so before it is done with it."""
    if transfer.done:
        return False
    if event.of_tunnel and transfer.exchange and transfer.exchange.request is None:
        # The log begins behind CONNECT, in the proxy's answer.
        proxied(transfer, transfer.here(source.number), transfer.exchange.first_line, "tunnel")
    if transfer.current and not transfer.requesting:
        transfer.current.ignored = True
        # curl throws such a body away only when it goes on (`Curl_http_header`, lib/http.c).
        last = transfer.last_exchange
        goes_on = last is not None and last.response is transfer.current and last.status in GOES_ON
        transfer.pending = transfer.pending or goes_on
    return True


def body_exceeded(transfer: TransferDraft, event: events.BodyExceeded, source: Source) -> bool:
    """More came than the answer's head had announced."""
    answer = transfer.current
    if transfer.done or transfer.requesting or answer is None or answer.body.announced is None:
        return False
    answer.body.excess = answer.body.excess or Fact(event.excess, source.number)
    return True


def stream_opened(transfer: TransferDraft, event: events.StreamOpened, source: Source) -> bool:
    """HTTP/2 and HTTP/3 builds print the whole URL."""
    transfer.url = transfer.url or event.url
    return got_further(transfer, event, source)


def got_further(transfer: TransferDraft, event: events.Event, source: Source) -> bool:
    """curl remarks on its request, or on the answer: it got so far, whether the log shows their lines or not."""
    if transfer.connection is not None or not transfer.exchanges:
        connection = transfer.here(source.number)
        connection.got_to = "response" if type(event) is events.AnswerBegun else "request"
    return True


def request_begun(transfer: TransferDraft, event: events.SentText, source: Source) -> bool:
    """The log may end within the first line of a request: what is asked for is not known then, but that it is."""
    if transfer.phase in ("connect", "tls") and _BEGUN.match(event.text):
        return got_further(transfer, event, source)
    return True


def followed(transfer: TransferDraft, event: events.Followed, source: Source) -> bool:
    """curl goes on with another request: the exchange so far was no last word."""
    if not transfer.exchanges or (transfer.answered() and transfer.exchanges[-1].status not in GOES_ON):
        return False
    transfer.exchanges[-1].superseded = transfer.exchanges[-1].complete = True
    transfer.pending = True
    return True


def retried(transfer: TransferDraft, event: events.Retried, source: Source) -> bool:
    """curl tries the same request again."""
    if transfer.phase == "response" and transfer.answered() and not (transfer.pending or transfer.done):
        return False  # it does so only where nothing came (`Curl_retry_request`, lib/transfer.c)
    if "refused" in event.reason.lower():  # of HTTP/2 and HTTP/3 alone
        refused = events.Complaint("stream-reset", event.reason, _REFUSED_STREAM, again=True)
        complaint(transfer, refused, source)
    if transfer.exchanges and transfer.exchanges[-1].status != PROXY_AUTHENTICATION_REQUIRED:
        transfer.exchanges[-1].superseded = True  # behind a proxy's challenge the tunnel tells how it went on
    transfer.pending = True
    return True


def logging_in(transfer: TransferDraft, event: events.Authentication, source: Source) -> bool:
    """curl says how it logs in: some schemes need a refusal first, to which curl answers."""
    if not event.proxy:
        transfer.login = Fact(event.scheme, source.number)
    return True


def not_negotiated(transfer: TransferDraft, event: events.NegotiationFailed, source: Source) -> bool:
    """Kerberos or Windows gave curl no token to log in with."""
    transfer.negotiation = Aside(event.reason, source.number)
    return True


def written_out(transfer: TransferDraft, event: events.WrittenOut, source: Source) -> bool:
    """`--write-out` tells how the transfer ended: that is news where curl has told nothing else of it."""
    if transfer.connections or transfer.exchanges:
        asked = transfer.facts is not None and transfer.facts.writes_out
        if asked and event.status and transfer.exchanges and event.status != transfer.exchanges[-1].status:
            transfer.doubt = transfer.doubt or _ANOTHER_STATUS
        return False
    if transfer.facts is not None and not transfer.facts.writes_out:
        return False  # an answer that looks like it
    if transfer.exit is not None:
        final = event.status and not (event.many or is_redirection(event.status))
        if final and transfer.exit.code in BEFORE_A_RESPONSE:
            transfer.doubt = transfer.doubt or _ANSWERED
        elif not (event.status or event.code or event.complaint or event.many):
            transfer.doubt = transfer.doubt or _ENDED_WELL
        return False
    if not event.many:
        transfer.written.clear()  # a line of the answer looked like it: curl writes last
    if len(transfer.written) < _WRITTEN:
        transfer.written.append((event, source))
    transfer.url = transfer.url or event.url
    transfer.done, transfer.pending = True, False
    return True


def tell_written_out(transfer: TransferDraft) -> None:
    """Take what `--write-out` told for what happened: it is known only at the end which of its lines were curl's."""
    if transfer.exchanges or transfer.connections:
        return
    statuses = _is_of_http(transfer)
    if 0 < transfer.written[-1][0].count < len(transfer.written):
        transfer.doubt = transfer.doubt or _MORE_THAN_PRINTED
    for event, source in transfer.written:
        if event.code:  # before the status: what curl says of an answer that broke off contradicts one that is whole
            exited(transfer, events.Exit(event.code, event.said, event.complaint), source)
        if event.status and statuses:
            exchange = _begin(transfer, source.number)
            answer = exchange.answer(events.StatusLine("", event.status, ""), source.number)
            answer.ended = exchange.complete = True
            away = transfer.facts is not None and transfer.facts.discarded
            answer.ignored = away and event.status not in GOES_ON  # nothing that follows is its body
            transfer.phase = "response"
        elif event.complaint is not None and not event.code and statuses and not (transfer.exit or transfer.complaints):
            complaint(transfer, event.complaint, source)


def _is_of_http(transfer: TransferDraft) -> bool:
    """Whether an answer has a status of HTTP: those of FTP and mail have codes of their own, files have none."""
    urls = transfer.facts.urls if transfer.facts is not None else (transfer.url or "",)
    return all("://" not in url or url.lower().startswith("http") for url in urls)


HANDLERS = table(
    handles(events.Authentication, logging_in),
    handles(events.NegotiationFailed, not_negotiated),
    handles(events.RequestLine, request_line),
    handles(events.StatusLine, status_line),
    handles(events.Header, header),
    handles(events.HeadersEnd, headers_end),
    handles(events.BodyIgnored, body_ignored),
    handles(events.BodyExceeded, body_exceeded),
    handles(events.StreamOpened, stream_opened),
    handles(events.PseudoHeader, got_further),
    handles(events.RequestSent, got_further),
    handles(events.SentText, request_begun),
    handles(events.AnswerBegun, got_further),
    handles(events.Followed, followed),
    handles(events.Retried, retried),
    handles(events.WrittenOut, written_out),
)
