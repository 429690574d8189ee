"""What was sent, read into memory within its limits: the body of the API, or the fields and files of the form."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from typing import NamedTuple

import python_multipart  # noqa: F401 - Starlette asks for it only when a form comes
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from curlx.web.problems import Refused

FILES = 20
"""Logs that can be sent at once."""
_FIELDS = 8
_FORM = 64 << 10
"""Bytes that a form takes besides its logs."""
_IDLE, _WHOLE = 20.0, 300.0
"""Seconds that may pass without a byte, and until the last one."""
MEGABYTE = 1 << 20
_NAME = 200
_FORGOTTEN = 256 * MEGABYTE
"""Bytes beyond the limit that are read on."""


class Upload(NamedTuple):
    """A log, what it is called, and the field of the form that it came in."""

    name: str
    data: bytes
    field: str = ""


class _InMemory(MultiPartParser):
    """Starlette's parser, but its files never move to the disk (`tempfile.SpooledTemporaryFile`: 0 is no limit)."""

    spool_max_size = 0


def needed(request: Request, limit: int) -> int:
    """Return the bytes of memory that the body of a request takes at the most."""
    length = _length(request)
    return limit + _FORM if length is None else min(length, limit + _FORM)


def too_big(limit: int) -> Refused:
    """Return the refusal of what is bigger than `limit` bytes."""
    return Refused(413, f"That is more than {limit / MEGABYTE:g} MB. Send the part in which the trouble is.")


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body, at most `limit` bytes; raises `Refused`."""
    return b"".join([piece async for piece in _pieces(request, limit)])


async def read_form(request: Request, limit: int) -> list[Upload]:
    """Return the logs of the form: the pasted one, then the files, without those that are empty; raises `Refused`."""
    parser = _InMemory(
        request.headers,
        _pieces(request, limit, _FORM),
        max_files=FILES + 1,  # a browser sends an empty one for a field that nobody filled in
        max_fields=_FIELDS,
        max_part_size=limit,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise Refused(400, f"The form cannot be read. It takes {FILES} logs at most.") from error
    uploads = []
    for field, value in form.multi_items():
        if isinstance(value, UploadFile):
            uploads.append(Upload(_tame(value.filename or ""), await value.read(), field))
            await value.close()
        else:
            # A browser ends the lines of a form with CR LF (HTML, "multipart/form-data encoding algorithm").
            uploads.append(Upload("pasted log", value.replace("\r\n", "\n").encode("utf-8", "replace"), field))
    return [upload for upload in uploads if upload.data.strip()]


async def _pieces(request: Request, limit: int, besides: int = 0) -> AsyncGenerator[bytes, None]:
    """Yield the body as it comes, while it is within the limit; raises `Refused`, also when it was not.

    What is too big is read on and forgotten for a while: a browser looks for the answer only when it has sent all. A
    program that said `Expect: 100-continue` looks before.
    """
    patience = 0 if "expect" in request.headers else _FORGOTTEN
    size = 0
    too_much = (_length(request) or 0) > limit + besides
    end = time.monotonic() + _WHOLE
    stream = request.stream()
    while not too_much or size <= limit + patience:
        try:
            async with asyncio.timeout(min(_IDLE, end - time.monotonic())):
                piece = await anext(stream, None)
        except TimeoutError:
            raise Refused(408, "The log did not come in time.") from None
        except ClientDisconnect:
            raise Refused(400, "The log did not come to its end.") from None
        if piece is None:
            break
        size += len(piece)
        too_much = too_much or size > limit + besides
        if not too_much:
            yield piece
    if too_much:
        raise too_big(limit)


def _length(request: Request) -> int | None:
    """Return the length that a request says its body has (RFC 9110, 8.6)."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else None


def _tame(name: str) -> str:
    """Return the last part of a file's name: some browsers send a whole path."""
    return name.replace("\\", "/").rpartition("/")[2][:_NAME]
