"""curl could not send its request to the end.

## What it means

While curl was still sending, the other side had closed the connection or the network broke. What the server thought
of the request is not in the log, because curl got no answer.

## How curlx knows

curl says that sending failed (`Send failure`, `Broken pipe`, exit code 55), and no answer follows. If an answer
follows, the answer counts and this is not reported.

## What to do

Look in the server's log for the reason why it hung up. When a file is uploaded, the usual reason is a size limit:
try a small one.

## When it is something else

With TLS 1.3 a server may refuse the client certificate after curl believes the handshake is done; sending then
fails. If the server asked for a certificate, see `client-certificate-missing` and `client-certificate-rejected`
first.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.prior_knowledge import CAUSE, ask_over_http1, presumes_http2
from curlx.diagnoses.network.shared.probes import repeat
from curlx.diagnoses.network.shared.silence import gave_up
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, peer, standing, worked
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="network-send-failed", title="The request could not be sent to its end", needs="complaint", rests_on="absence"
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the requests that could not be sent."""
    for trouble in ended_by(timeline, "send-failed", but=("tls", "proxy")):
        if trouble.is_told_better or _is_of_the_close(trouble) or _had_been_given_up(trouble):
            continue
        yield DIAGNOSIS.found(
            "certain",
            f"curl could not send its request to {peer(trouble)}: the connection was already closed or broken.",
            [trouble.says("sending failed here"), *worked(trouble)],
            transfer=trouble.index,
            causes=tuple(_causes(trouble)),
            remedies=(
                _try_again(trouble),
                Remedy("server", "Look in the server's log for the reason of the hang-up", ()),
            ),
        )


def _is_of_the_close(trouble: Trouble) -> bool:
    """Whether the answer was whole, and curl does not say that it failed: TLS could not say farewell any more."""
    return trouble.complaint.phase == "done" and trouble.transfer.exit is None


def _had_been_given_up(trouble: Trouble) -> bool:
    """Whether the system had given the connection up before: then this is the farewell, which finds nobody."""
    return any(gave_up(each) and each.line < trouble.complaint.line for each in standing(trouble.transfer))


def _is_a_get(trouble: Trouble) -> bool:
    """Whether the command asks for a GET: then no data can be too large."""
    return trouble.is_without_data and trouble.transfer.option("request") is None


def _try_again(trouble: Trouble) -> Remedy:
    older = () if trouble.spoke_http1 else ("--http1.1",)
    commands = repeat(trouble.transfer, *older)
    if presumes_http2(trouble):
        return ask_over_http1(commands)
    if _is_a_get(trouble):
        return Remedy("client", f"Try again{' over HTTP/1.1' if older else ''}", (), commands)
    step = "If a GET without data works, the server or a proxy limits the size of what is sent."
    title = f"Try again, with a small request{' and over HTTP/1.1' if older else ''}"
    return Remedy("client", title, (step,), commands)


def _causes(trouble: Trouble) -> Iterator[str]:
    if presumes_http2(trouble):
        yield CAUSE
    if trouble.withheld_certificate:
        yield "The server asked for a client certificate, got none, and closed the connection."
    why = "not allowed" if _is_a_get(trouble) else "too large, not allowed"
    yield f"The server refused the request ({why}) and closed without waiting for the rest of it."
    yield "The server was restarted, or had closed a connection that was kept open for reuse."
    yield "The network between the two broke."
