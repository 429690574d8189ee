from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.network import host_not_found


@pytest.mark.parametrize(("kind", "phase"), [("timeout", "resolve"), ("resolve-timeout", "start")])
def test_a_slow_lookup_has_its_own_words(log, kind, phase):
    (finding,) = host_not_found.diagnose(log((kind, phase, "Resolving timed out")))
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


def test_the_lookup_of_a_proxy_is_the_proxys():
    report = curlx.explain("* Resolving proxy timed out: proxy.example.com\n* Closing connection 0\n")
    assert [finding.code for finding in report.findings] == ["proxy-host-not-found"]


@pytest.mark.parametrize(("took", "first"), [(300, True), (4999, True), (5001, False)])
def test_a_limit_under_the_patience_of_resolvers_is_suspected_first_and_a_longer_one_is_tried(took, first):
    log = (
        f"$ curl -v https://api.example.com/\n* Resolving timed out after {took} milliseconds\n* Closing connection 0\n"
    )
    (finding,) = curlx.explain(log).findings
    assert finding.causes[0].startswith("The time limit") is first
    assert any("--max-time 30" in command for each in finding.remedies for command in each.commands) is first
