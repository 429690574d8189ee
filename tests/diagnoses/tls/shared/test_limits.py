from __future__ import annotations

import pytest

from curlx.diagnoses.tls.shared.limits import CIPHERS, VERSIONS, at_most_12, given, is_before, is_narrow, only_12
from curlx.timeline import Curl, Fact, Timeline, Transfer


@pytest.mark.parametrize(("words", "found", "narrow"), [
    (("-v", "--tls-max", "1.1", "https://shop.example/"), ("--tls-max 1.1",), True),
    (("--tlsv1.2", "--ciphers", "AES128-SHA"), ("--tlsv1.2", "--ciphers AES128-SHA"), False),
    (("--tlsv1.3",), ("--tlsv1.3",), True),
    (("--tls-max=1.1",), ("--tls-max 1.1",), True),
    (("-v3",), ("--sslv3",), True),
    (("--tls-max",), ("--tls-max",), True),
    (("-v", "--cacert", "ca.pem"), (), False),
])  # fmt: skip
def test_the_limits_of_a_command_are_told_with_their_values(
    words: tuple[str, ...], found: tuple[str, ...], narrow: bool
) -> None:
    options = given(Transfer(1, 2, arguments=words), *VERSIONS, *CIPHERS)
    assert options == found
    assert is_narrow(options) is narrow


@pytest.mark.parametrize(
    ("version", "at_most", "only"),
    [
        ("7.29.0", "--tlsv1.2", "--tlsv1.2"),
        ("7.54.0", "--tls-max 1.2", "--tlsv1.2 --tls-max 1.2"),
        (None, "--tls-max 1.2", "--tlsv1.2 --tls-max 1.2"),
    ],
)
def test_an_old_curl_does_not_know_the_option_for_the_highest_version(
    version: str | None, at_most: str, only: str
) -> None:
    timeline = Timeline(curl=Curl(Fact(version, 1) if version else None))
    assert (" ".join(at_most_12(timeline)), " ".join(only_12(timeline))) == (at_most, only)


@pytest.mark.parametrize(
    ("version", "before"), [("7.9", True), ("7.54.1-DEV", False), ("8.0.0", False), ("7", None), ("x.y", None)]
)
def test_the_age_of_curl_is_known_by_its_version(version: str, before: bool | None) -> None:
    assert is_before(Timeline(curl=Curl(Fact(version, 1))), 7, 54) is before
