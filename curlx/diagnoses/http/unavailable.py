"""Nobody is there to work on the request at the moment (HTTP 503).

## What it means

The server or the load balancer in front of it answered, but has nobody to do the work: all servers behind are
down or overloaded, it is in maintenance, or it sheds load.

## How curlx knows

The final answer has status 503 (RFC 9110, 15.6.4), or curl says so under `-f`, or Envoy's own sentence stands
in the page.

## What to do

Wait, as long as `Retry-After` says where it is sent. The owner looks at the health of the servers behind the
load balancer.

## When it is something else

A proxy that decrypts TLS answers 503 when its own TLS to the server fails (squid: `ERR_SECURE_CONNECT_FAIL`);
Envoy does so too, as `upstream connect error`. Some servers answer 503 where others say 429.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.servers import OF_ENVOY
from curlx.diagnoses.http.shared.pauses import waiting
from curlx.diagnoses.http.shared.statuses import Answer, answers
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="http-unavailable", title="The service is not available at the moment (503)", needs="refusal"
)
_ANY = (
    "Where a load balancer answered: all servers behind it are down, starting, or not registered.",
    "The server is overloaded or in maintenance.",
    "A limit on requests was reached: some servers and gateways answer 503 there, where others say 429.",
)
_OF_UPSTREAM = "x-envoy-upstream-service-time"
"""Envoy adds it to what a server behind it answered."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 503."""
    for answer in answers(timeline, (503,)):
        wait = answer.value("retry-after")
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 503: whoever answered says that nobody can work on the request at the "
            "moment." + (f" The answer asks to wait {waiting(wait)}." if wait else ""),
            evidence=answer.header("retry-after", "how long to wait, in seconds or until a date"),
            causes=_causes(answer),
            remedies=(_trust(),)
            if _distrusts(answer)
            else (_listen(), answer.later())
            if _is_refused(answer)
            else (
                Remedy(
                    who="server",
                    title="Look at the health of the service",
                    steps=(
                        "See whether it is in maintenance or overloaded.",
                        "Behind a load balancer: see which servers it counts as up, and why not the others.",
                    ),
                ),
                answer.later(),
            ),
        )


def _distrusts(answer: Answer) -> bool:
    """Whether Envoy refused the certificate of the server behind it: in its words those of its library, BoringSSL."""
    envoy = answer.body.mark("envoy-upstream")
    return envoy is not None and "CERTIFICATE_VERIFY_FAILED" in envoy.value.detail


def _trust() -> Remedy:
    return Remedy(
        who="gateway",
        title="Let Envoy trust the certificate of the server behind it",
        steps=(
            "To try again does not help. Compare that certificate's issuer, names and dates with the cluster's "
            "`validation_context`: `trusted_ca`, and the names in `match_typed_subject_alt_names`.",
            "In Istio: `caCertificates` (or `credentialName`) and `subjectAltNames` under `trafficPolicy.tls` of the "
            "DestinationRule; with ISTIO_MUTUAL both sides need certificates of the same mesh CA.",
        ),
    )


def _is_refused(answer: Answer) -> bool:
    """Whether Envoy's connection to the server behind it was refused: 111 is ECONNREFUSED on Linux (errno(3))."""
    envoy = answer.body.mark("envoy-upstream")
    return envoy is not None and envoy.value.detail.rstrip(" .").endswith("connect error: 111")


def _listen() -> Remedy:
    return Remedy(
        who="server",
        title="See whether the server behind Envoy listens on the port that Envoy connects to",
        steps=(
            "Does it run? And does it listen on that port, not on 127.0.0.1 alone?",
            "In Kubernetes, compare `targetPort` of the Service with that port.",
        ),
    )


def _causes(answer: Answer) -> tuple[str, ...]:
    envoy = answer.body.mark("envoy-upstream")
    if _distrusts(answer):
        return ("Envoy reached a server behind it and did not accept its certificate: the CA, the name or the dates.",)
    if _is_refused(answer):
        return (
            "Envoy's connection to a server behind it was refused (error 111): most likely nothing listens on that "
            "port there.",
        )
    if envoy is not None:
        said = f", and says: {envoy.value.detail}" if envoy.value.detail else ""
        return (f"Envoy got no answer from a server behind it{said}.",)
    hidden = _hidden(answer)
    if hidden:
        return (
            f"Most likely Envoy wrote the answer itself, and got none from a server behind it: its sentence `{hidden}` "
            f"has the {len(hidden)} bytes that the answer announces.",
            *_ANY,
        )
    if "no server is available to handle this request" in answer.body.sample.lower():
        # The sentence of HAProxy's own page for 503 (HAProxy, src/http.c).
        return ("HAProxy's own page says that none of the servers behind it is available.",)
    if answer.body.mark("squid-error") is not None:
        return ("The squid proxy on the way could not reach the server, or its TLS to the server failed.",)
    return _ANY


def _hidden(answer: Answer) -> str:
    """Return the sentence of Envoy's that an answer most likely holds, which the log does not show."""
    by_envoy = answer.value("server").lower() in ("envoy", "istio-envoy")
    plain = answer.value("content-type").startswith("text/plain") and not answer.value(_OF_UPSTREAM)
    if not (by_envoy and plain) or answer.body.sample:
        return ""
    return next((each for each in OF_ENVOY if len(each) == answer.body.announced), "")
