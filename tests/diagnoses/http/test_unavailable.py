import pytest

import curlx
from curlx.diagnoses.http.unavailable import diagnose
from curlx.events import PageMark


def test_envoys_own_words_are_the_cause(answered):
    mark = PageMark("envoy-upstream", "connection failure")
    (finding,) = diagnose(answered(503, marks=(mark,)))
    assert finding.causes == ("Envoy got no answer from a server behind it, and says: connection failure.",)
    assert finding.evidence[1].line == 18


def test_haproxy_is_known_by_its_page(answered):
    page = "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n"
    (finding,) = diagnose(answered(503, sample=page))
    assert "HAProxy" in finding.summary
    assert finding.causes == ("HAProxy's own page says that none of the servers behind it is available.",)


def test_retry_after_is_cited(answered):
    (finding,) = diagnose(answered(503, got={"retry-after": "120"}))
    assert finding.evidence[1].line == 15
    assert "Wait 120 seconds (2 minutes), as the answer asks." in finding.remedies[1].steps


def test_how_long_to_wait_is_told_first(answered):
    (finding,) = diagnose(answered(503, got={"retry-after": "600"}))
    assert "asks to wait 600 seconds (10 minutes)" in finding.summary


def test_envoy_that_does_not_trust_the_server_behind_it_is_not_asked_again(answered):
    reason = "TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:TLS_error_end"
    (finding,) = diagnose(answered(503, marks=(PageMark("envoy-upstream", f"upstream connect error, {reason}"),)))
    assert "did not accept its certificate" in finding.causes[0]
    assert "trusted_ca" in finding.remedies[0].steps[0]
    assert not any("--retry" in command for remedy in finding.remedies for command in remedy.commands)


def test_an_error_of_the_system_that_envoy_names_is_read(answered):
    said = (
        "upstream connect error or disconnect/reset before headers. transport failure reason: delayed connect error: 11"
    )
    refused, other = (diagnose(answered(503, marks=(PageMark("envoy-upstream", said + end),))) for end in ("1", "3"))
    (refused,), (other,) = refused, other
    assert "was refused" in refused.causes[0]
    assert "listens" in refused.remedies[0].title
    assert "was refused" not in other.causes[0]


def test_a_limit_may_be_what_is_meant(answered):
    (finding,) = diagnose(answered(503))
    assert "429" in finding.causes[-1]


@pytest.mark.parametrize(
    ("length", "headers", "envoys"),
    [
        (57, {}, True),
        (19, {}, True),
        (58, {}, False),
        (57, {"x-envoy-upstream-service-time": "3"}, False),
        (57, {"content-type": "application/json"}, False),
        (57, {"server": "nginx"}, False),
    ],
)
def test_an_answer_of_envoys_that_is_not_shown_is_known_by_its_length(length, headers, envoys):
    got = {"content-type": "text/plain", "server": "envoy", "content-length": str(length), **headers}
    head = "".join(f"< {name}: {value}\n" for name, value in got.items())
    asked = "* Connected to a.example (192.0.2.1) port 80 (#0)\n> GET /e HTTP/1.1\n> Host: a.example\n>\n"
    left = "* Connection #0 to host a.example left intact\n"
    report = curlx.explain(f"{asked}< HTTP/1.1 503 Service Unavailable\n{head}<\n{left}".encode())
    (finding,) = [each for each in report.findings if each.code == "http-unavailable"]
    assert ("Envoy wrote the answer itself" in finding.causes[0]) is envoys
