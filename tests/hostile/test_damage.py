"""A log that is damaged is explained all the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import curlx

from .bodies import LOGS


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A real log with lines doubled, deleted and swapped, spliced with another, and bytes flipped."""
    lines = draw(st.sampled_from(LOGS)).read_bytes().splitlines(keepends=True)
    if draw(st.booleans()):
        other = draw(st.sampled_from(LOGS)).read_bytes().splitlines(keepends=True)
        cut = draw(st.integers(0, len(lines)))
        lines = lines[:cut] + other[draw(st.integers(0, len(other))) :]
    for action, place, other_place in draw(
        st.lists(
            st.tuples(st.sampled_from(["double", "delete", "swap", "flip"]), st.integers(0), st.integers(0)),
            max_size=12,
        )
    ):
        if not lines:
            break
        first, second = place % len(lines), other_place % len(lines)
        if action == "double":
            lines.insert(second, lines[first])
        elif action == "delete":
            del lines[first]
        elif action == "swap":
            lines[first], lines[second] = lines[second], lines[first]
        else:
            damaged_line = bytearray(lines[first] or b"\n")
            damaged_line[other_place % len(damaged_line)] ^= 1 << place % 8
            lines[first] = bytes(damaged_line)
    return b"".join(lines)


@given(damaged())
@settings(max_examples=250, deadline=None)
def test_a_damaged_log_is_explained_all_the_same(data: bytes) -> None:
    report = curlx.explain(data)
    for finding in report.findings:
        assert finding.evidence
        assert all(1 <= proof.line <= max(report.source.lines, 1) for proof in finding.evidence), finding.code
    for format in ("terminal", "json"):
        assert curlx.render(report, format)


@given(damaged(), st.integers(1, 700))
@settings(max_examples=60, deadline=None)
def test_a_damaged_log_is_explained_alike_however_its_bytes_are_cut(data: bytes, size: int) -> None:
    chunks = [data[start : start + size] for start in range(0, len(data), size)]
    assert curlx.render(curlx.explain(chunks)) == curlx.render(curlx.explain(data))
