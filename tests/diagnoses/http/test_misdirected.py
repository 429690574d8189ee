from curlx.diagnoses.http.misdirected import diagnose


def test_the_host_that_was_asked_for_is_cited(answered):
    (finding,) = diagnose(answered(421))
    assert finding.evidence[1].line == 11
    assert finding.remedies[0].commands == ("curl -v --http1.1 https://api.example.com/v1/things",)


def test_a_host_that_is_not_the_one_of_the_connection_is_the_cause(answered):
    (finding,) = diagnose(answered(421, sent={"Host": "admin.example.com"}))
    assert finding.causes == (
        "The connection was made for api.example.com, and the request asks for admin.example.com.",
    )
    assert "--resolve" in finding.remedies[0].steps[0]


def test_a_port_in_the_host_header_is_no_difference(answered):
    (finding,) = diagnose(answered(421, sent={"Host": "API.example.com:8443"}))
    assert "was made for api.example.com" not in finding.causes[0]


def test_a_404_is_not_its_business(answered):
    assert not list(diagnose(answered(404)))
