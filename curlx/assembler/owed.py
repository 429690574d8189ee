"""The body that a line without a mark belongs to: of the answer that is coming in, or of one before it."""

from __future__ import annotations

from collections import deque

from curlx.assembler.exchanges import BodyDraft, ExchangeDraft
from curlx.assembler.transfers import TransferDraft

_OWING = 50
"""Transfers after which a body is not waited for any more."""


class Owed:
    """Answers whose body may still come, and how many transfers there were when they came."""

    def __init__(self) -> None:
        """Begin with none."""
        self._answers: deque[tuple[int, ExchangeDraft]] = deque(maxlen=_OWING * _OWING)

    def note(self, transfers: int, exchange: ExchangeDraft) -> None:
        """An answer came, in the latest of so many transfers."""
        self._answers.append((transfers, exchange))

    def body(self, transfers: int, current: TransferDraft | None) -> BodyDraft | None:
        """Return the body that a line without a mark belongs to."""
        if current is None:
            return None
        exchange = current.exchange
        if not current.done and exchange and exchange.response:
            return exchange.response.body
        while self._answers:
            number, earlier = self._answers[0]
            if number >= transfers - _OWING and earlier.response and earlier.expects_body():
                return earlier.response.body
            self._answers.popleft()
        last = current.last_exchange
        return last.response.body if last and last.response and not current.exit else None

    def drop(self, transfers: int) -> None:
        """The transfers behind so many were none."""
        while self._answers and self._answers[-1][0] > transfers:
            self._answers.pop()

    def forget(self, behind: int) -> None:
        """The first transfers are no longer there."""
        self._answers = deque(((number - behind, owed) for number, owed in self._answers), self._answers.maxlen)
