"""What curl says about requests, responses and their streams."""

from __future__ import annotations

import pytest

from curlx.events import (
    Authentication,
    BodyIgnored,
    Event,
    Followed,
    HttpChosen,
    PseudoHeader,
    RequestSent,
    Retried,
    StreamOpened,
)
from curlx.grammar import understand


@pytest.mark.parametrize(("text", "event"), [
    ("using HTTP/1.x", HttpChosen("1.x")),
    ("using HTTP/3", HttpChosen("3")),
    ("Using HTTP2, server supports multi-use", HttpChosen("2")),
    ("[HTTP/2] [1] OPENED stream for https://shop.example/ok", StreamOpened("https://shop.example/ok")),
    ("[HTTP/2] [1] [:method: GET]", PseudoHeader(":method", "GET")),
    ("[HTTP/3] [0] [:authority: shop.example:8443]", PseudoHeader(":authority", "shop.example:8443")),
    ("h2h3 [:path: /v1/accounts]", PseudoHeader(":path", "/v1/accounts")),
    ("h2 [accept: */*]", PseudoHeader("accept", "*/*")),
    ("upload completely sent off: 9 out of 9 bytes", RequestSent()),
    ("Ignoring the response-body", BodyIgnored()),
    ("Issue another request to this URL: 'https://shop.example/ok'", Followed("https://shop.example/ok")),
    ("REFUSED_STREAM, retrying a fresh connect", Retried("REFUSED_STREAM, retrying a fresh connect")),
    ("Proxy auth using Basic with user 'alice'", Authentication(True, "Basic")),
    ("Server auth using Digest with user 'alice'", Authentication(False, "Digest")),
])  # fmt: skip
def test_a_line_is_understood(text: str, event: Event) -> None:
    assert understand(text) == event


def test_a_frame_of_a_trace_is_no_pseudo_header() -> None:
    assert not isinstance(understand("[HTTP/2] [0] -> FRAME[SETTINGS, len=18]"), PseudoHeader)
