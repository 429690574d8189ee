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
