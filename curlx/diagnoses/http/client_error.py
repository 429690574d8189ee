"""The server refuses the request with another status from 400 to 499.

## What it means

The server holds the request itself to be at fault. Less common numbers have a meaning of their own: a version
that does not match (412), a range outside the file (416), something gone for good (410). Some are no standard
at all.

## How curlx knows

The final answer has a status from 400 to 499 for which there is no diagnosis of its own, or curl says so under
`-f`.

## What to do

Look the number up in the interface's documentation and read the text of the answer.

## When it is something else

nginx uses 495, 496 and 497 inside itself for client certificates and plain HTTP on a TLS port; a server may let
them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curlx.diagnoses.http.shared.not_asked import lacks, not_asked
from curlx.diagnoses.http.shared.statuses import ERRORS, Answer, answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-client-error", title="The server refuses the request (4xx)", needs="refusal")

_OTHERS = frozenset({400, 401, 403, 404, 405, 407, 413, 415, 417, 421, 422, 429, 431, 494})
_OWN = frozenset(status for status in ERRORS if status < 500) - _OTHERS

# RFC 9110, 15.5, and the registry of status codes at IANA.
_MEANINGS = {
    402: "a payment is wanted",
    406: "the server has nothing that fits the Accept headers",
    408: "the server waited too long for the request",
    409: "the request conflicts with the present state of the thing",
    410: "what was there is gone, most likely for good",
    411: "the server wants to know the length of the data (Content-Length)",
    412: "a condition of the request (If-Match, If-Unmodified-Since) does not hold",
    414: "the URL is too long",
    416: "the range asked for lies outside the file",
    423: "the thing is locked",
    424: "an earlier request that this one needs has failed",
    425: "the server does not take requests in early data",
    426: "the server wants another protocol, named in Upgrade",
    428: "the server wants a condition such as If-Match",
    451: "it is not available for legal reasons",
}

_ABOUT = {
    412: (("if", "overwrite"), "a condition (If-Match, If-Unmodified-Since) that does not hold"),
    416: (("range",), "a range that lies outside the file"),
}
"""What a header of the request must ask for, or the number has another meaning: words in its name, and what it is."""

# RFC 2326, 11.3; RFC 7826, 17.4.
_RTSP = {
    451: "the server does not understand a parameter of the request",
    452: "the server does not find the conference",
    453: "there is not enough bandwidth",
    454: "the server does not know the session: it ended, or was never set up",
    455: "the method is not valid in the state in which the session is",
    456: "a header of the request does not go with this stream",
    457: "the range asked for lies outside the stream",
    458: "the parameter can only be read",
    459: "this can be asked of one stream only, and the URL is that of several",
    460: "this can be asked of all streams together only, and the URL is that of one",
    461: "the server does not support the transport that the request asks for",
    462: "the server cannot reach the address to which it should send",
}


class Hint(NamedTuple):
    """What to do about a status, the headers of the request that it may be about, and options that ask otherwise."""

    title: str
    steps: tuple[str, ...]
    headers: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


_HINTS = {
    406: Hint("Ask for a format that the server has", ("Leave `Accept` as curl sends it: `*/*` takes any format.",),
              ("accept", "accept-language", "accept-encoding"), ("-v", "-H", "Accept: */*")),
    409: Hint("Compare with what is there now", (
        "It may exist already, or somebody has changed it meanwhile: get it as it is now.",
        "If it has changed, send the change again with the new version: its `ETag` in `-H 'If-Match: \"...\"'`, or the "
        "field of the data in which this service keeps it."), ("if-match",)),
    411: Hint("Send the data with its length", (
        "To send nothing, use `-d ''` and not `-X POST` alone: curl then says `Content-Length: 0`.",
        "What comes from a pipe (`-T -`), or with `Transfer-Encoding: chunked`, has no length: save it to a file "
        "first.")),
    412: Hint("Ask for the present state first", (
        "What is on the server has changed, or the condition was never true. Get it again, and use the `ETag` of that "
        "answer in the condition.",), ("if-match", "if-none-match", "if-unmodified-since", "if-modified-since")),
    414: Hint("Shorten the URL", ("Send long data in the body: `-d` without `-G`. A redirect that adds to the URL each "
                                  "time makes it too long as well.",)),
    416: Hint("Compare the sizes", ("If the file on disk is as long as the whole, it is complete. Otherwise delete it "
                                    "and ask for all of it, without `-C` and `-r`.",), ("range",), ("-v",)),
    425: Hint("Send it again", ("The server did not want to risk a request that somebody may have repeated. Once the "
                                "TLS handshake is over it takes it: leave `--tls-earlydata` out.",)),
    426: Hint("Use the protocol that the answer names", (
        "`Upgrade: TLS/...` wants https:// in the URL, `h2c` or `HTTP/2.0` wants `--http2`, `websocket` a client for "
        "WebSocket (in newer builds of curl ws:// or wss://).",)),
    428: Hint("Say which state the request is about", (
        "Get the thing first, and send the `ETag` of that answer along: `-H 'If-Match: \"...\"'`.",)),
}  # fmt: skip
"""RFC 9110, 15.5; for 425 RFC 8470, 5.2; for 428 RFC 6585, 3."""
_NONE = Hint("", ())
_FILTERED = (
    "A filter in front of the server may not want the request: mod_security answers so to robots, among which it may "
    "count curl by its `User-Agent`."
)

# nginx, src/http/ngx_http_request.h: numbers for its own use, which `error_page` can let out.
_NGINX = {
    495: "nginx uses it for a client certificate that it does not accept",
    496: "nginx uses it for a missing client certificate",
    497: "nginx uses it for plain HTTP on a TLS port",
    499: "nginx writes it into its log when the client closed the connection",
}


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with a status of 4xx that no other diagnosis is about."""
    for answer in answers(timeline, _OWN):
        words, what = _ABOUT.get(answer.status, ((), ""))
        if what and lacks(answer, *words):
            yield not_asked(DIAGNOSIS, answer, what)
            continue
        any_format = _takes_any_format(answer)
        hint = _NONE if any_format else _HINTS.get(answer.status, _NONE)
        meaning = ", though the request takes any format" if any_format else _meaning(answer)
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was {answer.status}{meaning}.",
            evidence=(
                *(answer.header("upgrade", "the protocol that the server wants") if answer.status == 426 else ()),
                *(answer.header("content-range", "the size of the whole") if answer.status == 416 else ()),
                *(line for name in hint.headers for line in answer.asked(name, "what the request asked")),
                *(answer.asked("accept", "any format will do") if any_format else ()),
            ),
            causes=(_FILTERED,) if any_format else (),
            remedies=(
                Remedy(
                    who="client",
                    title=hint.title or f"Look up what status {answer.status} means to this service",
                    steps=(*hint.steps, *((answer.reading(),) if answer.may_be_read or not hint.steps else ())),
                    commands=answer.again(*hint.options) if hint.options else (),
                ),
            ),
        )


def _meaning(answer: Answer) -> str:
    rtsp = answer.response is not None and answer.response.rtsp
    meaning = (rtsp and _RTSP.get(answer.status)) or _MEANINGS.get(answer.status) or _NGINX.get(answer.status)
    return f": {meaning}" if meaning else "" if rtsp else ", which no standard defines"


def _takes_any_format(answer: Answer) -> bool:
    """Whether a request that got 406 asked as curl does by itself: then no other Accept header takes more."""
    headers = answer.request.headers if answer.request is not None else ()
    asked = [header.value for header in headers if header.name.lower().startswith("accept")]
    return answer.status == 406 and asked == ["*/*"]
