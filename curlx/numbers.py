"""Numbers of lines that stand within one line of the input: in a log whose line ends were lost."""

from __future__ import annotations


class Within(int):
    """The number of a line, for a piece of it: equal to no other piece's, and in their order; `int` gives it plain."""

    place: int
    """Which piece it is; the first one, number 0, has the plain number of the line."""

    def __new__(cls, number: int, place: int) -> Within:
        """Take the number of the line in the input, and the place in it, from 1."""
        self = super().__new__(cls, number)
        self.place = place
        return self

    def _key(self) -> tuple[int, int]:
        return int(self), self.place

    def __eq__(self, other: object) -> bool:
        """Tell whether it is the same piece of the same line."""
        return isinstance(other, int) and self._key() == _key(other)

    def __hash__(self) -> int:
        """Return what is equal for equal pieces."""
        return hash(self._key())

    def __lt__(self, other: int) -> bool:
        """Tell whether it stands before another line, or piece."""
        return self._key() < _key(other)

    def __le__(self, other: int) -> bool:
        """Tell whether it stands before another line, or piece, or is the same."""
        return self._key() <= _key(other)

    def __gt__(self, other: int) -> bool:
        """Tell whether it stands behind another line, or piece."""
        return self._key() > _key(other)

    def __ge__(self, other: int) -> bool:
        """Tell whether it stands behind another line, or piece, or is the same."""
        return self._key() >= _key(other)


def _key(number: int) -> tuple[int, int]:
    return int(number), number.place if isinstance(number, Within) else 0


def within(number: int, place: int) -> int:
    """Return the number of a piece of a line: that of the line for the first, and for one that is not divided."""
    return Within(number, place) if place else number


def shared(size: int, wanted: list[int]) -> list[int]:
    """Share the bytes of a line among its pieces, the last first; what is left, or missing, is the first one's.

    The letters of a code page take more bytes as UTF-8 than they took in the line.
    """
    given = []
    for want in reversed(wanted[1:]):
        given.append(min(want, size))
        size -= given[-1]
    return [size, *reversed(given)]
