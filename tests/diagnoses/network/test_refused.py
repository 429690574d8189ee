from __future__ import annotations

import curlx
from curlx.diagnoses.network.connect_timeout import diagnose as connect_timeout
from curlx.diagnoses.network.refused import diagnose
from curlx.timeline import Complaint


def test_the_refusing_address_is_the_decisive_line(log):
    told = log(("connect-refused", "connect", "Connection refused"), attempts=(("192.0.2.1", "connect-refused"),))
    (finding,) = diagnose(told)
    assert finding.certainty == "certain"
    assert finding.evidence[0].line == 40
    assert "api.example.com:443 (192.0.2.1)" in finding.summary


def test_a_quick_failure_without_a_reason_is_likely_a_refusal(log):
    (quick,) = diagnose(log(Complaint("connect-failed", "Couldn't connect", 40, "start", 3, "down.example"), host=None))
    (slow,) = diagnose(log(Complaint("connect-failed", "Couldn't connect", 40, "start", 10000), host=None))
    assert (quick.certainty, slow.certainty) == ("likely", "possible")
    assert "down.example" in quick.summary


def test_a_failure_after_twenty_seconds_was_silence(log):
    told = log(Complaint("connect-failed", "Couldn't connect", 40, "start", 21045, "far.example"), host=None)
    assert not list(diagnose(told))
    (finding,) = connect_timeout(told)
    assert finding.certainty == "likely"
    assert "after 21045 ms" in finding.summary


def test_localhost_may_be_a_container(log):
    told = log(("connect-refused", "connect", ""), host="localhost")
    assert any("container" in cause for cause in next(diagnose(told)).causes)


def test_silence_is_not_a_refusal(log):
    assert not list(diagnose(log(("connect-timeout", "connect", ""))))


def test_localhost_is_not_told_to_listen_elsewhere_than_on_localhost(log):
    (near,) = diagnose(log(("connect-refused", "connect", ""), host="127.0.0.1"))
    (far,) = diagnose(log(("connect-refused", "connect", "")))
    assert "not on 127.0.0.1 alone" not in near.remedies[1].steps[0]
    assert "not on 127.0.0.1 alone" in far.remedies[1].steps[0]


def test_of_a_command_for_this_very_machine_no_firewall_and_no_proxy_is_suspected():
    log = b"""$ curl -v http://localhost:8080/health
*   Trying [::1]:8080...
* connect to ::1 port 8080 failed: Connection refused
* Failed to connect to localhost port 8080 after 0 ms: Connection refused
curl: (7) Failed to connect to localhost port 8080 after 0 ms: Connection refused
"""
    finding = curlx.explain(log).findings[0]
    assert finding.code == "network-refused"
    assert not any("proxy" in cause or "firewall" in cause for cause in finding.causes)
    assert "network" not in {remedy.who for remedy in finding.remedies}


def test_the_address_of_resolve_is_what_is_knocked_at_and_may_be_wrong():
    refused = """* Hostname api.example.com was found in DNS cache
*   Trying 192.0.2.7:443...
* connect to 192.0.2.7 port 443 failed: Connection refused
* Failed to connect to api.example.com port 443 after 0 ms: Couldn't connect to server
* Closing connection 0
"""
    for option, told, at in (("--resolve api.example.com:443:192.0.2.7 ", True, "192.0.2.7"),
                             ("--resolve www.example.com:443:192.0.2.7 ", False, "api.example.com"),
                             ("", False, "api.example.com")):  # fmt: skip
        (finding,) = curlx.explain(f"$ curl -v {option}https://api.example.com/\n{refused}").findings
        assert ("--resolve" in finding.causes[0]) is told
        assert finding.remedies[0].commands == (f"nc -vz -w 5 {at} 443",)


def test_what_the_complaint_names_is_told_where_another_connection_is_up():
    told = (
        b"* Connected to files.example (192.0.2.7) port 21\n"
        b"* Failed to connect to files.example port 50123: Connection refused\n"
    )
    (finding,) = curlx.explain(told).findings
    assert "files.example:50123" in finding.summary
    assert any("50123" in command for remedy in finding.remedies for command in remedy.commands)


def test_where_hardly_anything_but_a_proxy_listens_one_is_likely_set():
    said = "Failed to connect to 127.0.0.1 port {} after 0 ms: Couldn't connect to server"
    log = f"warning: spurious network error (3 tries remaining): [7] Couldn't connect to server ({said})\n"
    proxy, service = (curlx.explain(log.format(port)).findings[0] for port in (7890, 8000))
    assert (proxy.code, service.code) == ("network-refused", "network-refused")
    assert proxy.causes[0].startswith("Port 7890 is one of proxies")
    assert "cargo" in proxy.remedies[0].steps[0]
    assert [sum("proxy" in cause for cause in each.causes) for each in (proxy, service)] == [1, 1]
    assert "cargo" not in str(service.remedies)
    (asked, *_) = curlx.explain("$ curl http://127.0.0.1:7890/\ncurl: (7) " + said.format(7890) + "\n").findings
    assert not any("one of proxies" in cause for cause in asked.causes)


def test_what_an_old_curl_said_of_an_address_stands_behind_it():
    log = "*   Trying 127.0.0.1... * {}\n* couldn't connect to host\n* Closing connection #0\n"
    refused, other = (curlx.explain(log.format(each)).findings[0] for each in ("Connection refused", "TCP_NODELAY set"))
    assert (refused.code, refused.certainty) == ("network-refused", "certain")
    assert other.certainty == "possible"
