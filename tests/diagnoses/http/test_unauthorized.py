import pytest
from msgspec.structs import replace

import curlx
from curlx.diagnoses.http.unauthorized import diagnose
from curlx.timeline import Aside, ClientCertificate, Tls

BASIC = {"www-authenticate": 'Basic realm="Restricted"'}


def test_without_credentials_the_challenge_tells_which_to_send(answered):
    (finding,) = diagnose(answered(401, got=BASIC))
    assert "carries none" in finding.summary
    assert "It takes Basic." in finding.summary
    assert finding.remedies[0].commands == ("curl -v -u USER https://api.example.com/v1/things",)
    assert finding.evidence[1].line == 15


def test_refused_credentials_are_cited(answered):
    sent = {"Host": "api.example.com", "Authorization": "Basic [hidden]"}
    (finding,) = diagnose(answered(401, sent=sent, got=BASIC))
    assert "curl sent Basic credentials" in finding.summary
    assert 12 in [proof.line for proof in finding.evidence]


def test_a_scheme_that_the_server_does_not_take_is_the_cause(answered):
    sent = {"Host": "api.example.com", "Authorization": "Basic [hidden]"}
    (finding,) = diagnose(answered(401, sent=sent, got={"www-authenticate": 'Digest realm="x"'}))
    assert finding.causes == ("curl sent Basic, which the challenge does not name.",)


def test_an_invalid_token_is_told_from_the_challenge(answered):
    sent = {"Host": "api.example.com", "Authorization": "Bearer [hidden]"}
    (finding,) = diagnose(answered(401, sent=sent, got={"www-authenticate": 'Bearer error="invalid_token"'}))
    assert "expired, revoked, malformed" in finding.causes[0]


def test_a_post_gets_no_command_because_the_log_does_not_show_its_data(answered):
    (finding,) = diagnose(answered(401, method="POST", got=BASIC))
    assert finding.remedies[0].commands == ()
    assert "`-u USER`" in finding.remedies[0].steps[0]


def test_a_redirect_from_another_host_explains_missing_credentials(several):
    (moved,) = diagnose(
        several({"status": 302, "superseded": True, "sent": {"Host": "www.example.com"}}, {"status": 401, "got": BASIC})
    )
    (stayed,) = diagnose(several({"status": 302, "superseded": True}, {"status": 401, "got": BASIC}))
    assert "another host" in moved.causes[0]
    assert stayed.causes == ()


def test_a_401_that_curl_answered_is_no_problem(several):
    assert not list(diagnose(several({"status": 401, "superseded": True}, {"status": 200})))


def test_without_the_request_nothing_is_said_about_what_was_sent(complained):
    timeline = complained("http-status", number=401)
    bare = replace(timeline, transfers=(replace(timeline.transfers[0], exchanges=()),))
    (finding,) = diagnose(bare)
    assert "or did not accept what was sent" in finding.summary


def test_the_reason_in_the_challenge_is_quoted(answered):
    said = 'Bearer realm="a, error=none", error="invalid_token", error_description="The token expired"'
    (finding,) = diagnose(answered(401, got={"www-authenticate": said}))
    assert finding.summary.endswith('The challenge gives the reason: `invalid_token`, "The token expired".')


def with_certificate(timeline, sent):
    tls = Tls("origin", 2, 8, True, client_certificate=ClientCertificate("yes", sent, 4, 7))
    transfer = timeline.transfers[0]
    connection = replace(transfer.connections[0], tls=tls)
    transfer = replace(transfer, connections=(connection,), way=(("cert", "me.pem:secret"), ("key", "me.key")))
    return replace(timeline, transfers=(transfer,))


def test_a_certificate_that_was_sent_is_not_left_out(answered):
    (finding,) = diagnose(with_certificate(answered(401), "yes"))
    assert "curl sent a client certificate" in finding.summary
    assert "carries none" not in finding.summary
    assert 7 in [proof.line for proof in finding.evidence]
    assert finding.remedies[0].commands == ("openssl x509 -in me.pem -noout -subject -issuer -dates",)


def test_a_certificate_that_nothing_proves_is_not_claimed(answered):
    for sent in ("no", "unknown"):
        (finding,) = diagnose(with_certificate(answered(401), sent))
        assert "carries none" in finding.summary


def test_without_a_ticket_curl_had_nothing_to_send(answered):
    got = {"www-authenticate": "Negotiate"}
    timeline = answered(401, got=got)
    failed = Aside("Server not found in Kerberos database", 40)
    (finding,) = diagnose(replace(timeline, transfers=(replace(timeline.transfers[0], negotiation=failed),)))
    assert "Kerberos" in finding.summary
    assert "does not know a service of this name" in finding.causes[0]
    assert finding.evidence[2].line == 40
    assert "kinit" in finding.remedies[0].commands


def test_a_registry_says_where_its_tokens_are(answered):
    challenge = 'Bearer realm="https://auth.example.com/token",service="registry",scope="repository:a/b:pull"'
    (finding,) = diagnose(answered(401, got={"www-authenticate": challenge}))
    assert finding.remedies[0].commands == (
        "curl -v -u USER 'https://auth.example.com/token?service=registry&scope=repository:a/b:pull'",
        "curl -v -H 'Authorization: Bearer TOKEN' https://api.example.com/v1/things",
    )


def test_in_cmd_exe_the_commands_are_quoted_as_it_quotes():
    log = """C:\\Users\\me>curl -v https://registry.example.com/v2/
* Connected to registry.example.com (192.0.2.7) port 443
> GET /v2/ HTTP/1.1
> Host: registry.example.com
>
< HTTP/1.1 401 Unauthorized
< WWW-Authenticate: Bearer realm="https://auth.example.com/token",service="a",scope="b"
< Content-Length: 0
<
* Connection #0 to host registry.example.com left intact
"""
    commands = curlx.explain(log).findings[0].remedies[0].commands
    assert commands[0] == 'curl.exe -v -u USER "https://auth.example.com/token?service=a&scope=b"'
    assert '-H "Authorization: Bearer TOKEN"' in commands[1]


def test_a_realm_that_is_no_secure_address_is_not_asked(answered):
    for realm in ("http://auth.example.com/token", "Restricted", "https://a b"):
        (finding,) = diagnose(answered(401, got={"www-authenticate": f'Bearer realm="{realm}",service="x"'}))
        assert "-u USER" not in " ".join(finding.remedies[0].commands)


def test_a_stale_nonce_does_not_blame_the_password(answered):
    got = {"www-authenticate": 'Digest realm="x", nonce="n", stale=TRUE'}
    (finding,) = diagnose(answered(401, sent={"Authorization": 'Digest username="bob"'}, got=got))
    assert "too old" in finding.summary
    assert "not blamed" in finding.causes[0]
    (other,) = diagnose(answered(401, sent={"Authorization": "Basic [hidden]"}, got=got))
    assert "too old" not in other.summary


def test_the_metadata_service_wants_a_token(answered):
    (finding,) = diagnose(answered(401, got={"Server": "EC2ws"}))
    assert "X-aws-ec2-metadata-token-ttl-seconds" in finding.remedies[0].commands[0]
    (expired,) = diagnose(answered(401, sent={"X-aws-ec2-metadata-token": "a"}, got={"Server": "EC2ws"}))
    assert "has expired" in expired.summary


@pytest.mark.parametrize(("sentence", "given"), [
    ("Missing Authorization Header", True),
    ("Who are you?", False),
])  # fmt: skip
def test_where_the_answer_misses_the_header_the_command_has_one(answered, sentence: str, given: bool) -> None:
    (finding,) = diagnose(answered(401, sentence=sentence))
    assert any("Authorization: Bearer TOKEN" in each for each in finding.remedies[0].commands) == given


@pytest.mark.parametrize(("scheme", "said"), [("Digest", True), ("Basic", False)])
def test_a_login_that_the_server_does_not_offer_was_not_forgotten(scheme: str, said: bool) -> None:
    log = f"""* Connected to shop.example (192.0.2.10) port 80 (#0)
* Server auth using {scheme} with user 'a'
> GET /auth HTTP/1.1
> Host: shop.example
> Accept: */*
>
< HTTP/1.1 401 Unauthorized
< WWW-Authenticate: Basic realm="x"
< Content-Length: 0
<
* Connection #0 to host shop.example left intact
"""
    finding = curlx.explain(log).findings[0]
    assert ("was to log in by Digest, which the server does not offer" in finding.summary) is said
    assert ("in place of --digest" in finding.remedies[0].steps[0]) is said
    assert (2 in [proof.line for proof in finding.evidence]) is said


@pytest.mark.parametrize("described", ["The token expired", "The access token has expired."])
def test_a_token_that_is_said_to_have_expired_has_no_other_fault(answered, described: str) -> None:
    challenge = {"www-authenticate": f'Bearer error="invalid_token", error_description="{described}"'}
    (finding,) = diagnose(answered(401, got=challenge, sent={"Authorization": "Bearer ‹authorization 1›"}))
    assert finding.causes == ("The server says that the token has expired.",)
    assert "audience" not in finding.remedies[0].steps[0]


def test_what_the_challenge_and_the_text_both_say_is_quoted_once() -> None:
    said = "The token expired"
    (finding, *_) = curlx.explain(
        "> GET /a HTTP/1.1\n> Host: api.example\n> Authorization: Bearer t\n>\n< HTTP/1.1 401 Unauthorized\n"
        f'< WWW-Authenticate: Bearer error="invalid_token", error_description="{said}"\n'
        f'< Content-Type: application/json\n<\n{{"error": "invalid_token", "error_description": "{said}"}}\n'
    ).findings
    assert finding.summary.count(said) == 1


@pytest.mark.parametrize(("before", "step"), [
    ("* Connected to api.example (192.0.2.1) port 80\n", "are missing in this log"),
    ("$ curl -v http://api.example/\n", "are missing in this log"),
    ("", "Run again with `-v`"),
])  # fmt: skip
def test_what_was_sent_is_not_known_where_no_request_is_shown(before: str, step: str) -> None:
    (finding, *_) = curlx.explain(f"{before}< HTTP/1.1 401 Unauthorized\n< Content-Length: 0\n<\n").findings
    steps = finding.remedies[0].steps
    assert steps[0].startswith("If none were sent, add")
    assert step in steps[-1]
