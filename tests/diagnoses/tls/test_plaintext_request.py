from __future__ import annotations

from collections.abc import Callable

import msgspec

from curlx.diagnoses.tls.plaintext_request import diagnose
from curlx.events import PageMark
from curlx.timeline import Body, Exchange, Fact, Request, Response, Timeline

MARK = Fact(PageMark("plain-http-to-https"), 44)


def asked(build: Callable[..., Timeline], status: int, *marks: Fact[PageMark], tls: bool = False) -> Timeline:
    response = Response(status, "", "HTTP/1.1", 41, 43, body=Body(marks=marks))
    exchange = Exchange(0, 38, 45, Request("GET", "/v1/items", "HTTP/1.1", 38, 40), response=response)
    timeline = build(exchanges=(exchange,), url="http://api.example.com:8443/v1/items")
    if tls:
        return timeline
    (transfer,) = timeline.transfers
    connection = msgspec.structs.replace(transfer.connections[0], tls=None, host="api.example.com", port=8443)
    return msgspec.structs.replace(timeline, transfers=(msgspec.structs.replace(transfer, connections=(connection,)),))


def test_the_servers_page_says_it(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(asked(tls_log, 400, MARK))
    assert finding.certainty == "certain"
    assert finding.evidence[0].line == 44
    assert finding.remedies[0].commands == ("curl -v https://api.example.com:8443/v1/items",)


def test_nginxs_own_status_makes_it_likely(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(asked(tls_log, 497))
    assert finding.certainty == "likely"


def test_over_tls_it_is_a_server_behind_the_first(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(asked(tls_log, 400, MARK, tls=True))
    assert finding.certainty == "likely"
    assert finding.remedies[0].who == "server"


def test_a_page_that_only_quotes_the_sentence_is_no_refusal(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(asked(tls_log, 200, MARK)))


def test_a_pasted_page_alone_makes_it_likely() -> None:
    (finding,) = diagnose(Timeline(loose=Body(marks=(MARK,))))
    assert finding.certainty == "likely"
