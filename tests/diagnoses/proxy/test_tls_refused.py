from __future__ import annotations

from curlx.diagnoses.proxy.tls_refused import diagnose
from curlx.timeline import Complaint


def test_an_alert_from_an_https_proxy_is_found(log):
    (finding,) = diagnose(log(Complaint("tls-alert", "handshake failure", 40, "tls", 40), secure=True))
    assert "(40, handshake failure)" in finding.summary
    assert "--proxy-cert" in finding.remedies[1].commands[0]


def test_an_alert_that_nobody_names_is_one(log):
    (finding,) = diagnose(log(Complaint("tls-alert", "A TLS fatal alert has been received.", 40, "tls"), secure=True))
    assert "an alert. The server" in finding.summary


def test_an_alert_from_the_server_or_without_a_proxy_is_another_thing(log):
    said = Complaint("tls-alert", "handshake failure", 40, "tls", 40)
    assert not list(diagnose(log(said, secure=True, established=True, tls=True)))
    assert not list(diagnose(log(said, known=False)))


def test_what_curls_own_library_says_and_a_demand_for_a_certificate_are_told_elsewhere(log):
    assert not list(diagnose(log(("tls-error", "tls", "no protocols available"), secure=True)))
    assert not list(diagnose(log(Complaint("tls-alert", "certificate required", 40, "tls", 116), secure=True)))
