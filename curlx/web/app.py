"""The page and the API as one ASGI application. It keeps answers in memory, and writes nothing to disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.resources import files
from typing import TypeVar
from urllib.parse import quote

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from curlx.batch import Died
from curlx.renderers.pages import template
from curlx.web.answers import TEMPLATES, Answer, Document, answer, compared, document, warm_up
from curlx.web.desk import Desk, TooSlow
from curlx.web.guard import Guard
from curlx.web.openapi import TAKEN, openapi
from curlx.web.problems import Refused, problem
from curlx.web.results import Results
from curlx.web.room import Busy, Room
from curlx.web.uploads import FILES, MEGABYTE, Upload, needed, read_body, read_form, too_big

_LOGS_AT_ONCE = 2
"""Logs of the largest size for which there is room; smaller ones fit in accordingly more often."""
_SAVED = {
    "report.html": "text/html; charset=utf-8",
    "report.json": "application/json",
    "redacted.log": "text/plain; charset=utf-8",
    "comparison.html": "text/html; charset=utf-8",
    "comparison.json": "application/json",
}
_FILES = {"page.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"}
# What is saved is a page of its own: should a browser show it all the same, it may do nothing.
_SAVED_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

_Told = TypeVar("_Told", Answer, Document)


def make_app(
    *, host: str = "127.0.0.1", limit: int = 32 * MEGABYTE, jobs: int = 2, timeout: float = 60.0,
    tell: Callable[[str], None] = lambda _: None,
) -> ASGIApp:  # fmt: skip
    """Return the application.

    `limit` is the size in bytes of what can be sent at once, `timeout` the seconds that one log may take, `jobs` how
    many are read at the same time; `tell` gets the code of each verdict, the only thing that is told of a log.
    """
    page = _Page(limit, jobs, timeout, tell)
    app = Starlette(
        routes=[
            Route("/", page.start),
            Route("/explain", page.explain, methods=["POST"]),
            Route("/compare", page.compare_form),
            Route("/compare", page.compare, methods=["POST"]),
            Route("/results/{key}/", page.overview),
            Route("/results/{key}/{number}", page.result),
            Route("/results/{key}/{number}/{file}", page.saved),
            Route("/api/explain", page.api_explain, methods=["POST"]),
            Route("/api/openapi.json", _description),
            Route("/style.css", _style),
            Route("/{file}", _file),
        ],
        exception_handlers={Refused: _refused, HTTPException: _http_error, 500: _failed},
        lifespan=page.open,
    )
    return Guard(app, host)


class _Page:
    """What the page can be asked, and what it works with."""

    def __init__(self, limit: int, jobs: int, timeout: float, tell: Callable[[str], None]) -> None:
        self._limit = limit
        self._timeout = timeout
        self._tell = tell
        self._desk = Desk(jobs, timeout, warm_up)
        self._room = Room(_LOGS_AT_ONCE * (limit + MEGABYTE))
        self._results = Results()

    @asynccontextmanager
    async def open(self, _: Starlette) -> AsyncIterator[None]:
        """Hold the processes while the application runs."""
        async with self._desk:
            yield

    async def start(self, _: Request) -> Response:
        """Show the form."""
        return _page("start.html.jinja", limit=self._limit, megabytes=f"{self._limit / MEGABYTE:g}", most=FILES)

    async def explain(self, request: Request) -> Response:
        """Explain what the form holds, and lead to the result."""
        async with AsyncExitStack() as held:
            uploads = await self._form(held, request)
            if not uploads:
                raise Refused(400, "There is no log in it. Paste one, or choose a file that is not empty.")
            of = len(uploads)
            answers = [await self._answer(upload, number, of) for number, upload in enumerate(uploads, 1)]
        where = f"/results/{self._results.keep(tuple(answers))}/{1 if of == 1 else ''}"
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(where, 303)
        return JSONResponse({"result": where}, 201, {"Location": where})

    async def compare_form(self, _: Request) -> Response:
        """Show the form for two logs."""
        return _page("compare.html.jinja", megabytes=f"{self._limit / MEGABYTE:g}")

    async def compare(self, request: Request) -> Response:
        """Compare the two logs of the form, and lead to the result."""
        async with AsyncExitStack() as held:
            sides = {upload.field: upload for upload in await self._form(held, request)}
            if not {"good", "bad"} <= sides.keys():
                raise Refused(400, "To compare takes two logs: of a call that works, and of one that does not.")
            good, bad = sides["good"], sides["bad"]
            names = (good.name, bad.name)
            result = await self._told(Answer, len(good.data) + len(bad.data), compared, good.data, bad.data, names)
        return RedirectResponse(f"/results/{self._results.keep((result,))}/1", 303)

    async def overview(self, request: Request) -> Response:
        """Show the verdicts of logs that came together."""
        return _page("overview.html.jinja", answers=self._found(request))

    async def result(self, request: Request) -> Response:
        """Show one log explained."""
        return HTMLResponse(await _piece(self._one(request), "page"))

    async def saved(self, request: Request) -> Response:
        """Give a result as a file."""
        file = request.path_params["file"]
        found = self._one(request)
        if file not in _SAVED or file not in found.pieces:
            raise HTTPException(404)
        stem = found.name.rpartition(".")[0] or found.name or "log"
        headers = {
            "Content-Disposition": f"attachment; filename=\"{file}\"; filename*=UTF-8''{quote(f'{stem}-{file}', '')}",
            "Content-Security-Policy": _SAVED_POLICY,
            "Content-Type": _SAVED[file],
        }
        return Response(await _piece(found, file), headers=headers)

    async def api_explain(self, request: Request) -> Response:
        """Explain the body, as `curlx explain --format json` does."""
        kind = _media_type(request)
        if kind and kind not in TAKEN:
            raise Refused(415, f"Send the log as it is, with Content-Type {' or '.join(TAKEN)}.")
        async with AsyncExitStack() as held:
            await self._enter(held, request)
            data = await read_body(request, self._limit)
            if not data:
                raise Refused(400, "There is no log in the body.")
            name = request.query_params.get("name", "")
            told = await self._told(Document, len(data), document, data, name)
        return Response(told.text, media_type="application/json")

    async def _enter(self, held: AsyncExitStack, request: Request) -> None:
        try:
            await held.enter_async_context(self._room.taken(needed(request, self._limit)))
        except Busy:
            raise Refused(503, "Too many logs are waiting already. Try again in a moment.") from None

    async def _form(self, held: AsyncExitStack, request: Request) -> list[Upload]:
        if _media_type(request) != "multipart/form-data":
            raise Refused(415, "Send the form of the page (multipart/form-data), or use /api/explain.")
        await self._enter(held, request)
        return await read_form(request, self._limit)

    async def _answer(self, upload: Upload, number: int, of: int) -> Answer:
        try:
            return await self._told(Answer, len(upload.data), answer, upload.data, upload.name, number, of)
        except Refused as refused:
            if of == 1:
                raise
            return Answer(upload.name, "", "error", refused.detail, {})  # it costs at most itself

    async def _told(self, kind: type[_Told], size: int, work: Callable[..., bytes], *arguments: object) -> _Told:
        if size > self._limit:
            raise too_big(self._limit)
        try:
            answered = await self._desk.do(work, *arguments, size=size)
        except TooSlow:
            self._tell("too slow")
            raise Refused(422, f"To explain this log takes longer than {self._timeout:g} s.") from None
        except MemoryError:
            self._tell("too big")
            raise Refused(422, "To explain this log takes more memory than it may.") from None
        except Died:
            self._tell("died")
            raise Refused(500, "The process that read this log died, killed or out of memory.") from None
        told = msgspec.msgpack.decode(answered, type=kind)
        self._tell(told.code)
        return told

    def _found(self, request: Request) -> tuple[Answer, ...]:
        answers = self._results.find(request.path_params["key"])
        if answers is None:
            raise Refused(404, "This result is not kept any more. Explain the log again.")
        return answers

    def _one(self, request: Request) -> Answer:
        answers = self._found(request)
        numbered = {str(number): answer for number, answer in enumerate(answers, 1)}
        if (answer := numbered.get(request.path_params["number"])) is None:
            raise HTTPException(404)
        return answer


async def _piece(answer: Answer, name: str) -> bytes:
    if name not in answer.pieces:
        raise HTTPException(404)
    return await asyncio.to_thread(answer.piece, name)


def _page(name: str, **values: object) -> Response:
    return HTMLResponse(template(name, TEMPLATES).render(**values))


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _description(_: Request) -> Response:
    return JSONResponse(openapi())


async def _style(_: Request) -> Response:
    """Give the style of the reports, and what the page has besides."""
    package = files("curlx")
    templates = package / "renderers" / "templates"
    # The last word has the page: what is special to comparisons comes first.
    sheets = (templates / "comparison.css", templates / "page.css", package / "web" / "static" / "page.css")
    return Response("\n".join(sheet.read_text("utf-8") for sheet in sheets), media_type="text/css")


async def _file(request: Request) -> Response:
    name = request.path_params["file"]
    if name not in _FILES:
        raise HTTPException(404)
    return Response((files("curlx") / "web" / "static" / name).read_bytes(), headers={"Content-Type": _FILES[name]})


async def _refused(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, Refused)  # noqa: S101 - Starlette looks the handlers up by the type
    return problem(request, refused.status, refused.detail)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    detail = {404: "There is no such page.", 405: "That cannot be done here."}.get(error.status_code, error.detail)
    return problem(request, error.status_code, detail, dict(error.headers or {}))


async def _failed(request: Request, error: Exception) -> Response:
    return problem(request, 500, f"curlx failed on this, please report: {type(error).__name__}.")
