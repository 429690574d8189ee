"""What a URL names, and whose a host is."""

from __future__ import annotations

import pytest

from curlx.advice.hosts import is_here, is_own, split_url


@pytest.mark.parametrize(("url", "parts"), [
    ("https://A.example:8443/b?c", ("https", "a.example", 8443, "/b?c")), ("a.example/b", ("https", "a.example", None, "/b")),
    ("http://[::1]:80", ("http", "::1", 80, "/")), ("https://[::1", ("https", None, None, "/")),
    (None, ("https", None, None, "/")),
])  # fmt: skip
def test_a_url_has_a_host_with_and_without_a_scheme(url: str | None, parts: tuple) -> None:
    assert split_url(url) == parts


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.0.1.1", True),
        ("[::1]", True),
        ("::1", True),
        ("192.0.2.1", False),
        ("127.0.0.1.example", False),
        ("", False),
    ],
)
def test_a_host_is_the_machine_itself_or_not(host: str, here: bool) -> None:
    assert is_here(host) is here


@pytest.mark.parametrize(("host", "own"), [
    ("10.0.1.4", True), ("[fd00::1]", True), ("127.0.0.1", True), ("localhost", True), ("203.0.113.4", False),
    ("2001:db8::1", False), ("shop.example", False),
])  # fmt: skip
def test_an_address_for_documentation_stands_for_a_public_one(host: str, own: bool) -> None:
    assert is_own(host) is own
