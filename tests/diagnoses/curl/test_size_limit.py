from __future__ import annotations

from curlx.diagnoses.curl.size_limit import diagnose


def test_the_announced_size_is_cited(log):
    (finding,) = diagnose(log(("size-limit", "Maximum file size exceeded", None), status=200))
    assert [proof.line for proof in finding.evidence] == [40, 21]
