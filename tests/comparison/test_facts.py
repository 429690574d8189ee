from __future__ import annotations

from curlx.comparison.facts import (
    NONE,
    command_facts,
    connection_facts,
    request_facts,
    response_facts,
    status_fact,
    tls_facts,
    transfer_facts,
    tunnel_facts,
)
from curlx.timeline import (
    Attempt,
    Certificate,
    Complaint,
    Connection,
    Exchange,
    Exit,
    Fact,
    Header,
    Proxy,
    Request,
    Response,
    Tls,
    Transfer,
)


def test_an_option_given_twice_has_both_values_and_talk_is_left_out() -> None:
    arguments = ("-sv", "-k", "-H", "A: 1", "-H", "B: 2", "--tls-max", "1.2", "https://a.example/", "-o", "x")
    options = {one.title: one.value for one in command_facts(Fact("curl ...", 3), arguments)}
    assert options == {"Option --insecure": "given", "Option --header": "A: 1, B: 2", "Option --tls-max": "1.2"}


def test_an_error_is_known_by_its_kind_and_not_by_its_words() -> None:
    def error(text: str) -> object:
        transfer = Transfer(1, 9, complaints=(Complaint("reset", text, 8, "tls"),), exit=Exit(35, text, 9))
        return next(one for one in transfer_facts(transfer, ended=True) if one.topic == "error").compared

    assert error("Recv failure") == error("Connection reset by peer")


def test_a_log_that_ends_early_does_not_tell_how_far_the_call_got() -> None:
    known = {one.topic: one for one in transfer_facts(Transfer(1, 9, phase="tls"), ended=False)}
    assert known["reached"].value is None
    assert known["error"].value is None
    assert status_fact(Exchange(0, 1, 2), ended=False).value is None
    assert status_fact(Exchange(0, 1, 2), ended=True).value == "no answer"


def test_the_address_is_the_one_that_did_not_fail() -> None:
    tried = (Attempt("2001:db8::1", 443, 2, Fact("connect-refused", 3)), Attempt("203.0.113.1", 443, 4))
    known = {one.topic: one for one in connection_facts(Transfer(1, 9), Connection(1, 9, attempts=tried))}
    assert (known["address"].value, known["address"].line) == ("203.0.113.1", 4)
    assert (known["port"].value, known["port"].line) == ("443", 2)


def test_one_name_in_two_spellings_is_one_name() -> None:
    def issuer(name: str) -> object:
        tls = Tls("origin", 1, 9, True, certificate=Certificate("server", 1, 2, issuer=Fact(name, 2)))
        return next(one for one in tls_facts(tls) if one.topic == "issuer").compared

    assert issuer("C=NL; O=Example; CN=CA") == issuer("C=NL,O=Example,CN=CA") == issuer("CN=CA,O=Example,C=NL")
    assert issuer("C=NL; CN=CA") != issuer("C=NL; CN=CB")


def test_what_a_failed_handshake_did_not_get_to_is_unknown_for_that_reason() -> None:
    known = {one.topic: one for one in tls_facts(Tls("origin", 1, 9, True, completed=Fact(False, 9)))}
    assert known["tls-version"].value is None
    assert known["tls-version"].why == "the handshake failed before that"


def test_a_build_that_prints_no_handshake_is_named_as_the_reason() -> None:
    known = {one.topic: one for one in tls_facts(Tls("origin", 1, 9, False))}
    assert known["client-certificate-sent"].value is None
    assert known["client-certificate-sent"].why == "this build of curl prints no handshake messages"


def test_only_a_refused_certificate_proves_that_it_was_verified() -> None:
    def insecure(tls: Tls) -> list[str | None]:
        transfer = Transfer(1, 9, connections=(Connection(1, 9, tls=tls),))
        return [one.value for one in transfer_facts(transfer, ended=True) if one.topic == "insecure"]

    assert insecure(Tls("origin", 1, 9, True, verdict="rejected", verdict_reason="certificate-expired")) == ["no"]
    assert insecure(Tls("origin", 1, 9, True, verdict="accepted")) == []
    assert insecure(Tls("origin", 1, 9, True, verdict="rejected", verdict_reason="certificate-pin-mismatch")) == []


def test_a_login_that_was_not_sent_is_known_to_be_none() -> None:
    connect = Exchange(
        0, 2, 4, Request("CONNECT", "a.example:443", "1.1", 2, 3), response=Response(407, "", "1.1", 4, 4)
    )
    connection = Connection(1, 9, proxy=Proxy("tunnel", 2, "proxy.example", 3128, connect))
    assert [(one.topic, one.value) for one in tunnel_facts(connection)] == [
        ("proxy-credentials", NONE), ("proxy-answer", "407")
    ]  # fmt: skip
    assert [*tunnel_facts(Connection(1, 9))] == []


def test_the_port_of_the_host_header_is_no_other_host() -> None:
    def host(value: str) -> object:
        request = Request("GET", "/", "1.1", 1, 2, (Header("Host", value, 2),))
        return next(one for one in request_facts(request) if one.topic == "host").compared

    assert host("a.example:8443") == host("a.example")
    assert host("[2001:db8::1]") != host("[2001:db8::2]")


def test_headers_that_a_cut_answer_does_not_show_are_unknown() -> None:
    cut = Response(200, "OK", "1.1", 1, 2, headers_complete=False)
    assert {one.value for one in response_facts(cut)} == {None}
    assert {one.value for one in response_facts(Response(200, "OK", "1.1", 1, 2))} == {NONE}


def test_a_nonce_is_no_difference_between_challenges() -> None:
    def challenge(value: str) -> object:
        answer = Response(401, "", "1.1", 1, 2, (Header("WWW-Authenticate", value, 2),))
        return next(one for one in response_facts(answer) if one.title.endswith("WWW-Authenticate")).compared

    assert challenge('Digest realm="a", nonce="1"') == challenge('Digest realm="a", nonce="2"')
    assert challenge('Digest realm="a"') != challenge('Digest realm="b"')
