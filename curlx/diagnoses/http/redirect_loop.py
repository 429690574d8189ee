"""curl followed redirects until its limit and gave up.

## What it means

Each answer sent curl to another address, and the chain did not end: either the addresses go round in a circle,
or there are more of them than curl may follow (50 unless `--max-redirs` says otherwise).

## How curlx knows

curl says `Maximum (N) redirects followed` (`curl: (47)`). If an address comes twice in the log, it is a circle.
Where a log of `-L` ends with such an answer, the circle is *likely*: how the call ended is not in it.

## What to do

Follow by hand, one step at a time, without `-L`. The usual circles: http to https and back, behind a load
balancer that does not tell the server about TLS; a cookie that curl does not send back (`-b ''` switches
cookies on); a login page.

## When it is something else

curl counts a repeated 417 as a redirect too; then the diagnosis http-expectation-failed tells the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.repeating import told_to_follow
from curlx.diagnoses.http.shared.asking import address, again, as_told, resolved
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.statuses import is_redirection
from curlx.timeline import Response, Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="http-redirect-loop",
    title="The redirects do not end",
    explains=("http-redirect-not-followed", "log-unfinished"),
)


_SHOWN = 200
_DEFAULT = 50
"""curl's limit, unless `--max-redirs` says otherwise (curl(1))."""
_MANY = 10
"""Twice as many as clients once were to follow (RFC 2068, 10.3): a chain of so many that ends is rare."""

_BREAK = Remedy(
    who="server",
    title="Break the circle",
    steps=(
        "Behind a load balancer that ends TLS, let the server believe its `X-Forwarded-Proto`.",
        "Let only one place redirect between http and https, and between names with and without www.",
    ),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl gave up on because of their redirects."""
    for index, transfer in enumerate(timeline.transfers):
        complaint = transfer.complaint("redirect-loop")
        answers = [each.response for each in transfer.exchanges if each.response is not None]
        redirects = [response for response in answers if is_redirection(response.status)]
        if answers and not redirects:
            continue
        circle = _circle(timeline, transfer)
        if complaint is None and not (circle and _is_cut_off(transfer)):
            continue
        limit = f" of {complaint.number}" if complaint is not None and complaint.number is not None else ""
        summary = f"curl followed redirects up to its limit{limit}, and gave up."
        if complaint is None:
            summary = "curl followed redirects, and the log does not show how that ended."
        yield DIAGNOSIS.found(
            "certain" if complaint is not None else "likely",
            summary + (" The same address came again: the redirects go round in a circle." if circle else ""),
            (
                *((cite(timeline, complaint.line, "curl reached its limit of redirects"),) if complaint else ()),
                *circle,
            ),
            transfer=index,
            title="" if circle else "More redirects than curl may follow",
            causes=_causes(transfer, redirects, complaint.number if complaint else None, bool(circle)),
            remedies=(
                Remedy(
                    who="client",
                    title="Follow one step at a time",
                    steps=(
                        "Ask without `-L` and look at each Location.",
                        *(("Let curl send cookies back (`-b ''`).",) if _waits_for_cookie(transfer, redirects) else ()),
                        *(() if circle else ("If the chain is only long, raise `--max-redirs`.",)),
                    ),
                    commands=again(transfer, transfer.exchanges[0] if transfer.exchanges else None, "-v")
                    or as_told(transfer, "-v"),
                ),
                *((_breaking(redirects),) if circle else ()),
            ),
        )


def _is_cut_off(transfer: Transfer) -> bool:
    """Whether the log ends while curl follows redirects, and no cookie goes back that could end them."""
    last = transfer.last_exchange
    going = last is not None and last.response is not None and is_redirection(last.response.status)
    return going and not transfer.finished and told_to_follow(transfer) and not _sends_cookies(transfer)


def _circle(timeline: Timeline, transfer: Transfer) -> tuple[Evidence, ...]:
    """Cite the first address that the redirects lead to twice."""
    seen: dict[str, int] = {}
    asked = ""
    for exchange in transfer.exchanges:
        response = exchange.response
        header = response.header("location") if response is not None and is_redirection(response.status) else None
        if header is None:
            continue
        # The same path is another address on another host; where the log lacks requests, the redirect before tells it.
        asked = resolved(asked or address(transfer, exchange), header.value)
        if asked in seen:
            return (
                cite(timeline, seen[asked], "a redirect to this address"),
                cite(timeline, header.line, "a redirect to the same address again"),
            )
        seen[asked] = header.line
    return ()


def _breaking(redirects: list[Response]) -> Remedy:
    """Tell the server which rule to look for: where all redirects lead to http, nobody missed TLS."""
    headers = [header for each in redirects if (header := each.header("location"))]
    places = list(dict.fromkeys(header.value for header in headers))
    if not all(place.lower().startswith("http://") for place in places):
        return _BREAK
    rule = "rule that redirects to" if len(places) == 1 else "rules that redirect between"
    step = f"Look for the {rule} {' and '.join(place[:_SHOWN] for place in places[:2])}."
    return Remedy("server", _BREAK.title, (step,))


def _causes(transfer: Transfer, redirects: list[Response], limit: int | None, circle: bool) -> tuple[str, ...]:
    causes = []
    schemes = {header.value.partition("://")[0].lower() for each in redirects if (header := each.header("location"))}
    if {"http", "https"} <= schemes:
        causes.append(
            "The redirects go from http to https and back: perhaps a load balancer ends TLS, and the server behind it "
            "does not know."
        )
    if _waits_for_cookie(transfer, redirects):
        causes.append("The server sets a cookie and may wait to see it again; curl sends none back unless told to.")
    if circle:
        causes.append("Two rules on the server redirect to each other, or an address redirects to itself.")
    elif limit is not None and limit < _DEFAULT:
        if limit >= _MANY:
            causes.append(f"The redirects most likely go round in a circle: few chains have as many as {limit} steps.")
        causes.append(f"The limit was {limit}, less than curl's own of {_DEFAULT}: the chain may only be longer.")
    else:
        causes.append("The redirects go round in a circle, or the chain is longer than curl's limit.")
    return tuple(causes)


def _waits_for_cookie(transfer: Transfer, redirects: list[Response]) -> bool:
    """Whether the redirects set a cookie that curl never sent back."""
    return not _sends_cookies(transfer) and any(each.header("set-cookie") is not None for each in redirects)


def _sends_cookies(transfer: Transfer) -> bool:
    """Whether curl keeps cookies, or was given one: the requests show it, or the command."""
    if transfer.option("cookie", "cookie-jar") is not None:
        return True
    requests = [each.request for each in transfer.exchanges if each.request is not None]
    return any(request.header("cookie") is not None for request in requests)
