from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.network.connect_timeout import diagnose


@pytest.mark.parametrize("kind", ["timeout", "connect-timeout"])
def test_silence_before_a_connection_is_found(log, kind):
    (finding,) = diagnose(log((kind, "connect", "Connection timed out"), attempts=(("192.0.2.1", None),)))
    assert finding.evidence[0].line == 40
    assert "nc -vz -w 5 api.example.com 443" in finding.remedies[0].commands


@pytest.mark.parametrize(("kind", "phase"), [("timeout", "resolve"), ("resolve-timeout", "start")])
def test_a_slow_lookup_has_its_own_words(log, kind, phase):
    (finding,) = diagnose(log((kind, phase, "Resolving timed out")))
    assert finding.title == "The lookup of the name (DNS) timed out"


@pytest.mark.parametrize(("log", "said"), [
    ("$ curl -v https://api.example.com/x\n* Resolving timed out after 5001 milliseconds\n",
     "no answer for api.example.com came within 5.0 seconds"),
    ("$ curl -v -x http://proxy.example.com:3128 https://api.example.com/x\n"
     "* Resolving timed out after 5001 milliseconds\n", "no answer for the name came within 5.0 seconds"),
    ("* Failed to resolve 'api.example.com' with timeout after 2003 ms\n",
     "no answer for api.example.com came within 2.0 seconds"),
    ("* Resolving proxy timed out: proxy.example.com\n", "no answer for the proxy proxy.example.com came, so"),
])  # fmt: skip
def test_the_text_says_that_name_resolution_timed_out_and_of_which_name(log: str, said: str) -> None:
    (finding,) = curlx.explain(f"{log}* Closing connection 0\n").findings
    assert finding.summary.startswith(f"Name resolution (DNS) timed out: {said}")


@pytest.mark.parametrize("phase", ["tls", "request", "response"])
def test_later_timeouts_are_not_its_business(log, phase):
    assert not list(diagnose(log(("timeout", phase, ""), connected=True)))
