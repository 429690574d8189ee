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
