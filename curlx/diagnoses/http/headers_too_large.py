"""The headers are larger than somebody allows (HTTP 431, nginx's 400 page or 494, or curl's own limit).

## What it means

Most often the request's headers are too large for the server: a cookie that grew, a long token, a very long
URL. The other way round, curl itself stops when the headers of the answers are too large.

## How curlx knows

The final answer is 431 (RFC 6585, 5) or 494 (nginx), or a 400 whose page is headed `Request Header Or Cookie
Too Large` (nginx). Or curl says `Too large response headers` (curl 8.3 and later, `lib/http.c`; the limit is
300 kB).

## What to do

Send fewer and smaller headers: empty the cookie jar, shorten the token. On the server, raise the limit. When
curl complained, the server sends too much, or a long chain of redirects added up.

## When it is something else

curl 8.3.0 added up the headers of all redirects of a transfer and so hit its limit too early; later versions
allow for it (curl issue 11871).
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.statuses import Answer, answers
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-headers-too-large",
    title="The headers are too large",
    needs="refusal",
    explains=("http-bad-request", "http-client-error", "http-redirect-not-followed"),
)


def names_large_headers(answer: Answer) -> bool:
    """Whether an answer says that the request's headers are too large."""
    if answer.status in (431, 494):
        return True
    titles = [mark.value.detail.lower() for mark in answer.body.marks if mark.value.name == "page-title"]
    return answer.status == 400 and any("header or cookie too large" in title for title in titles)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find answers that refuse the request's headers, and curl's own refusal of an answer's headers."""
    for answer in answers(timeline, (400, 431, 494)):
        if names_large_headers(answer):
            yield _request(answer)
    for index, transfer in enumerate(timeline.transfers):
        complaint = transfer.complaint("headers-too-large")
        if complaint is not None:
            yield DIAGNOSIS.found(
                "certain",
                "curl stopped because the headers of the answer are larger than it allows.",
                (cite(timeline, complaint.line, "curl names its limit for the headers of answers"),),
                transfer=index,
                causes=(
                    "The server sends very many or very large headers, often cookies.",
                    "A chain of redirects added up: curl 8.3.0 counted the headers of all of them together.",
                ),
                remedies=(
                    Remedy(who="server", title="Send fewer headers", steps=("Look for cookies set over and over.",)),
                    Remedy(
                        who="client",
                        title="Shorten the way, or update curl",
                        steps=("Ask for the last address of the redirects directly.", "With curl 8.3.0, update curl."),
                    ),
                ),
                title="The headers of the answer are too large for curl",
            )


def _request(answer: Answer) -> Finding:
    longest = (
        max(answer.request.headers, key=lambda header: len(header.value), default=None) if answer.request else None
    )
    proof: tuple[Evidence, ...] = ()
    if longest is not None and len(longest.value) > 1000:
        proof = (cite(answer.timeline, longest.line, "the largest header of the request"),)
    return answer.found(
        DIAGNOSIS,
        f"The answer{answer.about()} was {answer.status}: the request's headers are too large.",
        evidence=proof,
        causes=("A cookie, a token, another header, or the URL is larger than the server allows.",),
        remedies=(
            Remedy(
                who="client",
                title="Send smaller headers",
                steps=(
                    "Leave out cookies (`-b`) and headers (`-H`) that are not needed; log in anew if a cookie grew.",
                ),
            ),
            Remedy(
                who="server",
                title="Raise the limit for request headers",
                steps=("Every server and load balancer on the way has one; the smallest counts.",),
            ),
        ),
    )
