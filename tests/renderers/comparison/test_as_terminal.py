from __future__ import annotations

from pathlib import Path

import pytest

import curlx
from curlx.renderers.comparison.as_terminal import render
from curlx.renderers.paper import cells

PAIRS = sorted((Path(__file__).parents[3] / "fixtures" / "diff").iterdir())


def compared(folder: Path) -> curlx.Comparison:
    good, bad = ((folder / f"{side}.log").read_bytes() for side in ("good", "bad"))
    return curlx.compare(good, bad, sources=("works.log", "fails.log"))


def named(name: str) -> curlx.Comparison:
    return compared(next(folder for folder in PAIRS if folder.name == name))


def test_the_answer_is_in_the_first_lines() -> None:
    assert render(named("client-certificate-missing")).splitlines()[:5] == [
        "GOOD  works.log · 73 lines · works",
        "BAD   fails.log · 81 lines · fails: No client certificate was sent",
        "      (client-certificate-missing)",
        "",
        "Client certificate sent: yes in GOOD, no in BAD. This explains the failure",
    ]


def test_steps_stand_side_by_side_and_a_rule_shows_where_the_paths_part() -> None:
    text = render(named("client-certificate-missing"))
    before, _, after = text.partition("--- here the paths part -")
    assert "TLS_AES_256_GCM_SHA384       │" in before
    assert "Client certificate: asked    │      18 ✖ Client certificate: asked" in after


def test_nothing_but_noise_is_said_in_one_line() -> None:
    assert "Nothing differs but what differs in any two calls\n" in render(named("noise-only"))


def test_what_one_log_does_not_tell_is_said_with_the_reason() -> None:
    text = " ".join(render(named("client-certificate-unseen")).split())
    assert (
        "explains the failure, but the logs do not tell all: client certificate asked for, client certificate sent"
        in text
    )
    assert "Client certificate sent (no in BAD). GOOD does not tell: this build of curl prints no handshake" in text


@pytest.mark.parametrize("folder", PAIRS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_row_is_wider_than_the_terminal(folder: Path, width: int) -> None:
    assert max(cells(line) for line in render(compared(folder), width=width).splitlines()) <= width


def test_a_narrow_terminal_shows_what_differs() -> None:
    rows = render(named("client-certificate-missing"), width=40).partition("--- here the paths part -")[2].splitlines()
    good, bad = (" ".join(" ".join(row.split("│")[side] for row in rows if "│" in row).split()) for side in (0, 1))
    assert "Client certificate: asked for, sent" in good
    assert "Client certificate: asked for, none sent" in bad


def test_without_unicode_it_is_ascii_and_colour_adds_no_words() -> None:
    comparison = named("intercepted")
    assert render(comparison, unicode=False).isascii()
    assert "\x1b[" in render(comparison, color=True)
    assert "\x1b[" not in render(comparison)
