"""The steps of HTTP and the end: requests, responses, and what curl complained of."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.sections.section import Detail, Section, Status
from curlx.timeline import Complaint, Exchange, Response, Transfer

_GAP = 4
"""Lines of curl's own that can stand between headers and a body that follows them (`{ [237 bytes data]`)."""


def exchanging(exchange: Exchange) -> Iterator[Section]:
    """Tell of a request and of its final answer."""
    if exchange.request is not None:
        request = exchange.request
        answered = exchange.response is not None or bool(exchange.interim)
        title = f"{request.method} {request.target}" + ("" if answered else ": the log shows no answer")
        host = request.header("host") or request.header(":authority")
        details = (Detail("host", host.value, host.line),) if host is not None else ()
        yield Section("request", request.first_line, request.last_line, title, "ok" if answered else "unknown",
                      details=details)  # fmt: skip
    if exchange.response is not None:
        yield _answer(exchange, exchange.response)


def _answer(exchange: Exchange, response: Response) -> Section:
    server = response.header("server")
    title = status_line(response) + (f" from {server.value}" if server is not None and server.value else "")
    location = response.header("location")
    if exchange.superseded:
        followed = ", followed" if exchange.complete else ", to be followed"
        title += ", curl went on" if location is None or response.status < 300 else followed
    last = max(response.last_line, response.body.last_line or 0) if _follows(response) else response.last_line
    details = [Detail("first answer", status_line(early), early.first_line) for early in exchange.interim]
    if location is not None:
        details.append(Detail("location", location.value, location.line))
    details.extend(Detail("page says", mark.value.detail or mark.value.name, mark.line) for mark in response.body.marks)
    failure = response.grpc_failure
    if failure is not None:
        details.append(Detail(failure.name, failure.value, failure.line))
    status: Status = "note" if response.refuses or failure is not None else "ok"
    return Section("response", response.first_line, last, title, status, details=tuple(details))


def _follows(response: Response) -> bool:
    """Whether the body stands right behind the headers: in a pipe it comes behind everything that curl says."""
    first = response.body.first_line
    return first is not None and 0 <= first - response.last_line <= _GAP


def status_line(response: Response) -> str:
    """Return status and reason phrase."""
    return f"{response.status} {response.reason or _phrase(response.status)}".strip()


_RENAMED = {413: "Content Too Large", 414: "URI Too Long", 416: "Range Not Satisfiable", 422: "Unprocessable Content"}
"""Python has these names of RFC 9110 since 3.13."""


def _phrase(status: int) -> str:
    """Return the reason phrase of RFC 9110, 15: HTTP/2 sends none."""
    from http import HTTPStatus

    if status in _RENAMED:
        return _RENAMED[status]
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def failing(transfer: Transfer, failed: bool) -> Iterator[Section]:
    """Tell what curl complained of, one step a run of lines: one failure is told in two or three of them.

    In a transfer that failed, the last of them is a problem, unless an answer came after it.
    """
    runs: list[list[Complaint]] = []
    for complaint in transfer.complaints:
        if complaint.from_exit:
            continue
        if runs and complaint.line - runs[-1][-1].line <= 2:
            runs[-1].append(complaint)
        else:
            runs.append([complaint])
    answered = max((one.response.first_line for one in transfer.exchanges if one.response is not None), default=0)
    ended_badly = transfer.exit is not None and transfer.exit.code != 0
    for run in runs:
        details = tuple(Detail("curl says", complaint.text, complaint.line) for complaint in run[1:])
        broke = run is runs[-1] and (ended_badly or (failed and run[-1].line > answered))
        yield Section("error", run[0].line, run[-1].line, run[0].text, "problem" if broke else "note", details=details)
    if transfer.exit is not None and ended_badly:
        line = transfer.exit.line
        yield Section("error", line, line, f"curl: ({transfer.exit.code}) {transfer.exit.text}", "problem")
