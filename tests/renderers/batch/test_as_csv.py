from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curlx.renderers.batch.as_csv import COLUMNS, cell, render
from curlx.rows import Row


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def test_each_row_is_a_record_under_the_names_of_the_columns(rows: list[Row]) -> None:
    text = "".join(render(rows))
    records = read(text)
    assert [one["name"] for one in records] == [row.name for row in rows]
    first = records[0]
    assert (first["line"], first["also"], first["statuses"], first["exit_code"]) == (
        "13", "http-bad-request", "200 400", "0",
    )  # fmt: skip
    assert first["summary"] == "The server wanted a certificate. Use `--cert`."
    assert (records[1]["exit_code"], records[1]["line"], records[1]["code"]) == ("", "", "")
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1


def test_a_record_is_written_when_its_row_comes(rows: list[Row]) -> None:
    coming = iter(rows)
    written = render(coming)
    next(written)
    next(written)
    assert next(coming) == rows[1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-v.log", "'-v.log"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'    x"),
        ("\rx", "'\\rx"),
        ("  =1", "  '=1"),
        ("a;=1", "a;'=1"),
        ("a=1; b", "a=1; b"),
        ("", ""),
    ],
)
def test_a_cell_that_could_be_a_formula_begins_with_an_apostrophe(text: str, shown: str) -> None:
    assert cell(text) == shown


def test_a_cell_is_not_longer_than_a_spreadsheet_can_hold() -> None:
    assert len(cell("\x00" * 100_000)) <= 32_000


@given(data=st.data())
def test_hostile_rows_are_records_of_one_line_without_a_formula(
    data: st.DataObject, hostile_rows: st.SearchStrategy[list[Row]]
) -> None:
    rows = data.draw(hostile_rows)
    text = "".join(render(rows))
    records = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert [len(one) for one in records] == [len(COLUMNS)] * (len(rows) + 1)
    cells = [one for record in records for one in record]
    assert not [one for one in cells if one.lstrip(" ")[:1] in tuple("=+-@＝＋－＠\t\r")]
    assert all(one.isprintable() for one in cells)
    assert text.count("\n") == len(rows) + 1


def test_duckdb_reads_the_same(rows: list[Row], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "logs.csv"
    path.write_bytes("".join(render([*rows, *rows])).encode())
    found = duckdb.sql(f"select code, sum(same), min(name) from read_csv('{path}') where severity = 'error' group by 1")
    assert found.fetchall() == [("client-certificate-missing", 6, "logs/a.log")]
