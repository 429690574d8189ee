from __future__ import annotations

from curlx.diagnoses.curl.option import diagnose


def test_the_option_is_named(log):
    (finding,) = diagnose(log(("option", "option --foo: is unknown", "--foo")))
    assert "--foo" in finding.summary
