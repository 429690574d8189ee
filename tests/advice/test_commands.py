from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

import curlx
from curlx.advice.commands import Endpoint, Way, before_repeating, curl, endpoint_of, quote, way_of
from curlx.advice.openssl import show_chain
from curlx.timeline import ClientCertificate, Connection, Exchange, Fact, Header, Proxy, Request, Tls, Transfer

WINDOWS = Way(windows=True)


def carried(*options: tuple[str, str], windows: bool = False) -> Way:
    return way_of(Transfer(1, 9, way=options, windows=windows))


def test_a_client_certificate_that_was_sent_is_sent_again() -> None:
    sent = Tls("origin", 2, 7, shows_handshake=True, client_certificate=ClientCertificate("yes", "yes"))
    connection = Connection(1, 9, host="api.example.com", port=443, tls=sent)
    endpoint = endpoint_of(Transfer(1, 9, connections=(connection,)))
    assert curl(endpoint) == "curl -v --cert client.pem --key client.key https://api.example.com/"
    assert curl(endpoint, "--cert", "other.pem", "--key", "other.key").count("--cert") == 1


@pytest.mark.parametrize(("method", "headers", "options"), [
    ("GET", {}, ""),
    ("HEAD", {}, "-I "),
    ("POST", {}, "-X POST "),
    ("POST", {"Content-Length": "0"}, "-X POST "),
    ("POST", {"content-length": "2", "content-type": "application/x-www-form-urlencoded"}, "--data-binary @FILE "),
    ("PUT", {"Transfer-Encoding": "chunked"}, "-X PUT --data-binary @FILE "),
    ("PATCH", {"Content-Length": "2", "Content-Type": "application/json"},
     "-X PATCH -H 'Content-Type: application/json' --data-binary @FILE "),
    ("POST", {"Content-Length": "9", "Content-Type": "multipart/form-data; boundary=x"}, "-F FIELD=@FILE "),
    ("DELETE", {}, "-X DELETE "),
])  # fmt: skip
def test_a_command_that_repeats_a_request_keeps_its_method_and_the_place_of_its_data(
    method: str, headers: dict[str, str], options: str
) -> None:
    request = Request(method, "/a", "1.1", 1, 2, tuple(Header(*each, 2) for each in headers.items()))
    command = way_of(Transfer(1, 9), None, request).curl("https://a.example/", "-v")
    assert command == f"curl -v {options}https://a.example/"
    caution = before_repeating(request)
    assert (caution is not None) == (method not in ("GET", "HEAD"))
    if caution is not None:
        assert caution[0] in command
        assert ("FILE" in caution[1]) == ("FILE" in options)


def test_another_kind_of_data_takes_the_place_of_what_the_request_said() -> None:
    request = Request("PUT", "/a", "1.1", 1, 2, (Header("Content-Length", "2", 2), Header("Content-Type", "a/b", 2)))
    command = way_of(Transfer(1, 9), None, request).curl("https://a.example/", "-H", "Content-Type: text/csv")
    assert command == "curl -H 'Content-Type: text/csv' -X PUT --data-binary @FILE https://a.example/"


def test_a_variable_of_a_shell_is_no_host() -> None:
    assert endpoint_of(Transfer(1, 9, url="https://${HOST}/a")).url() == "https://HOST/a"
    told = (Connection(1, 9, host="a.example", port=443),)
    assert endpoint_of(Transfer(1, 9, url="$HOST/a", connections=told)).url() == "https://a.example/a"


def test_a_url_without_a_scheme_has_a_host_and_a_path() -> None:
    assert endpoint_of(Transfer(1, 9, url="a.example:8443/b?c")).url() == "https://a.example:8443/b?c"


@pytest.mark.parametrize(
    ("url", "options", "told"),
    [
        ("https://${HOST}:$PORT/a?$top=1", (), "'https://HOST:PORT/a?$top=1'"),
        ("$HOST:$PORT", (), "HOST:PORT"),
        ("https://a.example/$b", (), "'https://a.example/$b'"),
        (
            "https://a.example/",
            (("--resolve", "a.example:$PORT:$ADDR"),),
            "--resolve a.example:PORT:ADDR https://a.example/",
        ),
        ("https://a.example/", (("--user-agent", "a $b"),), "--user-agent 'a $b' https://a.example/"),
    ],
)
def test_a_variable_for_a_host_or_port_is_a_stand_in(url: str, options: tuple, told: str) -> None:
    assert Way(options).curl(url, "-v") == f"curl -v {told}"


@given(st.text())
def test_a_quoted_word_is_one_word_for_the_shell(word: str) -> None:
    kept = "".join(char for char in word if char.isprintable())
    assert shlex.split(quote(word)) == [kept]


def test_the_origin_is_the_endpoint_and_the_proxy_stands_beside_it() -> None:
    proxy = Proxy("tunnel", 1, host="proxy.example", port=3128)
    connection = Connection(1, 9, host="proxy.example", port=3128, target_host="api.example.com", target_port=8443,
                            proxy=proxy)  # fmt: skip
    endpoint = endpoint_of(Transfer(1, 9, url="https://api.example.com:8443/v1", connections=(connection,)))
    assert endpoint == Endpoint("api.example.com", 8443, "/v1", "proxy.example:3128",
                                Way((("--proxy", "http://proxy.example:3128"),)))  # fmt: skip
    assert show_chain(endpoint) == (
        "openssl s_client -connect api.example.com:8443 -proxy proxy.example:3128 -servername api.example.com "
        "-showcerts </dev/null"
    )


def test_after_a_redirect_to_another_host_the_first_path_is_not_used() -> None:
    connections = (Connection(1, 5, host="a.example", port=443), Connection(6, 9, host="b.example", port=443))
    transfer = Transfer(1, 9, url="https://a.example/secret", connections=connections)
    assert endpoint_of(transfer) == Endpoint("b.example", 443, "/")


def test_a_log_without_a_host_gives_a_placeholder() -> None:
    assert endpoint_of(Transfer(1, 2)) == Endpoint("HOST", 443)
    assert endpoint_of(Transfer(1, 2, url="https://[::1")).host == "HOST"


@pytest.mark.parametrize("said", [
    "OpenSSL SSL_connect: Connection reset by peer in connection to shop.example:8443",
    "LibreSSL SSL_connect: SSL_ERROR_SYSCALL in connection to shop.example:8443 ",
    "Unknown SSL protocol error in connection to shop.example:8443",
])  # fmt: skip
def test_where_it_went_may_stand_in_the_words_of_a_failed_handshake_alone(said: str) -> None:
    (finding, *_) = curlx.explain(f"curl: (35) {said}\n".encode()).findings
    commands = [command for remedy in finding.remedies for command in remedy.commands]
    assert any("openssl s_client -connect shop.example:8443 " in command for command in commands)


def test_a_port_that_the_log_does_not_show_is_not_told() -> None:
    unknown, known = endpoint_of(Transfer(1, 2)), Endpoint("api.example.com", 443)
    assert (unknown.port_in_words, known.port_in_words) == ("the port", "port 443")
    assert (unknown.url("http"), known.url("http")) == ("http://HOST:PORT/", "http://api.example.com:443/")


def test_the_curl_command_leaves_default_ports_away() -> None:
    assert curl(Endpoint("api.example.com", 443, "/a b"), "--http1.1") == (
        "curl -v --http1.1 'https://api.example.com/a b'"
    )
    assert curl(Endpoint("api.example.com", 443), scheme="http") == "curl -v http://api.example.com:443/"


def test_the_way_there_is_carried_over_and_what_is_given_anew_counts() -> None:
    way = carried(("cacert", "corp-ca.pem"), ("resolve", "api.example:443:192.0.2.7"), ("ipv4", ""))
    api = Endpoint("api.example", 443, way=way)
    assert curl(api, "--http1.1") == (
        "curl -v --http1.1 --cacert corp-ca.pem --resolve api.example:443:192.0.2.7 --ipv4 https://api.example/"
    )
    assert "corp-ca.pem" not in curl(api, "--cacert", "your-ca.pem")


def test_another_proxy_or_none_takes_the_place_of_the_logs_own() -> None:
    way = carried(("proxy", "http://old.example:3128"), ("proxytunnel", ""), ("proxy-user", "x"), ("cacert", "ca.pem"))
    assert way.curl("https://api.example/", "--noproxy", "*") == (
        "curl --noproxy '*' --cacert ca.pem https://api.example/"
    )
    assert "old.example" not in way.curl("https://api.example/", "--proxy", "http://new.example:8080")
    ntlm = carried(("proxy", "http://p.example:3128"), ("proxy-ntlm", ""))
    assert ntlm.curl("URL", "--proxy-basic") == "curl --proxy-basic --proxy http://p.example:3128 URL"


@pytest.mark.parametrize("url", ["http://192.0.2.7:8080/x", "192.0.2.7:8080/x"])
def test_whom_a_command_asks_for_at_an_address_is_carried_over_to_that_address_alone(url: str) -> None:
    way = way_of(Transfer(1, 9, url=url, way=(("header", "Host: a.example"),)))
    assert way.curl(url, "-v") == f"curl -v -H 'Host: a.example' {url}"
    assert way.curl("http://b.example/", "-v") == "curl -v http://b.example/"


def test_a_secret_is_not_carried_over() -> None:
    way = carried(
        ("proxy", "http://‹url-credentials 1›@proxy.example:3128"),
        ("proxy-user", "‹credentials 2›"),
        ("cert", "client.pem:‹password 3›"),
        ("key", "‹credentials 4›"),
    )
    assert way.curl("URL") == ("curl --proxy-user USER --proxy http://proxy.example:3128 --cert client.pem URL")


def test_a_proxy_of_the_environment_is_found_without_an_option() -> None:
    proxy = Proxy("tunnel", 1, host="proxy.example", port=3128, from_environment=Fact("https_proxy", 1))
    assert way_of(Transfer(1, 9), Connection(1, 9, proxy=proxy)).curl("URL") == "curl URL"


def test_a_proxy_is_named_by_its_own_scheme() -> None:
    def option(proxy: Proxy) -> str:
        return way_of(Transfer(1, 9), Connection(1, 9, proxy=proxy)).curl("URL")

    assert (
        option(Proxy("socks", 1, host="p.example", port=1080, socks=4)) == "curl --proxy socks4a://p.example:1080 URL"
    )
    assert option(Proxy("socks", 1, host="p.example", port=1080)) == "curl --proxy socks5h://p.example:1080 URL"
    here = Proxy("socks", 1, host="p.example", port=1080, local=True)
    assert option(here) == "curl --proxy socks5://p.example:1080 URL"
    assert option(Proxy("tunnel", 1, host="p.example", port=3143, secure=True)) == (
        "curl --proxy https://p.example:3143 URL"
    )


@pytest.mark.parametrize(("login", "options"), [
    ("Basic ‹proxy-authorization 1›", " --proxy-user USER"),
    ("Digest ‹proxy-authorization 1›", " --proxy-digest --proxy-user USER"),
    ("Negotiate ‹proxy-authorization 1›", " --proxy-negotiate --proxy-user :"),
    ("", ""),
])  # fmt: skip
def test_who_logged_in_to_a_proxy_does_so_again(login: str, options: str) -> None:
    headers = (Header("Proxy-Authorization", login, 2),) if login else ()
    connect = Exchange(-1, 1, 3, request=Request("CONNECT", "a.example:443", "1.1", 1, 3, headers))
    proxy = Proxy("tunnel", 1, host="p.example", port=3128, connect=connect)
    told = way_of(Transfer(1, 9), Connection(1, 9, proxy=proxy)).curl("URL")
    assert told == f"curl --proxy http://p.example:3128{options} URL"


def test_powershell_quotes_what_it_would_read() -> None:
    assert quote("@FILE", windows=True) == "'@FILE'"
    assert quote("a,b", windows=True) == "'a,b'"
    assert quote("it's", windows=True) == "'it''s'"
    assert quote(r"C:\certs\ca.pem", windows=True) == r"C:\certs\ca.pem"
    assert quote(r"C:\my certs\ca.pem", windows=True) == r"'C:\my certs\ca.pem'"


def test_a_ca_file_that_only_the_log_shows_is_given_again_and_the_systems_is_not() -> None:
    def trusting(*files: str) -> Connection:
        return Connection(1, 9, tls=Tls("origin", 1, 9, True, trust=tuple(Fact(file, 2) for file in files)))

    assert way_of(Transfer(1, 9), trusting("corp/ca.pem", "none")).value("--cacert") == "corp/ca.pem"
    assert way_of(Transfer(1, 9), trusting("C:\\corp\\ca.crt")).value("--cacert") == "C:\\corp\\ca.crt"
    for system in ("/etc/ssl/certs/ca-certificates.crt", "C:\\curl\\bin\\curl-ca-bundle.crt", "/etc/ssl/certs", "none"):
        assert way_of(Transfer(1, 9), trusting(system)).value("--cacert") is None
    own = Transfer(1, 9, way=(("cacert", "mine.pem"),))
    assert way_of(own, trusting("other.pem")).options == (("--cacert", "mine.pem"),)


@pytest.mark.parametrize(("target", "url", "option"), [
    ("/a/{id}", "https://a.example/a/{id}", "-g "),
    ("/a?b[]=1", "https://a.example/a?b[]=1", "-g "),
    ("/a/1", "https://a.example/a/{1,2}", ""),  # as the command has it: curl made two requests of it
    ("/a/{id}", "https://a.example/", ""),
])  # fmt: skip
def test_what_went_out_with_braces_goes_out_with_them_again(target: str, url: str, option: str) -> None:
    asked = Transfer(1, 9, exchanges=(Exchange(0, 1, 3, request=Request("GET", target, "1.1", 1, 3)),))
    assert way_of(asked).curl(url) == f"curl {option}{shlex.quote(url)}"


def test_a_bundle_has_its_key_in_it() -> None:
    way = carried(("cert", "client.pem"), ("key", "client.key"))
    assert way.curl("https://a.example/", "--cert-type", "P12", "--cert", "client.p12") == (
        "curl --cert-type P12 --cert client.p12 https://a.example/"
    )


def test_cmd_knows_double_quotes_only() -> None:
    way = way_of(Transfer(1, 9, windows=True, cmd=True))
    assert way.curl("https://a.example/?a=1&b=2", "-H", "X: it's") == (
        'curl.exe -H "X: it\'s" "https://a.example/?a=1&b=2"'
    )
    assert way.quote(r"C:\certs\ca.pem") == r"C:\certs\ca.pem"
    assert way.quote(r"C:\my certs\ca.pem") == r'"C:\my certs\ca.pem"'
    assert way.quote('{"a":1}') == r'"{\"a\":1}"'


def test_a_port_behind_a_proxy_is_asked_through_its_tunnel() -> None:
    behind = Endpoint("a.example", 8443, proxy="gate.example:3128")
    assert curl(behind, scheme="http") == "curl -v --proxytunnel http://a.example:8443/"
    assert curl(behind) == "curl -v https://a.example:8443/"


def test_the_query_belongs_to_the_address() -> None:
    transfer = Transfer(1, 9, url="https://api.example.com/service.asmx?WSDL")
    assert curl(endpoint_of(transfer)) == "curl -v 'https://api.example.com/service.asmx?WSDL'"


@pytest.mark.parametrize(
    ("header", "given"),
    [
        (("SOAPAction", '"urn:a"'), ['SOAPAction: "urn:a"']),
        (("Prefer", ""), ["Prefer;"]),  # curl(1): a header without a value
        (("Accept", "application/json"), ["Accept: application/json"]),
        (("Accept", "*/*"), []),
        (("Cookie", "a=b"), []),
        (("X-Api-Key", "‹header 1›"), []),
        (("sec-fetch-mode", "navigate"), []),
        (("Range", "bytes=0-1"), []),
        (("X-A", "b > Host: c"), []),  # lines that were put together
    ],
)
def test_what_somebody_gave_as_a_header_is_given_again(header: tuple[str, str], given: list[str]) -> None:
    own = ("Host", "a.example"), ("User-Agent", "curl/8.5.0"), header
    request = Request("GET", "/", "1.1", 2, 5, headers=tuple(Header(*each, 3) for each in own))
    command = way_of(Transfer(1, 9), None, request).curl("https://a.example/")
    assert shlex.split(command)[1:-1] == [word for each in given for word in ("-H", each)]


def test_headers_without_end_and_those_of_a_signature_are_left_out() -> None:
    many = tuple(Header(f"X-{number}", "a", 3) for number in range(6))
    signed = (Header("X-Amz-Date", "20240101T000000Z", 3), Header("X-Amz-Acl", "private", 3))
    for headers in (many, signed):
        request = Request("GET", "/", "1.1", 2, 5, headers=headers)
        assert "-H" not in way_of(Transfer(1, 9), None, request).curl("https://a.example/")


def test_a_header_that_is_tried_stands_in_place_of_the_call_s_own_and_of_no_other() -> None:
    headers = Header("Accept", "text/html", 3), Header("Prefer", "wait=1", 3)
    way = way_of(Transfer(1, 9), None, Request("GET", "/", "1.1", 2, 5, headers=headers))
    command = way.curl("https://a.example/", "-H", "Accept: application/json")
    assert shlex.split(command)[1:-1] == ["-H", "Accept: application/json", "-H", "Prefer: wait=1"]
