from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from curlx.renderers.mermaid import diagram
from curlx.renderers.sequence import CLIENT, Party, Sequence, Step, sequence
from curlx.report import Report

SERVER = Party("server", "shop.example")
TEXT = r"(?:#\d+;|<br/>|[^#;<>\"`\\{}|$%&@~\n])*"
ROW = re.compile(rf"sequenceDiagram|    (?:participant p\d as |Note over p\d: |p\d(?:->>|--x)p\d: ){TEXT}")


def test_what_was_never_sent_is_a_broken_arrow_that_ends_in_a_cross() -> None:
    steps = (
        Step(CLIENT, SERVER, "GET /", "ok", 1),
        Step(SERVER, CLIENT, "missing: an answer", "problem", 2, "missing"),
        Step(CLIENT, CLIENT, "curl: Empty reply", "problem", 2, "remark"),
    )
    assert diagram(Sequence(0, (CLIENT, SERVER), steps)) == (
        "sequenceDiagram\n"
        "    participant p0 as curl\n"
        "    participant p1 as server<br/>shop.example\n"
        "    p0->>p1: GET /\n"
        "    p1--xp0: ✖ missing: an answer\n"
        "    Note over p0: ✖ curl: Empty reply"
    )


def test_characters_that_mean_something_to_mermaid_are_written_as_their_numbers() -> None:
    text = diagram(Sequence(0, (CLIENT,), (Step(CLIENT, CLIENT, 'a;b#c"d<e>', "ok", 1, "remark"),)))
    assert text.endswith("Note over p0: a#59;b#35;c#34;d#60;e#62;")


@given(st.text(max_size=120))
def test_no_text_of_the_log_can_leave_its_row(report_full_of: Callable[[str], Report], text: str) -> None:
    picture = sequence(report_full_of(text))
    assert picture is not None
    assert all(ROW.fullmatch(row) for row in diagram(picture).split("\n"))
