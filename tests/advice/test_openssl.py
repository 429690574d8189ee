from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curlx.advice.commands import Endpoint, Way, curl, way_of
from curlx.advice.openssl import ask_by_hand, list_chain, show_chain, show_leaf
from curlx.timeline import Transfer

WINDOWS = Way(windows=True)


def carried(*options: tuple[str, str], windows: bool = False) -> Way:
    return way_of(Transfer(1, 9, way=options, windows=windows))


def test_no_server_name_is_sent_for_an_address() -> None:
    assert "-servername" not in show_chain(Endpoint("203.0.113.14", 443))
    assert "-connect '[2001:db8::1]:443'" in show_chain(Endpoint("2001:db8::1", 443))


def test_openssl_goes_where_the_command_led_and_trusts_what_it_trusted() -> None:
    resolved = Endpoint("api.example", 443, way=carried(("resolve", "+API.example:443:192.0.2.7,192.0.2.8"),
                                                        ("cacert", "corp ca.pem")))  # fmt: skip
    assert show_chain(resolved) == (
        "openssl s_client -connect 192.0.2.7:443 -servername api.example -CAfile 'corp ca.pem' -showcerts </dev/null"
    )
    led = Endpoint("api.example", 443, way=carried(("connect-to", "::[2001:db8::7]:8443")))
    assert "-connect '[2001:db8::7]:8443' -servername api.example" in show_chain(led)
    other = Endpoint("api.example", 443, way=carried(("resolve", "www.example:443:192.0.2.7"),
                                                     ("connect-to", "api.example:8443:b.example:1")))  # fmt: skip
    assert "-connect api.example:443 " in show_chain(other)


def test_a_request_by_hand_waits_for_the_answer() -> None:
    assert ask_by_hand(Endpoint("api.example", 443, "/a b"), "-cert", "c.pem") == (
        r"printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' '/a b' api.example"
        " | openssl s_client -connect api.example:443 -servername api.example -cert c.pem -quiet"
    )


def test_commands_for_windows_are_for_powershell() -> None:
    api = Endpoint("api.example", 443, "/v1?a=1&b=2", way=WINDOWS)
    assert curl(api, "-H", "Expect:") == "curl.exe -v -H Expect: 'https://api.example/v1?a=1&b=2'"
    assert show_chain(api) == (
        'cmd /c "openssl s_client -connect api.example:443 -servername api.example -showcerts <NUL"'
    )
    assert show_leaf(api, "openssl x509 -noout -dates").endswith('-showcerts <NUL 2>NUL | openssl x509 -noout -dates"')
    assert "findstr" in list_chain(api)
    assert ask_by_hand(api).startswith('cmd /c "(echo GET /v1 HTTP/1.0& echo Host: api.example& echo.) | ')


@given(st.text())
def test_nothing_of_a_log_ends_the_quotes_of_cmd(text: str) -> None:
    hostile = Endpoint("api.example", 443, f"/{text}", way=Way((("--cacert", text or "x"),), windows=True))
    for command in (ask_by_hand(hostile), show_chain(hostile)):
        inner = command.removeprefix('cmd /c "').removesuffix('"')
        assert command == f'cmd /c "{inner}"'
        assert not set(inner) & set("\"'`$%^\r\n")
