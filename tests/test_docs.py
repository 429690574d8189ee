"""Everything under docs/ that is generated is what the code generates now."""

from __future__ import annotations

import importlib.util
import inspect
from pathlib import Path
from typing import Any

import pytest

import curlx
from curlx.diagnoses import known

DOCS = Path(__file__).parent.parent / "docs"
spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
assert spec
assert spec.loader
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)


@pytest.mark.parametrize("code", known())
def test_the_page_is_not_stale(code: str) -> None:
    page = DOCS / "diagnoses" / f"{code}.md"
    assert page.read_text(encoding="utf-8") == generate.page(code), f"{page.name} is stale: python docs/generate.py"


def test_the_index_the_references_and_the_schemas_are_not_stale() -> None:
    made = generate.pages()
    names = ("diagnoses/README.md", "report.schema.json", "comparison.schema.json", "cli.md", "messages.md")
    for path in (DOCS / name for name in names):
        assert path.read_text(encoding="utf-8") == made[path], f"{path.name} is stale: python docs/generate.py"


def test_every_command_and_option_is_in_the_reference() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    for words in (
        "## curlx explain",
        "## curlx check",
        "## curlx why",
        "## curlx redact",
        "--cert",
        "--clipboard",
        "--fail-on",
    ):
        assert words in page


def test_every_message_is_in_the_reference() -> None:
    page = (DOCS / "messages.md").read_text(encoding="utf-8")
    assert page.count("\n| `") > 900
    assert "`SSL certificate verify ok.`" in page


def test_no_page_is_left_of_a_diagnosis_that_is_gone() -> None:
    assert set((DOCS / "diagnoses").glob("*.md")) == {
        path for path in generate.pages() if path.parent.name == "diagnoses"
    }


def test_the_contract_names_every_argument() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for name in ("explain", "render", "compare"):
        said = next(line for line in text.splitlines() if line.startswith(f"curlx.{name}("))
        made: dict[str, Any] = {}
        exec(f"def {said.partition(' -> ')[0].removeprefix('curlx.')}: ...", made)  # noqa: S102 - it is our own
        told, real = (inspect.signature(each).parameters for each in (made[name], getattr(curlx, name)))
        assert [(each.name, each.kind, each.default) for each in told.values()] == [
            (each.name, each.kind, each.default) for each in real.values()
        ]


def test_what_is_public_can_be_imported() -> None:
    assert all(hasattr(curlx, name) for name in curlx.__all__)
