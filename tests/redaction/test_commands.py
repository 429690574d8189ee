from __future__ import annotations

import pytest

from curlx.redaction.commands import hide_options, split_certificate
from curlx.redaction.placeholders import Placeholders


@pytest.mark.parametrize(("value", "name", "password"), [
    ("client.pem", "client.pem", None),
    ("client.pem:a:b", "client.pem", "a:b"),
    ("client.pem:", "client.pem", ""),
    ("C:\\client.pem:secret", "C:\\client.pem", "secret"),
    ("C:/client.pem", "C:/client.pem", None),
    ("pkcs11:token=a;object=b", "pkcs11:token=a;object=b", None),
])  # fmt: skip
def test_a_certificate_ends_at_the_first_colon_that_is_no_drives(value: str, name: str, password: str | None) -> None:
    assert split_certificate(value) == (name, password)
    hidden = hide_options(f"curl --cert {value} https://a.example/", Placeholders())
    assert name in hidden
    assert not password or password not in hidden
