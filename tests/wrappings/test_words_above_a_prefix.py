"""What somebody says above a log is not taken for a line of it that lost a part of its prefix."""

from __future__ import annotations

import pytest

import curlx
from tests.test_wrapped import FIXTURES


@pytest.mark.parametrize("before", ["What a colleague got: ", "vs. ", "staging  ", "Alice wrote: "])
def test_words_above_a_log_with_a_prefix_are_no_certain_failure(before: str) -> None:
    log, _, _ = (FIXTURES / "wrapped" / "words-of-another-below-a-prefix.log").read_text("utf-8").partition("\n\n")
    above = f"{before}curl: (6) Could not resolve host: stock.example\n\n{log}\n"
    assert all(finding.certainty != "certain" for finding in curlx.explain(above.encode()).findings)


def test_the_log_below_a_title_that_quotes_it_is_read_without_its_prefix() -> None:
    words = "OpenSSL SSL_read: error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca, errno 0"
    log = f'??? question "`curl: (56) OpenSSL ... unknown ca`"\n\n    If you see:\n\n    curl: (56) {words}\n    exit status 56\n'
    assert curlx.explain(log.encode()).findings[0].code == "client-certificate-untrusted"
