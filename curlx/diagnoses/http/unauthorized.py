"""The server wants to know who is asking, and did not accept what it was told (HTTP 401).

## What it means

Authentication is missing or failed: a password, a token or a signature. The answer's `WWW-Authenticate` header
(the challenge) says which scheme the server takes, and often what is wrong.

## How curlx knows

The final answer has status 401 (RFC 9110, 15.5.2), or curl says so under `-f`. A 401 that curl itself answered
with credentials (`--digest`, `--anyauth`, NTLM) and that ended well does not count. Whether credentials were
sent is read from the `Authorization` line of the request.

## What to do

If none were sent: `-u user` or `-H 'Authorization: Bearer ...'`. If they were: check that they belong to this
server, are not expired, and are of a scheme that the challenge names.

## When it is something else

An application that expects a client certificate may answer 401 when none reached it; then the certificate is
the cause. curl drops `Authorization` when a redirect leads to another host (since 7.58.0), unless
`--location-trusted` is given.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from curlx.diagnoses.http.challenges import reason
from curlx.diagnoses.http.statuses import Answer, answers
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-unauthorized", title="Authentication is missing or was refused (401)", needs="refusal")

_FORMS = {
    "basic": "-u USER",
    "digest": "--digest -u USER",
    "bearer": "-H 'Authorization: Bearer TOKEN'",
    "ntlm": "--ntlm -u 'DOMAIN\\USER'",
    "negotiate": "--negotiate -u :",
    "aws4-hmac-sha256": "--aws-sigv4 aws:amz:REGION:SERVICE -u KEY:SECRET",
}

_HIDDEN = "some"
"""Stands for the scheme of credentials that were hidden whole, in the rows of a trace."""
_NAMES = {"basic": "Basic", "digest": "Digest", "bearer": "Bearer", "ntlm": "NTLM", "negotiate": "Negotiate"}


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 401."""
    for answer in answers(timeline, (401,)):
        sent = _scheme(answer.request_value("authorization"))
        offered = _offered(answer)
        yield answer.found(
            DIAGNOSIS,
            _summary(answer, sent, offered),
            evidence=(
                *_challenges(answer),
                *answer.asked("authorization", "curl sent credentials, and they were not accepted"),
            ),
            causes=_causes(answer, sent, offered),
            remedies=(
                Remedy(
                    who="client",
                    title="Send credentials that the server accepts" if not sent else "Check the credentials",
                    steps=_steps(answer, sent, offered),
                    commands=_commands(answer, offered),
                ),
            ),
        )


def _offered(answer: Answer) -> tuple[str, ...]:
    """Return the schemes that the challenges name, in lower case."""
    headers = answer.response.headers if answer.response is not None else ()
    schemes = (_scheme(header.value) for header in headers if header.name.lower() == "www-authenticate")
    return tuple(dict.fromkeys(scheme for scheme in schemes if scheme))


def _scheme(value: str) -> str:
    word = value.partition(" ")[0].strip(",").lower()
    return word if not word or any(map(str.isalnum, word)) else _HIDDEN


def _challenges(answer: Answer) -> Iterator[Evidence]:
    for header in answer.response.headers if answer.response is not None else ():
        if header.name.lower() == "www-authenticate":
            yield cite(answer.timeline, header.line, "the challenge: which authentication the server takes")


def _summary(answer: Answer, sent: str, offered: tuple[str, ...]) -> str:
    takes = f" It takes {', '.join(_NAMES.get(scheme, scheme) for scheme in offered)}." if offered else ""
    takes += reason(answer)
    start = f"The answer{answer.about()} was 401:"
    if sent:
        return f"{start} curl sent {_NAMES.get(sent, sent)} credentials, and the server did not accept them.{takes}"
    if answer.request is not None and answer.request.headers:
        return f"{start} the server wants authentication, and the request carries none.{takes}"
    return f"{start} the server wants authentication, or did not accept what was sent.{takes}"


def _causes(answer: Answer, sent: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    if not sent:
        return ("A redirect led to another host, and curl does not send credentials there.",) if _moved(answer) else ()
    if offered and sent not in (*offered, _HIDDEN):
        return (f"curl sent {_NAMES.get(sent, sent)}, which the challenge does not name.",)
    if "invalid_token" in answer.value("www-authenticate").lower():
        # RFC 6750, 3.1: expired, revoked, malformed, or invalid for other reasons.
        return ("The server calls the token invalid: expired, revoked, malformed, or meant for another service.",)
    return ("What was sent is wrong, expired, or meant for another service.",)


def _moved(answer: Answer) -> bool:
    """Whether curl came to this host by a redirect from another."""
    transfers = answer.timeline.transfers[answer.transfer : answer.transfer + 1]  # a page alone belongs to none
    exchanges = [each for transfer in transfers for each in transfer.exchanges]
    hosts = {each.request.header("host") for each in exchanges if each.request is not None and each.superseded}
    here = answer.request_value("host")
    return any(host is not None and host.value != here for host in hosts)


def _commands(answer: Answer, offered: tuple[str, ...]) -> tuple[str, ...]:
    """Return a command for each scheme that the server takes; any method but GET needs what the log does not show."""
    if answer.request is None or answer.request.method != "GET" or not answer.address:
        return ()
    return tuple(answer.curl(*shlex.split(_FORMS[scheme])) for scheme in offered if scheme in _FORMS)


def _steps(answer: Answer, sent: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    if sent == "bearer":
        return ("Get a fresh token, and check that its issuer and audience are this service's.",)
    if sent:
        return ("Check what was sent: spelling, expiry, and quotes where the shell may change a character.",)
    forms = " or ".join(f"`{_FORMS[scheme]}`" for scheme in offered if scheme in _FORMS)
    steps = [f"Add the credentials{f' with {forms}' if forms else ''}."]
    if {"basic", "digest"} & set(offered):
        steps.append("Give no password on the command line: curl asks for it.")
    if answer.request is None:
        steps.append("Run again with `-v` to see whether an Authorization header was sent.")
    return tuple(steps)
