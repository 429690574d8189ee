from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.tls.protocol_error import diagnose
from curlx.timeline import Timeline

SAID = ("tls-error", "SSL_connect failed")


def test_an_alert_of_the_server_is_its_refusal(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(("tls-alert", "alert decode error"), alerts=(("in", 50, "decode error"),))))
    assert list(diagnose(tls_log(SAID, alerts=(("out", 50, "decode error"),))))


def test_words_of_the_system_need_not_be_the_reason(tls_log: Callable[..., Timeline]) -> None:
    said = ("tls-error", "OpenSSL/3.3.2: error:80000002:system library::No such file or directory")
    (finding,) = diagnose(tls_log(said))
    assert finding.certainty == "possible"


def test_curls_own_alert_about_the_certificate_says_more(tls_log: Callable[..., Timeline]) -> None:
    messages, alerts = (("out", 1), ("in", 2), ("in", 11)), (("out", 48, "unknown CA"),)
    assert not list(diagnose(tls_log(SAID, messages=messages, alerts=alerts)))
