"""Compressed logs and archives of logs, known by their first bytes, whatever they are called.

Everything is unpacked piece by piece. What unpacks to far more than a log would is a bomb, and is not unpacked to its
end.
"""

from __future__ import annotations

import bz2
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from io import BufferedReader, BytesIO, RawIOBase
from typing import Any, BinaryIO, NamedTuple, cast

from curlx.sources import PIECE, Unreadable, pieces_of, printable, reason_of, size_at_first
from curlx.sources.places import Place, is_address

RATIO = 500
"""How many times its packed size a thing may have. DEFLATE ends at 1 032, xz at many thousands; logs stay under 100."""
ALWAYS = 256 << 20
"""Bytes that it may have whatever the ratio."""
CARRIED = 4 << 20
"""Bytes of a member of an archive that are carried to whoever reads it; a bigger one is looked up again there."""
_CONTENTS = 32 << 20
"""Bytes of the list of contents of a zip, which has to be read at once: some 400 000 members."""
_ATTRIBUTES = 1 << 20
"""Bytes of a name or of attributes in a tar, which are read at once."""
_WINDOW = 192 << 20
"""Bytes that xz and zstd may look back; `xz -9` and `zstd --ultra` need 64 and 128 MB."""

_GZIP, _BZIP2, _XZ, _ZSTD = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BEGINNING = 512
"""Bytes that tell what a thing is: a header of tar."""


class IsArchive(Exception):
    """A place holds many logs: `members` gives them."""


class _Bomb(Exception):
    """Something unpacks to far more than a log could."""


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
                inner = _unpacked(file)
                if _is_tar(inner) or (inner is file and _is_zip(file)):
                    raise IsArchive
                yield from pieces_of(inner, _size_now(file) if inner is file else None)
        elif place.data is not None:
            yield from _member(BytesIO(place.data))
        else:
            yield from _member(_Pieces(_looked_up(place)))
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
    inner = _unpacked(BufferedReader(raw, PIECE))
    if _is_tar(inner) or _is_zip(inner):
        raise Unreadable("it is an archive inside an archive: unpack it first")
    yield from pieces_of(inner)


# --- files ------------------------------------------------------------------------------------------------------------


class _Pieces(RawIOBase):
    """Pieces of bytes as a file that can be read forward."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._held = b""
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._held = piece
        size = min(len(buffer), len(self._held))
        buffer[:size] = self._held[:size]
        self._held = self._held[size:]
        self._given += size
        return size

    def tell(self) -> int:
        return self._given


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
    return file.peek(_BEGINNING).startswith(_ZIP)


def _is_tar(file: BufferedReader) -> bool:
    return file.peek(_BEGINNING)[257:262] == b"ustar"  # POSIX.1-1988, ustar interchange format


# --- compressed -------------------------------------------------------------------------------------------------------


def _unpacked(file: BufferedReader) -> BufferedReader:
    """Return the same file, or what is in it where it is compressed."""
    head = file.peek(_BEGINNING)
    pieces: Iterator[bytes]
    if head.startswith(_GZIP):
        pieces = _decompressed(file, _GZIP, lambda: zlib.decompressobj(zlib.MAX_WBITS | 16))
    elif head.startswith(_BZIP2):
        pieces = _decompressed(file, _BZIP2, bz2.BZ2Decompressor)
    elif head.startswith(_XZ):
        pieces = _decompressed(file, _XZ, lambda: lzma.LZMADecompressor(memlimit=_WINDOW))
    elif head.startswith(_ZSTD):
        pieces = _zstd(file)
    else:
        return file
    return BufferedReader(cast("Any", _Pieces(_guarded(pieces, file))), PIECE)


def _guarded(pieces: Iterator[bytes], packed: BufferedReader) -> Iterator[bytes]:
    given = 0
    for piece in pieces:
        given += len(piece)
        if given > ALWAYS and given > RATIO * packed.tell():
            raise _Bomb
        yield piece


def _decompressed(file: BufferedReader, magic: bytes, start: Callable[[], Any]) -> Iterator[bytes]:
    """Decompress one stream after the other, as `cat a.gz b.gz` makes them, and stop at anything else."""
    held = file.read(PIECE)
    while held.startswith(magic):
        stream = start()
        while not stream.eof:
            piece = stream.decompress(held, PIECE)
            held = getattr(stream, "unconsumed_tail", b"")  # zlib leaves to the caller what bz2 and lzma keep
            if piece:
                yield piece
            elif not stream.eof and not held:
                held = file.read(PIECE)
                if not held:
                    raise EOFError
        held = stream.unused_data.lstrip(b"\0")
        if len(held) < len(magic):
            held += file.read(PIECE)


def _zstd(file: BufferedReader) -> Iterator[bytes]:
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]  # Python 3.14
    except ImportError:
        pass
    else:
        options = {zstd.DecompressionParameter.window_log_max: _WINDOW.bit_length() - 1}
        yield from _decompressed(file, _ZSTD, lambda: zstd.ZstdDecompressor(options=options))
        return
    try:
        from zstandard import ZstdDecompressor  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise Unreadable("it is compressed with zstd, which needs Python 3.14 or the package zstandard") from error
    reader = ZstdDecompressor(max_window_size=_WINDOW).stream_reader(file, read_across_frames=True)
    yield from pieces_of(reader)


# --- archives ---------------------------------------------------------------------------------------------------------


def _walk(archive: Place) -> Iterator[_Member]:
    with closing(_opened(archive)) as file:
        yield from _in_zip(file) if _is_zip(file) else _in_tar(_unpacked(file))


def _in_zip(file: BufferedReader) -> Iterator[_Member]:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _CONTENTS_END))
    if _size_of_contents(file.read()) > _CONTENTS:
        raise Unreadable("it is a zip of too many files: unpack it first")
    given = 0
    with zipfile.ZipFile(file) as contents:
        for number, info in enumerate(contents.infolist()):
            if info.is_dir() or stat.S_ISLNK(info.external_attr >> 16):
                continue
            given += info.file_size
            if given > ALWAYS and given > RATIO * size:
                raise _Bomb
            problem = "it is encrypted" if info.flag_bits & 1 else ""
            pieces = _of_zip(contents, info)
            yield _Member(number, info.filename, info.file_size, _local_time(info.date_time), pieces, problem)


def _of_zip(contents: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with contents.open(info) as file:
        yield from pieces_of(cast("BinaryIO", file))


_CONTENTS_END = (1 << 16) + 22 + 20 + 56
"""The end of a zip: its last record with the longest comment, and the 64-bit ones before (APPNOTE.TXT, 4.3.14-16)."""


def _size_of_contents(tail: bytes) -> int:
    end = tail.rfind(b"PK\x05\x06")
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
    """A header of tar that refuses to read attributes of gigabytes: tarfile would hold them in memory."""

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
_ARCHIVE_BROKEN = (_Bomb, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError)


def _reason(error: Exception) -> str:
    """Return why something cannot be read, as the end of a sentence."""
    if isinstance(error, Unreadable):
        return error.message
    if isinstance(error, _Bomb):
        return f"it unpacks to more than {RATIO} times its size: a zip bomb, or at least no log"
    if isinstance(error, EOFError):
        return "it ends early: the rest of the compressed data is missing"
    if isinstance(error, tarfile.TarError):
        return f"it is a damaged tar: {error}"
    if isinstance(error, (zlib.error, lzma.LZMAError, zipfile.BadZipFile)):
        return f"its compressed data are damaged: {error}"
    if isinstance(error, NotImplementedError):
        return f"it is packed in a way that Python cannot unpack: {error}"
    if isinstance(error, (OSError, ValueError)):
        return reason_of("", error) if isinstance(error, OSError) else "that is not the name of a file"
    return f"{type(error).__name__}: {error}".removesuffix(": ")
