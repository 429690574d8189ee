"""What cannot be done, in one sentence: as a page for people, as a problem document for programs (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from curlx.renderers.pages import template
from curlx.web.answers import TEMPLATES

_RETRY = 5
"""Seconds after which it is worth to ask again where there is too much to do."""


class Problem(msgspec.Struct, frozen=True):
    """Why there is no answer (RFC 9457). `detail` is a sentence for people."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"


class Refused(Exception):
    """A request that is answered with a problem."""

    def __init__(self, status: int, detail: str) -> None:
        """Keep the status of HTTP and the sentence."""
        super().__init__(status, detail)
        self.status = status
        self.detail = detail


def problem(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return an answer that says what is wrong: a page where the one who asks wants HTML, else JSON."""
    what = Problem(HTTPStatus(status).phrase, status, detail)
    headers = {**(headers or {}), **({"Retry-After": str(_RETRY)} if status == 503 else {})}
    wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")
    if wants_page:
        page = template("problem.html.jinja", TEMPLATES).render(title=what.title, detail=detail)
        return HTMLResponse(page, status, headers)
    return Response(msgspec.json.encode(what), status, headers, "application/problem+json")
