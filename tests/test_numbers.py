"""The pieces of one line of the input are told apart, and stand between the lines before and behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import curlx
from curlx.numbers import Within, shared, within

FIXTURES = Path(__file__).parent.parent / "fixtures" / "logs"
LOGS = sorted([*FIXTURES.glob("net-*.log"), *FIXTURES.glob("modes-mtls-nocert--*.log")])


def test_pieces_are_in_order_and_equal_to_themselves_alone() -> None:
    first, second, third = within(5, 0), within(5, 1), within(5, 2)
    assert 4 < first < second < third < 6
    assert 6 > third > second > first > 4
    assert first <= second <= second >= second
    assert (second == Within(5, 1), second == 5, second == 5, second == third) == (True, False, False, False)
    assert len({first, second, third, Within(5, 2)}) == 3
    assert sorted([third, 6, first, second, 4]) == [4, first, second, third, 6]
    assert (int(third), f"{third}", third - 1) == (5, "5", 4)


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_a_log_in_one_line_gets_the_verdict_of_its_lines(path: Path) -> None:
    log = path.read_bytes().replace(b"\r\n", b"\n").decode()
    told = [finding.code for finding in curlx.explain(path.read_bytes()).findings]
    string = curlx.explain(json.dumps({"log": log}))
    assert [finding.code for finding in string.findings] == told
    assert [finding.code for finding in curlx.explain(log.replace("\n", "\r")).findings] == told
    assert {proof.line for finding in string.findings for proof in finding.evidence} <= {1}
    assert json.loads(curlx.render(string, "json"))["source"]["lines"] == 1


def test_the_bytes_of_a_line_are_shared_among_its_pieces_and_none_is_invented() -> None:
    assert shared(26, [4, 11, 11]) == [4, 11, 11]
    assert shared(20, [4, 11, 11]) == [0, 9, 11]
    assert shared(30, [4, 11, 11]) == [8, 11, 11]
