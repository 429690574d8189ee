from __future__ import annotations

from curlx.diagnoses.proxy.socks_target_unreachable import diagnose
from curlx.timeline import Complaint


def reply(number: int | None, kind: str = "socks-unreachable") -> Complaint:
    return Complaint(kind, "Can't complete SOCKS5 connection", 40, "proxy", number, "0.0.0.0")  # type: ignore[arg-type]  # noqa: S104


def test_the_reply_is_told_in_words(log):
    (finding,) = diagnose(log(reply(5), kind="socks"))
    assert finding.certainty == "certain"
    assert "the target refused the connection (reply 5)" in finding.summary


def test_a_reply_without_a_reason_is_only_possible(log):
    (finding,) = diagnose(log(reply(1, "socks-failed"), kind="socks"))
    assert finding.certainty == "possible"


def test_a_greeting_that_went_wrong_says_nothing_of_the_target(log):
    assert not list(diagnose(log(reply(None, "socks-failed"), kind="socks")))


def test_a_name_looked_up_here_may_better_be_looked_up_there(log):
    (finding,) = diagnose(log(reply(4), kind="socks", local=True))
    assert "socks5h://proxy.example.com:3128" in finding.remedies[1].commands[0]


def test_a_proxy_that_does_not_make_connections_is_not_about_the_target(log):
    (finding,) = diagnose(log(reply(7, "socks-failed"), kind="socks"))
    assert "CONNECT" in finding.causes[0]
    assert len(finding.causes) == 1


def test_a_proxy_that_takes_no_names_gets_an_address(log):
    (finding,) = diagnose(log(reply(8, "socks-failed"), kind="socks"))
    assert "socks5://proxy.example.com:3128" in finding.remedies[0].commands[0]


def test_who_was_refused_had_found_the_target(log):
    (finding,) = diagnose(log(reply(5), kind="socks"))
    assert not any("look the name up" in cause or "no way" in cause for cause in finding.causes)
