from __future__ import annotations

import curlx
from curlx.diagnoses.curl.url_malformed import diagnose


def test_a_rejected_url_is_found(log):
    (finding,) = diagnose(log(("url-malformed", "URL rejected: Malformed input", None)))
    assert finding.evidence[0].line == 40


def test_a_port_that_is_too_large_is_named():
    log = b"$ curl -v 'http://192.0.2.1:99999/'\ncurl: (3) URL using bad/illegal format or missing URL\n"
    (finding,) = curlx.explain(log).findings
    assert finding.causes == ("The port 99999 is too large: there is none above 65535.",)
    (other,) = curlx.explain(log.replace(b"99999", b"8080")).findings
    assert not any("too large" in cause for cause in other.causes)


def test_a_url_that_curl_took_for_a_pattern_was_in_quotes_enough():
    log = b"$ curl -v 'http://192.0.2.1/[1-'\ncurl: (3) bad range in URL position 20:\n"
    (finding,) = curlx.explain(log).findings
    assert not any("quotes" in step for step in finding.remedies[0].steps)


def test_data_that_stands_for_a_url_lacks_its_option():
    said = "curl: (3) nested brace in URL position 7:\n"
    shown = '$ curl -v -X POST http://192.0.2.1/x \'{"a": {"b": 1}}\'\n'
    (finding,) = curlx.explain(shown + said).findings
    assert [cause[:4] for cause in finding.causes] == ["Data"]
    assert not any("--globoff" in step for step in finding.remedies[0].steps)
    for unsure in ("", "$ curl -v '{{base}}/x'\n", "$ curl -v -d '{\"a\": 1}' 'http://192.0.2.1/{a{b}'\n"):
        (finding,) = curlx.explain(unsure + said).findings
        assert len(finding.causes) == 2
        assert any("--globoff" in step for step in finding.remedies[0].steps)
