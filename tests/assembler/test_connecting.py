from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx.timeline import Timeline

Assemble = Callable[..., Timeline]


def test_the_addresses_that_were_tried_are_kept_with_their_fate(assembled: Assemble) -> None:
    timeline = assembled(
        "* Host shop.example:443 was resolved.",
        "*   Trying 192.0.2.1:443...",
        "* connect to 192.0.2.1 port 443 failed: Connection refused",
        "*   Trying 192.0.2.7:443...",
        "* Connected to shop.example (192.0.2.7) port 443",
    )
    (connection,) = timeline.transfers[0].connections
    refused, answered = connection.attempts
    assert (refused.address, refused.failure.value if refused.failure else None) == ("192.0.2.1", "connect-refused")
    assert (answered.address, answered.failure) == ("192.0.2.7", None)
    assert connection.connected is not None
    assert (connection.connected.value, connection.connected.line) == ("192.0.2.7", 5)


@pytest.mark.parametrize(
    "line",
    [
        "*   Trying 192.0.2.66:443...",
        "* Connected to evil.example (192.0.2.66) port 443 (#0)",
        "* connect to 192.0.2.66 port 443 failed: Connection refused",
        "* Re-using existing connection #5 with host evil.example",
        "* Host evil.example:443 was resolved.",
    ],
)
def test_curl_opens_no_connection_while_an_answer_comes_in(assembled: Assemble, line: str) -> None:
    timeline = assembled("@opened", "@asked", "< HTTP/1.1 200 OK", "< ", "a", line, "b", "@left")
    (transfer,) = timeline.transfers
    (connection,) = transfer.connections
    assert connection.host == "shop.example"
    assert len(connection.attempts) == 1
    assert "evil" not in str(connection)


def test_a_farewell_ends_the_exchange_and_keeps_the_connection(assembled: Assemble) -> None:
    (transfer,) = assembled("@opened", "@asked", "@answered", "@left").transfers
    assert transfer.exchanges[0].complete
    assert transfer.finished
    assert transfer.connections[0].closed is not None
    assert not transfer.connections[0].closed.value


def test_another_connection_that_is_closed_is_no_news(assembled: Assemble) -> None:
    (transfer,) = assembled("@opened", "@asked", "< HTTP/1.1 200 OK", "< ", "a", "* Closing connection 7").transfers
    assert transfer.connections[0].closed is None
    assert not transfer.finished


def test_a_connection_left_intact_was_neither_closed_nor_failed_before(assembled: Assemble) -> None:
    timeline = assembled(
        "@opened", "@asked", "< HTTP/1.1 200 OK", "< ",
        "* Recv failure: Connection reset by peer", "* Closing connection 0", "curl: (56) Recv failure: Connection reset by peer",
        "@left",
    )  # fmt: skip
    (transfer,) = timeline.transfers
    assert transfer.complaints == ()
    assert transfer.exit is None
    assert transfer.connections[0].closed is not None
    assert not transfer.connections[0].closed.value
