from __future__ import annotations

from curlx.advice.exit_codes import CAUSES, MEANINGS, meaning
from curlx.diagnoses import known


def test_a_meaning_is_a_clause_for_the_middle_of_a_sentence() -> None:
    for code, text in MEANINGS.items():
        assert 0 < code <= 101
        assert not text.endswith(".")


def test_what_is_behind_a_code_are_diagnoses() -> None:
    for code, beginnings in CAUSES.items():
        assert code in MEANINGS
        assert [one for one in beginnings if not any(name.startswith(one) for name in known())] == []


def test_a_code_that_curl_does_not_use_has_no_meaning() -> None:
    assert meaning(24) is None
    assert meaning(52) == "the server closed the connection without any answer"
