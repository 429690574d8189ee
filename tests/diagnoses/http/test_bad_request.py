import pytest
from msgspec.structs import replace

import curlx
from curlx.diagnoses.http.bad_request import diagnose
from curlx.events import PageMark


def test_a_missing_host_header_is_told(answered):
    (finding,) = diagnose(answered(400, sent={"Accept": "*/*"}))
    assert "no Host header" in finding.summary
    assert [proof.line for proof in finding.evidence] == [14, 10]


def test_a_host_header_that_somebody_may_have_cut_out_is_not_missed(answered):
    cut = replace(answered(400, sent={"Accept": "*/*"}), elided=(12,))
    (finding,) = diagnose(cut)
    assert "no Host header" not in finding.summary


def test_a_host_header_that_is_there_is_not_missed(answered):
    (finding,) = diagnose(answered(400))
    assert "no Host header" not in finding.summary


def test_the_reason_in_the_page_is_told_instead_of_guesses(answered):
    (finding,) = diagnose(answered(400, marks=(PageMark("no-required-certificate"),)))
    assert "no client certificate was sent" in finding.summary
    assert finding.causes == ()
    assert [proof.line for proof in finding.evidence] == [14, 18]


def test_too_large_headers_are_told_elsewhere(answered):
    assert not list(diagnose(answered(400, marks=(PageMark("page-title", "400 Request Header Or Cookie Too Large"),))))


def test_single_quotes_are_letters_to_cmd():
    log = b"""C:\\>curl -v -d '{"a": 1}' -H "Content-Type: application/json" https://api.example.com/v1/orders
* Connected to api.example.com (192.0.2.10) port 443
> POST /v1/orders HTTP/1.1
> Host: api.example.com
> User-Agent: curl/8.9.1
> Accept: */*
> Content-Type: application/json
> Content-Length: 5
>\x20
< HTTP/1.1 400 Bad Request
< Content-Type: application/json
< Content-Length: 26
<\x20
{"error":"malformed JSON"}
* Connection #0 to host api.example.com left intact
"""
    (finding,) = (each for each in curlx.explain(log).findings if each.code == "http-bad-request")
    assert "cmd.exe does not know single quotes" in finding.causes[0]
    assert finding.remedies[0].title == "Put the data in double quotes"
    (posix,) = (each for each in curlx.explain(log.replace(b"C:\\>", b"$ ")).findings if each.code == finding.code)
    assert not any("cmd.exe" in cause for cause in posix.causes)


def test_what_says_no_more_than_the_status_is_no_reason(answered):
    (code,) = diagnose(answered(400, sentence="invalid_grant"))
    assert code.evidence[-1].shows == "what the answer's own text says"
    (phrase,) = diagnose(answered(400, sentence="Bad Request"))
    assert not any("own text" in proof.shows for proof in phrase.evidence)


@pytest.mark.parametrize(
    ("target", "advice"),
    [("/status", "`--proxy`"), ("sftp://files.example/x", "its scheme")],
    ids=["a path", "a whole URL"],
)
def test_what_squid_says_of_the_url_is_told(answered, target: str, advice: str):
    (finding,) = diagnose(answered(400, target=target, got={"X-Squid-Error": "ERR_INVALID_URL 0"}))
    assert "Squid, a proxy, wrote this answer itself (ERR_INVALID_URL)" in finding.summary
    assert len(finding.evidence) == 2
    (cause,) = finding.causes
    assert advice in cause


@pytest.mark.parametrize(("kind", "throttled"), [("ThrottlingException", True), ("ValidationException", False)])
def test_a_400_by_which_aws_throttles_is_no_malformed_request(kind: str, throttled: bool) -> None:
    head = "> GET /a HTTP/1.1\n> Host: api.example\n>\n< HTTP/1.1 400 Bad Request\n< Content-Type: application/json\n"
    (finding, *_) = curlx.explain(f'{head}< x-amzn-ErrorType: {kind}\n<\n{{"message":"Rate Exceeded."}}\n').findings
    assert ("More requests came" in str(finding.causes)) is throttled
    assert ("malformed" in str(finding.causes)) is not throttled


@pytest.mark.parametrize(("method", "sent", "told"), [
    ("POST", {"Host": "a.example", "Content-Type": "text/plain"}, True),
    ("PUT", {"Host": "a.example", "Content-Length": "0"}, True),
    ("POST", {"Host": "a.example", "Content-Length": "3"}, False),
    ("POST", {"Host": "a.example", "Transfer-Encoding": "chunked"}, False),
    ("DELETE", {"Host": "a.example"}, False),
])  # fmt: skip
def test_a_post_without_a_body_is_told(answered, method, sent, told):
    (finding,) = diagnose(answered(400, method=method, sent=sent))
    assert any("has no body" in cause for cause in finding.causes) == told


@pytest.mark.parametrize(("method", "causes"), [("POST", 1), ("GET", 2)])
def test_an_error_of_oauth_is_known_by_its_name(answered, method: str, causes: int) -> None:
    sample = '{"error":"invalid_grant","error_description":"Bad Request"}'
    (finding,) = diagnose(answered(400, method=method, sample=sample))
    assert "invalid_grant" in finding.summary
    assert "refresh token" in finding.causes[0]
    assert len(finding.causes) == causes


def test_a_text_that_only_speaks_of_oauth_is_no_error_of_its(answered) -> None:
    (finding,) = diagnose(answered(400, sample='{"message": "see \\"invalid_grant\\" in the manual"}'))
    assert "OAuth" not in finding.summary


@pytest.mark.parametrize(("said", "why"), [
    ('{"detail": "Expecting value: line 1 column 1 (char 0)"}', "does not begin like JSON"),
    ('{"detail": "Unexpected token \' in JSON at position 0"}', "does not begin like JSON"),
    ('{"detail": "Unexpected token a in JSON at position 1"}', "took the double quotes out"),
    ('{"detail": "Expecting value: line 1 column 17 (char 16)"}', "may not be the JSON"),
])  # fmt: skip
def test_where_a_parser_stopped_tells_why_the_data_is_no_json(answered, said, why):
    sent = {"Host": "api.example.com", "Content-Type": "application/json", "Content-Length": "9"}
    (finding,) = diagnose(answered(400, method="POST", sent=sent, sample=said))
    assert why in finding.causes[0]
    assert ("a parameter" in str(finding.causes).lower()) == ("may not be" in why)
