from __future__ import annotations

import pytest

import curlx
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


@pytest.mark.parametrize("said", [
    "* Unsupported proxy 'https://192.0.2.1:3128', libcurl is built without the HTTPS-proxy support.",
    "curl: (7) Unsupported proxy scheme for 'https://192.0.2.1:3128'",
])  # fmt: skip
def test_a_proxy_by_https_is_to_be_written_with_http_where_the_build_cannot_speak_tls_with_it(said: str) -> None:
    (finding,) = curlx.explain(f"{said}\n* Closing connection -1\n").findings
    assert finding.code == "curl-option"
    assert "begins with https://" in finding.causes[0]
    assert "with http://" in finding.remedies[0].title
