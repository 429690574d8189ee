"""Secrets in less common ways to give them. Every one here is invented."""

import pytest

from curlx.lines import Line
from curlx.redaction import Redactor


@pytest.mark.parametrize(
    "text",
    [
        "$ curl --expand-user al:S3cretValue x",
        "$ curl --expand-cookie sid=S3cretValue x",
        '$ curl --variable "tok=S3cretValue" x',
        "$ curl --tlspass S3cretValue x",
        "$ curl --netrc-file <(echo machine a login b password S3cretValue) x",
        '$ curl -K <(echo "user = al:S3cretValue") x',
        '$ echo "cookie = sid=S3cretValue" | curl -K - x',
        '$ echo "user al:S3cretValue" | curl -K - x',
        "$ curl-impersonate-chrome -u al:S3cretValue x",
        "$ curl_chrome110 -u al:S3cretValue x",
        "$ curl-8.1 -u al:S3cretValue x",
        '$ curl -Q "PASS S3cretValue" x',
        "$ export https_proxy=al:S3cretValue@proxy.example:3128",
        '  curl_easy_setopt(hnd, CURLOPT_USERPWD, "al:S3cretValue");',
        '  curl_easy_setopt(hnd, CURLOPT_XOAUTH2_BEARER, "S3cretValue");',
        '  curl_easy_setopt(hnd, CURLOPT_COOKIE, "sid=S3cretValue");',
        '  curl_easy_setopt(hnd, CURLOPT_PROXY_KEYPASSWD, "S3cretValue");',
        'c.setopt(pycurl.USERPWD, "al:S3cretValue")',
        "c.setopt(c.PASSWORD, 'S3cretValue')",
        "    CURLOPT_USERPWD => 'al:S3cretValue',",
        "$options[CURLOPT_PROXYUSERPWD] = 'al:S3cretValue';",
        "otp_code=S3cretValue",
        "> POST /x?mfa_code=S3cretValue HTTP/1.1",
        '{"newPin": "S3cretValue"}',
        '{"verification_code":"S3cretValue"}',
        "{'sms_code': 'S3cretValue'}",
        r'"{\"sms_code\": \"S3cretValue\"}"',
        "> POST /x?verification_code=S3cretValue HTTP/1.1",
        '{"cvv":"S3cretValue"}',
    ],
)
def test_a_secret_is_hidden_in_less_common_ways_to_give_it(text: str) -> None:
    assert "S3cretValue" not in Redactor().hide(Line(1, text, len(text))).text


@pytest.mark.parametrize(
    "text",
    [
        '  curl_easy_setopt(hnd, CURLOPT_COOKIEFILE, "jar.txt");',
        "    CURLOPT_COOKIEJAR => 'jar.txt',",
        'c.setopt(pycurl.USERAGENT, "shop/1.0")',
    ],
)
def test_what_holds_no_secret_stays(text: str) -> None:
    assert Redactor().hide(Line(1, text, len(text))).text == text


@pytest.mark.parametrize(
    "pieces",
    [
        ("fatal: unable to access 'https:", "//al:S3cretValue@git.example/x.git/'"),
        ("fatal: unable to access 'https:/", "/al:S3cretValue@git.example/x.git/'"),
        ("fatal: unable to access 'https://", "al:S3cretValue@git.example/x.git/'"),
        ("fatal: unable to access 'https://al:", "S3cretValue@git.example/x.git/'"),
        ("  downloading https://u:  ", "  S3cretValue@a.example/packages.json:  "),
        ("fatal: unable to access 'https://al:S3cretValue@", "git.example/x.git/'"),
        ("fatal: unable to access 'https://git.example/x.git/?private_token=", "S3cretValue': Could not resolve host"),
    ],
)
def test_a_secret_is_hidden_in_front_of_which_its_line_was_broken(pieces: tuple[str, ...]) -> None:
    redactor = Redactor()
    told = [redactor.hide(Line(number, text, len(text))).text for number, text in enumerate(pieces, 1)]
    assert "S3cretValue" not in "".join(told)
    assert "git.example" in "".join(told) or "a.example" in "".join(told)


@pytest.mark.parametrize(
    "pieces",
    [
        ("Set https_proxy=http://proxy.example:", "8080/x for all"),
        ("see https://a.example/", "bob@b.example"),
        ("as in https:", "error: bob@b.example"),
        ("https://a.example:", "8443"),
    ],
)
def test_what_follows_a_broken_url_and_is_no_login_stays(pieces: tuple[str, ...]) -> None:
    redactor = Redactor()
    assert tuple(redactor.hide(Line(number, text, len(text))).text for number, text in enumerate(pieces, 1)) == pieces
