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
        "--header=X-Token:sesame-9",
        "--header X-Token:sesame-9",
        "--data=password=sesame-9",
        "-K - <<< 'cert = \"c.pem:sesame-9\"'",
        "-K - <<< 'proxy = \"ada:sesame-9@proxy.example:3128\"'",
        '-K <(printf "silent\\nproxy-cert = c.pem:sesame-9\\n")',
        '--netrc-file <(echo "default login ada password sesame-9")',
        '--netrc-file <(printf "machine a.example\\n\\tlogin ada\\n\\tpassword sesame-9\\n")',
        '--quote "SITE PASS sesame-9"',
        "--variable key@- <<< sesame-9",
        "--variable key@<(echo sesame-9)",
        "--api-key sesame-9",
        "-d otp=sesame-9",
        '-sd "pass=sesame-9"',
        "--data-urlencode pw=sesame-9",
        "--url-query 'totp=sesame-9'",
        "-F 'pin=sesame-9;type=text/plain'",
        "-F 'user[otp_attempt]=sesame-9'",
        "-Gd access_code=sesame-9",
        '--data @- <<< "pin=sesame-9"',
        "-d grant_type=authorization_code -d code=sesame-9",
    ],
)
def test_the_odd_forms_of_an_option_hide_its_value(options: str) -> None:
    assert "sesame-9" not in hide(f"$ curl -v https://a.example/ {options}")


@pytest.mark.parametrize(
    "command",
    [
        "curl8 -v -u ada:sesame-9",
        "curl-openssl -u ada:sesame-9",
        "echo 'user = \"ada:sesame-9\"' | curl -K -",
        "$CURL -u ada:sesame-9",
        '"${CURL}" -u ada:sesame-9',
        "$(which curl) -u ada:sesame-9",
        "`command -v curl` -u ada:sesame-9",
        'wcurl --curl-options="-u ada:sesame-9"',
        "CURL_OPTS='--user ada:sesame-9'; fetch",
        "docker login -u ada --password sesame-9 && curl",
    ],
)
def test_a_command_is_curls_by_whatever_name(command: str) -> None:
    assert "sesame-9" not in hide(f"$ {command} https://a.example/")


@pytest.mark.parametrize(
    "text",
    [
        "$ curl --cert-type PEM --key-type DER --cookie-jar jar --user-agent a --pass-through x https://a.example/",
        "$ docker login -u ada --password-stdin && curl https://a.example/",
        "$ curl --data=x=y=z --netrc-file logins --quote 'SITE HELP' ftp://a.example/",
        "the default login has a password of its own; `curl` (curl) reads it",
        "$ curl -d mfa=required -d code=404 -F pin=@plan.png -F key=a/b.png -D pass=1 https://a.example/",
        "export CURL_CA_BUNDLE='/etc/ca.pem'",
    ],
)
def test_options_and_words_that_hold_no_secret_stay(text: str) -> None:
    assert hide(text) == text


def test_options_below_a_command_are_hidden_until_their_end() -> None:
    redactor = Redactor()
    lines = [
        "$ curl -v -K - <<'END' https://a.example/",
        "-u ada:sesame-9",
        '> proxy-user "ada:sesame-8"',
        "url = https://a.example/",
        "END",
        "-u ada:noon",
    ]
    assert [redactor.hide(Line(number, line, len(line))).text for number, line in enumerate(lines, 1)] == [
        lines[0],
        "-u ‹credentials 1›",
        '> proxy-user "‹credentials 2›"',
        *lines[3:],
    ]


def test_a_quotation_around_an_option_and_its_value_stays() -> None:
    assert hide('CURL_OPTS="-s -u ada:sesame-9"') == 'CURL_OPTS="-s -u ‹credentials 1›"'
    assert hide("$ curl -K <(echo '--cert c.pem:sesame-9') x") == "$ curl -K <(echo '--cert c.pem:‹password 1›') x"


def test_a_proxy_in_a_file_of_options_and_in_curls_words_hides_who_logs_in() -> None:
    assert hide('proxy = "ada:sesame-9@p.example:1"') == 'proxy = "‹url-credentials 1›@p.example:1"'
    told = "* Uses proxy env variable http_proxy == 'ada:sesame-9@p.example:1'"
    assert hide(told) == told.replace("ada:sesame-9", "‹url-credentials 1›")
