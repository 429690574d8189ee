from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from curlx.renderers.batch.as_markdown import render
from curlx.rows import Row


def tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        found += [token, *(token.children or [])]
    return found


def test_a_table_tells_what_was_found_with_an_example(rows: list[Row]) -> None:
    text = "".join(render(rows))
    assert text.startswith("## 3 of 7 logs failed\n")
    assert "4 logs | " not in text
    assert "| 4 | **error** | `client-certificate-missing` No client certificate was sent | `api.example.com` " in text
    assert "`logs/a.log:13` |" in text
    assert "Use `--cert`." in text
    assert "- `logs/gone.log`: permission denied" in text


def test_no_log_is_a_comment_that_says_so() -> None:
    assert "".join(render([])).startswith("## No log was checked\n")


@given(data=st.data())
def test_hostile_rows_are_nothing_but_text(data: st.DataObject, hostile_rows: st.SearchStrategy[list[Row]]) -> None:
    rows = data.draw(hostile_rows)
    text = "".join(render(rows))
    found = tokens(text)
    kinds = {token.type for token in found}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_block", "fence", "blockquote_open"}
    assert all(line.isprintable() for line in text.split("\n"))
    codes = {row.code for row in rows if row.code}
    cells = [token for token in found if token.type == "td_open"]
    assert len(cells) == 6 * len(codes), "no cell is broken in two"
