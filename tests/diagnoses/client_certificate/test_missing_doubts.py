"""No client certificate was sent: what else may be the reason, and what curl's silence does not tell."""

import curlx


def test_who_hung_up_without_a_word_may_have_had_another_reason():
    log = """* Connected to shop.example (192.0.2.10) port 443 (#0)
* TLSv1.2 (OUT), TLS handshake, Client hello (1):
* TLSv1.2 (IN), TLS handshake, Server hello (2):
* TLSv1.2 (IN), TLS handshake, Certificate (11):
* TLSv1.2 (IN), TLS handshake, Request CERT (13):
* TLSv1.2 (IN), TLS handshake, Server finished (14):
* TLSv1.2 (OUT), TLS handshake, Certificate (11):
* TLSv1.2 (OUT), TLS handshake, Client key exchange (16):
* TLSv1.2 (OUT), TLS handshake, Finished (20):
* TLSv1.2 (IN), TLS handshake, Finished (20):
* SSL connection using TLSv1.2 / ECDHE-RSA-AES256-GCM-SHA384
> GET /a HTTP/1.1
> Host: shop.example
>
* Empty reply from server
* Closing connection 0
curl: (52) Empty reply from server
"""
    finding = curlx.explain(log).findings[0]
    assert (finding.code, finding.certainty) == ("client-certificate-missing", "likely")
    assert any("return 444" in cause for cause in finding.causes)


def test_where_curl_was_told_not_to_look_its_silence_is_no_praise_of_the_servers_certificate():
    log = """$ curl -v{} https://shop.example/
* TLSv1.3 (IN), TLS handshake, Request CERT (13):
...
curl: (56) OpenSSL SSL_read: error:1409445C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required, errno 0
"""
    told = curlx.explain(log.format("k")).findings[0].summary
    assert "was told not to check the server's certificate" in told
    assert "did not complain" not in told
    assert "did not complain" in curlx.explain(log.format("")).findings[0].summary


_REDIRECTED = """$ curl -v -L https://a.example/start
* Connected to a.example (192.0.2.1) port 443
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
> GET /start HTTP/1.1
> Host: a.example
>\x20
< HTTP/1.1 302 Found
< Location: https://b.example/api?all=1
< Content-Length: 0
<\x20
* Connection #0 to host a.example left intact
* Issue another request to this URL: 'https://b.example/api?all=1'
* Connected to b.example (192.0.2.2) port 443
"""


def test_what_lies_behind_a_redirect_is_asked_for_by_way_of_it() -> None:
    log = f"""{_REDIRECTED}* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
> GET /api?all=1 HTTP/1.1
> Host: b.example
>\x20
< HTTP/1.1 400 Bad Request
< Server: nginx
<\x20
<head><title>400 No required SSL certificate was sent</title></head>
"""
    finding = curlx.explain(log).findings[0]
    assert finding.code == "client-certificate-missing"
    command = "curl -v -L --cert client.pem --key client.key https://a.example/start"
    assert command in [each for remedy in finding.remedies for each in remedy.commands]


def test_a_command_for_the_host_of_a_redirect_keeps_its_path() -> None:
    finding = curlx.explain(
        f"{_REDIRECTED}* SSL certificate problem: unable to get local issuer certificate\n"
        "curl: (60) SSL certificate problem: unable to get local issuer certificate\n"
    ).findings[0]
    command = "curl -v --cacert your-ca.pem 'https://b.example/api?all=1'"
    assert command in [each for remedy in finding.remedies for each in remedy.commands]
