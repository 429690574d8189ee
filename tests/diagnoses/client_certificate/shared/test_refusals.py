"""A certificate was sent and refused: the alert or the page names the reason, or nobody does."""

from __future__ import annotations

from types import ModuleType

import msgspec
import pytest

from curlx.diagnoses.client_certificate import expired, missing, rejected, revoked, unsuitable, untrusted
from curlx.timeline import Certificate, ClientCertificate, Fact, HandshakeMessage, Tls

from ..timelines import alert, asked_in_the_open, complaint, page, silent, timeline

REASONS = [(expired, 45), (revoked, 44), (untrusted, 48), (unsuitable, 43)]


def refused(number: int, sent: bool = True) -> Tls:
    return msgspec.structs.replace(asked_in_the_open(sent), alerts=(alert(number),))


@pytest.mark.parametrize(("module", "number"), REASONS)
def test_the_alert_names_the_reason(module: ModuleType, number: int) -> None:
    log = timeline(refused(number), None, complaint("tls-alert", number=number))
    (finding,) = module.diagnose(log)
    assert finding.certainty == "certain"
    assert finding.evidence[0].line == 45
    assert not list(rejected.diagnose(log))
    assert not list(missing.diagnose(log))


@pytest.mark.parametrize(("number", "words"), [(49, "rules do not let the owner"), (51, "The private key is not")])
def test_an_alert_that_rules_out_the_usual_causes_has_its_own(number: int, words: str) -> None:
    (finding,) = rejected.diagnose(timeline(refused(number), None))
    assert words in finding.causes[0]
    assert not any("expired" in cause or "Its chain is longer" in cause for cause in finding.causes)
    assert "verification depth" not in repr(finding.remedies)


def test_an_application_that_refuses_may_not_know_the_certificate() -> None:
    log = timeline(asked_in_the_open(sent=True), page(403, "client-certificate-rejected", detail="not recognised"))
    (finding,) = rejected.diagnose(log)
    assert finding.causes[0].startswith("The application does not know this certificate")
    assert "ssl_verify_depth" not in repr(finding.remedies)


def test_a_signature_that_does_not_fit_is_tried_under_tls_1_2() -> None:
    (finding,) = rejected.diagnose(timeline(refused(51), None))
    assert any("--tls-max 1.2" in command for command in finding.remedies[0].commands)


def test_any_registered_alert_is_named() -> None:
    (finding,) = rejected.diagnose(timeline(refused(47), None, complaint("tls-alert", number=47)))
    assert "the TLS alert illegal_parameter." in finding.summary
    assert any("illegal_parameter (47)" in proof.shows for proof in finding.evidence)


def test_an_alert_about_the_server_itself_is_a_possible_aside_and_named() -> None:
    (finding,) = rejected.diagnose(timeline(refused(80), None))
    assert (finding.severity, finding.certainty) == ("note", "possible")
    assert "internal_error" in finding.summary
    assert not any("about the client's certificate" in item.shows for item in finding.evidence)


@pytest.mark.parametrize(("module", "number"), REASONS)
def test_a_build_that_shows_no_handshake_is_only_likely(module: ModuleType, number: int) -> None:
    (finding,) = module.diagnose(timeline(silent(), None, complaint("tls-alert", number=number)))
    assert finding.certainty == "likely"


@pytest.mark.parametrize(("module", "number"), REASONS)
def test_an_alert_that_curl_sent_is_about_the_server(module: ModuleType, number: int) -> None:
    ours = msgspec.structs.replace(alert(number), direction="out")
    tls = msgspec.structs.replace(asked_in_the_open(sent=True), alerts=(ours,), verdict="rejected")
    assert not list(module.diagnose(timeline(tls, None, complaint("certificate-untrusted"))))
    assert not list(rejected.diagnose(timeline(tls, None, complaint("certificate-untrusted"))))


def test_exit_60_without_a_reason_after_alert_45_is_the_client_certificate() -> None:
    log = timeline(refused(45), None, complaint("certificate-rejected", line=47))
    (finding,) = expired.diagnose(log)
    assert "only repeat the server's alert" in finding.summary
    assert 47 in [item.line for item in finding.evidence]


def test_curls_misleading_words_alone_are_explained_and_cited_once() -> None:
    words = msgspec.structs.replace(complaint("tls-alert", number=45), text="SSL certificate verification failed")
    (finding,) = expired.diagnose(timeline(silent(), None, words))
    assert finding.certainty == "likely"
    assert "only repeat the server's alert" in finding.summary
    assert [item.line for item in finding.evidence].count(words.line) == 1


@pytest.mark.parametrize(
    ("detail", "module"),
    [
        ("certificate has expired", expired),
        ("unable to verify the first certificate", untrusted),
        ("unsuitable certificate purpose", unsuitable),
        ("certificate revoked", revoked),
    ],
)
def test_a_page_may_name_the_reason(detail: str, module: ModuleType) -> None:
    log = timeline(silent(), page(495, "client-certificate-rejected", detail=detail))
    (finding,) = module.diagnose(log)
    assert finding.certainty == "certain"
    assert not list(rejected.diagnose(log))


def test_nginx_says_that_it_failed_but_not_why() -> None:
    (finding,) = rejected.diagnose(timeline(asked_in_the_open(sent=True), page(400, "certificate-error")))
    assert finding.certainty == "certain"
    assert "error log" in finding.summary
    assert "CERT verify (15) on line 19" in finding.summary


@pytest.mark.parametrize(("number", "certainty"), [(42, "certain"), (46, "certain"), (51, "likely"), (40, "likely")])
def test_an_alert_without_a_reason_after_a_certificate(number: int, certainty: str) -> None:
    (finding,) = rejected.diagnose(timeline(refused(number), None, complaint("tls-alert", number=number)))
    assert finding.certainty == certainty


def test_hanging_up_right_after_a_certificate_is_likely_a_refusal() -> None:
    (finding,) = rejected.diagnose(timeline(asked_in_the_open(sent=True), None, complaint("empty-reply")))
    assert (finding.severity, finding.certainty) == ("error", "likely")


def test_a_server_that_went_on_after_the_certificate_is_only_a_note() -> None:
    tls = asked_in_the_open(sent=True)
    tls = msgspec.structs.replace(tls, messages=(*tls.messages, HandshakeMessage("in", 4, "Newsession Ticket", 42)))
    (finding,) = rejected.diagnose(timeline(tls, None, complaint("reset", line=48)))
    assert (finding.severity, finding.certainty) == ("note", "possible")


def test_a_missing_certificate_is_not_a_refused_one() -> None:
    assert not list(rejected.diagnose(timeline(refused(46, sent=False), None, complaint("tls-alert", number=46))))


def test_bad_certificate_alone_is_a_refusal_when_one_was_configured() -> None:
    tls = silent(alerts=(alert(42),))
    log = timeline(tls, None, complaint("tls-alert", number=42), arguments=("--cert", "c.pem"))
    assert [finding.certainty for finding in rejected.diagnose(log)] == ["likely"]
    assert not list(missing.diagnose(log))


def test_an_answer_that_wants_a_certificate_although_one_came_is_a_refusal() -> None:
    (finding,) = rejected.diagnose(timeline(asked_in_the_open(sent=True), page(403, "client-certificate-required")))
    assert finding.certainty == "likely"


def test_a_good_certificate_and_a_good_answer_are_silent() -> None:
    log = timeline(asked_in_the_open(sent=True), page(200))
    assert not [f for module in (rejected, expired, revoked, untrusted, unsuitable) for f in module.diagnose(log)]


def test_what_nobody_asked_for_was_not_refused() -> None:
    tls = msgspec.structs.replace(asked_in_the_open(sent=False), client_certificate=ClientCertificate("no", "no"))
    log = timeline(tls, page(403, "client-certificate-rejected", detail="not recognised"))
    assert not list(rejected.diagnose(log))


def test_an_application_that_says_refused_may_have_got_none() -> None:
    (finding,) = rejected.diagnose(
        timeline(silent(), page(403, "client-certificate-rejected", detail="not recognised"))
    )
    assert finding.certainty == "likely"
    assert "this log does not show" in finding.summary


def test_the_mislabelled_alert_of_an_old_curl_does_not_hide_the_reason() -> None:
    tls = msgspec.structs.replace(asked_in_the_open(sent=True), alerts=(alert(2, 44), alert(45)))
    log = timeline(tls, None, complaint("tls-alert", number=45))
    assert [finding.code for finding in expired.diagnose(log)] == ["client-certificate-expired"]
    assert not list(rejected.diagnose(log))


def test_a_client_certificate_that_the_log_names_is_named() -> None:
    own = Certificate("client", 7, 10, subject=Fact("CN=partner", 8), not_after=Fact("Sep 14 08:42:02 2026 GMT", 9))
    named = ClientCertificate("yes", "unknown", 7, certificate=own)
    tls = silent("NSS", None, client_certificate=named, alerts=(alert(45),))
    (finding,) = expired.diagnose(timeline(tls, None, complaint("tls-alert", number=45)))
    assert "CN=partner. It is valid to Sep 14 08:42:02 2026 GMT" in finding.summary
    assert not list(missing.diagnose(timeline(tls, None, complaint("tls-alert", number=45))))


def test_a_page_that_gives_the_reason_leaves_no_other_to_guess() -> None:
    (said,) = expired.diagnose(
        timeline(silent(), page(495, "client-certificate-rejected", detail="certificate has expired"))
    )
    (meant,) = expired.diagnose(timeline(refused(45), None, complaint("tls-alert", number=45)))
    assert not any("CRL" in cause for cause in said.causes)
    assert any("CRL" in cause for cause in meant.causes)
    assert "known from line 60 alone" in said.summary


def test_a_certificate_that_was_refused_got_past_every_gateway() -> None:
    (finding,) = untrusted.diagnose(timeline(refused(48), None, complaint("tls-alert", number=48)))
    assert {remedy.who for remedy in finding.remedies} == {"client", "server"}


def test_level_and_number_of_an_alert_are_told_apart() -> None:
    log = timeline(refused(48), None, complaint("tls-alert", number=48))
    quotes = {**log.quotes, 45: "* TLSv1.3 (IN), TLS alert, unknown CA (560):"}
    (finding,) = untrusted.diagnose(msgspec.structs.replace(log, quotes=quotes))
    assert (
        finding.evidence[0].shows
        == "the server's alert unknown_ca (48; curl prints it as 560), about the client's certificate"
    )


def test_a_file_that_the_log_does_not_name_is_not_invented() -> None:
    log = timeline(refused(45), None, complaint("tls-alert", number=45))
    (finding,) = expired.diagnose(log)
    assert "client.pem" not in " ".join(finding.remedies[0].steps)
