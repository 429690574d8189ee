import pytest

import curlx
from curlx.diagnoses.http.bad_gateway import diagnose


def test_a_502_is_about_the_leg_behind(answered):
    (finding,) = diagnose(answered(502))
    assert (finding.code, finding.certainty) == ("http-bad-gateway", "certain")
    assert finding.remedies[0].who == "server"


def test_a_try_that_was_repeated_with_success_is_no_problem(several):
    assert not list(diagnose(several({"status": 502, "superseded": True}, {"status": 200})))


def test_the_name_in_the_answer_is_not_said_to_have_written_it(answered):
    (finding,) = diagnose(answered(502, got={"server": "nginx/1.22.1"}))
    assert "not always who wrote it" in finding.summary


@pytest.mark.parametrize(("version", "url"), [("1.1", "http://api.example/a"), ("2", "https://api.example/a")])
def test_http2_is_asked_over_tls_where_the_log_lacks_the_connection(version: str, url: str) -> None:
    log = (
        f"> GET /a HTTP/{version}\n> Host: api.example\n>\n< HTTP/{version} 502 Bad Gateway\n< Server: awselb/2.0\n<\n"
    )
    assert f"curl -v --retry 5 {url}'" in str(curlx.explain(log).findings[0].remedies)
