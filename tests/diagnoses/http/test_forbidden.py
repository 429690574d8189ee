from pathlib import Path

import pytest

import curlx
from curlx.diagnoses.client_certificate.shared.answers import ANONYMOUS
from curlx.diagnoses.http.forbidden import diagnose
from curlx.events import PageMark
from curlx.findings import Finding

FIXTURES = Path(__file__).parents[3] / "fixtures" / "diagnoses" / "http-forbidden"


def forbidden(log: bytes) -> Finding:
    """Return the finding of a log that has one of another code before it."""
    (finding,) = (each for each in curlx.explain(log).findings if each.code == "http-forbidden")
    return finding


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


def test_a_certificate_that_was_asked_for_and_not_sent_is_a_cause_with_its_lines():
    log = FIXTURES.parent.joinpath("client-certificate-missing", "fires-bare-403.log").read_bytes()
    finding = forbidden(log)
    assert finding.causes[0].startswith("The server asked for a client certificate and got none")
    assert {9, 14} <= {item.line for item in finding.evidence}
    command = "curl -v --cert client.pem --key client.key https://api.wares.example/v1/x"
    assert command in finding.remedies[1].commands
    posted = forbidden(log.replace(b"GET", b"POST"))
    assert not posted.remedies[1].commands  # it would not be the same request
    assert "--cert and --key" in " ".join(posted.remedies[1].steps)


def test_curls_own_sentence_cites_the_handshake_of_no_other_connection():
    log = FIXTURES.parent.joinpath("client-certificate-missing", "fires-bare-403.log").read_bytes()
    head, _, _ = log.partition(b"> GET")
    said = b"* The requested URL returned error: 403\ncurl: (22) The requested URL returned error: 403\n"
    (finding,) = (each for each in curlx.explain(head + said).findings if each.code == "http-forbidden")
    assert not any("certificate" in cause for cause in finding.causes)


def test_another_handshake_of_iis_may_be_about_a_certificate():
    log = FIXTURES.joinpath("fires-iis-after-another-handshake-schannel.log").read_bytes()
    finding = curlx.explain(log).findings[0]
    assert finding.causes[-1].startswith("IIS may have asked for a client certificate")
    assert 13 in {item.line for item in finding.evidence}
    elsewhere = curlx.explain(log.replace(b"Microsoft-IIS/10.0", b"nginx")).findings[0]
    assert not any("certificate" in cause for cause in elsewhere.causes)


def test_a_certificate_that_was_sent_is_not_said_to_be_missing():
    log = FIXTURES.parent.joinpath("client-certificate-missing", "fires-bare-403.log").read_bytes()
    answer = b"* TLSv1.3 (OUT), TLS handshake, Certificate (11):\n"
    sent = log.replace(answer, answer + b"* TLSv1.3 (OUT), TLS handshake, CERT verify (15):\n")
    assert not any("got none" in cause for cause in curlx.explain(sent).findings[0].causes)


def test_a_signed_url_carries_credentials(answered):
    (finding,) = diagnose(
        answered(403, target="/x?X-Amz-Date=20261123T080000Z&X-Amz-Expires=900", sentence="Request has expired")
    )
    assert 'The answer\'s own text says: "Request has expired".' in finding.summary
    assert "signature in the URL" in finding.causes[0]
    assert finding.remedies[0].title == "Ask for a new URL"


def test_who_sent_credentials_is_not_told_to_send_some(answered):
    (finding,) = diagnose(answered(403, sent={"Authorization": "Basic [hidden]"}, sample="No."))
    assert "with credentials" not in " ".join(finding.remedies[0].steps)


def test_a_missing_token_of_api_gateway_is_mostly_a_wrong_path(answered):
    (finding,) = diagnose(answered(403, got={"x-amz-apigw-id": "a="}, sentence="Missing Authentication Token"))
    assert "a path, a stage or a method" in finding.causes[0]
    assert not any("credentials" in text for text in (*finding.causes, *finding.remedies[0].steps))


def test_envoys_own_rules_are_told_from_its_whole_answer(answered):
    (envoy,) = diagnose(answered(403, sample="RBAC: access denied"))
    (other,) = diagnose(answered(403, sample="RBAC: access denied for you"))
    assert "AuthorizationPolicy" in envoy.causes[0]
    assert "Envoy" not in " ".join(other.causes)


def test_a_signature_whose_time_is_off_is_a_matter_of_the_clock(answered):
    said = "The difference between the request time and the current time is too large."
    (finding,) = diagnose(answered(403, sent={"Authorization": "AWS4-HMAC-SHA256"}, sentence=said))
    assert finding.remedies[0].commands == ("date -u",)
    assert not any("rule on the way" in cause for cause in finding.causes)


def test_a_denial_of_aws_is_named_and_a_farewell_that_was_cut_is_no_text_of_the_answer() -> None:
    log = """> GET /run HTTP/1.1
> Host: fn.shop.example
>
< HTTP/1.1 403 Forbidden
< Content-Length: 23
< x-amzn-ErrorType: AccessDeniedException
<
* Connection #0 to host fn
{"Message":"Forbidden"}
"""
    (finding,) = curlx.explain(log.encode()).findings
    assert "AccessDeniedException" in finding.summary
    assert [proof.line for proof in finding.evidence] == [4, 6, 9]
    assert any("in AWS" in remedy.title for remedy in finding.remedies)


@pytest.mark.parametrize("certificate", [True, False])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_certificate_tells_who_asks_and_a_method_may_be_what_is_refused(certificate: bool, method: str) -> None:
    sent = "* TLSv1.2 (OUT), TLS handshake, Certificate (11):\n* TLSv1.2 (OUT), TLS handshake, CERT verify (15):\n"
    tls = f"* TLSv1.2 (IN), TLS handshake, Request CERT (13):\n{sent}" * certificate
    finding = forbidden(
        f"""* Connected to shop.example (192.0.2.10) port 443
* TLSv1.2 (OUT), TLS handshake, Client hello (1):
{tls}* TLSv1.2 (OUT), TLS handshake, Finished (20):
* TLSv1.2 (IN), TLS handshake, Finished (20):
* SSL connection using TLSv1.2 / ECDHE-RSA-AES256-GCM-SHA384
> {method} /a HTTP/1.1
> Host: shop.example
>
< HTTP/1.1 403 Forbidden
< Content-Length: 0
<
* Connection #0 to host shop.example left intact
""".encode()
    )
    told = " ".join((*finding.causes, *finding.remedies[0].steps))
    assert ("no credentials" in told) != certificate
    assert ("certificate names" in told) == certificate
    assert ("refuses a DELETE" in told) == (method == "DELETE")


@pytest.mark.parametrize("proxied", [True, False])
def test_through_a_proxy_its_rules_or_what_it_adds_may_be_why(proxied: bool) -> None:
    option, target = (" -x http://proxy.example:3128", "http://api.example/a") if proxied else ("", "/a")
    place = "proxy.example (203.0.113.9) port 3128" if proxied else "api.example (203.0.113.8) port 80"
    log = f"$ curl -v{option} http://api.example/a\n* Connected to {place} (#0)\n> GET {target} HTTP/1.1\n"
    (finding, *_) = curlx.explain(f"{log}> Host: api.example\n>\n< HTTP/1.1 403 Forbidden\n<\n").findings
    assert ("X-Forwarded-For" in str(finding.causes)) is proxied


def test_a_filter_that_does_not_allow_the_host_says_so_in_a_header(answered):
    (finding,) = diagnose(answered(403, got={"x-deny-reason": "host_not_allowed"}))
    assert "A filter on the way" in finding.causes[0]
    assert "what refused says why" in [each.shows for each in finding.evidence]


def test_nobody_is_told_to_send_a_token_first() -> None:
    finding = forbidden((FIXTURES / "fires-nobody-kubernetes.log").read_bytes())
    assert ANONYMOUS in finding.causes[0]
    assert any("Bearer TOKEN" in command for command in finding.remedies[1].commands)


def test_git_is_told_whom_it_logs_in_as() -> None:
    log = "fatal: unable to access 'https://git.example/a/b.git/': The requested URL returned error: 403\n"
    finding = forbidden(log.encode())
    assert "git logged in" in finding.causes[0]
    assert any("git credential reject" in command for command in finding.remedies[0].commands)


@pytest.mark.parametrize(("day", "differs"), [("20261103", True), ("20261102", False)])
def test_a_signature_of_aws_whose_days_differ_cannot_be_valid(answered, day, differs):
    scope = "AWS4-HMAC-SHA256 Credential=AKID/20261102/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
    (finding,) = diagnose(answered(403, sent={"Authorization": scope, "x-amz-date": f"{day}T000102Z"}))
    assert ("cannot be valid" in finding.causes[0]) is differs
    assert ("--aws-sigv4" in finding.remedies[0].steps[0]) is differs
