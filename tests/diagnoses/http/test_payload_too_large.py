from curlx.diagnoses.http.payload_too_large import DIAGNOSIS, diagnose


def test_the_announced_size_is_told(answered):
    sent = {"Host": "api.example.com", "Content-Length": "5000000"}
    (finding,) = diagnose(answered(413, method="POST", sent=sent))
    assert "5000000 bytes" in finding.summary
    assert [proof.line for proof in finding.evidence] == [14, 12]


def test_the_reset_that_follows_is_its_symptom():
    assert "network-reset" in DIAGNOSIS.explains


def test_nginx_advice_is_given_only_to_nginx(answered):
    (with_nginx,) = diagnose(answered(413, got={"server": "nginx"}))
    (without,) = diagnose(answered(413))
    assert "client_max_body_size" in str(with_nginx.remedies)
    assert "client_max_body_size" not in str(without.remedies)
