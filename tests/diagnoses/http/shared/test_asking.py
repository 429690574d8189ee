import pytest

import curlx
from curlx.diagnoses.http.shared.asking import again, resend, sent_before, whither
from curlx.timeline import Connection, Exchange, Header, Request, Tls, Transfer


def asked(**rest):
    """Make an exchange over TLS with a host on port 8443."""
    headers = tuple(Header(name, value, 3) for name, value in rest.pop("sent", {}).items())
    request = Request(**{"method": "GET", "target": "/v1/a?b=c d", "version": "2", **rest}, first_line=2, last_line=4,
                      headers=headers)  # fmt: skip
    return Transfer(
        1,
        9,
        url="https://api.example.com:8443/",
        connections=(Connection(1, 9, host="api.example.com", port=8443, tls=Tls("origin", 1, 2, True)),),
        exchanges=(Exchange(0, 2, 9, request=request),),
    )


def test_asking_again_keeps_host_port_path_and_query():
    transfer = asked()
    assert again(transfer, transfer.exchanges[0], "-v", "--http1.1") == (
        "curl -v --http1.1 'https://api.example.com:8443/v1/a?b=c d'",
    )


def test_what_needs_data_that_the_log_does_not_show_is_not_asked_again():
    transfer = asked(method="POST")
    assert again(transfer, transfer.exchanges[0]) == ()


@pytest.mark.parametrize("sent", [{"Authorization": "Basic [hidden]"}, {"cookie": "a=b"}])
def test_credentials_are_not_resent_to_where_an_answer_leads(sent):
    transfer = asked(method="POST", sent=sent)
    assert resend(transfer, transfer.exchanges[0], "https://other.example/") == ()
    transfer = asked(method="POST")
    assert resend(transfer, transfer.exchanges[0], "https://other.example/")


def test_a_proxy_is_asked_for_the_whole_url():
    transfer = asked(target="http://shop.example/x")
    assert again(transfer, transfer.exchanges[0]) == ("curl http://shop.example/x",)


def test_nothing_is_asked_again_of_nobody():
    assert again(Transfer(1, 9), None) == ()
    assert again(Transfer(1, 9), Exchange(-1, 1, 2)) == ()


LED = b"""* Connected to old.example (192.0.2.1) port 443
> GET /a HTTP/1.1
> Host: old.example
>
< HTTP/1.1 302 Found
< Location: https://new.example/b
< Content-Length: 0
<
* Connection #0 to host old.example left intact
* Issue another request to this URL: 'https://new.example/b'
* Connected to new.example (192.0.2.2) port 443
> GET /b HTTP/1.1
> Host: new.example
>
< HTTP/1.1 503 Service Unavailable
< Content-Length: 0
<
* Connection #1 to host new.example left intact
"""


def test_where_no_line_tells_of_tls_the_redirect_does():
    (transfer,) = curlx.explain(LED).timeline.transfers
    assert again(transfer, transfer.exchanges[1]) == ("curl https://new.example/b",)


def test_a_command_alone_tells_what_to_ask_over_http1():
    said = b"curl: (92) HTTP/2 stream 0 was not closed cleanly: PROTOCOL_ERROR (err 1)\n"
    for options, asked in ((b"-I ", "-I "), (b"-L ", ""), (b"-d x ", None), (b"-X DELETE ", None)):
        finding = curlx.explain(b"$ curl %shttps://a.example/x\n%s" % (options, said)).findings[0]
        follow = "-L " if options == b"-L " else ""
        command = (f"curl -v --http1.1 {follow}{asked}https://a.example/x",)
        assert finding.remedies[1].commands == (() if asked is None else command)
        assert any("answered HEAD with a body" in cause for cause in finding.causes) == (options == b"-I ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-o", "answer.json"), "the file `answer.json`"),
        (("-o", "/dev/null"), "throws it away"),
        (("-f", "-o", "answer.json"), "does not write it"),
        (("-o", "-"), "standard output or"),
        ((), "standard output or"),
    ],
)
def test_where_the_text_of_an_answer_went_is_told_as_the_command_tells_it(arguments, told):
    assert told in whither(Transfer(1, 2, arguments=("-v", *arguments, "https://api.example.com/")))


def test_a_request_that_curl_sent_again_may_have_been_carried_out_twice(several):
    first = {"status": 504, "superseded": True, "method": "POST"}
    timeline = several(first, {"status": 401, "method": "POST"})
    call = timeline.transfers[0]
    assert "twice" in sent_before(call, call.exchanges[-1])
    assert sent_before(call, call.exchanges[0]) == ""
    safe = several({"status": 504, "superseded": True}, {"status": 401}).transfers[0]
    assert sent_before(safe, safe.exchanges[-1]) == ""
    logged_in = several({**first, "status": 401}, {"status": 500, "method": "POST"}).transfers[0]
    assert sent_before(logged_in, logged_in.exchanges[-1]) == ""
