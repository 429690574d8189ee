from __future__ import annotations

import pytest

import curlx


@pytest.mark.parametrize(("said", "of_nss"), [
    ("unable to load client key: -8178 (SEC_ERROR_BAD_KEY)", True),
    ("unable to set private key file: 'k.key' type PEM", False),
])  # fmt: skip
def test_nss_may_not_read_this_kind_of_key(said: str, of_nss: bool) -> None:
    (finding,) = curlx.explain(f"$ curl --cert c.pem --key k.key https://a.example/\ncurl: (58) {said}\n").findings
    assert any("NSS" in cause for cause in finding.causes) == of_nss
    assert any("openssl rsa -traditional" in step for each in finding.remedies for step in each.steps) == of_nss


@pytest.mark.parametrize(
    ("options", "first"), [("", "does not exist"), ("--pass abc ", "was given (--pass) is not the")]
)
def test_a_passphrase_that_was_given_is_not_missing_and_comes_first(options: str, first: str) -> None:
    finding = curlx.explain(f"""$ curl -v --cert c.crt --key enc.key {options}https://shop.example/
* unable to set private key file: 'enc.key' type PEM
curl: (58) unable to set private key file: 'enc.key' type PEM
""").findings[0]
    assert first in finding.causes[0]
    assert any("passphrase is missing" in cause for cause in finding.causes) == (not options)
    (remedy,) = finding.remedies
    assert remedy.commands[-1] == "curl -v --cert c.crt --key enc.key https://shop.example/"
    assert ("Your call gave the key's passphrase" in remedy.steps[-1]) == bool(options)
