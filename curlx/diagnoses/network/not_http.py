"""What answered does not speak HTTP.

## What it means

The port accepted the connection and sent something, but what it sent does not begin like an HTTP answer. It is most
likely another service: SSH, mail, a database, or a port that expects TLS and got a plain request.

## How curlx knows

curl says `Received HTTP/0.9 when not allowed` (exit code 1): the first bytes of the answer are no status line, and
only the oldest form of HTTP has none.

## What to do

Check the port and the scheme of the URL. curl's advice to allow HTTP/0.9 (`--http0.9`) is right only for very old
devices.

## When it is something else

If the URL says `http://` and the port speaks TLS, the remedy is `https://`: see `tls-plaintext-request`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.probes import again
from curlx.diagnoses.network.trouble import Trouble, ended_by, peer, worked
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="network-not-http",
    title="The answer is not HTTP",
    needs="complaint",
    explains=("http-malformed-response", "curl-protocol-unsupported", "curl-error"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the answers that do not begin like HTTP."""
    for trouble in ended_by(timeline, "not-http", but=("tls", "proxy")):
        yield DIAGNOSIS.found(
            "certain",
            f"What {peer(trouble)} sent back is not an HTTP answer: it has no status line.",
            [trouble.says("the answer does not begin like HTTP"), *worked(trouble)],
            transfer=trouble.index,
            causes=tuple(_causes(trouble)),
            remedies=_remedies(trouble),
        )


def _is_plain(trouble: Trouble) -> bool:
    return trouble.connection is not None and trouble.connection.tls is None


def _causes(trouble: Trouble) -> Iterator[str]:
    yield "Another service (SSH, mail, a database, ...) listens on this port: the port in the URL is wrong."
    if _is_plain(trouble):
        yield "The port speaks TLS and the request was sent in plain text: the URL says http instead of https."
    yield "The server's answer is broken: something is sent before the status line."


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    steps = ["Compare the port in the URL with the port of the web service."]
    if _is_plain(trouble):
        steps.append("If the service uses TLS, write https:// instead of http://.")
    yield Remedy("client", "Check port and scheme", tuple(steps))
    yield Remedy(
        "client",
        "Look at what the port says",
        ("The first bytes usually name the service.",),
        again(trouble, "--http0.9", "--max-time", "5", "--output", "-"),
    )
