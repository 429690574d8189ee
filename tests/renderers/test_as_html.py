from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curlx.findings import Diagnosis, Evidence, Finding
from curlx.pipeline import explain
from curlx.renderers.as_html import render
from curlx.report import Report, make_report
from curlx.timeline import Exchange, Response, Timeline, Transfer

HOSTILE = (
    "<script>alert(1)</script>", "</style><style>*{}", "<!--", "--> ]]>", "\"'><img src=x onerror=alert(1)>",
    "</title>", "</svg><iframe src=//evil.example>", "{{ 7*7 }} {% raw %} {# x #}", "&lt;b&gt; &amp; &#60;b&#62;",
    "\x1b[2J\x00", "\u202egpj.exe\u2066", "javascript:alert(1)", "`<b>`", "\ud800", "[bold]x[/bold]",
    "</textarea><plaintext>",
)  # fmt: skip
VOID = {"meta", "rect", "line", "path"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "p", "h1", "h2",
    "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "pre",
    "code", "span", "strong", "details", "summary", "svg", "desc", "g", "line", "rect", "path", "text",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "role", "tabindex", "aria-label", "aria-hidden",
    "aria-labelledby", "scope", "open", "viewbox", "xmlns", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "rx",
    "text-anchor", "d", "fill",
}  # fmt: skip
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(HOSTILE), max_size=4).map(" ".join))


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, their text, and whether all are closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[tuple[str, str]] = []
        self.comments: list[str] = []
        self._open: list[str] = []
        self.balanced = True
        self.feed(text)
        self.close()
        self.balanced = self.balanced and not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.balanced = self.balanced and bool(self._open) and self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append((self._open[-1] if self._open else "", data))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def words(self, tag: str) -> str:
        return "".join(text for name, text in self.text if name == tag)


@pytest.fixture
def page(founding_case: Timeline, missing: Finding) -> Page:
    return Page(render(make_report(founding_case, (missing,), "health.log")))


def test_the_page_says_what_is_wrong_and_how_sure_that_is(page: Page) -> None:
    assert page.words("h1") == "The server requires a client certificate and got none"
    assert "client-certificate-missing" in page.words("code")
    assert page.words("strong") == "certain"


def test_the_page_needs_nothing_from_outside_and_runs_nothing(page: Page) -> None:
    assert not {"script", "link", "img", "iframe", "object", "a", "base", "form"} & {tag for tag, _ in page.elements}
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {"src", "href", "style", "srcset"} & names
    assert not [name for name in names if name.startswith("on")]
    assert re.search(r"url\(|@import|https?:", page.words("style")) is None
    assert {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"} in (
        page.of("meta")
    )


def test_a_screen_reader_finds_its_way(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    assert [tags.count(tag) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert page.of("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(deeper <= upper + 1 for upper, deeper in pairwise(levels))
    assert all(attributes.get("scope") in ("col", "row") for attributes in page.of("th"))
    assert tags.count("caption") == tags.count("table") == 2
    [svg] = page.of("svg")
    assert svg["role"] == "img"
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes]
    assert set(" ".join(filter(None, named)).split()) <= set(ids)
    assert "curl to server engine.sandbox: missing: client certificate (problem)." in page.words("desc")


def test_every_part_that_scrolls_can_be_reached_with_the_keyboard(page: Page) -> None:
    scrolling = [attributes for attributes in page.of("div") if attributes.get("class") == "scroll"]
    assert scrolling
    assert all(attributes.get("tabindex") == "0" and attributes.get("aria-label") for attributes in scrolling)


def test_the_decisive_line_and_the_step_that_broke_are_marked(page: Page) -> None:
    rows = [attributes.get("class") for attributes in page.of("tr")]
    assert rows.count("decisive error") == 1
    assert rows.count("problem broken") == 1


def test_there_is_a_look_for_the_dark_and_one_for_paper(page: Page) -> None:
    style = page.words("style")
    assert "@media (prefers-color-scheme: dark)" in style
    assert "@media print" in style


def test_a_command_keeps_its_lines(page: Page, missing: Finding) -> None:
    assert missing.remedies[1].commands[0] in page.words("code")


def test_many_transfers_are_folded_and_the_one_that_broke_is_open() -> None:
    exchanges = [Exchange(-1, line, line, response=Response(200, "", "2", line, line)) for line in range(1, 151)]
    transfers = tuple(Transfer(one.first_line, one.last_line, exchanges=(one,)) for one in exchanges)
    finding = Diagnosis("http-server-error", "It broke").found("certain", "x", [Evidence(130, "x", "y")], transfer=129)
    page = Page(render(make_report(Timeline(transfers, lines=150, curl_lines=150), (finding,))))
    assert ["open" in attributes for attributes in page.of("details")].count(True) == 1
    assert len(page.of("details")) == 102
    assert "Transfer 130 of 150" in page.words("summary")
    assert "… 29 more transfers not shown …" in page.words("p")


def test_a_log_in_which_nothing_went_wrong_says_so() -> None:
    exchange = Exchange(-1, 1, 2, response=Response(204, "No Content", "1.1", 1, 2))
    page = Page(render(make_report(Timeline((Transfer(1, 2, exchanges=(exchange,)),), curl_lines=2), ())))
    assert page.words("h1") == "No problem found in this log"
    assert "The last answer was 204." in page.words("p")


def test_without_a_call_nothing_is_called_fine() -> None:
    page = Page(render(make_report(Timeline(), ())))
    assert page.words("h1") == "The log does not show a call of curl"
    assert {"class": "verdict unknown", "aria-label": "Verdict"} in page.of("section")


@given(texts)
@example(" ".join(HOSTILE))
def test_no_element_attribute_or_comment_comes_from_the_log(report_full_of: Callable[[str], Report], text: str) -> None:
    marked = f"{text} zzmark"
    html = render(report_full_of(marked))
    assert all(character.isprintable() or character == "\n" for character in html)
    page = Page(html)
    assert page.balanced
    assert page.comments == []
    assert {tag for tag, _ in page.elements} <= TAGS
    assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES
    assert not [value for _, attributes in page.elements for value in attributes.values() if "zzmark" in (value or "")]
    assert "zzmark" in page.words("td")
    assert page.words("style") == Page(render(report_full_of("plain"))).words("style")


@given(texts)
def test_a_hostile_log_stays_text(text: str) -> None:
    line = text.replace("\r", " ").replace("\n", " ").encode("utf-8", "replace").decode()
    log = (
        "* Connected to a.example (203.0.113.1) port 80 (#0)\n> GET /x HTTP/1.1\n> Host: a.example\n"
        f"> X-A: {line}\n> \n< HTTP/1.1 400 {line}\n< Server: {line}\n< Content-Length: {len(line) + 1}\n< \n{line}\n"
        "* Connection #0 to host a.example left intact\n"
    )
    page = Page(render(explain(log, source=line)))
    assert page.balanced
    assert {tag for tag, _ in page.elements} <= TAGS
    assert {name for _, attributes in page.elements for name in attributes} <= ATTRIBUTES
