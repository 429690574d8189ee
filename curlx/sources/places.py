"""What a place on the command line stands for: a file, a folder, a pattern, an address; one after the other, in order.

Nothing is held but the names in the folders on the way down.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from curlx.signs import MARKED
from curlx.sources import STANDARD_INPUT, Unreadable, printable, reason_of, standard_input

_BEGINNING = 4096
"""Bytes of standard input that tell whether names are on it."""


class Place(NamedTuple):
    """Where one log is, or an archive of logs. It can be sent to another process, which then reads it."""

    name: str
    """For people."""
    where: str
    """A path, or an address with `://`."""
    size: int = 0
    """Bytes, where that is known beforehand."""
    modified: float | None = None
    """When it was last written, in seconds since 1970."""
    data: bytes | None = None
    """The bytes themselves, of a small member of an archive."""
    number: int | None = None
    """Which member of the archive `where` it is, counted from 0."""
    problem: str = ""
    """Why it cannot be read, where that is known already."""


def is_address(where: str) -> bool:
    """Tell whether it is an address (`s3://bucket/logs`) and not a path."""
    scheme = where.partition("://")[0]
    return scheme != where and scheme.replace("+", "").replace("-", "").replace(":", "").isalnum() and len(scheme) > 1


def places(wanted: Iterable[str]) -> Iterator[Place]:
    """Yield every log that the arguments stand for, a folder's in the order of their names; never raises."""
    for where in wanted:
        if where == STANDARD_INPUT:
            try:
                yield from places(_names())
            except Unreadable as unreadable:
                yield Place("standard input", where, problem=unreadable.message)
        elif is_address(where):
            from curlx.sources.remote import remote_places

            yield from remote_places(where)
        else:
            yield from _local(where)


def _names() -> Iterator[str]:
    """Yield the names on standard input, a line each, or ended by NUL (`find -print0`) where there is one."""
    held: list[bytes] = []
    end = b""
    for piece in standard_input():
        if not end:
            held.append(piece)
            if b"\0" not in piece and b"\n" not in piece:
                continue
            piece = b"".join(held)
            held = []
            if _is_a_log(piece):
                raise Unreadable("this looks like a log, not like the names of logs: use curlx explain -")
            end = b"\0" if b"\0" in piece else b"\n"
        first, *others = piece.split(end)
        held.append(first)
        for name in others:
            yield from _name(b"".join(held))
            held = [name]
    yield from _name(b"".join(held))


def _is_a_log(beginning: bytes) -> bool:
    """Tell whether curl wrote what stands where names are expected; a name that is there is a name."""
    lines = beginning[:_BEGINNING].decode("utf-8", "replace").splitlines()
    return any(MARKED.match(line) or line.startswith("curl: (") for line in lines) and not os.path.lexists(lines[0])


def _name(line: bytes) -> Iterator[str]:
    if line := line.removesuffix(b"\r"):
        name = os.fsdecode(line)
        # A file can be called `-` as well: on standard input that is what it means.
        yield os.path.join(os.curdir, name) if name == STANDARD_INPUT else name


def _local(where: str) -> Iterator[Place]:
    if os.path.lexists(where) or not glob.has_magic(where):
        yield from _path(where)
        return
    matches = sorted(glob.iglob(where, recursive=True))
    if not matches:
        yield Place(printable(where), where, problem="nothing matches it")
    for path in matches:
        # `**` gives the folders and what is in them.
        if not ("**" in where and os.path.isdir(path)):
            yield from _path(path)


def _path(path: str) -> Iterator[Place]:
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        yield Place(printable(path), path, problem=reason_of(path, error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path)
    else:
        yield _file(path, status)


def _file(path: str, status: os.stat_result) -> Place:
    if not stat.S_ISREG(status.st_mode):
        return Place(printable(path), path, problem="it is neither a file nor a folder")
    return Place(printable(path), path, status.st_size, status.st_mtime)


def _folder(top: str) -> Iterator[Place]:
    """Walk through a folder. A link into a folder that is walked through anyway is passed over: no loop, no double."""
    walked = {os.path.realpath(top)}
    waiting = [_paths(top)]
    while waiting:
        path = next(waiting[-1], None)
        if path is None:
            waiting.pop()
            continue
        try:
            status = os.lstat(path)
            if _is_link(status):
                target = os.path.realpath(path)
                status = os.stat(path)
                folder = stat.S_ISDIR(status.st_mode)
                if any(_holds(one, target) or (folder and _holds(target, one)) for one in walked):
                    continue
                if folder:
                    walked.add(target)
            if stat.S_ISDIR(status.st_mode):
                waiting.append(_paths(path))
            else:
                yield _file(path, status)
        except OSError as error:
            yield Place(printable(path), path, problem=reason_of("", error))


def _paths(folder: str) -> Iterator[str]:
    # Names alone: a million entries of `os.scandir` would take three times the memory.
    return (os.path.join(folder, name) for name in sorted(os.listdir(folder)))


def _is_link(status: os.stat_result) -> bool:
    """Tell whether a path leads elsewhere: a symbolic link, or a junction of Windows."""
    windows = getattr(status, "st_file_attributes", 0) & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
    return stat.S_ISLNK(status.st_mode) or bool(windows)


def _holds(folder: str, path: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))
