"""How long the body of an answer is, as far as its head and the meter tell, and how much text the log has since."""

from __future__ import annotations

from curlx.events import Event, Header, RequestLine, StatusLine

_UNTOLD = 1 << 62


class BodyLength:
    """What is known of the length of the latest answer's body, in bytes."""

    def __init__(self) -> None:
        """Begin without an answer."""
        self.awaited = False
        """A request went out, and its answer has not begun."""
        self.text = 0
        """Bytes of lines without a mark, since the answer began."""
        self.metered = 0
        """Bytes of a body, as the meter told last: in a pipe it is done before the head is written."""
        self._announced = -1
        """Bytes of the body, as far as the head announced them."""
        self._encoded = False
        self._as_it_comes = False
        """The request asks for no coding: curl decodes none then."""

    def head(self, event: Event) -> None:
        """A line of the answer's head may tell how long its body is."""
        if type(event) is Header:
            self._header(event)
        elif type(event) is StatusLine:
            self.text, self._announced, self._encoded = 0, -1, False
            self.awaited = False
        elif type(event) is RequestLine:
            self._as_it_comes = self.awaited = True

    def _header(self, event: Header) -> None:
        if event.direction != "in":
            self._as_it_comes = self._as_it_comes and not event.asks_for_a_coding()
            return
        name = event.name.lower()
        if name == "content-length":
            length = event.length()
            self._announced = max(self._announced, -1 if length is None else length)
        elif name == "transfer-encoding" or (name == "content-encoding" and self._is_undone(event)):
            self._encoded = self._encoded or name == "content-encoding"
            self._announced = _UNTOLD  # it tells nothing of what is written

    def _is_undone(self, event: Header) -> bool:
        return event.tells_of_a_coding() and not self._as_it_comes

    def written(self) -> int:
        """Return how much is written of the body, where its head tells, or a meter that ran before; 0 if none does."""
        if 0 <= self._announced < _UNTOLD:
            return self._announced
        return 0 if self._encoded else self.metered

    def is_reached(self) -> bool:
        """Whether the log has as much text as the head announced: what follows is not of the body."""
        return 0 <= self._announced <= self.text
