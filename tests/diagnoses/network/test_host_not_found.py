from __future__ import annotations

from curlx.diagnoses.network.host_not_found import diagnose
from curlx.timeline import Complaint


def unknown(name: str) -> Complaint:
    return Complaint("host-not-found", f"Could not resolve host: {name}", 40, "resolve", subject=name)


def test_the_name_is_told_and_looked_up(log):
    (finding,) = diagnose(log(unknown("api.bnak.example"), host=None))
    assert "api.bnak.example" in finding.summary
    assert "getent hosts api.bnak.example" in finding.remedies[0].commands
    assert [proof.line for proof in finding.evidence] == [40]


def test_a_name_without_a_domain_may_be_known_elsewhere(log):
    (finding,) = diagnose(log(unknown("backend"), host=None))
    assert "backend has no domain" in finding.causes[1]


def test_a_name_that_was_found_on_the_second_try_is_no_problem(log):
    early = Complaint("host-not-found", "", 5, "resolve", subject="api.example.com")
    assert not list(diagnose(log(early, connected=True)))


def test_the_name_of_an_interface_is_not_the_servers(log):
    said = Complaint("connect-failed", "Couldn't bind to 'eth9'", 41, "connect")
    assert not list(diagnose(log(Complaint("host-not-found", "", 40, "connect", subject="eth9"), said)))
