from __future__ import annotations

from collections.abc import Callable

import msgspec

from curlx.diagnoses.tls.reset import diagnose
from curlx.timeline import Timeline

SAID = ("reset", "Recv failure: Connection reset by peer")


def test_a_reset_after_the_handshake_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(("reset", "Recv failure: Connection reset by peer"), phase="response")))


def test_an_alert_tells_more_than_the_reset_after_it(tls_log: Callable[..., Timeline]) -> None:
    said = ("reset", "Recv failure: Connection reset by peer")
    assert not list(diagnose(tls_log(said, alerts=(("in", 70, "protocol version"),))))


def test_the_proxys_own_handshake_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(("reset", "Recv failure: Connection reset by peer"))
    (transfer,) = timeline.transfers
    (connection,) = transfer.connections
    connection = msgspec.structs.replace(connection, tls=None, proxy_tls=connection.tls)
    transfer = msgspec.structs.replace(transfer, connections=(connection,))
    assert not list(diagnose(msgspec.structs.replace(timeline, transfers=(transfer,))))


def test_where_a_request_for_a_certificate_cannot_be_seen_it_is_less_sure(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(SAID, shows_handshake=False, messages=()))
    assert finding.certainty == "likely"
    assert any("client certificate" in cause for cause in finding.causes[1:])
