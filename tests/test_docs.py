"""Everything under docs/ that is generated is what the code generates now."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

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


def test_the_index_and_the_schemas_are_not_stale() -> None:
    made = generate.pages()
    for path in (DOCS / "diagnoses" / "README.md", DOCS / "report.schema.json", DOCS / "comparison.schema.json"):
        assert path.read_text(encoding="utf-8") == made[path], f"{path.name} is stale: python docs/generate.py"


def test_no_page_is_left_of_a_diagnosis_that_is_gone() -> None:
    assert set((DOCS / "diagnoses").glob("*.md")) == {path for path in generate.pages() if path.suffix == ".md"}
