"""The log ends before it shows how the transfer ended.

## What it means

A log of curl usually ends with an answer, an error, or the closing of the connection. This one stops before any of
them, so nobody can tell from it what went wrong, or whether anything did.

## How curlx knows

curlx follows each transfer from the name to the close. The last one began, and neither an answer nor a failure of
it is in the log.

## What to do

Make the log again and keep all of it: `curl -sSv URL > log.txt 2>&1` writes everything into one file. curl writes
its `*`, `>` and `<` lines to the error output, so a plain `> file` misses them; without `-S`, `-s` hides
what curl says of a failure.

## When it is something else

If curl itself hung until you stopped it (`^C`), the last line shows the step that it hung at: connecting, the TLS
handshake, or waiting for the answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import before_repeating
from curlx.advice.repeating import asked_in, once_more, told_to_follow
from curlx.diagnoses.greetings import service_that_greets
from curlx.diagnoses.http.shared.statuses import pasted_page
from curlx.diagnoses.network.shared import interim
from curlx.diagnoses.network.shared.probes import quoted
from curlx.diagnoses.network.shared.trouble import standing
from curlx.findings import Certainty, Diagnosis, Evidence, Finding, Remedy, cite
from curlx.redaction import MASK
from curlx.statuses import REDIRECTS, is_final
from curlx.timeline import Phase, Timeline, Transfer

DIAGNOSIS = Diagnosis(code="log-unfinished", title="The log ends too early", severity="warning")

_STEPS: dict[Phase, str] = {
    "start": "before curl did anything that the log shows",
    "resolve": "while curl was looking up the name",
    "connect": "while curl was connecting",
    "proxy": "while curl was waiting for the proxy",
    "tls": "during the TLS handshake",
    "request": "after the request, before an answer",
    "response": "in the middle of the answer",
}
_WITHIN = "in the middle of the request"
_ON_THE_WAY: tuple[Phase, ...] = ("resolve", "connect", "proxy", "tls")
"""To a server: behind an answer it is to the next one."""

_CUT = (
    "The log was cut when it was copied.",
    "curl was still running, or was stopped while it waited for the next step.",
)
_FILTERS = ("grep", "egrep", "head", "tail", "sed", "awk")
_FILTERED = "The command hands what curl says on to `{}`, which keeps only some lines: leave that out."
_FASTER = (
    "It would have answered: somebody was faster. Without --connect-timeout and --max-time curl waits for minutes."
)
_STOPPED = (
    "The other side did not answer at this step: a firewall drops the packets, the host is down, or it is busy.",
    _FASTER,
)

_PATIENCE = "60"
"""Seconds: most servers and gateways give up before."""
_HANGS = f"Where curl hangs at this step again, add `--max-time {_PATIENCE}`: it then ends by itself, and says so."
_LED_ON = ": the last answer is a redirect, and curl was to follow it"
_WITHOUT_BODY = (204, 304)
_WHOLE = 100
"""Of the progress meter, in percent."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the transfer that the log does not tell to its end: the last, or one that somebody stopped (`^C`)."""
    if not timeline.transfers:
        if timeline.curl_lines and pasted_page(timeline) is None:
            yield _without_a_call(timeline)
        return
    last = len(timeline.transfers) - 1
    stopped = (index for index, one in enumerate(timeline.transfers) if one.stopped is not None)
    index = next(stopped, last)
    transfer = timeline.transfers[index]
    if _waits_for_a_body_of_head(transfer):
        yield _of_head(timeline, index, transfer)
        return
    closed = _closed_behind_a_gap(timeline, transfer)
    if closed:
        yield _left_out(timeline, index, transfer, closed)
        return
    kept = _kept_without_an_answer(transfer)
    if kept:
        yield _without_its_answer(timeline, index, transfer, kept)
        return
    left = _is_left_at_a_redirect(transfer)
    led_on = left or _is_led_on(transfer)
    announced = transfer.last_exchange is not None and transfer.last_exchange.superseded
    goes_on = led_on or announced
    ended = (transfer.finished or transfer.phase == "done") and not goes_on
    if ended or standing(transfer) or transfer.exit:
        return
    if transfer.phase == "start" and pasted_page(timeline) is not None:
        return  # without -v curl prints only the answer, and that is there
    if transfer.phase == "start" and transfer.doubt:
        return  # the command alone, where the answer before may show it
    if transfer.phase == "start" and transfer.went_well:
        return  # curl had nothing to say: it was asked for its exit code, and that is 0
    if transfer.phase == "start" and timeline.loose.percent == _WHOLE:
        return  # without -v the meter is all that curl shows
    over = (_is_answered(transfer) and not _breaks_off(timeline, transfer)) or _is_closed(transfer)
    if over and not (goes_on or transfer.phase in _ON_THE_WAY) and transfer.stopped is None:
        return
    if transfer.phase == "start" and transfer.command is not None and transfer.stopped is None:
        text = timeline.loose.last_line
        if text is not None and text > transfer.command.line:
            yield _of_text_alone(timeline, index, transfer)
            return
    onwards = (", which curl had announced" if announced else _LED_ON) if goes_on else ""
    cut = _is_cut_within_a_request(timeline, transfer)
    step = _WITHIN if cut else _step(transfer, onwards)
    yield DIAGNOSIS.found(
        "likely" if timeline.elided or transfer.doubt or left or _perhaps_a_body(transfer) else "certain",
        f"{'The log ends' if transfer.stopped is None else 'Somebody stopped curl'} {step}. How the call "
        f"{'ended' if transfer.stopped is None else 'would have ended'} is not in it.",
        _evidence(timeline, transfer),
        title="" if transfer.stopped is None else "curl was stopped before it was done",
        transfer=index,
        causes=_causes(transfer, cut=cut),
        remedies=(_made_again(transfer, cut=cut),)
        if transfer.stopped is None
        else (*interim.remedies(transfer.last_exchange), _made_again(transfer)),
    )


def _step(transfer: Transfer, onwards: str) -> str:
    """Say at which step it ends; `onwards` is how curl was to go on behind the last answer, where it was."""
    tls = transfer.last_connection.tls if transfer.last_connection else None
    if transfer.phase == "tls" and tls is not None and tls.completed is not None and tls.completed.value:
        return "after the TLS handshake, before a request"
    if transfer.phase == "resolve" and transfer.last_connection and transfer.last_connection.resolved:
        return "after the lookup of the name, before curl tried to connect"
    if transfer.phase == "request" and not transfer.exchanges:
        return _WITHIN
    if interim.only_interim(transfer.last_exchange):
        return "behind an interim answer, before the final one"
    return f"before the next request{onwards}" if onwards else _STEPS.get(transfer.phase, "early")


def _causes(transfer: Transfer, *, cut: bool) -> tuple[str, ...]:
    if transfer.stopped is None:
        filtered, causes = _filter(transfer), _CUT[:1] if cut else _CUT
        return (_FILTERED.format(filtered), *causes) if filtered else causes
    if interim.only_interim(transfer.last_exchange):
        return (*interim.causes(transfer.last_exchange), _FASTER)
    return _STOPPED


def _is_cut_within_a_request(timeline: Timeline, transfer: Transfer) -> bool:
    """Whether the log's last line is a header of the request: curl prints all of them at once, so it cannot hang there.

    Behind the last header curl prints a blank one.
    """
    last = transfer.last_exchange
    if last is None or last.request is None or last.response is not None or transfer.stopped is not None:
        return False
    text = timeline.text_of(timeline.lines)
    return timeline.lines == last.request.last_line and bool(text.strip("> "))


def _filter(transfer: Transfer) -> str:
    """Return the program behind a pipe of the command that lets only some lines through."""
    return next((name for name, *_ in transfer.readers if name in _FILTERS), "")


def _closed_behind_a_gap(timeline: Timeline, transfer: Transfer) -> int:
    """Return the line at which curl closed an unused connection behind lines that were taken out, or 0.

    curl closes none without a word of why.
    """
    connection = transfer.last_connection
    if connection is None or connection.closed is None or not connection.closed.value or transfer.exchanges:
        return 0
    if transfer.complaints or transfer.exit or any(one.alerts for one in connection.tls_each):
        return 0
    gap = any(connection.first_line < line < connection.closed.line for line in timeline.elided)
    return connection.closed.line if gap else 0


def _left_out(timeline: Timeline, index: int, transfer: Transfer, closed: int) -> Finding:
    return DIAGNOSIS.found(
        "likely",
        "Lines were taken out of this log before curl closed the connection. How the call ended is among them.",
        (cite(timeline, closed, "curl closes the connection, and the log does not show why"),),
        title="How the call ended was taken out of the log",
        transfer=index,
        remedies=(_made_again(transfer),),
    )


def _kept_without_an_answer(transfer: Transfer) -> int:
    """Return the line at which curl keeps a connection on which the log shows no answer, or 0."""
    last, connection = transfer.last_exchange, transfer.last_connection
    if last is None or last.request is None or last.response is not None or last.superseded or standing(transfer):
        return 0
    if service_that_greets(transfer):
        return 0  # that is the answer
    closed = connection.closed if connection is not None else None
    return closed.line if closed is not None and not closed.value and closed.line > last.request.last_line else 0


def _without_its_answer(timeline: Timeline, index: int, transfer: Transfer, kept: int) -> Finding:
    return DIAGNOSIS.found(
        "likely",
        "The log shows no answer to the request, and curl kept the connection, as it does behind a whole answer: the "
        "lines of the answer were left out. (Over HTTP/2 old builds keep it behind a failure, too, and -s hides that.)",
        (cite(timeline, kept, "curl keeps the connection, and no answer is in the log"),),
        title="The answer was taken out of the log",
        transfer=index,
        remedies=(_made_again(transfer),),
    )


def _of_text_alone(timeline: Timeline, index: int, transfer: Transfer) -> Finding:
    return DIAGNOSIS.found(
        "likely",
        "Behind the command there is text, perhaps that of the answer, and nothing of curl's: without -v it shows "
        "neither how the call went nor the status of the answer.",
        _evidence(timeline, transfer),
        title="The log shows no more than what the command printed",
        transfer=index,
        remedies=(_made_again(transfer),),
    )


def _made_again(transfer: Transfer, *, cut: bool = False) -> Remedy:
    title, url = "Make the log again and keep all of it", transfer.url or ""
    if not url.isprintable() or url.startswith("-"):
        return Remedy("client", title, tuple(_steps(transfer, "", cut=cut)))
    limit = ("--max-time", _PATIENCE) if transfer.stopped is not None else ()
    command = once_more(transfer, "-sSv", *limit)
    return Remedy("client", title, tuple(_steps(transfer, command, cut=cut)), (f"{command} > log.txt 2>&1",))


def _perhaps_a_body(transfer: Transfer) -> bool:
    """Whether that it was stopped may be a line of the answer."""
    return transfer.stopped is not None and transfer.phase == "response"


def _waits_for_a_body_of_head(transfer: Transfer) -> bool:
    """Whether `-X HEAD` made curl wait: the answer has a length, or no end, and never a body (RFC 9110, 9.3.2)."""
    last, connection = transfer.last_exchange, transfer.last_connection
    if last is None or last.request is None or last.request.method != "HEAD" or last.response is None:
        return False
    if last.response.status in _WITHOUT_BODY or not last.response.version.startswith("1"):
        return False  # it ends with its head, also for a curl that waits
    length = last.response.header("content-length")
    ended = transfer.exit or transfer.complaints or (connection is not None and connection.closed is not None)
    return transfer.names_head and not ended and (length is None or length.value != "0")


def _of_head(timeline: Timeline, index: int, transfer: Transfer) -> Finding:
    response = transfer.last_exchange.response if transfer.last_exchange is not None else None
    line = response.last_line if response is not None else transfer.last_line
    return DIAGNOSIS.found(
        "likely",
        "-X HEAD only changes the word that curl sends: it waits for a body as after a GET, and an answer to HEAD has "
        "none. The log ends while it waits.",
        [cite(timeline, line, "the answer's head ends here, and nothing follows a HEAD")],
        title="curl waits for a body that never comes",
        transfer=index,
        remedies=(
            Remedy(
                "client",
                "Ask for the head with -I",
                ("`-I` sends HEAD and knows that no body comes. Leave `-X HEAD` out.",),
                _head(transfer),
            ),
        ),
    )


def _without_a_call(timeline: Timeline) -> Finding:
    """The log has lines of curl's, and none of them is of a call."""
    meter = (number for number in sorted(timeline.quotes) if "% Total" in timeline.text_of(number))
    line = next(meter, min(timeline.quotes, default=1))
    summary = (
        "The log holds lines of curl's, but of no call: neither whom it connected to, nor a request, nor an answer."
    )
    shows, cause = "a line of curl's", "The log was cut when it was copied."
    if "connection -1" in timeline.text_of(line):  # curl's number for a connection that it never had
        summary = "curl gave up before it connected to anything, and the log does not say why."
        shows = "curl gives back a connection that it never opened"
        cause = "A URL that curl cannot use, or an option, stops it before it connects."
    steps = (
        "Replace URL by yours.",
        "A program that uses libcurl gets curl's last words as its error message (CURLOPT_ERRORBUFFER).",
    )
    remedy = Remedy("client", "Make the log again, with curl's last words", steps, ("curl -sSv URL > log.txt 2>&1",))
    # Without -v the meter is all that curl shows, and here all has come: the log may be whole.
    sure: Certainty = "likely" if timeline.loose.percent == _WHOLE else "certain"
    return DIAGNOSIS.found(sure, summary, [cite(timeline, line, shows)], causes=(cause,), remedies=(remedy,))


def _is_led_on(transfer: Transfer) -> bool:
    """Whether curl was told to follow where the last answer leads, and has not taken its leave."""
    return not transfer.parted and _leads_on(transfer) and told_to_follow(transfer)


def _is_left_at_a_redirect(transfer: Transfer) -> bool:
    """Whether curl took its leave of a redirect that -L makes it follow, and neither went on nor said why not."""
    return transfer.parted and transfer.follows and not transfer.complaints and _leads_on(transfer)


def _leads_on(transfer: Transfer) -> bool:
    last = transfer.last_exchange
    response = last.response if last is not None else None
    if last is None or last.request is None or response is None:
        return False
    return response.status in REDIRECTS and response.headers_complete and response.header("location") is not None


def _is_answered(transfer: Transfer) -> bool:
    """Whether the log has the whole head of a final answer: what is missing then is only the end of a body.

    Behind the 101 of a WebSocket come only its messages (RFC 6455, 4.2.2).
    """
    last = transfer.last_exchange
    response = last.response if last else None
    if response is None or not response.headers_complete:
        return False
    upgrade = response.header("upgrade")
    return is_final(response.status) or (upgrade is not None and upgrade.value.strip().lower() == "websocket")


def _breaks_off(timeline: Timeline, transfer: Transfer) -> bool:
    """Whether curl tells of a part of the announced body, and shows nothing of it or after it."""
    last = transfer.last_exchange
    body = last.response.body if last and last.response else None
    connection = transfer.last_connection
    if body is None or timeline.elided or (connection is not None and connection.closed is not None):
        return False
    ends_there = timeline.text_of(timeline.lines).startswith("{ [")
    whole = last is None or (last.request is not None and last.request.method == "HEAD") or not body.announced
    if not whole and body.percent is not None and body.percent < _WHOLE and not body.seen:
        return True
    return not body.seen and bool(body.received) and (ends_there or body.received < (body.announced or 0))


def _is_closed(transfer: Transfer) -> bool:
    """Whether curl was done with the connection after the request: no answer came, which is an outcome of its own."""
    last, connection = transfer.last_exchange, transfer.last_connection
    closed = connection.closed if connection else None
    return last is not None and last.request is not None and closed is not None and closed.line > last.request.last_line


def _evidence(timeline: Timeline, transfer: Transfer) -> Iterator[Evidence]:
    for line in range(transfer.last_line, max(transfer.first_line, transfer.last_line - 200) - 1, -1):
        if timeline.text_of(line).strip(" *<>{}"):
            yield cite(timeline, line, "the last step that the log shows")
            break
    else:
        yield cite(timeline, transfer.last_line, "the last step that the log shows")
    yield from interim.cite_interim(timeline, transfer.last_exchange)
    if transfer.stopped is not None:
        yield cite(timeline, transfer.stopped, "somebody stopped curl here")
    if timeline.elided:
        yield cite(timeline, timeline.elided[-1], "somebody took lines out here")


def _steps(transfer: Transfer, command: str, *, cut: bool) -> Iterator[str]:
    if transfer.stopped is not None:
        yield "With `--max-time` curl ends by itself, and its last words tell what it waited for."
    elif transfer.phase in (*_ON_THE_WAY, "request") and not (cut or _filter(transfer)):
        yield _HANGS
    stand_in = asked_in(transfer)
    if not transfer.url and stand_in in command:  # a command of the log may have a URL where no request shows one
        yield f"Replace {stand_in} by yours, and add your other options."
    elif transfer.command is None:
        yield "Add your other options: the log does not show your command."
    request = transfer.last_exchange.request if transfer.last_exchange is not None else None
    caution = before_repeating(request)
    if request is not None and caution is not None and caution[0] not in command:
        yield f"The command sends the {request.method} again: run it only if that may be carried out twice."
    if MASK in command:
        yield "What stands between ‹ and › is hidden here: put your own value in its place."
    yield "The command writes everything that curl says into log.txt."


def _head(transfer: Transfer) -> tuple[str, ...]:
    url = transfer.url
    if not url or not url.isprintable() or url.startswith("-"):
        return ()
    program = "curl.exe" if transfer.windows else "curl"
    return (f"{program} -vI {quoted(transfer, url)}",)
