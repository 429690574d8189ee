"""The application wants a client certificate, and the handshake shows that nobody asked for one."""

from __future__ import annotations

import msgspec

from curlx.diagnoses.client_certificate import missing
from curlx.diagnoses.client_certificate.not_requested import diagnose
from curlx.timeline import ClientCertificate, Fact, Tls

from .timelines import asked_in_the_open, page, silent, timeline


def never_asked(**own: object) -> Tls:
    return msgspec.structs.replace(
        asked_in_the_open(sent=False), messages=(), client_certificate=ClientCertificate("no", "no", **own)
    )


def test_what_an_application_demands_is_likely() -> None:
    log = timeline(never_asked(), page(401, "client-certificate-required"))
    (finding,) = diagnose(log)
    assert (finding.severity, finding.certainty) == ("error", "likely")
    assert [item.line for item in finding.evidence][:2] == [60, 50]
    assert not list(missing.diagnose(log))


def test_a_certificate_that_was_not_recognised_was_never_seen() -> None:
    (finding,) = diagnose(timeline(never_asked(), page(403, "client-certificate-rejected", detail="not recognised")))
    assert finding.certainty == "likely"


def test_what_nginx_says_for_itself_is_certain() -> None:
    (finding,) = diagnose(timeline(never_asked(), page(400, "certificate-error")))
    assert finding.certainty == "certain"


def test_a_build_that_shows_no_handshake_cannot_tell() -> None:
    assert not list(diagnose(timeline(silent(), page(401, "client-certificate-required"))))


def test_a_configured_certificate_that_nobody_asked_for_is_worth_a_note() -> None:
    (finding,) = diagnose(timeline(never_asked(configured=Fact("client.pem", 1)), page(403)))
    assert (finding.severity, finding.certainty) == ("note", "possible")


def test_a_configured_certificate_and_a_good_answer_are_silent() -> None:
    assert not list(diagnose(timeline(never_asked(configured=Fact("client.pem", 1)), page(200))))
    assert not list(diagnose(timeline(never_asked(), page(403))))
