"""Logs as they are, compressed, and in archives, known by their first bytes, whatever they are called."""

from __future__ import annotations

import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from io import BufferedReader, BytesIO
from typing import Any, BinaryIO, NamedTuple, cast

from curlx.packing import BEGINNING, ZIP, is_tar
from curlx.sources import PIECE, Unreadable, pieces_of, printable, reason_of, size_at_first
from curlx.sources.compressed import ALWAYS, RATIO, Bomb, Pieces, is_compressed, unpacked
from curlx.sources.places import Place, is_address

CARRIED = 4 << 20
"""Bytes of a member of an archive that are carried to whoever reads it; a bigger one is looked up again there."""
_CONTENTS = 32 << 20
"""Bytes of the list of contents of a zip, which has to be read at once: some 400 000 members."""
_ATTRIBUTES = 1 << 20
"""Bytes of a name or of attributes in a tar, which are read at once."""


class IsArchive(Exception):
    """A place holds many logs: `members` gives them."""


class _Member(NamedTuple):
    """A file in an archive. Its pieces can be read until the next member is asked for."""

    number: int
    name: str
    size: int
    modified: float | None
    pieces: Iterator[bytes]
    problem: str = ""


def read(place: Place) -> Iterator[bytes]:
    """Yield the bytes of one log, unpacked; raises `Unreadable`, and `IsArchive` before the first piece."""
    if place.problem:
        raise Unreadable(place.problem)
    try:
        if place.number is None:
            with closing(_opened(place)) as file:
                inner = unpacked(file)
                if _is_tar(inner) or (inner is file and _is_zip(file)):
                    raise IsArchive
                if inner is not file:
                    _refuse_packed(inner)
                yield from pieces_of(inner, _size_now(file) if inner is file else None)
        elif place.data is not None:
            yield from _member(BytesIO(place.data))
        else:
            yield from _member(Pieces(_looked_up(place)))
    except (IsArchive, Unreadable):
        raise
    except Exception as error:  # a damaged archive makes its library raise anything
        raise Unreadable(_reason(error)) from error


def members(archive: Place) -> Iterator[Place]:
    """Yield the logs in an archive, small ones with their bytes, and last its problem if it has one; never raises."""
    empty = True
    try:
        for member in _walk(archive):
            empty = False
            place = Place(
                f"{archive.name}/{printable(member.name)}",
                archive.where,
                member.size,
                member.modified,
                number=member.number,
                problem=member.problem,
            )
            if member.size <= CARRIED and not member.problem:
                place = _carried(place, member)
            yield place
    except Exception as error:
        yield archive._replace(problem=_reason(error))
        return
    if empty:
        yield archive._replace(problem="it is an archive without a file in it")


def _carried(place: Place, member: _Member) -> Place:
    try:
        return place._replace(data=b"".join(member.pieces))
    except _ARCHIVE_BROKEN:  # and not only this member
        raise
    except Exception as error:  # in a zip each member stands alone
        return place._replace(problem=_reason(error))


def _looked_up(place: Place) -> Iterator[bytes]:
    """Find a member again, and unpack it while it is read."""
    for member in _walk(place):
        if member.number == place.number:
            yield from member.pieces
            return
    raise Unreadable("it is no longer in the archive")


def _member(raw: Any) -> Iterator[bytes]:
    """Yield a member, unpacked once more where it is a compressed log."""
    file = BufferedReader(raw, PIECE)
    inner = unpacked(file)
    if _is_tar(inner) or _is_zip(inner):
        raise Unreadable("it is an archive inside an archive: unpack it first")
    if inner is not file:
        _refuse_packed(inner)
    yield from pieces_of(inner)


def _refuse_packed(inner: BufferedReader) -> None:
    if _is_zip(inner) or is_compressed(inner):
        raise Unreadable("it is packed twice: unpack it first")


# --- files ------------------------------------------------------------------------------------------------------------


def _opened(place: Place) -> BufferedReader:
    if not is_address(place.where):
        return open(place.where, "rb")
    from curlx.sources.remote import open_remote

    return BufferedReader(cast("Any", open_remote(place.where)), PIECE)


def _size_now(file: BufferedReader) -> int | None:
    try:
        return size_at_first(file)
    except OSError:  # a store, not a file
        return None


def _is_zip(file: BufferedReader) -> bool:
    return file.peek(BEGINNING).startswith(ZIP)


def _is_tar(file: BufferedReader) -> bool:
    return is_tar(file.peek(BEGINNING))


# --- archives ---------------------------------------------------------------------------------------------------------


def _walk(archive: Place) -> Iterator[_Member]:
    with closing(_opened(archive)) as file:
        yield from _in_zip(file) if _is_zip(file) else _in_tar(unpacked(file))


def _in_zip(file: BufferedReader) -> Iterator[_Member]:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _CONTENTS_END))
    contents_size = _size_of_contents(file.read())
    if contents_size is None:
        raise Unreadable("it is a damaged zip, or the beginning of one: its end is missing")
    if contents_size > size:
        raise Unreadable("it is a damaged zip: the list of its contents is longer than itself")
    if contents_size > _CONTENTS:
        raise Unreadable("it is a zip of too many files: unpack it first")
    given = 0
    with zipfile.ZipFile(file) as contents:
        for number, info in enumerate(contents.infolist()):
            if info.is_dir() or stat.S_ISLNK(info.external_attr >> 16):
                continue
            given += info.file_size
            if given > ALWAYS and given > RATIO * size:
                raise Bomb
            problem = "it is encrypted" if info.flag_bits & 1 else ""
            pieces = _of_zip(contents, info)
            yield _Member(number, info.filename, info.file_size, _local_time(info.date_time), pieces, problem)


def _of_zip(contents: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with contents.open(info) as file:
        yield from pieces_of(cast("BinaryIO", file))


_CONTENTS_END = (1 << 16) + 22 + 20 + 56
"""The end of a zip: its last record with the longest comment, and the 64-bit ones before (APPNOTE.TXT, 4.3.14-16)."""


def _size_of_contents(tail: bytes) -> int | None:
    """Return the bytes of the list of contents as the end of a zip tells them; None where it has no such end."""
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return None
    size = int.from_bytes(tail[end + 12 : end + 16], "little")
    if size == 0xFFFFFFFF and (large := tail.rfind(b"PK\x06\x06")) >= 0:
        size = int.from_bytes(tail[large + 40 : large + 48], "little")
    return size


def _local_time(date: tuple[int, ...]) -> float | None:
    try:
        return datetime(*date[:6]).timestamp()  # type: ignore[arg-type]
    except (ValueError, OverflowError, OSError):
        return None


class _TarInfo(tarfile.TarInfo):
    """A header of tar that is not cut off or damaged without a word, and refuses to read attributes of gigabytes.

    (tarfile holds these in memory, and takes a broken header for the end unless it is the first: `TarFile.next`.)
    """

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> Any:
        try:
            return super().fromtarfile(tarfile_)
        except (tarfile.EmptyHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            raise EOFError if tarfile_.offset else error from error
        except tarfile.InvalidHeaderError as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(str(error)) from error

    def _proc_member(self, tar: tarfile.TarFile) -> Any:
        if not self.isreg() and self.size > _ATTRIBUTES:
            raise Unreadable("it is a tar with oversized headers")
        return super()._proc_member(tar)  # type: ignore[misc]


def _in_tar(file: BufferedReader) -> Iterator[_Member]:
    number = 0
    with tarfile.open(fileobj=file, mode="r|", tarinfo=_TarInfo) as tar:
        while (info := tar.next()) is not None:
            tar.members.clear()  # type: ignore[attr-defined]  # it would remember them all
            if not info.isreg():
                continue
            problem = "it is a sparse file" if info.issparse() else ""
            yield _Member(number, info.name, info.size, float(info.mtime), _of_tar(tar, info), problem)
            number += 1


def _of_tar(tar: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    file = tar.extractfile(info)
    if file is not None:
        yield from pieces_of(cast("BinaryIO", file))


# A tar is read in one go: behind a place that cannot be read there is nothing more.
_ARCHIVE_BROKEN = (Bomb, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError)


def _reason(error: Exception) -> str:
    """Return why something cannot be read, as the end of a sentence."""
    if isinstance(error, Unreadable):
        return error.message
    if isinstance(error, Bomb):
        return f"it unpacks to more than {RATIO} times its size: a zip bomb, or at least no log"
    if isinstance(error, EOFError) or str(error) == "unexpected end of data":  # so says tarfile
        return "it ends early: the rest of the data is missing"
    if isinstance(error, tarfile.TarError):
        return f"it is a damaged tar: {error}"
    if isinstance(error, (zlib.error, lzma.LZMAError, zipfile.BadZipFile)) or _is_of_a_packer(error):
        return f"its compressed data are damaged: {error}"
    if isinstance(error, NotImplementedError):
        return f"it is packed in a way that Python cannot unpack: {error}"
    if isinstance(error, (OSError, ValueError)):
        return reason_of("", error) if isinstance(error, OSError) else "that is not the name of a file"
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def _is_of_a_packer(error: Exception) -> bool:
    """Tell the errors of bz2, which are of the system's kind without a number, and of zstd, of one of two packages."""
    return (type(error) is OSError and error.errno is None) or type(error).__name__ == "ZstdError"
