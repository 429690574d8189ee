"""A log full of markup, formulas and control characters: every format of every command shows it, and nothing acts."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from io import StringIO

import pytest
from markdown_it import MarkdownIt

import curlx
from curlx import console
from curlx.renderers import batch, formats
from curlx.renderers.batch.as_csv import cell
from curlx.rows import Row, make_row

PAYLOADS = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)><!-- ]]> --></style></pre></title>",
    "markdown": "[a](javascript:alert(1)) ![b](http://evil.example/x.png) @everyone #1 !2 | a | b | ``` ~~~ <http://evil.example> *b* _c_ &lt; http://evil.example/auto",
    "mermaid": 'a->>b: x"; end; %% c\n  participant Evil; click A href "javascript:alert(1)" %%{init: {}}%% #59;',
    "rich": "[bold red]x[/bold red] [link=http://evil.example]y[/link] [/] [@click=app.quit]z[/] \\[a] :smile: {0} {x} %s",
    "escapes": "\x1b[2J\x1b[31mred\x1b]0;title\x07\x1b]8;;http://evil.example\x07link\x1b]52;c;ZXZpbA==\x07\x9b31m\x1bP+q\x1b\\\x08\x08\x7f\x00\x0b\x0c\x85",
    "bidi": "\u202egnp.exe\u202c \u2066x\u2069 \u200b\u200e\u061c\ufeff \U000e0041 \u2028\u2029",
    "formula": '=HYPERLINK("http://evil.example","x") +1+1 -2+3 @SUM(A1) \t=1 ;=cmd|\' /C calc\'!A0',
    "xml": "]]><x a='&bogus;'> \ufffe \uffff \x01 &#0; <!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "long": "A" * 70_000,
    "template": "{{ 7*7 }} {% raw %} ${7*7} #{7*7} <%= 7 %>",
}
PLACES = b"""$ curl -v https://a.example/%b
* Host %b:443 was resolved.
*   Trying 192.0.2.7:443...
* Connected to %b (192.0.2.7) port 443
* SSL connection using TLSv1.3 / %b / %b
* Server certificate:
*  subject: CN=%b
*  issuer: O=%b; CN=%b
*  SSL certificate verify ok.
> GET /%b HTTP/1.1
> Host: %b
> X-%b: %b
> Authorization: %b %b
>\x20
< HTTP/1.1 400 %b
< Server: %b
< Location: https://a.example/%b
< WWW-Authenticate: Bearer realm="%b", error="%b"
< Content-Type: text/%b
<\x20
<title>%b</title><h1>%b</h1>%b
* %b
* Recv failure: %b
curl: (56) %b
"""  # fmt: skip
LOGS = {name: PLACES.replace(b"%b", payload.encode("utf-8", "surrogatepass")) for name, payload in PAYLOADS.items()}
LOGS["everything"] = b"".join(LOGS[name] for name in PAYLOADS if name != "long")

ALLOWED = {"\n"}


def steering(text: str) -> set[str]:
    """The characters of a text that a terminal, or the direction of reading, obeys."""
    return {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Cn")} - ALLOWED


def rows(data: bytes, name: str) -> list[Row]:
    report = curlx.explain(data, source=f"{name}.log")
    return [make_row(report, document=curlx.render(report, "json").replace("\n", ""))]


def texts() -> list[tuple[str, str, str]]:
    """Every log in every format of every command: the name of the log, of the format, and the text."""
    told = []
    for name, data in LOGS.items():
        source = PAYLOADS.get(name, name)[:200].replace("\n", " ")
        report = curlx.explain(data, source=source)
        told += [(name, f"explain {format}", curlx.render(report, format)) for format in formats()]
        told.append((name, "explain terminal", curlx.render(report, "terminal", color=True, width=100, unicode=True)))
        told += [
            (name, f"check {format}", "".join(batch.render(rows(data, source), format))) for format in batch.formats()
        ]
    return told


@pytest.fixture(scope="module")
def outputs() -> list[tuple[str, str, str]]:
    return texts()


def of(outputs: list[tuple[str, str, str]], *ends: str) -> list[tuple[str, str]]:
    chosen = [(f"{name}, {format}", text) for name, format, text in outputs if format.endswith(ends)]
    assert chosen
    return chosen


def test_no_format_lets_through_what_steers_a_terminal(outputs: list[tuple[str, str, str]]) -> None:
    colour = re.compile(r"\x1b\[[\d;]*m")
    for name, format, text in outputs:
        if format == "check csv":
            text = text.replace("\r\n", "\n")  # RFC 4180
        shown = colour.sub("", text) if format == "explain terminal" else text
        assert steering(shown) == set(), (name, format)


def test_every_format_shows_what_the_log_holds(outputs: list[tuple[str, str, str]]) -> None:
    for name, format, text in outputs:
        if name in ("html", "formula"):
            assert {"html": "alert(1)", "formula": "HYPERLINK"}[name] in text, (name, format)


def test_no_error_lets_through_what_steers_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    for payload in PAYLOADS.values():
        name = payload.replace("\x00", "").replace("/", "")[:100]
        assert console.explain(name) == console.redact(name) == console.UNREADABLE
        assert console.why(name) == console.USAGE
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 3 * len(PAYLOADS)
    assert steering(said) == set()


class Page(HTMLParser):
    """What a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0
        self.dangers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        if tag in ("iframe", "object", "embed", "base", "form", "img", "link"):
            self.dangers.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith(("javascript:", "data:text")):
                self.dangers.append(f"{tag} {name}={value}")
            if name in ("src", "href", "action", "xlink:href") and "evil" in (value or ""):
                self.dangers.append(f"{tag} {name}={value}")


def test_a_page_runs_nothing_and_loads_nothing(outputs: list[tuple[str, str, str]]) -> None:
    calm = Page()
    calm.feed(curlx.render(curlx.explain(PLACES.replace(b"%b", b"x")), "html"))
    for what, text in of(outputs, " html"):
        page = Page()
        page.feed(text)
        assert page.dangers == [], what
        assert page.scripts <= calm.scripts, what


def test_markdown_makes_no_link_image_or_markup_of_a_log(outputs: list[tuple[str, str, str]]) -> None:
    for what, text in of(outputs, " markdown"):
        for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
            for inline in [token, *(token.children or [])]:
                href = str(inline.attrs.get("href") or inline.attrs.get("src") or "")
                assert inline.type != "image", what
                assert not re.search(r"javascript:|evil\.example", href), what
                if inline.type.startswith("html"):
                    assert not re.search(r"script|onerror|onload|svg|img", inline.content), what


def test_json_har_jsonl_and_sarif_are_valid(outputs: list[tuple[str, str, str]]) -> None:
    for _, text in of(outputs, " json", " har", " sarif"):
        json.loads(text)
    for _, text in of(outputs, " jsonl"):
        assert [json.loads(line) for line in text.splitlines()]


def test_junit_is_valid_xml_without_entities(outputs: list[tuple[str, str, str]]) -> None:
    for _, text in of(outputs, " junit"):
        assert "<!" not in text.replace("<![CDATA[", "")
        ElementTree.fromstring(text)


def test_no_cell_of_a_table_is_a_formula(outputs: list[tuple[str, str, str]]) -> None:
    for what, text in of(outputs, " csv"):
        for record in csv.reader(StringIO(text, newline=""), strict=True):
            for value in record:
                assert not value.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")), what
                assert cell(value.removeprefix("'")) is not None
                assert len(value) <= 32_767, what


def test_a_line_of_seventy_thousand_letters_makes_no_endless_report(outputs: list[tuple[str, str, str]]) -> None:
    for name, format, text in outputs:
        if name == "long" and format.endswith(("terminal", "reply", "markdown", "table", "junit", "sarif")):
            assert len(text) < 3_000_000, format
