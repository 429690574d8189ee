from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.malformed import diagnose
from curlx.timeline import Timeline


def test_decrypt_error_behind_the_certificates_tells_of_a_bad_signature(tls_log: Callable[..., Timeline]) -> None:
    said = ("tls-error", "OpenSSL/3.0.17: error:0200008A:rsa routines::invalid padding")
    hello, certificate = ("in", 2), ("in", 11)
    alerts = (("out", 51, "decrypt error"),)
    (finding,) = diagnose(tls_log(said, messages=(("out", 1), hello, certificate), alerts=alerts))
    assert finding.certainty == "likely"
    assert finding.evidence[0].line == 15


def test_the_same_alert_behind_the_key_exchange_is_about_another_signature(tls_log: Callable[..., Timeline]) -> None:
    said = ("tls-error", "error:0A00007B:SSL routines::bad signature")
    messages = (("out", 1), ("in", 2), ("in", 11), ("in", 12))
    assert not list(diagnose(tls_log(said, messages=messages, alerts=(("out", 51, "decrypt error"),))))
