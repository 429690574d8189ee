"""The server understood the request and refuses it (HTTP 403).

## What it means

Somebody on the way has a rule against this request: the application (this user may not), the web server (this
file or address is not allowed), or a firewall, CDN or gateway in front of them.

## How curlx knows

The final answer has status 403 (RFC 9110, 15.5.4), or curl says so under `-f`. Headers and page are used to
tell who refused, as far as they say it.

## What to do

Find out who answered: the `Server` header and the page. Then ask for the permission there. Other credentials
may help; the same ones again will not.

## When it is something else

A 403 may mean a missing client certificate (IIS 403.7, Azure App Service, Apache asked too late): where the answer
says so, that diagnosis comes first; where the server only asked and got none, that is named as a cause. A proxy that
refuses a CONNECT also says 403, but before any TLS.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice import git
from curlx.advice.commands import endpoint_of, show_clock
from curlx.diagnoses.client_certificate.shared.answers import ANONYMOUS
from curlx.diagnoses.client_certificate.shared.remedies import again
from curlx.diagnoses.client_certificate.shared.sides import Side, sides
from curlx.diagnoses.http.shared.challenges import parameter, reason
from curlx.diagnoses.http.shared.credentials import commands
from curlx.diagnoses.http.shared.statuses import OF_AWS, Answer, answers
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-forbidden", title="The request is not allowed (403)", needs="refusal")

_SIGNED = ("x-amz-signature=", "x-amz-date=", "x-goog-signature=", "x-goog-date=", "&sig=", "?sig=", "signature=")
"""What a URL has in its query that carries its own credentials: Amazon S3, Google Cloud Storage, Azure, CloudFront."""
_OF_GIT = "Whom git logged in as, or everybody who has not, has no right to do this to the repository."
_SIGNED_AT = "x-amz-date"
_NO_SUCH_PATH = "missing authentication token"
_DENIED = "x-deny-reason"
_OUTWARDS = (
    "A filter on the way does not allow this host, most likely one in front of the caller (an egress proxy, a "
    "sandbox): whoever runs the caller's network can allow it."
)
_OF_ENVOY = "rbac: access denied"
"""The whole answer of Envoy's own access rules (envoy, source/extensions/filters/http/rbac/rbac_filter.cc)."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 403."""
    for answer in answers(timeline, (403,)):
        without = _without_certificate(answer)
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 403: this request is not allowed.{reason(answer)}",
            evidence=(
                *answer.header("www-authenticate", "the server says what is missing"),
                *answer.header(_DENIED, "what refused says why"),
                *answer.header("cf-mitigated", "Cloudflare says that it challenged or blocked the request itself"),
                *answer.asked("authorization", "the credentials that were sent"),
                *(answer.asked(_SIGNED_AT, "the time that the signature is of") if _other_days(answer) else ()),
                *(_certificate_evidence(timeline, without) if without else ()),
            ),
            causes=_all_causes(answer, without),
            remedies=(
                _client(answer),
                *((_with_token(answer),) if _is_nobody(answer) else ()),
                *((_with_certificate(without),) if without else ()),
                *_of_envoy(answer),
                *_of_aws(answer),
            ),
        )


def _client(answer: Answer) -> Remedy:
    if answer.by_git and answer.call is not None:
        return git.login(endpoint_of(answer.call))
    if _is_skewed(answer) and answer.exchange is not None:
        steps = ("The signature holds the time of this machine: compare it with the Date of the answer.",)
        return Remedy("client", "Set the clock of this machine", steps, (show_clock(answer.way),))
    if _has_expired(answer):
        return Remedy("client", "Ask for a new URL", ("Whoever made this one can make another.",))
    return Remedy("client", "Find out which rule refused, and ask for the permission", _steps(answer))


def _has_expired(answer: Answer) -> bool:
    return _is_signed(answer) and "expired" in answer.sentence.lower()


def _is_skewed(answer: Answer) -> bool:
    """Whether Amazon S3, or what speaks like it, finds the time in the signature too far off (RequestTimeTooSkewed)."""
    return "difference between the request time and the current time" in answer.sentence.lower()


def _without_certificate(answer: Answer) -> Side | None:
    """Return the side that may be refused for want of a certificate: asked for one, or perhaps asked late by IIS."""
    if answer.exchange is None or answer.value("www-authenticate"):
        return None
    side = next((side for side in sides(answer.timeline) if side.exchange is answer.exchange), None)
    if side is None or side.content_without or side.tls is None:
        return None
    if side.asked == "yes" and side.sent == "no":
        return side
    late = side.tls.renegotiation is not None and side.sent != "yes"
    old = side.tls.version is None or side.tls.version.value != "TLSv1.3"
    return side if late and old and answer.value("server").lower().startswith("microsoft-iis") else None


def _certificate_evidence(timeline: Timeline, side: Side) -> Iterator[Evidence]:
    asked, empty = side.request_line(), side.empty_line()
    if asked:
        yield cite(timeline, asked, "the server asked for a client certificate")
    elif side.tls and side.tls.renegotiation:
        yield cite(timeline, side.tls.renegotiation, "Schannel says that the server wants another handshake")
    if empty:
        yield cite(timeline, empty, "curl's answer: a Certificate message with nothing in it")


def _all_causes(answer: Answer, without: Side | None) -> tuple[str, ...]:
    causes = _causes(answer)
    if "host" in answer.value(_DENIED).lower():
        causes = (_OUTWARDS, *causes)
    if without is None:
        return causes
    if without.asked == "yes":
        asked = "The server asked for a client certificate and got none: this address may be for those who show one."
        return (*causes, asked) if _is_nobody(answer) else (asked, *causes)
    # DecryptMessage returns SEC_I_RENEGOTIATE for both (github.com/curl/curl/issues/18983).
    late = ("IIS may have asked for a client certificate after the request (its 403.7), as it does where only some of "
            "its paths want one; but Schannel says the same of the session tickets of TLS 1.3.")  # fmt: skip
    return (*causes, late)


def _is_nobody(answer: Answer) -> bool:
    return ANONYMOUS in answer.sentence.lower()


def _with_token(answer: Answer) -> Remedy:
    steps = (
        "Put a token of your user or service account in the place of TOKEN: OpenShift's `oc whoami -t` prints one.",
    )
    return Remedy("client", "Send a token that the API server knows", steps, commands(answer, ("bearer",)))


def _with_certificate(side: Side) -> Remedy:
    commands = (again(side),) if side.request is not None and side.request.method == "GET" else ()
    given = "as below" if commands else "with --cert and --key"
    return Remedy(
        who="client",
        title="If you have a client certificate for this server, send it",
        steps=(
            f"curl shows it when the server asks, if it is given {given}. Those who run {side.host or 'the server'} "
            "know whether it wants one.",
        ),
        commands=commands,
    )


def _steps(answer: Answer) -> tuple[str, ...]:
    if _lacks_scope(answer):
        return (f"Get a token with the scope that the service wants{_scope(answer)}.",)
    if _is_no_such_path(answer):
        return (
            "Compare host, stage (the first part of the path), path and method with what the API's owner published.",
            "Sign the request (`--aws-sigv4`) only if the method is known to use IAM authorization.",
        )
    if _other_days(answer):
        return ("Let curl sign the request by itself: `--aws-sigv4 aws:amz:REGION:SERVICE` with `-u ACCESS-KEY`.",)
    if _is_signed(answer):
        step = "Ask for a new URL: such a URL is good only for a time, a method and an object."
    elif answer.request_value("authorization") or _certificate_sent(answer):
        step = "Ask the owner whether this user may do this, and whether this network is allowed."
    else:
        step = "Try the same request with credentials or from a network that is known to be allowed."
    if answer.said() or _is_envoys(answer):
        return (step,)
    read = answer.reading()
    return (f"{read} It may name the rule or the missing right." if answer.may_be_read else read, step)


def _of_envoy(answer: Answer) -> tuple[Remedy, ...]:
    if not _is_envoys(answer):
        return ()
    return (
        Remedy(
            who="gateway",
            title="Look at the access rules of Envoy",
            steps=(
                "In Istio: the AuthorizationPolicy objects of the called workload's namespace, and of the root "
                "namespace. As soon as one ALLOW policy is there, what none of them names is refused.",
                "A policy that names `principals` or `namespaces` knows the caller by the certificate of mutual TLS: "
                "without a sidecar, or in PERMISSIVE mode over plain HTTP, the caller is nobody.",
            ),
        ),
    )


def _of_aws(answer: Answer) -> tuple[Remedy, ...]:
    if not _is_aws_denial(answer):
        return ()
    step = (
        "Compare the policy of the resource itself (of an API, of a function and its URL) and the caller's IAM "
        "policies with what was asked: one must allow it, and none deny it."
    )
    return (Remedy("server", "Look at the policies in AWS", (step,)),)


def _is_aws_denial(answer: Answer) -> bool:
    return answer.value(OF_AWS).startswith("AccessDenied")


def _is_envoys(answer: Answer) -> bool:
    return answer.body.sample.strip().lower() == _OF_ENVOY


def _is_signed(answer: Answer) -> bool:
    return answer.request is not None and any(sign in answer.request.target.lower() for sign in _SIGNED)


def _other_days(answer: Answer) -> tuple[str, str] | None:
    """Return the day in the scope of a signature of AWS's and that of its time, where they differ."""
    scope = answer.request_value("authorization").partition("Credential=")[2].partition(",")[0].split("/")
    days = ("".join(scope[-4:-3]), answer.request_value(_SIGNED_AT)[:8])
    return days if all(len(day) == 8 and day.isdecimal() for day in days) and days[0] != days[1] else None


def _is_no_such_path(answer: Answer) -> bool:
    """Whether AWS API Gateway misses a token: it does so for whatever it does not know."""
    unsigned = not answer.request_value("authorization")
    return unsigned and bool(answer.value("x-amz-apigw-id")) and answer.sentence.lower() == _NO_SUCH_PATH


def _scope(answer: Answer) -> str:
    scope = parameter(answer, "scope")
    return f": `{scope}`" if scope else ""


def _causes(answer: Answer) -> tuple[str, ...]:
    if _lacks_scope(answer):
        return ("The server says that the token lacks a scope (`insufficient_scope`; RFC 6750, 3.1).",)
    if answer.value("cf-mitigated").lower() == "challenge":
        return ("Cloudflare answered with a challenge for browsers, which curl cannot solve.",)
    if answer.body.mark("gateway-block", "squid-error") is not None:
        return ("A rule of the proxy or gateway on the way refuses this address.",)
    if answer.body.mark("client-certificate-required", "post-handshake-impossible") is not None:
        return ("The server wants a client certificate for this address.",)
    if _is_envoys(answer):
        return ("Envoy's own access rules (RBAC; in Istio an AuthorizationPolicy) refuse this caller or this path.",)
    if _is_no_such_path(answer):
        return (
            "AWS API Gateway also says this of a path, a stage or a method that it does not have: that is likelier.",
            "The method uses IAM authorization, and the request is not signed.",
        )
    if _is_nobody(answer):
        return (
            f"The API server took the caller for nobody (`{ANONYMOUS}`): no token, and no client certificate that it "
            "accepts, came with the request.",
        )
    if _is_aws_denial(answer):
        return (
            "A policy in AWS does not allow this caller to do this, or the request is not signed where it must be.",
        )
    rule = "A rule on the way refuses the caller's address, country or program, or this address for everybody."
    if answer.by_git:
        return (_OF_GIT, rule)
    proxy = answer.connection.proxy if answer.connection is not None else None
    if proxy is not None and proxy.kind == "forward":
        rule = ("A rule of the proxy refuses it, or one of the server behind it, which sees the proxy's address and "
                "what the proxy adds (Via, X-Forwarded-For).")  # fmt: skip
    if _is_skewed(answer):
        return ("The clock of the machine that signed the request is wrong, or the signature was made a while ago.",)
    if _has_expired(answer):
        return ("The signature in the URL, or the token in it, has expired.",)
    days = _other_days(answer)
    if days:
        return (
            f"The signature cannot be valid: its scope is of {days[0]} and {_SIGNED_AT} is of {days[1]}, and both must "
            "be of one day (UTC).",
        )
    if answer.request_value("authorization"):
        return ("The credentials do not give the right to this, or a signature does not fit the request.", rule)
    if _is_signed(answer):
        signature = (
            "The signature in the URL has expired, does not fit the request, or does not give the right to this."
        )
        return (signature, rule)
    method = answer.request.method if answer.request is not None else "GET"
    if method not in ("GET", "HEAD") and proxy is None:
        rule = f"A rule on the way refuses a {method} here, or the caller's address, country or program."
    if _certificate_sent(answer):
        named = "Whom the client certificate names has no right to this, or a token or password is wanted besides."
        return (named, rule)
    if answer.request is not None and answer.request.headers:
        return ("The request carries no credentials, and this address may want some.", rule)
    return ("The caller has no right to this.", rule)


def _certificate_sent(answer: Answer) -> bool:
    """Whether a client certificate told the server who asks."""
    tls = answer.connection.tls if answer.connection is not None else None
    return tls is not None and tls.client_certificate.sent == "yes"


def _lacks_scope(answer: Answer) -> bool:
    return "insufficient_scope" in answer.value("www-authenticate").lower()
