from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.network.host_not_found import diagnose as server
from curlx.diagnoses.proxy.host_not_found import diagnose
from curlx.timeline import Complaint


def test_the_proxys_name_is_told_from_the_servers(log):
    told = log(Complaint("host-not-found", "", 40, "resolve", subject="proxy.example.com"), variable="ALL_PROXY")
    (finding,) = diagnose(told)
    assert [proof.line for proof in finding.evidence] == [40, 1]
    assert not list(server(told))


def test_the_servers_name_is_not_its_business(log):
    assert not list(diagnose(log(Complaint("host-not-found", "", 40, "resolve", subject="api.example.com"))))


def test_curls_own_word_for_a_proxy_needs_no_more(log):
    (finding,) = diagnose(log(Complaint("proxy-not-found", "", 40, "resolve", subject="nope.example"), known=False))
    assert "nope.example" in finding.summary


@pytest.mark.parametrize(("command", "given"), [
    ("curl -v -x POST http://shop.example:3000", "curl -v -X POST http://shop.example:3000"),
    ("curl -v -x HEAD http://shop.example:3000", "curl -v -I http://shop.example:3000"),
    ("curl -v -x post http://shop.example:3000", "getent hosts post"),
])  # fmt: skip
def test_a_method_that_was_given_as_the_proxy_is_said_first(command: str, given: str) -> None:
    name = command.split()[3]
    found = curlx.explain(f"$ {command}\ncurl: (5) Could not resolve proxy: {name}\n").findings[0]
    assert found.remedies[0].commands[0] == given
    assert ("`-X`" in found.causes[0]) == name.isupper()
