"""JUnit XML for a build server: one testcase a log, or a run of curl where a log holds several.

A failure is a log with a finding at or above `--fail-on`, as the exit code has it; an error is one that cannot be
read; one that is not from curl is skipped. There is no official schema: this is what the strictest one in use allows,
junit-10.xsd of Jenkins' xUnit plugin. It has no properties of a testcase and no file or line: these facts stand in
`system-out`, and the name is the log's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from curlx.findings import at_least
from curlx.renderers.batch.held import Held
from curlx.renderers.harmless import harmless
from curlx.renderers.wording import clipped
from curlx.rows import Row

_LINE = 1000
"""Characters of a line of the log."""
_FACTS = (
    "code", "certainty", "host", "url", "issuer", "exit_code", "curl", "tls_library", "seen", "story", "transfers",
    "failed", "same", "first_line", "last_line",
)  # fmt: skip
"""Fields of `Row` that a testcase tells besides, a line each."""


def render(rows: Iterable[Row], *, fail_on: str = "error") -> Iterator[str]:
    """Yield the document when the last row is there: the counts stand at its top."""
    # With `never` the exit code says nothing, so the report has to.
    least = "error" if fail_on == "never" else fail_on
    cases = Held()
    failures = errors = skipped = 0
    for row in rows:
        failing = at_least(row.severity, least)
        failures += failing
        errors += row.outcome == "unreadable"
        skipped += row.outcome == "not-curl"
        cases.add(_case(row, failing))
    counts = f'tests="{cases.number}" failures="{failures}" errors="{errors}"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="curlx" {counts}>\n<testsuite name="curlx check" {counts} skipped="{skipped}">\n'
    yield from cases.text()
    yield "</testsuite>\n</testsuites>\n"


def _case(row: Row, failing: bool) -> str:
    name = _quoted(f"{row.name} (run {row.run})" if row.run else row.name)
    parts = [f'<testcase classname="curlx" name={name}>']
    if row.outcome == "unreadable":
        parts.append(f'<error type="unreadable" message={_quoted(row.error)}/>')
    elif row.outcome == "not-curl":
        parts.append(f"<skipped message={_quoted(row.error)}/>")
    elif failing:
        parts.append(f"<failure type={_quoted(row.code)} message={_quoted(row.title)}>{escape(_told(row))}</failure>")
    told = [*([_told(row), ""] if row.severity and not failing else []), *_facts(row)]
    if told:
        parts.append(f"<system-out>{escape(chr(10).join(told))}</system-out>")
    parts.append("</testcase>\n")
    return "\n".join(parts)


def _facts(row: Row) -> Iterator[str]:
    for field in _FACTS:
        value = getattr(row, field)
        if value not in (None, "") and not (field.endswith("_line") and not value):
            yield harmless(f"{field}: {value}")


def _told(row: Row) -> str:
    """Return the verdict with its decisive line, and the other findings."""
    said = [f"{row.severity}[{row.code}] ({row.certainty}): {row.title}", *row.summary.splitlines()]
    if row.line > 0:
        said.append(f"{row.name}:{row.line}: {clipped(row.text, _LINE)}")
    for one in row.also:
        said.append(f"also {one.severity}[{one.code}] ({one.certainty}): {one.title}")
        said.append(f"{row.name}:{one.line}: {clipped(one.text, _LINE)}")
    return "\n".join(map(harmless, said))


def _quoted(text: str) -> str:
    """Return an attribute's value; what is printable is also allowed in XML 1.0 (2.2)."""
    return quoteattr(harmless(text))
