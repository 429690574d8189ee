from __future__ import annotations

from curlx.diagnoses.curl.protocol_unsupported import diagnose


def test_the_protocol_is_named(log):
    (finding,) = diagnose(log(("protocol-unsupported", 'Protocol "htps" not supported', "htps")))
    assert '"htps"' in finding.summary
