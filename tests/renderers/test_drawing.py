from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from curlx.renderers.drawing import WIDTH, drawing, spoken
from curlx.renderers.sequence import CLIENT, Party, Sequence, Step, sequence
from curlx.report import Report

PROXY, SERVER = Party("proxy", "proxy.corp.example"), Party("server", "shop.example")
STEPS = (
    Step(CLIENT, PROXY, "CONNECT shop.example:443", "ok", 4),
    Step(PROXY, CLIENT, "missing: an answer", "problem", 5, "missing"),
    Step(CLIENT, CLIENT, "curl: it is over", "problem", 6, "remark"),
)


def test_an_arrow_points_to_its_receiver_and_a_missing_one_does_not_arrive() -> None:
    picture = drawing(Sequence(0, (CLIENT, PROXY, SERVER), STEPS))
    client, proxy, _ = (lane.x for lane in picture.lanes)
    sent, missing, remark = picture.marks
    assert client < sent.x1 < sent.x2 < proxy
    assert proxy > missing.x1 > missing.x2 > client + 40
    assert remark.shape == "remark"


def test_up_to_three_parties_fit_the_page() -> None:
    assert drawing(Sequence(0, (CLIENT,), STEPS[2:])).width <= WIDTH
    assert drawing(Sequence(0, (CLIENT, PROXY, SERVER), STEPS)).width <= WIDTH


@given(st.text(max_size=400))
def test_steps_never_overlap_and_stay_inside(report_full_of: Callable[[str], Report], text: str) -> None:
    sequence_of = sequence(report_full_of(text))
    assert sequence_of is not None
    picture = drawing(sequence_of)
    bottom = picture.head
    for mark in picture.marks:
        top = mark.y if mark.shape == "remark" else mark.text_y - 11
        assert top >= bottom
        bottom = mark.y + mark.height
        assert 1 <= len(mark.rows) <= 2
        assert all(0 <= x <= picture.width for x in (mark.x1, mark.x2))
    assert bottom < picture.height


def test_the_picture_is_told_in_words_too() -> None:
    assert spoken(Sequence(0, (CLIENT, PROXY), STEPS)) == (
        "Line 4: curl to proxy proxy.corp.example: CONNECT shop.example:443 (ok). "
        "Line 5: proxy proxy.corp.example to curl: missing: an answer (problem). "
        "Line 6: curl: it is over (problem)."
    )
