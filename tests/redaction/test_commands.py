from __future__ import annotations

import pytest

from curlx.lines import Line
from curlx.redaction import Redactor
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


def hide(text: str) -> str:
    return Redactor().hide(Line(1, text, len(text))).text


@pytest.mark.parametrize(
    "options",
    [
        "-u 'ada':'sesame-9'",
        "-K - <<< 'user = ada:sesame-9'",
        "--oauth2-b sesame-9",
        "--ftp-account sesame-9",
    ],
)
def test_the_odd_forms_of_an_option_hide_its_value(options: str) -> None:
    assert "sesame-9" not in hide(f"$ curl -v https://a.example/ {options}")


@pytest.mark.parametrize(
    "command",
    ["curl8 -v -u ada:sesame-9", "curl-openssl -u ada:sesame-9", "echo 'user = \"ada:sesame-9\"' | curl -K -"],
)
def test_a_command_is_curls_by_whatever_name(command: str) -> None:
    assert "sesame-9" not in hide(f"$ {command} https://a.example/")
