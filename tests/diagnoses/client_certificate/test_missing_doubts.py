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
