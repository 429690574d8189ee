from curlx.diagnoses.http.forbidden import diagnose
from curlx.events import PageMark


def test_a_missing_scope_is_told_from_the_challenge(answered):
    (finding,) = diagnose(answered(403, got={"www-authenticate": 'Bearer error="insufficient_scope"'}))
    assert finding.causes == ("The server says that the token lacks a scope (`insufficient_scope`; RFC 6750, 3.1).",)
    assert finding.evidence[1].line == 15


def test_cloudflares_challenge_is_told_from_its_header(answered):
    (finding,) = diagnose(answered(403, got={"server": "cloudflare", "cf-mitigated": "challenge"}))
    assert "Cloudflare" in finding.causes[0]


def test_a_gateways_page_puts_the_server_out_of_suspicion(answered):
    (finding,) = diagnose(answered(403, marks=(PageMark("gateway-block", "Zscaler"),)))
    assert "proxy or gateway on the way (Zscaler)" in finding.summary
    assert finding.causes == ("A rule of the proxy or gateway on the way refuses this address.",)


def test_other_statuses_are_not_its_business(answered):
    assert not list(diagnose(answered(401)))


def test_the_scope_that_is_missing_is_named(answered):
    said = 'Bearer error="insufficient_scope", scope="items:read items:write"'
    (finding,) = diagnose(answered(403, got={"www-authenticate": said}))
    assert "`insufficient_scope` (scope `items:read items:write`)" in finding.summary
    assert "`items:read items:write`" in finding.remedies[0].steps[0]
