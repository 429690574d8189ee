"""What the README shows is what curlx prints, and its commands are the ones that exist."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

import curlx
from curlx.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_is_what_curlx_prints() -> None:
    shown = README.split("$ curlx explain fixtures/founding.log\n")[1].split("\n[...")[0]
    report = curlx.explain((ROOT / "fixtures" / "founding.log").read_bytes(), source="fixtures/founding.log")
    assert curlx.render(report, "terminal").startswith(shown)


def test_the_picture_of_the_terminal_shows_what_curlx_prints_now() -> None:
    """Every row of the example is in the picture, which holds its text as text: `python docs/screenshots.py`."""
    picture = (ROOT / "docs" / "pictures" / "terminal.svg").read_text(encoding="utf-8")
    written = unescape(re.sub(r"<[^>]+>", "", picture)).replace("\xa0", " ")
    squeezed = "".join(written.split())
    rows = README.split("$ curlx explain fixtures/founding.log\n")[1].split("\n[...")[0].splitlines()
    assert [row for row in rows if "".join(row.split()) not in squeezed] == []


def test_no_picture_is_large_or_loads_anything() -> None:
    pictures = list((ROOT / "docs" / "pictures").iterdir())
    assert {"terminal.svg", "report-light.png", "page-light.png"} <= {picture.name for picture in pictures}
    assert [picture.name for picture in pictures if picture.stat().st_size > 200_000] == []
    assert "http" not in (ROOT / "docs" / "pictures" / "terminal.svg").read_text(encoding="utf-8").replace(
        "http://www.w3.org/2000/svg", ""
    )


def test_every_command_in_it_exists(capsys: pytest.CaptureFixture[str]) -> None:
    used = set(re.findall(r"^curlx ([a-z]+) ", README, re.M))
    assert used
    for command in used:
        assert app([command, "--help"]) == 0
    assert "Usage" in capsys.readouterr().out


def test_every_link_in_it_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
