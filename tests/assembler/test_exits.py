from __future__ import annotations

from pathlib import Path
from typing import get_args

import curlx
from curlx.assembler.exits import BEFORE_A_RESPONSE, KIND_OF_EXIT
from curlx.events import ComplaintKind

FIXTURES = Path(__file__).parents[2] / "fixtures"


def test_every_kind_is_one_of_the_vocabulary() -> None:
    assert set(KIND_OF_EXIT.values()) <= set(get_args(ComplaintKind))


def test_what_can_come_behind_an_answer_is_not_among_what_comes_before() -> None:
    assert not BEFORE_A_RESPONSE & {16, 18, 22, 23, 28, 47, 52, 55, 56, 61, 63, 92}


def test_a_write_that_fails_when_the_file_is_closed_belongs_to_the_answer() -> None:
    log = (FIXTURES / "diagnoses/curl-write-failed/fires-disk-full-at-the-end.log").read_bytes()
    (transfer,) = curlx.explain(log).timeline.transfers
    assert transfer.exit is not None
    assert transfer.exit.code == 23


def test_code_2_is_of_the_library_or_of_an_option_and_only_its_words_tell_which() -> None:
    cut = curlx.explain(b"curl: (2) Failed initial\n").timeline.transfers[0]
    assert [one.kind for one in cut.complaints] == ["other"]
    told = curlx.explain(b"curl: (2) no URL specified!\n").timeline.transfers[0]
    assert [one.kind for one in told.complaints] == ["option"]
