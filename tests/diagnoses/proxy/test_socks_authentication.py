from __future__ import annotations

import curlx
from curlx.diagnoses.proxy.socks_authentication import diagnose

REJECTED = b"* User was rejected by the SOCKS5 server (1 2).\n"


def test_no_user_is_told_from_a_wrong_one(log):
    words = "No authentication method was acceptable."
    (none,) = diagnose(log(("socks-authentication", "proxy", words), kind="socks"))
    (wrong,) = diagnose(log(("socks-authentication", "proxy", "User was rejected by the SOCKS5 server"), kind="socks"))
    assert "no user and password" in none.causes[0]
    assert "wrong or expired" in wrong.causes[0]


def test_the_command_goes_the_way_of_the_log() -> None:
    log = (
        b"*   Trying 192.0.2.2:1081...\n* SOCKS5 communication to shop.example:443\n"
        b"* No authentication method was acceptable.\n"
    )
    (finding,) = (each for each in curlx.explain(log).findings if each.code == "proxy-socks-authentication")
    assert finding.remedies[0].commands == (
        "curl -v --proxy-user USER --proxy socks5h://192.0.2.2:1081 https://shop.example/",
    )


def test_without_a_target_in_the_log_the_command_says_so() -> None:
    log = b"* Host socks.example:1081 was resolved.\n*   Trying 192.0.2.2:1081...\n" + REJECTED
    (finding,) = (each for each in curlx.explain(log).findings if each.code == "proxy-socks-authentication")
    assert finding.remedies[0].commands[0].endswith("--proxy socks5h://socks.example:1081 URL")
    assert any("URL" in step for step in finding.remedies[0].steps)


def test_a_user_is_looked_for_in_the_proxys_log_only_where_one_came_to_it() -> None:
    log = b"*   Trying 192.0.2.2:1081...\n* SOCKS5 communication to shop.example:443\n"
    said = (b"* No authentication method was acceptable.\n", REJECTED)
    steps = [curlx.explain(log + words).findings[0].remedies[-1].steps for words in said]
    assert ["names the user that it refused" in " ".join(each) for each in steps] == [False, True]
