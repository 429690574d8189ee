"""One flat record a log, or a run of curl where a log holds several, under the names of the columns.

The form is that of RFC 4180: CRLF, quotes where they are needed. Safe for spreadsheets: a cell that one would take for
a formula begins with an apostrophe (OWASP, "CSV Injection"); control characters and line ends are written as escapes,
so a record is a line. It is UTF-8 without a byte order mark.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from curlx.renderers.wording import clipped
from curlx.rows import Row

COLUMNS = (
    "name", "run", "first_line", "last_line", "outcome", "severity", "code", "certainty", "title", "line", "text",
    "also", "transfers", "failed", "host", "url", "issuer", "exit_code", "statuses", "curl", "tls_library", "seen",
    "seen_in", "lines", "size", "same", "story", "summary", "error",
)  # fmt: skip
"""Each is a field of `Row`."""

_CELL = 32_000
"""Characters of a cell; Excel holds 32 767."""
# Blanks in front do not stop a spreadsheet; the wide ones are the same to some. Where the list separator is `;`, Excel
# cuts there as well.
_FORMULA = re.compile(r"(^[ \t\r\n]*|;[ \t]*)(?=[=+\-@＝＋－＠])|^(?=[\t\r])")


class _Line:
    """A file that gives back what is written to it, which is what `writerow` returns."""

    def write(self, text: str) -> str:
        return text


def render(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the header, and a record for each row as it comes."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([_value(row, column) for column in COLUMNS])


def _value(row: Row, column: str) -> str | int:
    """Return what stands in a cell: a number as it is, nothing for what the log does not say."""
    if column in ("line", "run", "first_line", "last_line") and not getattr(row, column):
        return ""
    if column == "also":
        return cell(" ".join(one.code for one in row.also))
    if column == "statuses":
        return " ".join(map(str, row.statuses))
    value = " ".join(row.summary.split()) if column == "summary" else getattr(row, column)
    if isinstance(value, int):
        return value
    return cell(value) if value else ""


def cell(text: str) -> str:
    """Return text for a cell in which nothing acts."""
    if text[:1].isalnum() and ";" not in text:  # most cells, and there may be millions
        return clipped(text, _CELL)
    return clipped(_FORMULA.sub(r"\1'", text[: _CELL + 1]), _CELL)
