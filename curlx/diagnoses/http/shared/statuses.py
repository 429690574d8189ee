"""Final answers that are errors: which they are, what shows them, and who gave them.

An answer counts when it is the last word of its exchange: curl neither followed it as a redirect, nor answered
it with credentials, nor tried again (`Exchange.superseded`). Answers to CONNECT and 407 are the proxy's and
told elsewhere.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import islice

import msgspec

from curlx.advice.commands import Way, way_of
from curlx.advice.products import answer_remedies, server_seen
from curlx.diagnoses.http.shared.asking import address, again, is_shown, lacks_data, sent_before, whither
from curlx.diagnoses.http.shared.pauses import SHORT, seconds_of, waiting
from curlx.diagnoses.http.shared.reasons import is_phrase, reason_of
from curlx.diagnoses.http.shared.stated import BY_SERVER, MARKS, STATED, TITLE, is_of_the_answer, status_in_title
from curlx.findings import Certainty, Diagnosis, Evidence, Finding, Remedy, cite
from curlx.statuses import PROXY_AUTHENTICATION_REQUIRED
from curlx.timeline import RETRYABLE, Body, Connection, Exchange, Fact, Request, Response, Timeline, Transfer

ERRORS = range(400, 1000)
"""Statuses of refusals; those above 599 are none of HTTP's, and mean what 5xx does (RFC 9110, 15)."""
OF_AWS = "x-amzn-errortype"
"""The header in which the services of AWS name what is wrong."""
_SAID = 240
_FINAL = 50
"""Final answers of one transfer that are told, each held against all of it: more has no call, only lines of many."""
_NO_TEXT = ("```", "~~~", "* Connection #")
"""A fence that somebody put around the log, and curl's own words where the end of their line is cut off."""


class Answer(msgspec.Struct, frozen=True):
    """One final answer that is an error, and the line that shows it."""

    timeline: Timeline
    transfer: int
    status: int
    certainty: Certainty
    decisive: Evidence
    body: Body
    exchange: Exchange | None = None

    @property
    def call(self) -> Transfer | None:
        """The transfer that it belongs to; a page that was pasted alone belongs to none."""
        return self.timeline.transfers[self.transfer] if self.transfer < len(self.timeline.transfers) else None

    @property
    def by_git(self) -> bool:
        """Whether git asked."""
        return self.call is not None and self.call.git

    @property
    def way(self) -> Way:
        """The way that the request went."""
        return way_of(self.call, self.connection, self.request) if self.call is not None else Way()

    @property
    def request(self) -> Request | None:
        """The request, as far as the log shows it."""
        return self.exchange.request if self.exchange is not None else None

    @property
    def response(self) -> Response | None:
        """The answer, as far as the log shows it."""
        return self.exchange.response if self.exchange is not None else None

    @property
    def connection(self) -> Connection | None:
        """The connection that carried it, as far as the log shows it."""
        return self.call.connection_of(self.exchange) if self.call is not None and self.exchange is not None else None

    @property
    def address(self) -> str:
        """The URL that was asked; empty when the log does not show it."""
        return address(self.call, self.exchange) if self.call is not None and self.exchange is not None else ""

    def header(self, name: str, shows: str) -> tuple[Evidence, ...]:
        """Cite a header of the answer, if it is there."""
        header = self.response.header(name) if self.response is not None else None
        return (cite(self.timeline, header.line, shows),) if header is not None else ()

    def asked(self, name: str, shows: str) -> tuple[Evidence, ...]:
        """Cite a header of the request, if it is there."""
        header = self.request.header(name) if self.request is not None else None
        return (cite(self.timeline, header.line, shows),) if header is not None else ()

    def value(self, name: str) -> str:
        """Return the value of a header of the answer; empty when it is not there."""
        header = self.response.header(name) if self.response is not None else None
        return header.value if header is not None else ""

    def request_value(self, name: str) -> str:
        """Return the value of a header of the request; empty when it is not there."""
        header = self.request.header(name) if self.request is not None else None
        return header.value if header is not None else ""

    @property
    def sends_nothing(self) -> bool:
        """Whether the request went out without a body, as far as the log shows."""
        return lacks_data(self.request, elided=bool(self.timeline.elided))

    @property
    def shows_request(self) -> bool:
        """Whether the log shows all headers of the request."""
        return is_shown(self.request, elided=bool(self.timeline.elided))

    def about(self) -> str:
        """Say what was asked for: ` to GET /path`; empty when the log does not show it."""
        return f" to {self.request.method} {self.request.target}" if self.request is not None else ""

    def curl(self, *options: str) -> str:
        """Return the command that asks for the same address, the same way, with these options."""
        return self.way.curl(self.address, "-v", *options) if self.exchange is not None else ""

    def again(self, *options: str) -> tuple[str, ...]:
        """Return the command that asks the same again with these options, if the log shows all that it needs."""
        return again(self.call, self.exchange, *options) if self.call is not None else ()

    def later(self) -> Remedy:
        """Return the advice to wait and ask again."""
        wait, tries = self.value("retry-after"), self._tries()
        seconds = seconds_of(wait)
        steps = [f"Wait {waiting(wait)}, as the answer asks."] if wait else []
        commands: tuple[str, ...] = ()
        if self.by_git:
            return Remedy(who="client", title="Try again later", steps=tuple(steps) or ("Run the same git again.",))
        if tries > 1:
            steps.append(f"curl has already tried {tries} times in this log.")
        elif self.status not in RETRYABLE:
            steps.append("The number does not blame the request.")
        elif wait and (seconds is None or seconds > SHORT):
            steps.append("`--retry` waits no less: curl 7.66 and later do as Retry-After says.")
        else:
            pause = "after a longer wait"
            if wait:
                pause = "when the time that the answer asks for is up (curl 7.66 and later)"
            steps.append(f"If the request may be sent twice, `--retry 5` repeats it, each time {pause}.")
            commands = self.again("-v", "--retry", "5")
        return Remedy(who="client", title="Try again later", steps=tuple(steps), commands=commands)

    def _tries(self) -> int:
        """Count the answers with this status that curl met in this transfer."""
        responses = [exchange.response for exchange in self.call.exchanges] if self.call is not None else []
        return sum(response is not None and response.status == self.status for response in responses)

    @property
    def sentence(self) -> str:
        """What the answer's own text gives as the reason; empty where it gives none."""
        return self.reason.value if self.reason is not None else ""

    @property
    def reason(self) -> Fact[str] | None:
        """That sentence, and its line; none of a text that the log only seems to show."""
        return reason_of(self.body, self.response) if self._shows_text or self.body.sentence is not None else None

    @property
    def may_be_read(self) -> bool:
        """Whether the answer has a text of its own, as far as the log shows."""
        head = self.request is not None and self.request.method == "HEAD"
        head = head or (self.call is not None and self.call.asks_for_heads)
        return self._shows_text or not (head or self.body.announced == 0)

    @property
    def _shows_text(self) -> bool:
        """Whether what follows in the log is the answer's text: not where its head broke off, nor a fence's end."""
        text, response = self.body.sample.lstrip(), self.response
        of_a_page = response is None or response.headers_complete or text.startswith(("<", "{"))
        of_body = self.body.announced != 0 and not text.startswith(_NO_TEXT)
        return of_a_page and of_body and any(map(str.isalnum, text))

    def reading(self) -> str:
        """Say where the answer's own text is to be read."""
        if self.body.first_line is not None and self._shows_text:
            line = self.body.first_line
            if line == self.body.last_line and 0 < (self.body.announced or 0) <= self.body.seen:
                return f"Read line {line} of the log, which is the answer's whole text."
            return f"Read the answer's own text, from line {line} of the log on."
        if not self.may_be_read:
            return "The answer has no text that could say more."
        if self._stands_before():
            return (
                f"Read the answer's own text: line {self.timeline.loose.first_line} of the log and those below look "
                "like it. They were printed before its headers."
            )
        if self.by_git:
            return "Read the answer's own text, if the server gave one: git shows it behind `remote:`."
        return f"Read the answer's own text. This log does not show it: {whither(self.call)}"

    def _stands_before(self) -> bool:
        """Whether a page stands before the head: standard output may overtake what curl tells of the call."""
        page, alone = self.timeline.loose, len(self.timeline.transfers) == 1
        within = self.exchange is not None and self.exchange.first_line < (page.first_line or 0) <= self.decisive.line
        return alone and within and page.sample.startswith(("<", "{"))

    def page(self) -> tuple[Evidence, ...]:
        """Cite the sentences of the answer's page that curlx knows, and the reason it gives; or else how it begins."""
        found = {}
        for mark in self.body.marks:
            said = MARKS.get(mark.value.name) if not mark.value.embedded else None
            if said is not None and said not in found and (self.response is not None or said != TITLE):
                found[said] = cite(self.timeline, mark.line, said)
        line = self.body.first_line
        sentence, proofs = self.reason, list(found.values())[:2]
        if sentence is not None and not is_phrase(sentence.value) and sentence.line not in [one.line for one in proofs]:
            shows = "gives as the reason" if self.said() else "says"
            proofs.append(cite(self.timeline, sentence.line, f"what the answer's own text {shows}"))
        # Where a page begins with markup or a lone brace, its first line tells nothing.
        told = self.body.sample[:1] not in ("", "<") and self._shows_text
        if not proofs and line is not None and self.response is not None and told:
            text = cite(self.timeline, line, "how the answer's own text begins")
            begins = self.body.sample.partition("\n")[0][:_SAID]
            if text.text.startswith("* ") and not begins.startswith("* "):  # what curl said behind it, in the same line
                text = msgspec.structs.replace(text, text=begins)
            proofs = [text] if len(text.text.strip()) > 2 else []
        return tuple(proofs)

    def found(
        self,
        diagnosis: Diagnosis,
        summary: str,
        *,
        evidence: Iterable[Evidence] = (),
        causes: Iterable[str] = (),
        remedies: Iterable[Remedy] = (),
    ) -> Finding:
        """Return the finding: status line first, then the telling headers, the page, and who gave the answer."""
        lines = [self.decisive]
        for proof in (*evidence, *self._from(), *self.page()):
            if proof.line not in [line.line for line in lines]:
                lines.append(proof)
        return diagnosis.found(
            self.certainty,
            " ".join(
                part for part in (summary.strip(), self.said(), self._kind(), self._again(), self._source()) if part
            ),
            lines,
            transfer=self.transfer,
            causes=causes,
            remedies=(*remedies, *answer_remedies(self.response, self.status)),
        )

    def _from(self) -> Iterator[Evidence]:
        """Cite the lines that point at who gave the answer."""
        yield from self.header("x-squid-error", "squid's own word for the reason")
        yield from self.header(OF_AWS, "AWS names the kind of error")
        for seen in server_seen(self.response):
            yield cite(self.timeline, seen.line, seen.reason)

    def said(self) -> str:
        """Quote the sentence in which the answer gives its reason; a code alone says no more than the status does."""
        sentence = self.sentence
        if " " not in sentence or is_phrase(sentence):
            return ""
        shown = sentence.rstrip(".") if len(sentence) <= _SAID else sentence[:_SAID] + "…"
        return f'The answer\'s own text says: "{shown}".'

    def _kind(self) -> str:
        kind = self.value(OF_AWS).partition(":")[0]  # behind it some services name their own address
        return f"AWS names the kind of error: {kind}." if kind else ""

    def _again(self) -> str:
        return sent_before(self.call, self.exchange) if self.call is not None and self.exchange is not None else ""

    def _source(self) -> str:
        """Say who gave the answer, as far as the log supports it."""
        if self.by_git and self.response is None:
            return ""
        if self.certainty != "certain":
            return "There is only the answer's text to go by, no status line."
        squid = self.value("x-squid-error").split()
        if squid:
            return f"Squid, a proxy, wrote this answer itself ({squid[0]}); the server may not have been asked."
        block = self.body.mark("gateway-block", "squid-error")
        if block is not None:
            detail = f" ({block.value.detail})" if block.value.detail else ""
            return f"The page is that of a proxy or gateway on the way{detail}; the server may not have been asked."
        seen = server_seen(self.response)
        if not seen:
            return ""
        names = " and ".join(dict.fromkeys(each.vendor.name for each in seen))
        return f"The answer points at {names}: that tells who passed it on, not always who wrote it."


_BELOW = 3


def answers(timeline: Timeline, statuses: Container[int] = ERRORS) -> Iterator[Answer]:
    """Yield every final answer with one of these statuses, in the order of the log."""
    yield from (answer for answer in _errors(timeline) if answer.status in statuses)


@lru_cache(maxsize=1)  # every diagnosis of HTTP asks
def _errors(timeline: Timeline) -> tuple[Answer, ...]:
    found: list[Answer] = []
    for index, transfer in enumerate(timeline.transfers):
        found += islice(_of_transfer(timeline, index, transfer), _FINAL)
    page = pasted_page(timeline)
    if page is not None:
        found.append(page)
    return tuple(answer for answer in found if answer.status != PROXY_AUTHENTICATION_REQUIRED)


def _of_transfer(timeline: Timeline, index: int, transfer: Transfer) -> Iterator[Answer]:
    shown = set()
    for exchange in transfer.exchanges:
        response = exchange.response
        if response is not None:
            shown.add(response.status)
        if response is None or exchange.superseded or response.status not in ERRORS:
            continue
        line, shows, body = response.first_line, f"the final answer is status {response.status}", response.body
        if not response.version:
            shows, body = f"curl tells the status of the final answer (--write-out): {response.status}", timeline.loose
            body = body if len(timeline.transfers) == 1 and (body.last_line or line) < line else Body()
        yield Answer(timeline, index, response.status, "certain", cite(timeline, line, shows), body, exchange)
    for complaint in transfer.complaints:
        # With -f older builds print no status line at all, only this sentence (curl 7.x, lib/http.c).
        if complaint.kind != "http-status" or complaint.number is None or complaint.number in shown:
            continue
        if complaint.number in ERRORS and not _said_by_proxy(transfer, complaint.number):
            shown.add(complaint.number)
            told = not complaint.tells("of-git")
            says = "curl says that" if told else "git says this when"
            proof = cite(timeline, complaint.line, f"{says} the answer was status {complaint.number}")
            last = transfer.last_exchange
            asked = last if last is not None and last.response is None else None
            sure: Certainty = "certain" if told else "likely"
            yield Answer(timeline, index, complaint.number, sure, proof, _remote(timeline, complaint.line), asked)


def _remote(timeline: Timeline, line: int) -> Body:
    """Return what git passed on of the answer before its own last word (`remote: ...`)."""
    said = timeline.loose.sentence
    if said is None or said.line > line or len(timeline.transfers) > 1 or not timeline.transfers[0].git:
        return Body()
    return Body(first_line=said.line, last_line=said.line, sample=said.value, sentence=said)


def _said_by_proxy(transfer: Transfer, status: int) -> bool:
    """Whether this status was the answer to a CONNECT that opened no tunnel."""
    for connection in transfer.connections:
        connect = connection.proxy.connect if connection.proxy is not None else None
        if connect is not None and connect.response is not None and connect.response.status == status:
            return True
    return False


def _has_answer(transfer: Transfer) -> bool:
    return any(exchange.response is not None for exchange in transfer.exchanges)


def pasted_page(timeline: Timeline, statuses: Container[int] = ERRORS) -> Answer | None:
    """Return the answer that a page pasted without its log speaks of; a title is not a status line, so only likely."""
    told = any(one.complaints or _has_answer(one) for one in timeline.transfers)
    last = timeline.transfers[-1] if timeline.transfers else None
    if told and (last is None or last.command is None or last.complaints or _has_answer(last)):
        return None
    behind = last.first_line if told and last is not None else 0  # what stands before is of an answer that is there
    marks = [mark for mark in timeline.loose.marks if mark.line > behind]
    index = max(len(timeline.transfers) - 1, 0)
    for mark in marks:
        status = status_in_title(mark.value.detail) if mark.value.name == "page-title" else None
        if status is not None and status in statuses:
            proof = cite(timeline, mark.line, f"the title of the page names status {status}")
            return Answer(timeline, index, status, "likely", proof, timeline.loose)
    alone = not timeline.transfers and timeline.curl_lines > 0  # only the progress meter shows that curl asked
    asked = alone or any(transfer.command is not None for transfer in timeline.transfers)
    for mark in marks if asked else ():
        if mark.value.name not in STATED or int(mark.value.detail) not in statuses:
            continue
        status, explained = int(mark.value.detail), timeline.loose.sentence is not None
        if mark.value.name == "stated-phrase":
            if last is None or mark.line > last.first_line + _BELOW:
                continue  # not right below the command
            proof = cite(timeline, mark.line, f"these words are the phrase of status {status}")
        elif is_of_the_answer(
            timeline.text_of(mark.line), "" if behind else timeline.loose.sample, status, explained=explained
        ):
            proof = cite(timeline, mark.line, f"the answer's own words name status {status}")
        else:
            continue
        return Answer(timeline, index, status, "likely", proof, timeline.loose)
    for mark in marks:
        status, shows = BY_SERVER.get(mark.value.name, (0, ""))
        if status in statuses:
            return Answer(timeline, index, status, "likely", cite(timeline, mark.line, shows), timeline.loose)
    return None
