"""Write everything under docs/ that is made from the code: `python docs/generate.py` (`--check` only compares).

One page a diagnosis (its module's docstring, and what curlx says of every `fixtures/diagnoses/<code>/fires-*.log`), the
JSON schemas of report and comparison, the command line and the messages of curl (`reference.py`). A page is also the
snapshot of its diagnosis: `tests/test_docs.py` says which one is stale.
"""

from __future__ import annotations

import json
import sys
from inspect import cleandoc
from pathlib import Path
from typing import Any

from curlx import __version__, explain, render
from curlx.comparison import comparison_schema
from curlx.diagnoses import known
from curlx.report import report_schema

sys.path.insert(0, str(Path(__file__).resolve().parent))
import reference

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures" / "diagnoses"


def pages() -> dict[Path, str]:
    """Return every generated file with its content."""
    docs = ROOT / "docs"
    made = {docs / "diagnoses" / f"{code}.md": page(code) for code in known()}
    made[docs / "diagnoses" / "README.md"] = index()
    made[docs / "cli.md"] = reference.command_line()
    made[docs / "messages.md"] = reference.messages()
    for name, schema in (("report", report_schema()), ("comparison", comparison_schema())):
        made[docs / f"{name}.schema.json"] = json.dumps(_with_clean_texts(schema), indent=2, sort_keys=True) + "\n"
    return made


def _with_clean_texts(schema: Any) -> Any:
    """Return a schema whose descriptions have no indentation: msgspec takes it away or leaves it (0.22, 0.23)."""
    if isinstance(schema, dict):
        return {
            name: cleandoc(value) if name == "description" and isinstance(value, str) else _with_clean_texts(value)
            for name, value in schema.items()
        }
    return [_with_clean_texts(one) for one in schema] if isinstance(schema, list) else schema


def page(code: str) -> str:
    """Return the page of a diagnosis: its text, and curlx on each of its logs."""
    entry = known()[code]
    parts = [f"# {entry.diagnosis.title}\n", f"`{code}` · {entry.diagnosis.severity}\n", entry.page.strip() + "\n"]
    for index, log in enumerate(sorted((FIXTURES / code).glob("fires-*.log"))):
        report = explain(log.read_bytes(), source=log.name)
        name = log.stem.removeprefix("fires-").replace("-", " ")
        example = "```text\n" + fenced(render(report, "terminal")) + "\n```\n"
        if index == 0:
            parts.append(f"## Example: {name}\n\n{example}")
        else:
            parts.append(f"<details><summary>Example: {name}</summary>\n\n{example}\n</details>\n")
    return "\n".join(parts)


def fenced(text: str) -> str:
    """Return text that cannot end the fence it stands in."""
    return "\n".join(line.rstrip() for line in text.replace("```", "'''").strip().splitlines())


def index() -> str:
    """Return the list of all diagnoses by family."""
    about = f"What curlx {__version__} can tell, by where it happens. `curlx why CODE` prints a page offline.\n"
    lines = ["# The diagnoses\n", about]
    for code, entry in known().items():
        lines.append(f"* [`{code}`]({code}.md): {entry.diagnosis.title}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or check; return 1 when a check finds a stale file."""
    stale = []
    made = pages()
    for path, content in made.items():
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            stale.append(path)
            if "--check" not in sys.argv[1:]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8", newline="\n")
    for path in (ROOT / "docs" / "diagnoses").glob("*.md"):
        if path not in made:
            stale.append(path)
            if "--check" not in sys.argv[1:]:
                path.unlink()
    for path in stale:
        print(("stale: " if "--check" in sys.argv[1:] else "written: ") + str(path.relative_to(ROOT)))
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
