"""One request and its answers while they are being assembled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from curlx import events
from curlx.bodies import GOES_ON, has_body
from curlx.bodies.standing import least_in_chunks
from curlx.grammar.pages import page_marks
from curlx.statuses import SWITCHING_PROTOCOLS, is_interim, is_success, refuses
from curlx.timeline import Body, Exchange, Fact, Header, Request, Response

if TYPE_CHECKING:
    from curlx.assembler.connections import ConnectionDraft

_SAMPLE = 4_096
_MARKS = 50
_HEADERS = 2_000
_INTERIM = 100
_LAST = 200
_SCRAP = 4
"""So many times longer than what is shown must a body be for that to be something else."""
_VALUE = ("<", "{", "[", '"')
"""What a page, or a value of JSON, begins with."""
_OF_CURL = " HTTP/"
"""Behind a `<` curl prints the head of an answer; a page of HTML writes that otherwise."""
_PAGE = ("<", "{")
LINE_END = 2
"""Bytes by which a body whose last line had no end can be longer in the log."""


_TELLING = ("SSL certificate", "Post-Handshake")
"""What the sentences of nginx and Apache about a client's certificate have in common; most lines have nothing of it."""
_SENTENCES = (*events.NGINX_PAGES, "post-handshake-impossible")


class BodyDraft(msgspec.Struct):
    """A body while its lines come in: counted and sampled, never kept."""

    announced: int | None = None
    seen: int = 0
    lines: int = 0
    """Lines that it has in the log."""
    received: int = 0
    """Bytes that curl says it received behind the headers, framing included."""
    first_line: int | None = None
    last_line: int | None = None
    sample: list[str] = []
    sampled: int = 0
    loose: bool = False
    """It is of no answer: a page, or what was pasted."""
    quotes_curl: bool = False
    """It shows an exchange, as curl prints them: what a page says in there, its server did not say here."""
    excess: Fact[int] | None = None
    percent: int | None = None
    """How much of it the progress meter says has come."""
    copied: int = 0
    """Bytes that the tool wrote of it, where a trace showed them before."""
    traced: bool = False
    """A trace shows what was received."""
    encoded: bool = False
    """With --compressed what is written is longer than what was announced and received."""
    imitates: bool = False
    """It has lines that look like curl's: more of them may follow, and be believed."""
    last: str = ""
    """The last line that is not blank, or the end of it."""
    said_line: int = 0
    """The number of that line."""
    marks: list[Fact[events.PageMark]] = []
    sentence: Fact[str] | None = None
    """What it gives as the reason, in words of its own."""

    def take(self, event: events.Text, line: int, size: int) -> None:
        """Take one line of it."""
        if event.copied:
            self.copied += size
        else:
            self.seen += size
            self.lines += 1
        self.first_line = self.first_line or line
        self.last_line = line
        before, begun = self.last, self.said_line
        if said := event.text[-_LAST:].rstrip():
            self.last, self.said_line = said, line
        self.imitates = self.imitates or event.imitates
        if self.sampled < _SAMPLE and not (event.copied and self.sampled):
            # A sentence says more than the code that stands beside it.
            if event.sentence and (self.sentence is None or (" " not in self.sentence.value and " " in event.sentence)):
                self.sentence = Fact(event.sentence, line)
            self.sample.append(event.text[: _SAMPLE - self.sampled])
            self.sampled += len(self.sample[-1]) + 1
            if _OF_CURL in event.text and (not self.loose or self.sample[0].lstrip().startswith(_PAGE)):
                self.quotes_curl = self.quotes_curl or f"<{_OF_CURL}" in event.text or f"&lt;{_OF_CURL}" in event.text
        for mark in event.marks:
            if len(self.marks) < _MARKS and not self.quotes_curl:
                self.marks.append(Fact(mark, line))
        if before and before[-1] != ">" and self.sampled < _SAMPLE and not self.quotes_curl:
            self._mend(before, event.text, begun)

    def _mend(self, before: str, text: str, begun: int) -> None:
        """Look for what servers say of certificates in two lines: a console or a mailer may have broken it."""
        for between in ("", " "):
            joined = before + between + text[:_LAST]
            for mark in page_marks(joined) if any(words in joined for words in _TELLING) else ():
                known = any(one.value.name == mark.name for one in self.marks)
                if mark.name in _SENTENCES and not mark.embedded and not known:
                    self.marks.append(Fact(mark, begun))

    def is_as_long_as_announced(self) -> bool:
        """Whether the log shows all of it: a terminal or a paste takes the CR from each line that ends in CR LF."""
        return self.announced is not None and (self.seen >= self.announced or self.seen + self.lines == self.announced)

    def falls_short(self) -> bool:
        """Whether neither what the log shows of it nor what curl tells of it comes to its announced length."""
        return max(self.seen, self.received) < (self.announced or 0)

    def is_as_long_as_told(self) -> bool:
        """Whether the log shows what curl says that it received: of TLS it often tells of a record's head alone."""
        return 0 < least_in_chunks(self.received) <= self.seen <= self.received + LINE_END

    def ends_a_page(self) -> bool:
        """Whether its last line ends an HTML page, or the JSON value that it began with."""
        opening = self.sample[0][:1] if self.sample else ""
        if opening in ("{", "["):
            return self.last.endswith("}" if opening == "{" else "]") and not self.last[0].isspace()
        return self.last.lower().endswith("</html>")

    def is_missing(self) -> bool:
        """Whether the log does not show it to its end, as far as one can tell: it shows far less than curl received.

        Or it shows the beginning of a page, or lines that imitate curl's. A trace shows it, and then it is written too.
        """
        least = least_in_chunks(self.received)
        if not self.seen or self.imitates or self.seen + self.copied < (2 * least if self.traced else least):
            return True
        head = self.sample.index("") + 1 if self.sample[0].startswith("HTTP/") and "" in self.sample else 0
        begins = self.sample[head : head + 1]
        return bool(begins) and begins[0].lstrip().startswith("<") and not self.ends_a_page()

    def is_a_scrap(self) -> bool:
        """Whether what stands behind a whole answer is too short for its body, and says nothing: `--write-out` did."""
        told = max(self.announced or 0, least_in_chunks(self.received))
        begins = "".join(self.sample).lstrip()[:1]
        return self.seen * _SCRAP < told and begins not in _VALUE and not (self.marks or self.sentence)

    def without_text(self) -> Body:
        """Return the body where the log shows nothing of it."""
        return Body(announced=self.announced, received=self.received, excess=self.excess, percent=self.percent)

    def freeze(self, status: int = 0) -> Body:
        """Return the body; a page whose title states another status than its answer shows another server's words."""
        marks = self.marks
        title = next((mark.value.detail for mark in marks if mark.value.name == "page-title"), "")
        if status and title[:3].isdecimal() and title[3:4] == " " and title[:3] != str(status):
            marks = [Fact(msgspec.structs.replace(mark.value, embedded=True), mark.line) for mark in marks]
        return Body(
            announced=self.announced,
            seen=self.seen,
            received=self.received,
            excess=self.excess,
            percent=self.percent,
            first_line=self.first_line,
            last_line=self.last_line,
            sample="\n".join(self.sample)[:_SAMPLE],
            marks=tuple(marks),
            sentence=self.sentence,
        )


class MessageDraft(msgspec.Struct):
    """A request or a response while its headers come in."""

    first_line: int
    last_line: int
    start: events.RequestLine | events.StatusLine
    headers: list[Header] = []
    trailers: list[Header] = []
    ended: bool = False
    body: BodyDraft = msgspec.field(default_factory=BodyDraft)
    ignored: bool = False
    as_it_comes: bool = False
    """The request is shown and asks for no coding: curl decodes none then."""

    def add(self, event: events.Header, line: int) -> None:
        """Take one header; order and duplicates are kept."""
        self.last_line = line
        if len(self.headers) < _HEADERS:
            self.headers.append(Header(event.name, event.value, line))
        name = event.name.lower()
        if name == "content-length":
            length = event.length()
            self.body.announced = self.body.announced if length is None else length
        elif name == "content-encoding":
            self.body.encoded = event.tells_of_a_coding() and not self.as_it_comes

    def add_trailer(self, event: events.Header, line: int) -> None:
        """Take one header that stands behind the body: it may not change how the body was read (RFC 9110, 6.5.1)."""
        if len(self.trailers) < _HEADERS:
            self.trailers.append(Header(event.name, event.value, line))

    def header(self, name: str) -> str | None:
        """Return the value of the first header of this name."""
        for header in self.headers:
            if header.name.lower() == name:
                return header.value
        return None

    def opens_a_tunnel(self, *, proxied: bool) -> bool:
        """Whether a head is a proxy's answer to CONNECT (RFC 9110, 9.3.6): it says so, or has no headers."""
        start = self.start
        if type(start) is not events.StatusLine or not is_success(start.status):
            return False
        return self.says_established() or (proxied and not self.headers)

    def says_established(self) -> bool:
        """Whether its status line says that a tunnel stands, as proxies do."""
        return type(self.start) is events.StatusLine and "established" in self.start.reason.lower()

    def response(self, *, written: bool = True) -> Response:
        """Return it as a response; `written`: what stands behind it may be its body."""
        start = self.start
        assert type(start) is events.StatusLine  # noqa: S101 - for the type checker
        return Response(
            status=start.status,
            reason=start.reason,
            version=start.version,
            rtsp=start.rtsp,
            first_line=self.first_line,
            last_line=self.last_line,
            headers=tuple(self.headers),
            trailers=tuple(self.trailers),
            body=self.body.freeze(start.status) if written else self.body.without_text(),
            headers_complete=self.ended and bool(start.version),  # `--write-out` tells no more than the status
        )


class ExchangeDraft(msgspec.Struct, eq=False):
    """A request and its answers while they come in."""

    first_line: int
    last_line: int
    connection: ConnectionDraft | None
    """None when the log shows none."""
    request: MessageDraft | None = None
    interim: list[MessageDraft] = []
    response: MessageDraft | None = None
    complete: bool = False
    superseded: bool = False
    head: bool = False
    """The command asks for heads alone (`-I`)."""

    @property
    def method(self) -> str:
        """The method; where the log does not show the request, HEAD if the command says so, or else GET."""
        start = self.request.start if self.request else None
        return start.method if type(start) is events.RequestLine else "HEAD" if self.head else "GET"

    @property
    def status(self) -> int:
        """The final status; 0 before it came."""
        start = self.response.start if self.response else None
        return start.status if type(start) is events.StatusLine else 0

    @property
    def refused(self) -> bool:
        """Whether the final status says no."""
        return refuses(self.status)

    def _is_interim(self) -> bool:
        """Whether another answer follows: behind 101 it is of another protocol."""
        return is_interim(self.status) and self.status != SWITCHING_PROTOCOLS

    def is_a_step(self, *, proxied: bool) -> bool:
        """Whether curl went on behind a head that `-i` or `-I` printed without `-v`: a redirect, a round, a tunnel."""
        response = self.response
        if self.request or response is None or "".join(response.body.sample).strip():
            return False
        if not response.ended and not response.says_established():
            return False  # people leave the blank line out behind `200 Connection established`
        return self.status in GOES_ON or response.opens_a_tunnel(proxied=proxied)

    def answer(self, event: events.StatusLine, line: int) -> MessageDraft:
        """Start a response; an interim one (1xx) makes room for the next."""
        if self.response and self._is_interim() and len(self.interim) < _INTERIM:
            self.interim.append(self.response)
        length = 0 if event.rtsp else None  # of RTSP, where none is told (RFC 2326, 4.4)
        raw = self.request is not None and self.request.header("accept-encoding") is None
        self.response = MessageDraft(line, line, event, body=BodyDraft(announced=length), as_it_comes=raw)
        return self.response

    def expects_body(self) -> bool:
        """Whether the log may still show a body of the response."""
        response = self.response
        if response is None or response.ignored or not has_body(self.method, self.status):
            return False
        body = response.body
        if body.copied:
            return False  # a trace has shown it, and what is written of it is known line by line
        return not body.is_as_long_as_announced()

    def _shows_its_body(self, response: MessageDraft, *, failed: bool) -> bool:
        """Whether the text behind an answer may be its body, rather than the head that `-I` or what `-w` writes."""
        body = response.body
        if not has_body(self.method, self.status) and not (body.marks or body.sentence):
            return False
        return failed or not self.complete or not body.is_a_scrap()

    def freeze(self, connection: int, *, failed: bool = False) -> Exchange:
        """Return the exchange of a transfer that may have failed; `connection` is the position of its connection."""
        request = None
        if self.request and type(self.request.start) is events.RequestLine:
            start = self.request.start
            request = Request(
                method=start.method,
                target=start.target,
                version=start.version,
                first_line=self.request.first_line,
                last_line=self.request.last_line,
                headers=tuple(self.request.headers),
            )
        interim = [message.response() for message in self.interim]
        final = self.response
        if final and self._is_interim():
            interim.append(final.response())
            final = None
        return Exchange(
            connection=connection,
            first_line=self.first_line,
            last_line=self.last_line,
            request=request,
            interim=tuple(interim),
            response=final.response(written=self._shows_its_body(final, failed=failed)) if final else None,
            complete=self.complete,
            superseded=self.superseded,
        )
