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

from curlx.diagnoses.network.shared.probes import repeat
from curlx.diagnoses.network.shared.silence import gave_up
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, peer, standing, worked
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="network-send-failed", title="The request could not be sent to its end", needs="complaint", rests_on="absence"
)

_WITH_DATA = ("data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "form", "form-string", "json",
              "upload-file", "request")  # fmt: skip


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


def _knows_http2_before(trouble: Trouble) -> bool:
    """Whether curl spoke HTTP/2 from its first byte on: it does so without TLS only where it was told to (curl(1))."""
    plain = not trouble.is_over_tls and not (trouble.transfer.url or "").startswith("https:")
    return plain and trouble.transfer.option("http2-prior-knowledge") is not None


def _sends_little(trouble: Trouble) -> bool:
    """Whether the command asks for a GET: then no data can be too large."""
    transfer = trouble.transfer
    return transfer.command is not None and transfer.option(*_WITH_DATA) is None


def _try_again(trouble: Trouble) -> Remedy:
    older = () if trouble.spoke_http1 else ("--http1.1",)
    commands = repeat(trouble.transfer, *older)
    if _knows_http2_before(trouble):
        step = "Without TLS few servers speak HTTP/2: leave `--http2-prior-knowledge` out, or ask as below."
        return Remedy("client", "Ask over HTTP/1.1", (step,), commands)
    if _sends_little(trouble):
        return Remedy("client", f"Try again{' over HTTP/1.1' if older else ''}", (), commands)
    step = "If a GET without data works, the server or a proxy limits the size of what is sent."
    title = f"Try again, with a small request{' and over HTTP/1.1' if older else ''}"
    return Remedy("client", title, (step,), commands)


def _causes(trouble: Trouble) -> Iterator[str]:
    if _knows_http2_before(trouble):
        yield "curl spoke HTTP/2 without TLS (`--http2-prior-knowledge`), and the server may know only HTTP/1 there."
    if trouble.withheld_certificate:
        yield "The server asked for a client certificate, got none, and closed the connection."
    why = "not allowed" if _sends_little(trouble) else "too large, not allowed"
    yield f"The server refused the request ({why}) and closed without waiting for the rest of it."
    yield "The server was restarted, or had closed a connection that was kept open for reuse."
    yield "The network between the two broke."
