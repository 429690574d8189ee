"""Why TLS failed, in the words of every library."""

from __future__ import annotations

import pytest

from curlx.grammar.reasons import ALERTS, alert_named, certificate_reason, flat


@pytest.mark.parametrize("number", ALERTS)
def test_every_alert_is_found_by_its_name_in_openssl_and_boringssl(number: int) -> None:
    name = ALERTS[number]
    assert alert_named(f"tlsv1 alert {name}") == number
    assert alert_named(f"TLSV1_ALERT_{name.upper().replace(' ', '_')}") == number


def test_an_alert_that_is_not_named_is_not_guessed() -> None:
    assert alert_named("A TLS fatal alert has been received.") is None
    assert alert_named("error:0A000086:SSL routines::certificate verify failed") is None


def test_flat_text_has_no_case_and_no_marks() -> None:
    assert flat("SSLV3_ALERT_BAD_CERTIFICATE, errno 0") == "sslv3 alert bad certificate errno 0"
    assert flat("InvalidContentType") == "invalid content type"


def test_a_reason_that_does_not_say_is_none() -> None:
    assert certificate_reason("certificate verify failed") is None
