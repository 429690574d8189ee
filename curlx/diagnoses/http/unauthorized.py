"""The server wants to know who is asking, and did not accept what it was told (HTTP 401).

## What it means

Authentication is missing or failed: a password, a token or a signature. The answer's `WWW-Authenticate` header
(the challenge) says which scheme the server takes, and often what is wrong.

## How curlx knows

The final answer has status 401 (RFC 9110, 15.5.2), or curl says so under `-f`. A 401 that curl itself answered
with credentials (`--digest`, `--anyauth`, NTLM) and that ended well does not count. Whether credentials were
sent is read from the `Authorization` line of the request. git does not print the status: from its `Authentication
failed` and `could not read Username` curlx infers it, as `likely`.

## What to do

If none were sent: `-u user` or `-H 'Authorization: Bearer ...'`. If they were: check that they belong to this
server, are not expired, and are of a scheme that the challenge names.

## When it is something else

An application that expects a client certificate may answer 401 when none reached it; then the certificate is
the cause. Where the log proves that one was sent, the server did not take it for one of its users, or wants more.
curl drops `Authorization` when a redirect leads to another host (since 7.58.0), unless `--location-trusted` is
given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curlx.advice import git
from curlx.advice.commands import endpoint_of
from curlx.diagnoses.http.shared.challenges import challenges, parameter, reason, token_service
from curlx.diagnoses.http.shared.credentials import FORMS, commands, metadata, ticket, token, whose
from curlx.diagnoses.http.shared.statuses import Answer, answers
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import CHALLENGED, Aside, Fact, Timeline

DIAGNOSIS = Diagnosis(code="http-unauthorized", title="Authentication is missing or was refused (401)", needs="refusal")

_SOME_SCHEME = "some"
"""Stands for the scheme of credentials that were hidden whole, in the rows of a trace."""
_NAMES = {"basic": "Basic", "digest": "Digest", "bearer": "Bearer", "ntlm": "NTLM", "negotiate": "Negotiate"}
_EXPIRED = ("token expired", "token has expired", "token is expired", "jwt expired", "jwt is expired")
_METADATA = "ec2ws"
"""What the metadata service of an AWS instance calls itself; since version 2 it wants a token."""
_OF_METADATA = "x-aws-ec2-metadata-token"


class _Login(NamedTuple):
    """How curl tried to log in, and what the server takes."""

    answer: Answer
    sent: str
    """The scheme of the credentials that were sent, in lower case; empty where none were."""
    offered: tuple[str, ...]
    """The schemes that the challenges name, in lower case."""
    certificate: int | None
    """The line that proves that a client certificate was sent in place of credentials."""
    failed: Aside | None
    """curl's reason why it sent nothing for Negotiate, which the server takes."""
    unmet: Fact[str] | None
    """How curl was to log in, where the server does not take that: curl then sends nothing."""
    stale: bool
    """The server says that the nonce was too old."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 401."""
    for answer in answers(timeline, (401,)):
        login = _login(answer)
        certificate, failed = login.certificate, login.failed
        yield answer.found(
            DIAGNOSIS,
            _summary(login),
            evidence=(
                *_cited(answer),
                *answer.asked("authorization", "curl sent credentials, and they were not accepted"),
                *((cite(timeline, failed.line, "why curl could not log in"),) if failed else ()),
                *((cite(timeline, login.unmet.line, "how curl was to log in"),) if login.unmet else ()),
                *((cite(timeline, certificate, "curl sent a client certificate"),) if certificate else ()),
            ),
            causes=_causes(login),
            remedies=_remedies(login),
        )


def _login(answer: Answer) -> _Login:
    sent, offered = _scheme(answer.request_value("authorization")), _offered(answer)
    unsent = not sent and "negotiate" in offered
    return _Login(
        answer,
        sent,
        offered,
        certificate=None if sent else _certificate(answer),
        failed=answer.call.negotiation if answer.call is not None and unsent else None,
        unmet=_unmet(answer, offered) if not sent else None,
        stale=sent == "digest" and parameter(answer, "stale").lower() == "true",
    )


def _unmet(answer: Answer, offered: tuple[str, ...]) -> Fact[str] | None:
    """Return how curl was to log in, where it waited for a challenge that did not come."""
    login = answer.call.login if answer.call is not None else None
    if login is None or login.value not in CHALLENGED or not offered:
        return None
    return login if login.value.lower() not in offered else None


def _certificate(answer: Answer) -> int | None:
    """Return the line that proves that a client certificate was sent on this connection; None where nothing does."""
    tls = answer.connection.tls if answer.connection is not None else None
    sent = tls is not None and tls.client_certificate.sent == "yes"
    return tls.client_certificate.sent_line if tls is not None and sent else None


def _offered(answer: Answer) -> tuple[str, ...]:
    """Return the schemes that the challenges name, in lower case."""
    schemes = (_scheme(header.value) for header in challenges(answer))
    return tuple(dict.fromkeys(scheme for scheme in schemes if scheme))


def _scheme(value: str) -> str:
    word = value.partition(" ")[0].strip(",").lower()
    return word if not word or any(map(str.isalnum, word)) else _SOME_SCHEME


def _cited(answer: Answer) -> Iterator[Evidence]:
    for header in challenges(answer):
        yield cite(answer.timeline, header.line, "the challenge: which authentication the server takes")


def _summary(login: _Login) -> str:
    answer, sent, offered = login.answer, login.sent, login.offered
    takes = f" It takes {', '.join(_NAMES.get(scheme, scheme) for scheme in offered)}." if offered else ""
    takes += reason(answer)
    start = f"The answer{answer.about()} was 401:"
    if login.stale:
        return f"{start} the server says that the nonce of the Digest credentials was too old (`stale=true`).{takes}"
    if sent:
        return f"{start} curl sent {_NAMES.get(sent, sent)} credentials, and the server did not accept them.{takes}"
    if login.certificate:
        return (
            f"{start} curl sent a client certificate, and the request carries no other credentials. The certificate "
            f"was not accepted as a user, or a token or password is wanted besides.{takes}"
        )
    if login.failed is not None:
        return f"{start} curl was to log in by Negotiate (Kerberos), and could not make a token for it.{takes}"
    if login.unmet is not None:
        return (
            f"{start} curl was to log in by {login.unmet.value}, which the server does not offer, and so it sent no "
            f"credentials.{takes}"
        )
    if answer.request_value(_OF_METADATA):
        return f"{start} the metadata service did not accept the token of the request: it has expired, or is another's."
    if answer.request is not None and answer.request.headers:
        return f"{start} the server wants authentication, and the request carries none.{takes}"
    return f"{start} the server wants authentication, or did not accept what was sent.{takes}"


def _causes(login: _Login) -> tuple[str, ...]:
    answer, sent, offered = login.answer, login.sent, login.offered
    if login.failed is not None:
        return _ticket_causes(login.failed)
    if login.certificate:
        return (
            "The application does not know this certificate as a user's: it is of another CA than the one that it "
            "takes users from, expired, or meant for another system.",
            "Whoever ends this TLS connection (a load balancer, a proxy) does not hand the certificate on.",
            "The certificate is only to let the connection in, and the application wants a token or password besides.",
        )
    if not sent:
        return ("A redirect led to another host, and curl does not send credentials there.",) if _moved(answer) else ()
    if login.stale:
        return ("The nonce had run out; the user and password are not blamed (RFC 7616, 3.3).",)
    if offered and sent not in (*offered, _SOME_SCHEME):
        return (f"curl sent {_NAMES.get(sent, sent)}, which the challenge does not name.",)
    if _has_expired(login):
        return ("The server says that the token has expired.",)
    if "invalid_token" in answer.value("www-authenticate").lower():
        # RFC 6750, 3.1: expired, revoked, malformed, or invalid for other reasons.
        return ("The server calls the token invalid: expired, revoked, malformed, or meant for another service.",)
    return ("What was sent is wrong, expired, or meant for another service.",)


def _ticket_causes(failed: Aside) -> tuple[str, ...]:
    if failed.tells("unknown-service"):
        return (
            "Kerberos does not know a service of this name (HTTP/HOST): the URL has an alias or an address instead "
            "of the name that the service is registered under.",
        )
    if failed.tells("no-ticket"):
        return ("There is no Kerberos ticket to use: none was asked for, or it has expired.",)
    return ()


def _moved(answer: Answer) -> bool:
    """Whether curl came to this host by a redirect from another."""
    exchanges = answer.call.exchanges if answer.call is not None else ()
    hosts = {each.request.header("host") for each in exchanges if each.request is not None and each.superseded}
    here = answer.request_value("host")
    return any(host is not None and host.value != here for host in hosts)


def _remedies(login: _Login) -> Iterator[Remedy]:
    answer = login.answer
    if answer.call is not None and answer.by_git:
        yield git.login(endpoint_of(answer.call))
        return
    if answer.value("server").lower() == _METADATA:
        yield metadata(answer)
        return
    if login.failed is not None:
        yield ticket(answer)
        return
    if login.certificate:
        yield whose(answer)
    service = token_service(answer)
    if service:
        yield token(answer, service)
        return
    yield Remedy(
        who="client",
        title="Check the credentials" if login.sent else "Send credentials that the server accepts",
        steps=_steps(login),
        commands=commands(answer, ("bearer",) if _misses_header(login) else login.offered),
    )


def _has_expired(login: _Login) -> bool:
    """Whether the challenge, or the answer's own text, says of a token that its time is over."""
    said = f"{parameter(login.answer, 'error_description')} {login.answer.sentence}".lower()
    return login.sent == "bearer" and any(words in said for words in _EXPIRED)


def _misses_header(login: _Login) -> bool:
    """Whether no challenge, but the answer's own text names the header that the credentials go into."""
    said = login.answer.sentence.lower()
    return not (login.sent or login.offered) and "authorization header" in said


def _steps(login: _Login) -> tuple[str, ...]:
    sent, offered = login.sent, login.offered
    if login.stale:
        return (
            "Send the request again with `--digest -u USER` in place of a header of your own: curl asks for a "
            "fresh nonce first.",
        )
    if _has_expired(login):
        return ("Get a fresh token; if it is one, compare the clocks of this machine, the issuer and the server.",)
    if sent == "bearer":
        return ("Get a fresh token, and check that its issuer and audience are this service's.",)
    if sent:
        return ("Check what was sent: spelling, expiry, and quotes where the shell may change a character.",)
    if login.certificate and not offered:
        return ("Or send a token, if the service takes one: `-H 'Authorization: Bearer TOKEN'`.",)
    if _misses_header(login):
        return (f"The answer misses the Authorization header; most such services take a token: `{FORMS['bearer']}`.",)
    forms = " or ".join(f"`{FORMS[scheme]}`" for scheme in offered if scheme in FORMS)
    if login.unmet is not None and forms:
        return (f"Let curl log in as the server takes it, with {forms}, in place of --{login.unmet.value.lower()}.",)
    unseen = login.answer.request is None
    steps = [f"{'If none were sent, add' if unseen else 'Add'} the credentials{f' with {forms}' if forms else ''}."]
    if {"basic", "digest"} & set(offered):
        steps.append("Give no password on the command line: curl asks for it.")
    if unseen:
        # Where a connection is told, or the command has it, it was run with -v.
        call = login.answer.call
        told = login.answer.connection is not None or (call is not None and call.option("verbose") is not None)
        steps.append(
            "The lines that begin with `>` are missing in this log: keep them, they show whether an Authorization "
            "header was sent."
            if told
            else "Run again with `-v` to see whether an Authorization header was sent."
        )
    return tuple(steps)
