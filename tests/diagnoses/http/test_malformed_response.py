import pytest

from curlx.diagnoses.http.malformed_response import diagnose


def test_the_broken_rule_comes_first_and_then_the_headers_that_frame_the_body(several):
    said = {"kind": "malformed-response", "text": "chunk hex-length char not a hex digit: 0x78"}
    (finding,) = diagnose(several({"status": 200, "got": {"Transfer-Encoding": "chunked"}}, complaints=(said,)))
    assert [proof.line for proof in finding.evidence] == [50, 6]


def test_without_a_complaint_nothing_is_wrong(answered):
    assert not list(diagnose(answered(200, got={"Transfer-Encoding": "chunked"})))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Unsupported HTTP version in response", "status line"),
        ("Illegal or missing hexadecimal sequence in chunked-encoding", "chunks"),
        ("Nul byte in header", "each header once"),
        ("A Transfer-Encoding (gzip) was listed after chunked", "transfer coding"),
    ],
)
def test_the_advice_is_about_the_rule_that_was_broken(complained, text, rule):
    (finding,) = diagnose(complained("malformed-response", text))
    assert rule in finding.remedies[0].steps[0]
