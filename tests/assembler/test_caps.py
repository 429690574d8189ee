"""What a log can hold any number of is kept up to a bound: a hostile log must not grow memory."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx.assembler.handshakes import CertificateDraft, TlsDraft
from curlx.assembler.transfers import TransferDraft
from curlx.events import CertificateField
from curlx.timeline import Response, Timeline

from .conftest import Assemble

MANY = 2_500
"""More than any of the bounds."""


def response(timeline: Timeline) -> Response:
    """The answer of the last exchange."""
    exchange = timeline.transfers[-1].last_exchange
    assert exchange is not None
    assert exchange.response is not None
    return exchange.response


@pytest.mark.parametrize(("lines", "kept", "most"), [
    (("@opened", "@asked", "< HTTP/1.1 200 OK", *(f"< x-{number}: a" for number in range(MANY)), "< ", "@left"),
     lambda timeline: len(response(timeline).headers), 2_000),
    (("@opened", "@asked", *("< HTTP/1.1 103 Early Hints", "< ") * MANY, "@answered", "@left"),
     lambda timeline: len(timeline.transfers[-1].exchanges[-1].interim), 100),
    (("@opened", "@asked", "< HTTP/1.1 200 OK", "< ", *("No required SSL certificate was sent",) * MANY, "@left"),
     lambda timeline: len(response(timeline).body.marks), 50),
    (("@opened", *("[...]",) * MANY, "@asked", "@answered", "@left"),
     lambda timeline: len(timeline.elided), 1_000),
], ids=["headers", "interim answers", "marks of a page", "gaps"])  # fmt: skip
def test_no_more_than_so_many_are_kept(
    lines: tuple[str, ...], kept: Callable[[Timeline], int], most: int, assembled: Assemble
) -> None:
    assert kept(assembled(*lines)) == most


def test_a_connection_keeps_so_many_blocks_of_certificates() -> None:
    tls = TlsDraft(1, 1)
    for line in range(MANY):
        tls.block("server", line)
    assert (len(tls.blocks), tls.blocks[-1].first_line) == (100, MANY - 1)


def test_a_certificate_keeps_so_many_names() -> None:
    certificate = CertificateDraft("server", 1, 1)
    for line in range(MANY):
        certificate.add(CertificateField("common-name", f"a{line}.example"), line)
    assert len(certificate.freeze().names) == 200


def test_a_transfer_keeps_so_many_gaps_and_the_last_of_them() -> None:
    transfer = TransferDraft(1, 1)
    for line in range(MANY):
        transfer.skipped(line)
    assert (len(transfer.elided), transfer.elided[-1]) == (1_000, MANY - 1)
