from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.expired import diagnose
from curlx.timeline import Certificate, Timeline


def test_the_dates_are_cited(tls_log: Callable[..., Timeline], shop_certificate: Certificate) -> None:
    (finding,) = diagnose(tls_log(("certificate-expired", "certificate has expired"), certificate=shop_certificate))
    assert {12, 11} <= {proof.line for proof in finding.evidence}


def test_an_alert_from_the_server_is_about_the_client(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(
        ("certificate-rejected", "SSL certificate verification failed"),
        ("certificate-expired", "alert certificate expired"),
        alerts=(("in", 45, "certificate expired"),),
    )
    assert not list(diagnose(timeline))


def test_nss_has_one_word_for_two_causes(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-expired", "Peer's Certificate has expired."), backend="NSS"))
    assert finding.certainty == "likely"


def test_the_logs_own_clock_can_speak_against_it(
    tls_log: Callable[..., Timeline], shop_certificate: Certificate
) -> None:
    said = ("certificate-expired", "certificate has expired")
    (early,) = diagnose(tls_log(said, certificate=shop_certificate, clock="2026-01-01T00:00:00Z"))
    (during,) = diagnose(tls_log(said, certificate=shop_certificate, clock="2026-11-23T09:00:00Z"))
    (after,) = diagnose(tls_log(said, certificate=shop_certificate, clock="2027-11-23T09:00:00Z"))
    assert [early.certainty, during.certainty, after.certainty] == ["possible", "likely", "certain"]


def test_no_remedy_says_to_switch_the_check_off(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-expired", "certificate has expired")))
    assert not any(" -k" in command for remedy in finding.remedies for command in remedy.commands)


def test_curls_own_alert_says_it_where_its_words_do_not(tls_log: Callable[..., Timeline]) -> None:
    said = ("tls-error", "OpenSSL/3.3.2: error:80000002:system library::No such file or directory")
    messages, alerts = (("out", 1), ("in", 2), ("in", 11)), (("out", 45, "certificate expired"),)
    (finding,) = diagnose(tls_log(said, messages=messages, alerts=alerts))
    assert finding.certainty == "certain"
    assert "(OUT)" in finding.evidence[0].shows
    later = (*messages, ("in", 15))
    assert not list(diagnose(tls_log(said, messages=later, alerts=alerts)))
