"""What curl says besides."""

from __future__ import annotations

import pytest

from curlx.events import BackendSeen, Chatter, Complaint, Unrecognized
from curlx.grammar import understand


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("[TCP] recv(len=5) -> 5, err=0", "connecting"),
        ("[SSL] cf_connect() -> 0, done=1", "tls"),
        ("[MULTI] [CONNECTING] -> [PROTOCONNECT]", "transfer"),
        ("OpenSSL verify result: 0", "tls"),
        ("old SSL session ID is stale, removing", "tls"),
        ("Connection #0 seems to be dead!", "connecting"),
        ("SSH: user accepted with no authentication", "ssh"),
        ("Entry path is '/'", "ftp"),
        ("WS-ENC: SEND [TEXT payload=5/5]", "websocket"),
    ],
)
def test_a_remark_without_a_fact_has_its_topic(text: str, topic: str) -> None:
    assert understand(text) == Chatter(topic)


def test_schannel_names_itself_in_every_step() -> None:
    assert understand("schannel: encrypted data length: 517") == BackendSeen("Schannel")


def test_square_brackets_of_others_stay_unrecognized() -> None:
    assert isinstance(understand("[NOTE] remember the milk"), Unrecognized)


@pytest.mark.parametrize(
    "text", ["Access denied: 530", "RCPT failed: 550", "mbedTLS: ssl_init failed", "Unexpected EOF"]
)
def test_a_failure_that_curlx_cannot_explain_is_still_a_complaint(text: str) -> None:
    assert isinstance(understand(text), Complaint)
