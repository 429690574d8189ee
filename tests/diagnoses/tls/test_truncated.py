from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.tls.truncated import diagnose
from curlx.timeline import Body, Exchange, Response, Timeline

SAID = ("tls-truncated", "GnuTLS recv error (-110): The TLS connection was non-properly terminated.")


def answer(body: Body) -> Exchange:
    return Exchange(0, 16, 19, response=Response(200, "OK", "HTTP/1.1", 17, 19, body=body))


def test_a_body_that_arrived_whole_makes_it_a_warning(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(SAID, phase="response", exchanges=(answer(Body(announced=17, seen=17)),), exit_code=56)
    (finding,) = diagnose(timeline)
    assert finding.severity == "warning"
    assert "arrived in full" in finding.summary


def test_a_body_of_unknown_length_is_an_error_only_when_curl_failed(tls_log: Callable[..., Timeline]) -> None:
    (failed,) = diagnose(tls_log(SAID, phase="response", exchanges=(answer(Body(seen=17)),), exit_code=56))
    (passed,) = diagnose(tls_log(SAID, phase="response", exchanges=(answer(Body(seen=17)),)))
    assert (failed.severity, passed.severity) == ("error", "warning")


def test_during_the_handshake_it_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(SAID, phase="tls")))
