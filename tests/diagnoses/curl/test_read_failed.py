from __future__ import annotations

from curlx import explain
from curlx.diagnoses.curl.read_failed import diagnose


def test_the_file_is_named_and_quoted(log):
    (finding,) = diagnose(log(("read-failed", "Can't open 'my file'!", "my file")))
    assert finding.remedies[0].commands == ("ls -l -- 'my file'",)


def test_a_malformed_netrc_is_named() -> None:
    (finding,) = explain(b"curl: (26) .netrc parser error\n").findings
    assert (finding.code, finding.title) == ("curl-read-failed", "curl could not read .netrc")
