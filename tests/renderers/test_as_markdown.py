from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from curlx.findings import Diagnosis, Evidence, Finding
from curlx.pipeline import explain
from curlx.renderers.as_markdown import code, fence, marked, render
from curlx.report import Report, make_report
from curlx.timeline import Exchange, Response, Timeline, Transfer

HOSTILE = (
    "<img src=x onerror=alert(1)>", "```\n# gone\n```", "~~~~", "`a` ``b``", "| a | b |", "@all #1 !2 octo/repo#3 GH-4",
    "[x](javascript:1) ![y](http://evil.example)", "<!-- ", "-->", "**b** _i_ ~~s~~", "\x1b[2J\x07", "\u202egpj.exe",
    "https://evil.example www.evil.example a@evil.example", "---", "# h", "1. x", "- [ ] x", "/close", "&lt;b&gt;",
    ":bomb:", "$x$ %1 ^a {code}", "\\", "a|`|b", "[^1]: x", "```mermaid", "</details>", "`/close` @x`", "\ud800",
)  # fmt: skip
ALLOWED = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "code_inline", "softbreak",
    "strong_open", "strong_close", "fence", "bullet_list_open", "bullet_list_close", "ordered_list_open",
    "ordered_list_close", "list_item_open", "list_item_close", "table_open", "table_close", "thead_open",
    "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
    "hr",
}  # fmt: skip
REFERENCE = re.compile(r"@\w|[#!%&$~]\w|GH-\d|://|www\.|:\w+:|[<>`|\\]|\*|__")
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(HOSTILE), max_size=4).map(" ".join))


def parsed(markdown: str) -> Iterator[Token]:
    return everything(MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(markdown))


def everything(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from everything(token.children or ())


def test_the_verdict_comes_with_its_code_and_how_sure_it_is(founding_case: Timeline, missing: Finding) -> None:
    text = render(make_report(founding_case, (missing,), "health.log"))
    assert text.startswith(
        "## Error: The server requires a client certificate and got none\n\n"
        "`client-certificate-missing` · **certain**: curl or the server says so, or the protocol proves it\n\n"
    )


def test_the_proof_quotes_its_lines_with_their_numbers_in_a_fence(founding_case: Timeline, missing: Finding) -> None:
    text = render(make_report(founding_case, (missing,), "health.log"))
    assert "From `health.log`, line 14 decides:\n\n```text\n   3 | *  subject: CN=engine.sandbox\n" in text
    assert "\n> 14 | <head><title>400 No required SSL certificate was sent</title></head>\n```\n" in text


def test_a_command_is_in_a_fence_of_its_own_and_keeps_its_lines(founding_case: Timeline, missing: Finding) -> None:
    fences = [
        token.content for token in parsed(render(make_report(founding_case, (missing,)))) if token.type == "fence"
    ]
    assert all(f"{command}\n" in fences for remedy in missing.remedies for command in remedy.commands)


def test_the_steps_are_a_table_and_the_missing_message_is_missing_in_the_diagram(
    founding_case: Timeline, missing: Finding
) -> None:
    text = render(make_report(founding_case, (missing,)))
    assert "\n| 14 | **✖ broke here** | Client certificate: asked for, none sent |\n" in text
    assert "\n    p0--xp1: ✖ missing: client certificate\n" in text
    assert "```mermaid\nsequenceDiagram\n" in text


def test_a_log_in_which_nothing_went_wrong_says_so_first() -> None:
    exchange = Exchange(-1, 1, 2, response=Response(204, "No Content", "1.1", 1, 2))
    report = make_report(Timeline((Transfer(1, 2, exchanges=(exchange,)),), curl_lines=2), ())
    assert render(report).startswith("## ✔ No problem found in this log\n\nThe last answer was 204.\n")


def test_a_comment_stays_short_enough_for_a_ticket() -> None:
    exchanges = tuple(Exchange(-1, line, line, response=Response(302, "x" * 9_000, "1.1", line, line))
                      for line in range(1, 200))  # fmt: skip
    timeline = Timeline(tuple(Transfer(1, 200, exchanges=exchanges) for _ in range(50)), curl_lines=200)
    finding = Diagnosis("curl-error", "x").found("certain", "x", [Evidence(n, "y" * 9_000, "z") for n in range(1, 9)])
    assert len(render(make_report(timeline, (finding,) * 40))) < 32_000  # what Jira takes


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("plain words, as they are", "plain words, as they are"),
        ("run `a | b` (see a_b)", "run `a | b` (see `a_b`)"),
        ("thanks @team, see #12.", "thanks `@team`, see `#12`."),
        ("<b>bold</b>", "`<b>bold</b>`"),
        ("an odd ` tick", "an odd `` ` `` tick"),
        ("`a`b_c", "`a` `b_c`"),
        ("- no list", "`-` no list"),
        ("1. no list", "`1.` no list"),
        ("/close", "`/close`"),
        ("a\nb\x1b", "a `b\\x1b`"),
        ("POST /v1?token=‹parameter 2›&user=bob was 401", "POST `/v1?token=‹parameter 2›&user=bob` was 401"),
        ("a ‹ that a_b never closes", "a ‹ that `a_b` never closes"),
    ],
)
def test_only_its_own_backticks_mean_something_in_prose(prose: str, expected: str) -> None:
    assert marked(prose) == expected


@given(st.text(alphabet="`a "))
def test_a_code_span_holds_its_text_and_nothing_ends_it(text: str) -> None:
    spans = [token.content for token in parsed(f"x {code(text)} y") if token.type == "code_inline"]
    if text.strip():
        assert [span.strip() for span in spans] == [text.strip()]


@given(st.lists(st.text(alphabet="`~a "), max_size=5))
def test_no_row_ends_a_fence(rows: list[str]) -> None:
    fences = [token for token in parsed(f"{fence(rows)}\n\nbehind") if token.type == "fence"]
    assert [token.content for token in fences] == ["\n".join(rows) + "\n"]


@given(texts)
@example(" ".join(HOSTILE))
def test_nothing_from_the_log_becomes_markup_or_a_reference(report_full_of: Callable[[str], Report], text: str) -> None:
    markdown = render(report_full_of(text))
    assert all(character.isprintable() or character == "\n" for character in markdown)
    tokens = list(parsed(markdown))
    assert {token.type for token in tokens} <= ALLOWED
    assert [token.content for token in tokens if token.type == "text" and REFERENCE.search(token.content)] == []
    assert sum(token.type == "heading_open" for token in tokens) == 8
    assert sum(token.type == "fence" for token in tokens) == 6
    assert [token.content for token in tokens if token.type == "inline" and token.content.startswith("/")] == []


@given(texts)
@example(" ".join(HOSTILE))
def test_every_row_of_a_table_has_three_cells(report_full_of: Callable[[str], Report], text: str) -> None:
    tokens = [token.type for token in parsed(render(report_full_of(text)))]
    assert tokens.count("td_open") == 3 * (tokens.count("tr_open") - tokens.count("table_open"))


@given(texts)
def test_a_hostile_log_gives_a_comment_that_is_markdown_and_no_more(text: str) -> None:
    line = text.replace("\r", " ").replace("\n", " ").encode("utf-8", "replace").decode()
    log = (
        "* Connected to a.example (203.0.113.1) port 80 (#0)\n> GET /x HTTP/1.1\n> Host: a.example\n"
        f"> X-A: {line}\n> \n< HTTP/1.1 400 {line}\n< Server: {line}\n< Content-Length: {len(line) + 1}\n< \n{line}\n"
        "* Connection #0 to host a.example left intact\n"
    )
    tokens = list(parsed(render(explain(log, source=line))))
    assert {token.type for token in tokens} <= ALLOWED
    assert [token.content for token in tokens if token.type == "text" and REFERENCE.search(token.content)] == []


def test_a_further_finding_is_listed_with_its_lines(founding_case: Timeline, missing: Finding) -> None:
    second = msgspec.structs.replace(missing, code="http-bad-request", title="It is malformed", certainty="likely")
    text = render(make_report(founding_case, (missing, second)))
    assert "\n- error `http-bad-request`: It is malformed (lines 14, 10, 3, likely)\n" in text


def test_a_time_of_day_is_no_emoji_and_stays_prose() -> None:
    assert marked("Jan 21 04:01:41 2026 GMT, :100: and :bomb:") == "Jan 21 04:01:41 2026 GMT, `:100:` and `:bomb:`"
