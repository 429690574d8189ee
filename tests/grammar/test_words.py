"""The named pieces of expressions."""

from __future__ import annotations

import re

import pytest

from curlx.grammar.words import NUMBER, without_port


@pytest.mark.parametrize(("authority", "host"), [
    ("shop.example:443", "shop.example"), ("shop.example", "shop.example"), ("[2001:db8::14]:80", "2001:db8::14"),
    ("2001:db8::14", "2001:db8::14"), ("app.sock:0", "app.sock"),
])  # fmt: skip
def test_the_port_is_taken_off_a_host_and_an_address(authority: str, host: str) -> None:
    assert without_port(authority) == host


def test_a_number_is_never_longer_than_python_reads() -> None:
    assert re.fullmatch(NUMBER, "9" * 5000) is None
    assert re.fullmatch(NUMBER, "1048576000")
