from curlx.diagnoses.http.gateway_timeout import diagnose


def test_a_pasted_page_is_enough_to_be_likely(pasted):
    (finding,) = diagnose(pasted("504 Gateway Time-out"))
    assert (finding.code, finding.certainty) == ("http-gateway-timeout", "likely")
    assert finding.evidence[0].text == "<title>504 Gateway Time-out</title>"


def test_a_status_line_is_certain(answered):
    (finding,) = diagnose(answered(504))
    assert finding.certainty == "certain"
