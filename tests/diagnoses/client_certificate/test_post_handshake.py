"""The server asks too late."""

from __future__ import annotations

import msgspec
import pytest

import curlx
from curlx.diagnoses.client_certificate.post_handshake import diagnose

from .timelines import alert, asked_in_the_open, complaint, page, silent, timeline


def test_apaches_page_is_certain() -> None:
    (finding,) = diagnose(timeline(silent(), page(403, "post-handshake-impossible", server="Apache")))
    assert finding.certainty == "certain"
    assert finding.evidence[0].line == 60
    assert any("--http1.1" in command for command in finding.remedies[0].commands)


def test_a_servers_own_log_may_say_the_same_of_anybody() -> None:
    said = "[ssl:error] [client 192.0.2.5:37362] AH10158: cannot perform post-handshake authentication\n"
    first = curlx.explain(said).findings[0]
    assert (first.code, first.certainty) == ("client-certificate-post-handshake", "likely")


def test_a_refused_renegotiation_is_likely() -> None:
    tls = msgspec.structs.replace(silent(version="TLSv1.2"), alerts=(alert(100),))
    (finding,) = diagnose(timeline(tls, None, complaint("tls-alert", number=100)))
    assert finding.certainty == "likely"


@pytest.mark.parametrize("kind", ["tls-alert", "tls-error"])
def test_tls_that_breaks_off_after_the_request_under_tls_1_2_is_possible(kind: str) -> None:
    (finding,) = diagnose(timeline(silent(version="TLSv1.2"), None, complaint(kind)))
    assert finding.certainty == "possible"


def test_under_tls_1_3_it_is_about_the_first_handshake() -> None:
    assert not list(diagnose(timeline(silent(), None, complaint("tls-alert"))))


def test_a_late_request_that_was_answered_is_not_this() -> None:
    tls = msgspec.structs.replace(asked_in_the_open(sent=False, version="TLSv1.2"), alerts=(alert(40),))
    assert not list(diagnose(timeline(tls, None, complaint("tls-alert", number=40))))


@pytest.mark.parametrize("number", [42, 43, 44, 45, 46, 48])
def test_an_alert_about_a_certificate_is_not_a_late_request_that_was_not_followed(number: int) -> None:
    tls = silent(version="TLSv1.2")
    assert list(diagnose(timeline(tls, None, complaint("tls-alert"))))
    assert not list(diagnose(timeline(tls, None, complaint("tls-alert", number=number))))
