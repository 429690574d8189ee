"""The server could not or would not make sense of the request (HTTP 400).

## What it means

The server answered 400: something in the request itself is wrong for it, not the connection. Many servers use
the same number for quite different things, so the page or JSON text that comes with it is the best hint.

## How curlx knows

The final answer has status 400 (RFC 9110, 15.5.1), or curl says so under `-f`. A 400 whose page speaks of a
client certificate, of plain HTTP on a TLS port, or of too large headers has a diagnosis of its own, which then
comes first.

## What to do

Read the body of the answer. Then look at what was sent: a body that is no valid JSON, a missing or doubled
header, an empty `Host`, blanks or other unescaped characters in the URL.

## When it is something else

A gateway that decrypts TLS can lose the client certificate on the way; the origin then answers 400 although
curl was given one. A load balancer may answer 400 by itself, before any application sees the request.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.headers_too_large import names_large_headers
from curlx.diagnoses.http.shared.statuses import OF_AWS, Answer, answers
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-bad-request", title="The answer was 400 Bad Request", needs="refusal", rests_on="page")

_REASONS = {
    "no-required-certificate": "Its page gives the reason: no client certificate was sent.",
    "certificate-error": "Its page gives the reason: the client certificate was refused.",
    "plain-http-to-https": "Its page gives the reason: plain HTTP was sent to a port that speaks TLS.",
    "client-certificate-required": "Its page asks for a client certificate.",
}


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 400."""
    for answer in answers(timeline, (400,)):
        if names_large_headers(answer):
            continue
        if _is_throttled(answer):
            yield answer.found(
                DIAGNOSIS,
                f"The answer{answer.about()} was 400 (Bad Request), by which AWS also says that it got too many.",
                causes=("More requests came than the service, its quota or its concurrency allows.",),
                remedies=_THROTTLED,
            )
            continue
        mark = answer.body.mark(*_REASONS)
        hostless = _without_host(answer)
        oauth = _of_oauth(answer)
        unread = _unread_json(answer)
        named = _NAMED.format(oauth) if oauth else _NO_JSON if unread else "" if answer.said() else _UNSAID
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 400 (Bad Request): the server did not accept the request as it is. "
            + (_REASONS[mark.value.name] if mark is not None else _HOSTLESS if hostless else named),
            evidence=(*hostless, *answer.asked("content-type", "how curl labelled what it sent")),
            causes=_causes(answer) if mark is None and not hostless else (),
            remedies=(
                *((_IN_DOUBLE_QUOTES,) if mark is None and _in_single_quotes(answer) else ()),
                Remedy(
                    who="client",
                    title="Send a Host header",
                    steps=("curl sends one by itself; `-H 'Host:'` with nothing after the colon takes it out.",),
                )
                if hostless and mark is None
                else Remedy(
                    who="client",
                    title="Read why, then check what was sent",
                    steps=(
                        answer.reading(),
                        "See what is really sent: run git again with GIT_CURL_VERBOSE=1 set."
                        if answer.by_git
                        else "See what is really sent with `--trace-ascii -`.",
                    ),
                ),
            ),
        )


_HOSTLESS = "The request has no Host header, which HTTP/1.1 requires (RFC 9112, 3.2)."
_UNSAID = "The number alone does not say what is wrong with it."
_NO_JSON = "Its text says where the data is no JSON."
_NAMED = "Its text names the kind of error, as OAuth does: {}."
_OAUTH = {
    "invalid_grant": "The code, the refresh token or the password with which a token was asked for is wrong, expired, "
    "revoked or used already, is another client's, or belongs to another `redirect_uri`.",
    "invalid_scope": "The scope is unknown or malformed, or more than was granted.",
    "unauthorized_client": "This client may not ask for a token in this way.",
    "unsupported_grant_type": "The server does not know this `grant_type`, or it did not arrive as form data.",
}
"""RFC 6749, 5.2; what `invalid_request` means is no more than 400 does."""
_NO_POST = "A token is asked for with a POST and its parameters as a form (RFC 6749, 3.2), and this was a GET."


def _of_oauth(answer: Answer) -> str:
    """Return OAuth's name for the error, where the answer's text is such an error's."""
    text = "".join(answer.body.sample.split())
    return next((code for code in _OAUTH if text.startswith("{") and f'"error":"{code}"' in text), "")


_THROTTLED = (
    Remedy("client", "Ask less often", ("Wait before the next try, and longer after each that fails.",)),
    Remedy("server", "Look at the quota", ("Raise the rate, or for a function its reserved or provisioned concurrency, "
                                           "if callers need more.",)),
)  # fmt: skip


_UNREAD = {
    "0": "What arrived does not begin like JSON: it is empty, it is other data than was meant, or a quote of the "
         "command's came with it (cmd.exe does not know single quotes).",
    "1": "What arrived is wrong right behind its first character, as where the shell took the double quotes out of the "
         "data: `{a: 1}` is no JSON.",
}  # fmt: skip
"""Why JSON cannot be read, by the place at which a parser stopped."""


def _unread_json(answer: Answer) -> str:
    """Say why the data is no JSON, where the answer's text names the place as Python's and JavaScript's parsers do."""
    text = answer.body.sample.lower()
    if "json" not in answer.request_value("content-type").lower():
        return ""
    places = ((at, (f"line 1 column {int(at) + 1} ", f"json at position {at} ")) for at in _UNREAD)
    bare = text.translate(_NO_LETTERS) + " "
    return next((_UNREAD[at] for at, words in places if any(each in bare for each in words)), "")


_NO_LETTERS = str.maketrans(dict.fromkeys("\"'(){}[],.;:\n\r", " "))


def _is_throttled(answer: Answer) -> bool:
    """Whether AWS throttles (ThrottlingException is of status 400: docs.aws.amazon.com, "Common errors")."""
    return answer.value(OF_AWS).startswith(("Throttl", "TooManyRequests", "RequestLimitExceeded"))


_WITH_DATA = ("POST", "PUT", "PATCH")
_DATA = (" -d", " --data", " --data-raw", " --data-binary", " --json")
_IN_DOUBLE_QUOTES = Remedy(
    who="client",
    title="Put the data in double quotes",
    steps=(
        'Those within the data are written as \\": `-d "{\\"a\\": 1}"`. Or save the data in a file, and send it with '
        "`-d @FILE`.",
    ),
)


def _in_single_quotes(answer: Answer) -> bool:
    """Whether the data stands in single quotes, which are letters to cmd.exe."""
    transfer = answer.call
    if transfer is None or answer.exchange is None or transfer.command is None or not transfer.cmd:
        return False
    return any(f"{option} '" in transfer.command.value for option in _DATA)


def _causes(answer: Answer) -> tuple[str, ...]:
    if answer.value("x-squid-error").startswith("ERR_INVALID_URL"):
        # squid 5.7 on its http_port; errors/templates/ERR_INVALID_URL
        if answer.request is not None and answer.request.target.startswith("/"):
            return (
                "This port is that of a forward proxy, and it was asked as if it were a web server: give its address "
                "with `--proxy`, and the server's as the URL.",
            )
        return ("Squid cannot make sense of this URL: its scheme, its host, or a character in it.",)
    request = answer.request
    oauth = _of_oauth(answer)
    if oauth:
        get = request is not None and request.method == "GET" and "grant" in oauth  # of a token alone
        return (_OAUTH[oauth], *((_NO_POST,) if get else ()))
    if request is not None and request.method in _WITH_DATA and answer.sends_nothing:
        return (f"The {request.method} has no body, and the server may need one: give the data with `-d`.",)
    if _in_single_quotes(answer):
        return (
            "cmd.exe does not know single quotes: it hands them on as letters, takes the double ones away, and parts "
            "the data at its blanks.",
        )
    kind = answer.request_value("content-type").lower()
    other = "A parameter or header may be missing, doubled or malformed."
    if kind.startswith("application/x-www-form-urlencoded"):
        return ("The data went out as a form, curl's default with `-d`; the server may expect JSON.", other)
    unread = _unread_json(answer)
    if unread:
        return (unread,)
    if "json" in kind:
        return (
            "The body may not be the JSON that the server expects: quotes that the shell took, a missing field, a "
            "wrong type.",
            other,
        )
    return (other,)


def _without_host(answer: Answer) -> tuple[Evidence, ...]:
    """Cite a request of HTTP/1.1 that the log shows to have no Host header: a server must answer 400 to one."""
    request = answer.request
    if request is None or not request.headers or request.version != "1.1" or request.header("host") is not None:
        return ()
    if answer.response is None or answer.response.version != "1.1":
        return ()  # older builds print a request of HTTP/2 as if it were one of HTTP/1.1
    if answer.timeline.elided:
        return ()  # somebody took lines out of the log
    return (cite(answer.timeline, request.first_line, "the request, which has no Host header"),)
