from curlx.diagnoses.http.unauthorized import diagnose

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
    from msgspec.structs import replace

    timeline = complained("http-status", number=401)
    bare = replace(timeline, transfers=(replace(timeline.transfers[0], exchanges=()),))
    (finding,) = diagnose(bare)
    assert "or did not accept what was sent" in finding.summary


def test_the_reason_in_the_challenge_is_quoted(answered):
    said = 'Bearer realm="a, error=none", error="invalid_token", error_description="The token expired"'
    (finding,) = diagnose(answered(401, got={"www-authenticate": said}))
    assert finding.summary.endswith('The challenge gives the reason: `invalid_token`, "The token expired".')
