from __future__ import annotations

from curlx.diagnoses.curl.url_malformed import diagnose


def test_a_rejected_url_is_found(log):
    (finding,) = diagnose(log(("url-malformed", "URL rejected: Malformed input", None)))
    assert finding.evidence[0].line == 40
