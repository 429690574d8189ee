"""What seemed to be curl's last words was a body's, where curl goes on as it could not behind them."""

from __future__ import annotations

import pytest

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
