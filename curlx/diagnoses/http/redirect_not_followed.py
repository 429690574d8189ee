"""The answer is a redirect, and curl was not told to follow it.

## What it means

What was asked for is at another address, named in the `Location` header. curl shows the redirect as it is, and
follows only with `-L`.

## How curlx knows

The final answer has status 300, 301, 302, 303, 307 or 308 (RFC 9110, 15.4), and the log shows that curl ended
there. Where the log breaks off in the redirect's own page, it is `likely`: curl writes no page of an answer that it
follows. So it is where the command has no `-L`, and the log only the beginning of the redirect's head. Where it has no
`Location`, nobody could follow it. Of an answer pasted alone, or with which the log ends, it is `possible`: curl may
have gone on. git follows a redirect of its first request alone, and says `The requested URL returned error: 307` of a
later one: that is an error, and `certain`. So is a redirect of a GET to the very address that was asked, unless a
cookie comes with it that may end the circle.

## What to do

Add `-L`, or ask for the new address directly. Nothing to do if the redirect itself was what you wanted to see.
A request with data is better sent to the new address directly: with `-L` curl turns a POST into a GET without data
after 301, 302 and 303. For git, put the address that it is redirected to into the remote (`git remote set-url`).

## When it is something else

A redirect to a login page means that the request came without a session or credentials. A proxy may redirect to
its own block or login page: look at the host in `Location`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.advice.repeating import told_to_follow
from curlx.diagnoses.http.shared.asking import address, again, lacks_data, led_to, resend
from curlx.diagnoses.http.shared.statuses import pasted_page
from curlx.diagnoses.network.shared.trouble import standing
from curlx.findings import Certainty, Diagnosis, Finding, Remedy, cite
from curlx.statuses import REDIRECTS
from curlx.timeline import Complaint, Exchange, Header, Response, Timeline, Transfer

DIAGNOSIS = Diagnosis(code="http-redirect-not-followed", title="A redirect that curl did not follow", severity="note")

_MOVED, _FOUND, _SEE_OTHER = 301, 302, 303
_CHOICES = 300


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that ended with a redirect, or the page of one."""
    page = pasted_page(timeline, REDIRECTS)
    if page is not None:
        yield DIAGNOSIS.found(
            page.certainty,
            f"The page is that of a redirect ({page.status}): what was asked for is at another address, and curl goes "
            "there only with -L.",
            (page.decisive,),
            transfer=page.transfer,
            remedies=(Remedy("client", "Let curl follow, or ask for the new address", ("Add `-L`.",)),),
        )
    for index, transfer in enumerate(timeline.transfers):
        given_up = next((each for each in standing(transfer) if _is_of_a_redirect(each)), None)
        if given_up is not None:
            yield _given_up(timeline, index, given_up)
            continue
        exchange = transfer.last_exchange
        response = exchange.response if exchange is not None else None
        if exchange is None or response is None or response.status not in REDIRECTS or exchange.superseded:
            continue
        location = response.header("location")
        failed = any(each.line > response.first_line for each in transfer.complaints)
        ended = (exchange.complete or transfer.finished) and not failed
        if location is None and ended and response.headers_complete:
            yield _nowhere(timeline, index, response)
        commanded = transfer.command is not None and exchange.request is not None  # without -L, whatever followed
        if told_to_follow(transfer):
            continue
        if location is None:
            if commanded and not (failed or response.headers_complete):
                yield _somewhere(timeline, index, transfer, exchange, response)
            continue
        shown = response.headers_complete or transfer.command is not None
        unaccompanied = exchange.request is None and not transfer.connections
        last = shown and (unaccompanied or transfer is timeline.transfers[-1])
        if not ended and (failed or not (commanded or _is_written(response))):
            if last and not failed:
                beside = "nothing but" if unaccompanied else "nothing behind"
                yield _perhaps(timeline, index, response, location, beside)
            continue
        carries = exchange.request is not None and exchange.request.method not in ("GET", "HEAD")
        # A form is usually sent on to itself.
        if transfer.url is not None and _as_read(location.value) == transfer.url and not carries:
            yield _to_itself(timeline, index, response, location)
            continue
        yield _unfollowed(timeline, index, exchange, response, location, "certain" if ended else "likely")


def _as_read(location: str) -> str:
    """Return the address as curl reads it: one slash or three behind http: are two to it (lib/urlapi.c)."""
    scheme, _, rest = location.partition(":")
    host = rest.lstrip("/")
    lenient = scheme.lower() in ("http", "https") and len(rest) - len(host) in (1, 3)
    return f"{scheme}://{host}" if lenient else location


def _unfollowed(
    timeline: Timeline, index: int, exchange: Exchange, response: Response, location: Header, certainty: Certainty
) -> Finding:
    transfer = timeline.transfers[index]
    method = exchange.request.method if exchange.request is not None else "GET"
    carries = method not in ("GET", "HEAD")
    empty = lacks_data(exchange.request, elided=bool(timeline.elided))
    return DIAGNOSIS.found(
        certainty,
        f"The answer{f' to the {method}' if carries else ''} is a redirect ({response.status}) to "
        f"{location.value}, and curl ended there: it follows redirects only with -L."
        + _of_data(response.status, method),
        (
            cite(timeline, response.first_line, f"the final answer is status {response.status}"),
            cite(timeline, location.line, "the address to ask instead"),
        ),
        transfer=index,
        title=_title(response.status, method, empty) if carries else "",
        remedies=(
            _send_there(transfer, exchange, location.value, empty)
            if carries and response.status != _SEE_OTHER
            else Remedy(
                who="client",
                title="Let curl follow, or ask for the new address",
                steps=("Check that the new address is where you want to go, then follow it.",),
                commands=again(transfer, exchange, "-v", "-L"),
            ),
        ),
    )


def _is_of_a_redirect(complaint: Complaint) -> bool:
    return complaint.kind == "http-status" and complaint.number in REDIRECTS


def _given_up(timeline: Timeline, index: int, complaint: Complaint) -> Finding:
    """curl was not to follow, and failed there: git has it so behind its first request (`http.followRedirects`)."""
    git = timeline.transfers[index].git
    why = (
        "Behind its first request git follows none, unless `http.followRedirects` is true" if git else "It follows none"
    )
    steps: tuple[str, ...] = ("The `Location` header of the answer names it; check that it is where you want to go.",)
    if git:
        steps = (
            "With GIT_CURL_VERBOSE=1 set, git shows the `Location` header, which names it. Check that it is where you "
            "want to go.",
            "Put the address of the repository there into the remote, in the place of NEW-URL. Often only http:// has "
            "to become https://.",
        )
    finding = DIAGNOSIS.found(
        "certain",
        f"The answer is a redirect ({complaint.number}), and {'git' if git else 'curl'} gave up there. {why}.",
        (cite(timeline, complaint.line, f"the answer was status {complaint.number}, and it was not followed"),),
        transfer=index,
        causes=(
            "The server, or a proxy in front of it, has this at another address: https://, another host or path.",
            "It sends whoever is not logged in to a page for that.",
        ),
        remedies=(
            Remedy(
                "client",
                "Ask for the new address",
                steps,
                ("git remote set-url origin NEW-URL",) if git else (),
            ),
        ),
    )
    return msgspec.structs.replace(finding, severity="error")  # what was asked for has failed


def _is_written(response: Response) -> bool:
    """Whether the log shows the page of the redirect as it was written: curl writes none of an answer that it follows.

    A trace shows also what is not written, and counts it.
    """
    body = response.body
    return bool(body.seen) and not body.received and any(mark.value.name == "page-title" for mark in body.marks)


def _perhaps(timeline: Timeline, index: int, response: Response, location: Header, shown: str) -> Finding:
    return DIAGNOSIS.found(
        "possible",
        f"The answer is a redirect ({response.status}) to {location.value}. The log shows {shown} this answer, so "
        "not whether curl went on: it follows redirects only with -L.",
        (
            cite(timeline, response.first_line, f"the answer is status {response.status}"),
            cite(timeline, location.line, "the address to ask instead"),
        ),
        transfer=index,
        remedies=(Remedy("client", "Let curl follow, or ask for the new address", ("Add `-L`.",)),),
    )


def _somewhere(timeline: Timeline, index: int, transfer: Transfer, exchange: Exchange, response: Response) -> Finding:
    return DIAGNOSIS.found(
        "likely",
        f"The answer is a redirect ({response.status}), and the command has no -L, so curl does not follow it. The log "
        "does not show the Location header, which names the new address.",
        (cite(timeline, response.first_line, f"the answer is status {response.status}"),),
        transfer=index,
        remedies=(
            Remedy(
                "client",
                "See where it leads, or let curl follow",
                ("Without a filter such as grep the log shows the Location header. `-L` follows it.",),
                again(transfer, exchange, "-v", "-L"),
            ),
        ),
    )


def _title(status: int, method: str, empty: bool) -> str:
    drops = method == "POST" and status in (_MOVED, _FOUND) and not empty
    dropped = "; -L alone would drop its data" if drops else ""
    return f"A redirect of the {method} that curl did not follow{dropped}"


def _of_data(status: int, method: str) -> str:
    """Say what has become of a request that is more than a question, and what -L would make of it."""
    if method in ("GET", "HEAD"):
        return ""
    if status == _SEE_OTHER:
        return f" 303 says that the {method} was taken, and that its result is at the new address, for a GET."
    if status == _FOUND:
        return (
            f" Whether the {method} was carried out is for the server to say: a login or a form often answers so when "
            "it was, others when it was not."
        )
    return f" So the {method} has most likely not been carried out."


def _send_there(transfer: Transfer, exchange: Exchange, location: str, empty: bool) -> Remedy:
    """Send the request to the new address, where -L would not always do so."""
    before = address(transfer, exchange)
    target = led_to(transfer, exchange, location)
    status = exchange.response.status if exchange.response is not None else 0
    request = exchange.request
    if status not in (_MOVED, _FOUND):
        steps = ["`-L` repeats the method and the data after this status."]
    elif request is not None and request.method == "POST" and empty:
        steps = [f"`-L` alone turns a POST into a GET after 301, 302 and 303, unless `--post{status}` is given."]
    elif request is not None and request.method == "POST":
        steps = [
            f"`-L` alone turns a POST into a GET without data after 301, 302 and 303, unless `--post{status}` is "
            "given; with `-X POST` it keeps the method and still drops the data."
        ]
    else:
        steps = ["`-L` keeps a method that `-X` names, but not the data of `-d`."]
    length = request.header("content-length") if request is not None else None
    if before.startswith("http://") and target.startswith("https://") and length is not None and length.value != "0":
        steps.append("The data has gone over http:// once, which anybody on the way can read: write https:// at once.")
    return Remedy(
        who="client",
        title="Send the request to the new address",
        steps=("Check that the new address is where the data is to go.", *steps),
        commands=resend(transfer, exchange, target) if "://" in target else (),
    )


def _nowhere(timeline: Timeline, index: int, response: Response) -> Finding:
    said = response.body.sentence
    text = f' Its text says: "{said.value.rstrip(".")}".' if said is not None else ""
    evidence = [cite(timeline, response.first_line, f"the final answer is status {response.status}")]
    if said is not None:
        evidence.append(cite(timeline, said.line, "what the answer's own text says"))
    server = Remedy("server", "Send the new address in a Location header", ("RFC 9110, 15.4 and 10.2.2.",))
    choices = response.status == _CHOICES  # there a Location is for what the server prefers
    return DIAGNOSIS.found(
        "certain",
        f"The answer is a redirect ({response.status}) without a Location header, so there is no address that curl "
        f"could follow, with -L or without.{text}",
        evidence,
        transfer=index,
        title="A redirect that names no address",
        remedies=(
            Remedy("client", "Read the answer's own text", (f"It may {'list addresses' if choices else 'name one'}.",)),
            *(() if choices else (server,)),
        ),
    )


def _to_itself(timeline: Timeline, index: int, response: Response, location: Header) -> Finding:
    """No option gets what was asked for out of a circle, so that it is an error, unless a cookie may end it."""
    cookie = response.header("set-cookie")
    slashes = "" if _as_read(location.value) == location.value else " (curl takes its slashes for two)"
    told = f"The answer is a redirect ({response.status}) to the very address that was asked, {location.value}{slashes}"
    finding = DIAGNOSIS.found(
        "certain",
        f"{told}: with -L curl would go round in a circle"
        + (
            ", unless it sends back the cookie that the answer sets." if cookie else ". What was asked for never comes."
        ),
        (
            cite(timeline, location.line, "the address to ask instead is the one that was asked"),
            cite(timeline, response.first_line, f"the final answer is status {response.status}"),
        ),
        transfer=index,
        title="A redirect to itself",
        causes=(
            "TLS ends at a proxy, load balancer or CDN in front, which asks the server behind it by plain HTTP, and "
            "that redirects to https:// without end.",
            "A rule of the server redirects an address to itself.",
            "The server wants a cookie, a header or another method, and sends whoever lacks it round.",
        ),
        remedies=(
            *((Remedy("client", "Let curl send the cookie back", ("Add `-L -b ''`.",)),) if cookie else ()),
            Remedy(
                "server",
                "Break the circle",
                (
                    f"Look for the rule that redirects to {location.value}, and for what it asks before.",
                    "With a proxy or CDN in front: let it ask the server by https, or pass `X-Forwarded-Proto: https` "
                    "on and let the server go by it.",
                ),
            ),
        ),
    )
    return finding if cookie else msgspec.structs.replace(finding, severity="error")
