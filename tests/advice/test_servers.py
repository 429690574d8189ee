import pytest

from curlx import explain
from curlx.advice.clouds import CLOUDS
from curlx.advice.servers import SERVERS


@pytest.mark.parametrize("vendor", [*SERVERS, *CLOUDS], ids=lambda vendor: vendor.name)
def test_every_entry_can_be_seen_and_has_advice(vendor):
    assert vendor.products or vendor.vias or vendor.headers or vendor.cookies or vendor.marks or vendor.pages
    assert vendor.missing
    assert vendor.rejected
    assert vendor.log
    marks = (*vendor.products, *vendor.vias, *vendor.headers, *vendor.cookies, *vendor.pages)
    assert all(mark == mark.lower() for mark in marks)


@pytest.mark.parametrize("vendor", [*SERVERS, *CLOUDS], ids=lambda vendor: vendor.name)
def test_no_entry_advises_to_switch_verification_off(vendor):
    for step in (*vendor.missing, *vendor.rejected, *vendor.answers.values()):
        assert "--insecure" not in step.text
        assert " -k" not in step.text


def test_names_are_unique():
    every = [vendor.name for vendor in (*SERVERS, *CLOUDS)]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("name", ["nginx", "Apache httpd", "HAProxy", "Node.js (Express)", "lighttpd"])
def test_servers_with_openssl_are_told_to_list_the_root_too(name):
    """Measured: an intermediate CA alone in the list lets nobody in."""
    (vendor,) = (each for each in SERVERS if each.name == name)
    assert any("up to its root" in step.text for step in vendor.rejected)


def test_envoy_has_two_timers_behind_504_and_a_text_for_each():
    log = "* Connected to a.example (192.0.2.1) port 80\n> GET / HTTP/1.1\n> Host: a.example\n>\n"
    log += "< HTTP/1.1 504 Gateway Timeout\n< server: envoy\n< content-length: 14\n<\nstream timeout\n"
    (finding,) = explain(log).findings
    told = str(finding.remedies)
    assert "Flag UT (in the answer: `upstream request timeout`)" in told
    assert "Flag SI (`stream timeout`)" in told
