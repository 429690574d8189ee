from __future__ import annotations

from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curlx.renderers.batch.as_html import render
from curlx.rows import Row

VOID = {"meta", "rect", "br"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "p", "h1", "h2",
    "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "pre", "code", "span", "strong", "details",
    "summary", "svg", "rect", "br",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "role", "tabindex", "aria-label", "aria-hidden",
    "aria-labelledby", "scope", "viewbox", "width", "height", "preserveaspectratio",
}  # fmt: skip


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, their text, and whether all are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.balanced = True
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.balanced = self.balanced and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def page(rows: list[Row]) -> Page:
    return Page("".join(render(rows)))


def widths(rows: list[Row]) -> list[str | None]:
    return [attributes["width"] for tag, attributes in page(rows).elements if tag == "rect"]


def test_the_page_tells_how_it_went_what_was_found_and_where(rows: list[Row]) -> None:
    text = " ".join(page(rows).text.split())
    for told in ("3 of 7 logs failed", "1 not from curl", "client-certificate-missing", "logs/a.log:13",
                 "< HTTP/1.1 400 Bad Request", "seen 2026-11-23 09:03 UTC", "logs/gone.log: permission"):  # fmt: skip
        assert told in text


def test_the_longest_bar_is_whole_and_the_others_are_in_proportion(rows: list[Row]) -> None:
    other = msgspec.structs.replace(rows[0], code="tls-refused", same=1)
    assert widths([rows[0], other]) == ["100.0", "33.3"]


def test_more_logs_than_anybody_reads_are_counted(rows: list[Row]) -> None:
    found = page([rows[2]] * 1200 + [rows[0]] * 5)
    assert "205 more are not shown" in found.text
    in_logs = found.text[found.text.index("The logs") :]
    assert in_logs.index("logs/a.log:13") < in_logs.index("logs/c d.log:2")


@pytest.mark.parametrize("number", [0, 1, 5])
def test_a_page_refers_to_nothing_outside(rows: list[Row], number: int) -> None:
    text = "".join(render(rows[:number]))
    assert "default-src 'none'" in text
    for reference in (" href=", " src=", "url(", "@import", "<script", "<link"):
        assert reference not in text


def test_a_table_has_a_caption_and_headers_for_who_cannot_see_it(rows: list[Row]) -> None:
    elements = page(rows).elements
    tags = [tag for tag, _ in elements]
    assert tags.count("caption") == tags.count("table") == 2
    assert all("scope" in attributes for tag, attributes in elements if tag == "th")
    assert all(attributes.get("aria-hidden") == "true" for tag, attributes in elements if tag == "svg")
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))


@given(data=st.data())
def test_hostile_rows_are_nothing_but_text(data: st.DataObject, hostile_rows: st.SearchStrategy[list[Row]]) -> None:
    text = "".join(render(data.draw(hostile_rows)))
    found = Page(text)
    assert found.balanced
    assert not found.open
    assert {tag for tag, _ in found.elements} <= TAGS
    assert {name for _, attributes in found.elements for name in attributes} <= ATTRIBUTES
    assert all(line.isprintable() for line in text.split("\n"))


def test_a_strict_parser_has_nothing_to_complain_of(rows: list[Row]) -> None:
    html5lib = pytest.importorskip("html5lib")
    html5lib.HTMLParser(strict=True).parse("".join(render(rows)))
