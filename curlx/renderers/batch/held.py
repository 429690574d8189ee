"""Text that has to wait: what a format wants behind the rest, or only once it was counted.

It is held packed, because the names and lines of a million logs repeat one another: they take about a tenth.
"""

from __future__ import annotations

import zlib
from codecs import getincrementaldecoder
from collections.abc import Iterator

_PIECE = 1 << 16


class Held:
    """Pieces of text, given back in order."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.number = 0
        """How many pieces are held."""
        self._packer = zlib.compressobj(level=1)
        self._packed: list[bytes] = []

    def add(self, text: str) -> None:
        """Hold a piece more."""
        self.number += 1
        if packed := self._packer.compress(text.encode("utf-8", "backslashreplace")):
            self._packed.append(packed)

    def text(self) -> Iterator[str]:
        """Yield all that is held, cut anew; nothing can be added any more."""
        self._packed.append(self._packer.flush())
        unpacker = zlib.decompressobj()
        decoder = getincrementaldecoder("utf-8")()
        for packed in self._packed:
            while packed:
                yield decoder.decode(unpacker.decompress(packed, _PIECE))
                packed = unpacker.unconsumed_tail
        yield decoder.decode(unpacker.flush(), final=True)
