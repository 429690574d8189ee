from __future__ import annotations

from curlx.diagnoses.network.shared.probes import repeat
from curlx.diagnoses.proxy.shared.tunnels import bypass, proxy_refusals
from curlx.timeline import Complaint


def test_the_answer_to_connect_is_told_without_curls_own_word(log):
    (answer,) = proxy_refusals(log(status=403, established=False))
    assert (answer.status, answer.line, answer.tunnel) == (403, 14, True)
    assert (answer.proxy, answer.target) == ("proxy proxy.example.com:3128", "api.example.com:443")


def test_curls_own_word_is_enough_without_the_answer(log):
    said = Complaint("proxy-connect-rejected", "CONNECT tunnel failed, response 407", 40, "proxy", number=407)
    (answer,) = proxy_refusals(log(said))
    assert (answer.status, answer.line) == (407, 40)


def test_a_proxy_that_said_yes_refused_nothing(log):
    assert not list(proxy_refusals(log(status=200, established=True)))


def test_a_refusal_that_curl_answered_by_itself_is_settled(log):
    assert not list(proxy_refusals(log(status=407, superseded=True)))
    assert not list(proxy_refusals(log(status=407, answered=200)))


def test_the_way_around_names_the_variable(log):
    told = log(variable="HTTPS_PROXY")
    (remedy,) = bypass(told.transfers[0], told.transfers[0].connections[0])
    assert "HTTPS_PROXY" in remedy.steps[1]
    assert remedy.commands == ("curl -v --noproxy api.example.com https://api.example.com/",)


def test_a_command_keeps_the_proxy_that_the_environment_does_not_name(log):
    (command,) = repeat(log().transfers[0], "-4")
    assert command == "curl -v -4 --proxy http://proxy.example.com:3128 https://api.example.com/"
    (command,) = repeat(log(variable="https_proxy").transfers[0], "-4")
    assert command == "curl -v -4 https://api.example.com/"
