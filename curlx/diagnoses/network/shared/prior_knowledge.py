"""HTTP/2 from curl's first byte on, without TLS: curl speaks so only where it was told to (curl(1))."""

from __future__ import annotations

from curlx.diagnoses.network.shared.trouble import Trouble
from curlx.findings import Remedy

CAUSE = "curl spoke HTTP/2 without TLS (`--http2-prior-knowledge`), and the server may know only HTTP/1 there."
_STEP = "Without TLS few servers speak HTTP/2: leave `--http2-prior-knowledge` out, or ask as below."


def presumes_http2(trouble: Trouble) -> bool:
    """Whether curl did: the command says so, or the request, where the URL says that there is no TLS."""
    url, request = trouble.transfer.url or "", trouble.exchange.request if trouble.exchange else None
    if trouble.is_over_tls or url.startswith("https:"):
        return False
    second = request is not None and request.version.startswith("2")
    return trouble.transfer.option("http2-prior-knowledge") is not None or (second and url.startswith("http://"))


def ask_over_http1(commands: tuple[str, ...], *steps: str) -> Remedy:
    """Leave it out."""
    return Remedy("client", "Ask over HTTP/1.1", (_STEP, *steps), commands)
