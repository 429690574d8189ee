from __future__ import annotations

import pytest

from curlx.diagnoses.tls.limits import CIPHERS, VERSIONS, given, is_narrow
from curlx.timeline import Transfer


@pytest.mark.parametrize(("words", "found", "narrow"), [
    (("-v", "--tls-max", "1.1", "https://shop.example/"), ("--tls-max 1.1",), True),
    (("--tlsv1.2", "--ciphers", "AES128-SHA"), ("--tlsv1.2", "--ciphers AES128-SHA"), False),
    (("--tlsv1.3",), ("--tlsv1.3",), True),
    (("--tls-max",), ("--tls-max",), True),
    (("-v", "--cacert", "ca.pem"), (), False),
])  # fmt: skip
def test_the_limits_of_a_command_are_told_with_their_values(
    words: tuple[str, ...], found: tuple[str, ...], narrow: bool
) -> None:
    options = given(Transfer(1, 2, arguments=words), *VERSIONS, *CIPHERS)
    assert options == found
    assert is_narrow(options) is narrow
