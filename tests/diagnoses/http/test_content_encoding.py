from curlx.diagnoses.http.content_encoding import diagnose


def test_the_header_that_promised_the_encoding_is_cited(several):
    said = {"kind": "content-encoding", "text": "Unrecognized content encoding type."}
    (finding,) = diagnose(several({"status": 200, "got": {"Content-Encoding": "br"}}, complaints=(said,)))
    assert "which the server says is br" in finding.summary
    assert [proof.line for proof in finding.evidence] == [50, 6]


def test_damaged_data_is_told_from_an_unknown_encoding(complained):
    (damaged,) = diagnose(
        complained("content-encoding", "Error while processing content unencoding: invalid block type")
    )
    (unknown,) = diagnose(complained("content-encoding", "Unrecognized content encoding type."))
    assert damaged.causes != unknown.causes


def test_without_a_complaint_nothing_is_wrong(answered):
    assert not list(diagnose(answered(200, got={"Content-Encoding": "br"})))
