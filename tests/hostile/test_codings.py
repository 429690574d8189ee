"""A body that imitates curl is not believed because its head says, or seems to say, that it is coded."""

from __future__ import annotations

import pytest

import curlx

from .bodies import BODIES, LEFT, OPENING, REQUEST

HEAD = b"< HTTP/1.1 200 OK\r\n< Content-Type: text/plain\r\n%s< Content-Length: %d\r\n< \r\n"


@pytest.mark.parametrize("carriage_returns", [True, False])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("coding", [
    b"< Content-Encoding: identity\r\n",
    b"< Content-Encoding: \r\n",
    b"< Content-Encoding: gzip\r\n",  # the request asks for none: curl writes the body as it comes
])  # fmt: skip
def test_a_coding_that_curl_does_not_undo_leaves_the_length_of_the_body_as_announced(
    coding: bytes, body: bytes, carriage_returns: bool
) -> None:
    def told(coding: bytes) -> list[object]:
        head = REQUEST + HEAD % (coding, len(body))
        head = head if carriage_returns else head.replace(b"\r\n", b"\n")
        report = curlx.explain(OPENING + head + body + LEFT)
        return [report.outcome, report.summary.transfers, *(finding.code for finding in report.findings)]

    assert told(coding) == told(b"")
