from __future__ import annotations

import pytest

import curlx


@pytest.mark.parametrize(("reason", "what"), [
    ("error:0A00018E:SSL routines::ca md too weak", "outdated digest"),
    ("error:0A00018E:SSL routines::ca md", "outdated digest"),
    ("error:0A00018E:SSL routines", "outdated digest"),
    ("error:0A00018F:SSL routines::ee key too small", "key is too short"),
])  # fmt: skip
def test_what_is_too_weak_is_told_also_where_the_log_ends_within_the_words(reason: str, what: str) -> None:
    said = f"curl: (58) could not load PEM client certificate from c.pem, OpenSSL error {reason}"
    (finding,) = curlx.explain(said).findings
    assert finding.code == "client-certificate-weak"
    assert what in finding.summary
