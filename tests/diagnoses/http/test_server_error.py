import pytest

from curlx.diagnoses.http.server_error import diagnose


@pytest.mark.parametrize("status", [500, 501, 505, 507, 511, 599])
def test_other_5xx_are_server_errors(answered, status):
    (finding,) = diagnose(answered(status))
    assert finding.code == "http-server-error"


@pytest.mark.parametrize("status", [502, 503, 504, 404])
def test_those_with_a_diagnosis_of_their_own_are_not(answered, status):
    assert not list(diagnose(answered(status)))


def test_cloudflares_numbers_have_a_meaning_only_from_cloudflare(answered):
    (theirs,) = diagnose(answered(525, got={"server": "cloudflare"}))
    (another,) = diagnose(answered(525, got={"server": "nginx"}))
    assert "TLS handshake with the server behind" in theirs.summary
    assert "between Cloudflare and the server" in theirs.remedies[0].steps[0]
    assert "TLS handshake" not in another.summary


def test_a_request_id_is_cited(answered):
    (finding,) = diagnose(answered(500, got={"x-request-id": "7d3f"}))
    assert finding.evidence[1].line == 15


def test_a_bad_certificate_behind_cloudflare_does_not_mend_with_time(answered):
    (waiting,) = diagnose(answered(522, got={"server": "cloudflare"}))
    (broken,) = diagnose(answered(526, got={"server": "cloudflare"}))
    assert "Try again later" in [remedy.title for remedy in waiting.remedies]
    assert "Try again later" not in [remedy.title for remedy in broken.remedies]


def test_what_cloudflare_refused_by_itself_is_no_place_to_look_for_the_server_behind_it(answered):
    (behind,) = diagnose(answered(521, got={"server": "cloudflare"}))
    (own,) = diagnose(answered(500, got={"server": "cloudflare"}))
    assert not any("Security > Events" in step for remedy in behind.remedies for step in remedy.steps)
    assert any("Security > Events" in step for remedy in own.remedies for step in remedy.steps)
