"""What the README shows is what curlx prints, and its commands are the ones that exist."""

from __future__ import annotations

import re
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
