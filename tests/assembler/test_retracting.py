"""What seemed to be curl's last words was a body's, where curl goes on as it could not behind them."""

from __future__ import annotations

import pytest

import curlx
from tests.assembler.conftest import Assemble

SECOND = ("< HTTP/2 200", "< content-type: text/plain", "< ")
REQUIRED = "OpenSSL SSL_read: OpenSSL/3.0.19: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0"


@pytest.mark.parametrize(
    "imitated",
    [
        "curl: (56) Recv failure: Connection reset by peer",
        f"* {REQUIRED}",
    ],
)
def test_a_connection_that_is_left_intact_has_not_failed_whatever_it_speaks(assembled: Assemble, imitated: str) -> None:
    (transfer,) = assembled("@opened", "@secured", "@asked", *SECOND, "first", imitated, "@left").transfers
    assert (transfer.complaints, transfer.exit) == ((), None)


def test_a_stream_that_failed_leaves_its_connection_intact(assembled: Assemble) -> None:
    said = "HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2)"
    (transfer,) = assembled(
        "@opened", "@secured", "@asked", *SECOND, "first", f"* {said}", "@left", f"curl: (92) {said}"
    ).transfers
    assert transfer.exit is not None
    assert [each.kind for each in transfer.complaints] == ["stream-reset"]


_ASKED = "* Connected to shelf.example (192.0.2.44) port 443 (#0)\n%s> GET /books HTTP/%s\n> Host: shelf.example\n> \n"
_H2 = "* ALPN: server accepted h2\n* using HTTP/2\n"
_GOAWAY = "* received GOAWAY, error=0, last_stream=1\n"
_LEFT = "* Connection #0 to host shelf.example left intact\n"
_EXPIRED = "* SSL certificate problem: certificate has expired\n"


_EMPTY = "* Empty reply from server\n* closing connection #0\n"


@pytest.mark.parametrize(
    ("head", "certainty"),
    [("", "certain"), ("HTTP/1.1 200 OK\nServer: x\n\n", "likely"), ("  HTTP/1.1 200\n", "likely")],
)
def test_where_a_head_lost_its_marks_no_answer_is_missed_for_certain(head: str, certainty: str) -> None:
    first = curlx.explain((_ASKED % ("", "1.1") + head + _EMPTY).encode()).findings[0]
    assert (first.code, first.certainty) == ("network-empty-reply", certainty)


@pytest.mark.parametrize(
    ("code", "said"), [("http-goaway", _GOAWAY + _LEFT), ("server-certificate-expired", _LEFT + _EXPIRED)]
)
def test_a_connection_that_curl_keeps_had_its_answer(code: str, said: str) -> None:
    first = curlx.explain((_ASKED % (_H2 + "* SSL certificate verify ok.\n", "2") + said).encode()).findings[0]
    assert (first.code, first.certainty) == (code, "likely")
