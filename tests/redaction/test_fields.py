"""Values whose names tell that they are secrets. Every one here is invented."""

from __future__ import annotations

import pytest

from curlx.lines import Line
from curlx.redaction import Redactor


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ('{"pin":"4711","otp":991122}', '{"pin":"‹parameter 1›","otp":‹parameter 2›}'),
        (r'{"a":"{\"pin\":\"4711\"}"}', r'{"a":"{\"pin\":\"‹parameter 1›\"}"}'),
        ("{'pin': '4711'}", "{'pin': '‹parameter 1›'}"),
        ('{"otp_code":"4711","cardPin":"4712"}', '{"otp_code":"‹parameter 1›","cardPin":"‹parameter 2›"}'),
        ("<pin>4711</pin>", "<pin>‹parameter 1›</pin>"),
        ("pin=4711&a=b", "pin=‹parameter 1›&a=b"),
        ("set pin=4 for the lamp", "set pin=4 for the lamp"),
        ('{"pinCode":"4711"}', '{"pinCode":"‹parameter 1›"}'),
        ('{"pin_code":4711}', '{"pin_code":‹parameter 1›}'),
        ('{"two_factor_code":"4711"}', '{"two_factor_code":"‹parameter 1›"}'),
        ('{"authCode":"4711","securityCode":"471"}', '{"authCode":"‹parameter 1›","securityCode":"‹parameter 2›"}'),
        ("{'tan': '4711', 'cvc': '471'}", "{'tan': '‹parameter 1›', 'cvc': '‹parameter 2›'}"),
        ("<ns:sms_code>4711</ns:sms_code>", "<ns:sms_code>‹parameter 1›</ns:sms_code>"),
        ("user=a&totp=4711", "user=a&totp=‹parameter 1›"),
        ("> GET /?tan=4711 HTTP/1.1", "> GET /?tan=‹parameter 1› HTTP/1.1"),
        ("> X-Shop-OTP: 4711", "> X-Shop-OTP: ‹api-key 1›"),
        ("X-PIN: 4711", "X-PIN: ‹api-key 1›"),
        ("$ curl -H 'X-Sms-Code: 4711' a.example", "$ curl -H 'X-Sms-Code: ‹api-key 1›' a.example"),
        ('{"name":"X-OTP","value":"4711"}', '{"name":"X-OTP","value":"‹api-key 1›"}'),
        ("the pin: 4711, its tan: 4712", "the pin: 4711, its tan: 4712"),
        ("> X-Error-Code: 4711", "> X-Error-Code: 4711"),
        ("< X-Mapping: a", "< X-Mapping: a"),
        ("> OTP: 471193", "> OTP: ‹api-key 1›"),
        ("> Recovery-Code: 4711", "> Recovery-Code: ‹api-key 1›"),
        ("$ curl -H 'Session: 4711' a.example", "$ curl -H 'Session: ‹session 1›' a.example"),
        ("> X-2FA: 471193", "> X-2FA: ‹api-key 1›"),
        ("X-Authy: 471193", "X-Authy: ‹api-key 1›"),
        ('{"mfa":"required","pw":"4711"}', '{"mfa":"required","pw":"‹parameter 1›"}'),
        ("the box says pin=4711, or else tan=471.25", "the box says pin=‹parameter 1›, or else tan=471.25"),
        ("(mfa=471193)", "(mfa=471193)"),
        ("mfa=471193&puk=48219334", "mfa=‹parameter 1›&puk=‹parameter 2›"),
        ("mfa=required", "mfa=required"),
        ("?user=al&pw=sesame", "?user=al&pw=‹parameter 1›"),
        ("code=abc9&grant_type=authorization_code", "code=‹parameter 1›&grant_type=authorization_code"),
        (
            '{"grant_type":"authorization_code","code":"abc9"}',
            '{"grant_type":"authorization_code","code":"‹parameter 1›"}',
        ),
        ("level=error code=404 client_id=app", "level=error code=404 client_id=app"),
        ('{"zip_code":"43004","error_code":"E17","code":17}', '{"zip_code":"43004","error_code":"E17","code":17}'),
        ("< Location: /cb?state=xyz9&code=abc9", "< Location: /cb?state=‹parameter 2›&code=‹parameter 1›"),
        (
            "< Location: https://login.example/authorize?client_id=app&response_type=code&state=abc9",
            "< Location: https://login.example/authorize?client_id=app&response_type=code&state=‹parameter 1›",
        ),
        ("> GET /issues?state=open HTTP/1.1", "> GET /issues?state=open HTTP/1.1"),
        ("> GET /places?state=ohio&zip_code=43004 HTTP/1.1", "> GET /places?state=ohio&zip_code=43004 HTTP/1.1"),
    ],
)
def test_the_value_of_a_name_that_means_a_secret_is_hidden(text: str, hidden: str) -> None:
    assert Redactor().hide(Line(1, text, len(text))).text == hidden
