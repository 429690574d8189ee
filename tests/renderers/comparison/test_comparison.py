"""What holds for every format of a comparison."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import curlx
from curlx.comparison import compare
from curlx.renderers.comparison import formats, render
from curlx.report import Report

FIXTURES = Path(__file__).parents[3] / "fixtures"
LOGS = sorted((FIXTURES / "logs").glob("*.log"))[::6][:40]
HOSTILE = (
    "<script>alert(1)</script>", "</style><style>*{}", "\"'><img src=x onerror=alert(1)>", "{{ 7*7 }}",
    "\x1b[2J\x00", "\u202egpj.exe", "`<b>`", "[bold]x[/bold]", "| a |", "```\n# gone", "@all #1",
    "[x](javascript:1)", "https://evil.example", "line\nend", "\u2028", "",
)  # fmt: skip
texts = st.one_of(st.sampled_from(HOSTILE), st.lists(st.sampled_from(HOSTILE), max_size=3).map(" ".join))


def pair(name: str, format: str, **look: object) -> str:
    good, bad = ((FIXTURES / "diff" / name / f"{side}.log").read_bytes() for side in ("good", "bad"))
    return render(curlx.compare(good, bad, sources=("works.log", "fails.log")), format, **look)


def test_formats_are_found_by_the_names_of_their_files() -> None:
    assert formats() == ("html", "json", "markdown", "terminal")


def test_a_format_that_does_not_exist_is_refused_with_the_ones_that_do() -> None:
    with pytest.raises(ValueError, match="terminal"):
        render(compare(curlx.explain(b""), curlx.explain(b"")), "har")


@pytest.mark.parametrize("format", formats())
def test_every_format_tells_what_explains_the_failure_and_ends_its_last_line(format: str) -> None:
    text = pair("client-certificate-missing", format)
    for said in ("Client certificate sent", "client-certificate-missing", "works.log", "fails.log",
                 "BAD sent none, and that is"):  # fmt: skip
        assert said in text
    assert text.endswith("\n")


@pytest.mark.parametrize("format", formats())
def test_no_two_of_forty_logs_are_too_much_for_a_format(format: str) -> None:
    reports = [curlx.explain(path.read_bytes(), source=path.name) for path in LOGS]
    assert len(reports) == 40
    started = time.perf_counter()
    for good, bad in product(reports, repeat=2):
        text = render(compare(good, bad), format)
        assert good.source.name in re.sub(r"\s+", " ", text) or format == "terminal"
    assert (time.perf_counter() - started) / 1600 < 0.2, "seconds a pair"


class Page(HTMLParser):
    """The elements and attributes that a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)


TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "p", "h1", "h2",
    "ul", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "code", "span", "strong", "br",
}  # fmt: skip


@given(text=texts, other=texts)
@example(text="\n".join(HOSTILE), other="")
@settings(max_examples=60, deadline=None)
def test_hostile_logs_are_nothing_but_text(text: str, other: str, report_full_of: Callable[[str], Report]) -> None:
    comparison = compare(report_full_of(text), report_full_of(other))
    page = Page(render(comparison, "html"))
    assert page.elements <= TAGS
    assert not {name for name in page.attributes if name.startswith("on")} | page.attributes & {"href", "src", "style"}
    tokens = MarkdownIt("commonmark").enable("table").parse(render(comparison, "markdown"))
    kinds = {one.type for token in tokens for one in (token, *(token.children or []))}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "fence", "code_block", "blockquote_open"}
    for format in ("terminal", "markdown", "html", "json"):
        assert all(line.isprintable() for line in render(comparison, format).split("\n")), format
    json.loads(render(comparison, "json"))


def test_hostile_text_breaks_no_cell_of_a_table(report_full_of: Callable[[str], Report]) -> None:
    comparison = compare(report_full_of("a | b\n| c"), report_full_of("`| |`"))
    tokens = MarkdownIt("commonmark").enable("table").parse(render(comparison, "markdown"))
    widths, width = [], 0
    for token in tokens:
        if token.type == "tr_open":
            width = 0
        width += token.type in ("td_open", "th_open")
        if token.type == "tr_close":
            widths.append(width)
    assert set(widths) == {4, 5}
