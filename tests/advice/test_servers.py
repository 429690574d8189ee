import pytest

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
