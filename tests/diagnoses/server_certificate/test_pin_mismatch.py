import curlx


def test_the_pin_of_the_key_that_was_shown_is_quoted() -> None:
    log = """*   Trying 192.0.2.7:443...
* Connected to shop.example (192.0.2.7) port 443
* SSL connection using TLS1.3 / ECDHE_RSA_AES_256_GCM_SHA384
*  public key hash: sha256//9j9NXeMQW9zvltg9P/FC/AlYOhFz9jPw9/+9naHwAw=
* SSL: public key does not match pinned public key
* closing connection #0
"""
    finding = curlx.explain(log).findings[0]
    assert finding.code == "server-certificate-pin-mismatch"
    assert "the pin of the key that the server showed here" in [proof.shows for proof in finding.evidence]
    assert 4 in [proof.line for proof in finding.evidence]
