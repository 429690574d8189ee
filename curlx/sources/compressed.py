"""One compressed log, unpacked piece by piece, and known by its first bytes.

What unpacks to far more than a log would is a bomb, and is not unpacked to its end.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader, RawIOBase
from typing import Any, cast

from curlx.packing import BEGINNING, BZIP2, GZIP, LONGEST, XZ, ZSTD
from curlx.sources import PIECE, Unreadable

RATIO = 500
"""How many times its packed size a thing may have. DEFLATE ends at 1 032, xz at many thousands; logs stay under 100."""
ALWAYS = 256 << 20
"""Bytes that it may have whatever the ratio."""
_WINDOW = 192 << 20
"""Bytes that xz and zstd may look back; `xz -9` and `zstd --ultra` need 64 and 128 MB."""

_FED = 256
"""Bytes of zstd that are unpacked at once."""


class Bomb(Exception):
    """Something unpacks to far more than a log could."""


class Pieces(RawIOBase):
    """Pieces of bytes as a file that can be read forward."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Hold nothing yet."""
        super().__init__()
        self._pieces = pieces
        self._held = b""
        self._given = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as the next piece does."""
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
        """Return how many bytes were read."""
        return self._given


def unpacked(file: BufferedReader) -> BufferedReader:
    """Return the same file, or what is in it where it is compressed."""
    head = file.peek(BEGINNING)
    pieces: Iterator[bytes]
    if head.startswith(GZIP):
        pieces = _decompressed(file, GZIP, lambda: zlib.decompressobj(zlib.MAX_WBITS | 16))
    elif head.startswith(BZIP2):
        pieces = _decompressed(file, BZIP2, bz2.BZ2Decompressor)
    elif head.startswith(XZ):
        pieces = _decompressed(file, XZ, lambda: lzma.LZMADecompressor(memlimit=_WINDOW))
    elif head.startswith(ZSTD):
        pieces = _zstd(file)
    else:
        return file
    return BufferedReader(cast("Any", Pieces(_guarded(pieces, file))), PIECE)


def is_compressed(file: BufferedReader) -> bool:
    """Tell whether `unpacked` would unpack it."""
    return file.peek(BEGINNING).startswith((GZIP, BZIP2, XZ, *ZSTD))


def _guarded(pieces: Iterator[bytes], packed: BufferedReader) -> Iterator[bytes]:
    given = 0
    for piece in pieces:
        given += len(piece)
        if given > ALWAYS and given > RATIO * packed.tell():
            raise Bomb
        yield piece


def _decompressed(file: BufferedReader, magic: bytes | tuple[bytes, ...], start: Callable[[], Any]) -> Iterator[bytes]:
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
        if len(held) < LONGEST:
            held += file.read(PIECE)


def _zstd(file: BufferedReader) -> Iterator[bytes]:
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]  # Python 3.14
    except ImportError:
        pass
    else:
        options = {zstd.DecompressionParameter.window_log_max: _WINDOW.bit_length() - 1}
        yield from _decompressed(file, ZSTD, lambda: zstd.ZstdDecompressor(options=options))
        return
    try:
        from zstandard import ZstdDecompressor  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise Unreadable("it is compressed with zstd, which needs Python 3.14 or the package zstandard") from error
    yield from _decompressed(file, ZSTD, lambda: _Frame(ZstdDecompressor(max_window_size=_WINDOW).decompressobj()))


class _Frame:
    """A frame of the package zstandard, told like a stream of zlib. (Its own reader takes a cut frame for a whole one.)

    It cannot be told how much to give back: four bytes are up to 128 kB (RFC 8878, 3.1.1.2), so it is fed with little.
    """

    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self.unconsumed_tail = b""

    @property
    def eof(self) -> bool:
        return bool(self._frame.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._frame.unused_data) + self.unconsumed_tail

    def decompress(self, data: bytes, _: int) -> bytes:
        self.unconsumed_tail = data[_FED:]
        return bytes(self._frame.decompress(data[:_FED]))
