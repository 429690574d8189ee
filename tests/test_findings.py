from __future__ import annotations

from curlx.findings import Finding, transfer_of
from curlx.timeline import Transfer


def test_a_finding_is_about_its_transfer_and_without_one_the_last_counts() -> None:
    first, last = Transfer(1, 9), Transfer(10, 19)
    found = Finding("http-forbidden", "error", "certain", "", "", (), transfer=0)
    assert transfer_of((first, last), found) is first
    assert transfer_of((first, last), None) is last


def test_a_page_that_was_pasted_alone_is_of_no_transfer() -> None:
    assert transfer_of((), Finding("http-forbidden", "error", "certain", "", "", ())) is None
    assert transfer_of((), None) is None
