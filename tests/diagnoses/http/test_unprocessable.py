from curlx import explain
from curlx.diagnoses.http.unprocessable import diagnose


def test_a_422_says_that_the_content_was_refused(answered):
    (finding,) = diagnose(answered(422))
    assert (finding.code, finding.evidence[0].line) == ("http-unprocessable", 14)


def test_a_400_is_not_its_business(answered):
    assert not list(diagnose(answered(400)))


def test_a_request_without_data_has_no_field():
    log = """> GET /v1/query?q=up HTTP/1.1
> Host: metrics.example
>
< HTTP/1.1 422 Unprocessable Entity
< Content-Type: application/json
< Content-Length: 54
<
{"status":"error","error":"found duplicate series two"}
"""
    finding = explain(log).findings[0]
    assert finding.code == "http-unprocessable"
    assert finding.causes[0].startswith("A parameter of the URL")
    assert "usually" not in finding.remedies[0].steps[0]
    posted = log.replace("GET", "POST").replace(">\n<", "> Content-Length: 4\n>\n<")
    assert explain(posted).findings[0].causes[0].startswith("A field")
