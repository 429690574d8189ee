from __future__ import annotations

import shlex

import pytest

import curlx
from curlx.diagnoses.network import empty_reply, reset, response_timeout, transfer_timeout
from curlx.diagnoses.network.shared.probes import knock, lookup, repeat


def test_a_name_from_a_log_is_quoted_for_the_shell(log):
    (command,) = knock(log().transfers[0], "a;rm$(x).example", 443)
    assert shlex.split(command) == ["nc", "-vz", "-w", "5", "a;rm$(x).example", "443"]


def test_a_name_that_would_be_an_option_gets_no_command(log):
    assert knock(log().transfers[0], "-e/bin/sh", 443) == ()
    assert lookup(log().transfers[0], None) == ()


def test_on_windows_powershell_is_asked(log):
    told = log(windows=True).transfers[0]
    assert knock(told, "a'b.example", 443) == ("Test-NetConnection 'a''b.example' -Port 443",)
    assert repeat(told, "-4") == ("curl.exe -v -4 https://api.example.com/things",)


def test_the_command_repeats_the_url_with_further_options(log):
    assert repeat(log().transfers[0], "-4") == ("curl -v -4 https://api.example.com/things",)


NONE_CAME = ("timeout", "request", "Operation timed out after 2001 milliseconds with 0 bytes received")
SOME_CAME = ("timeout", "response", "Operation timed out after 2001 milliseconds with 8 out of 5000 bytes received")


@pytest.mark.parametrize(("module", "said", "shown", "method"), [
    (empty_reply, ("empty-reply", "request", "it ended"), {"tls": True, "requested": True}, "DELETE"),
    (reset, ("reset", "request", "it ended"), {"requested": True}, "DELETE"),
    (response_timeout, NONE_CAME, {"requested": True}, "POST"),
    (transfer_timeout, SOME_CAME, {"status": 200, "announced": 5000}, "POST"),
])  # fmt: skip
def test_what_may_change_something_is_not_repeated_as_a_get(log, module, said, shown, method):
    (finding,) = module.diagnose(log(said, connected=True, method=method, **shown))
    assert finding.remedies[0].commands == ()
    assert f"The request was a {method}" in finding.remedies[0].steps[-1]
    (finding,) = module.diagnose(log(said, connected=True, **shown))
    assert finding.remedies[0].commands
    assert not any("The request was" in step for step in finding.remedies[0].steps)


def test_from_cmd_the_questions_of_powershell_are_asked_through_it():
    log = b"C:\\>curl -v https://a.example/?a=1\n* Could not resolve host: a.example\n"
    (remedy, *_) = (r for r in curlx.explain(log).findings[0].remedies if r.commands)
    assert remedy.commands[0] == 'powershell -Command "Resolve-DnsName a.example"'
