from __future__ import annotations

import pytest

from curlx.diagnoses.curl.option import diagnose


def test_the_option_is_named(log):
    (finding,) = diagnose(log(("option", "option --foo: is unknown", "--foo")))
    assert "--foo" in finding.summary


@pytest.mark.parametrize(("text", "cause"), [
    ("option --nosuch: is unknown", "misspelt"),
    ("option --ver: is ambiguous", "shortened"),
    ("option --no-data: used '--no-' for option that isn't a boolean", "--no-"),
    ("option --max-time: requires parameter", "nothing follows"),
    ("option -m: expected a positive numerical parameter", "number"),
    ("option --http3: the installed libcurl version doesn't support this", "built without"),
    ("option -K: error encountered when reading a file", "does not exist"),
    ("SSL Engine 'foo' not found", "built without"),
    ("SSL: CA certificate set, but certificate verification is disabled", "CA file"),
])  # fmt: skip
def test_the_reason_is_the_one_that_curl_gives(log, text: str, cause: str) -> None:
    (finding,) = diagnose(log(("option", text, "--foo")))
    assert cause in finding.causes[0]


def test_a_config_file_that_is_not_there_is_named(log) -> None:
    (finding,) = diagnose(log(("option", "cannot read config from 'nosuch.cfg'", "nosuch.cfg")))
    assert finding.summary == "curl cannot read the config file nosuch.cfg, and stopped."


def test_what_is_missing_may_be_the_url(log) -> None:
    (finding,) = diagnose(log(("option", "no URL specified!", None)))
    assert "no URL" in finding.summary
    assert "URL is missing" in finding.causes[0]


def test_a_newest_version_that_is_older_than_the_oldest_is_told(log):
    (finding,) = diagnose(log(("option", "CURL_SSLVERSION_MAX incompatible with CURL_SSLVERSION", None)))
    assert len(finding.causes) == 1
    assert "--tls-max" in finding.causes[0]
