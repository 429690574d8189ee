from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curlx.findings import Diagnosis, Evidence, Finding, Remedy
from curlx.renderers.as_terminal import render
from curlx.renderers.paper import cells
from curlx.report import make_report
from curlx.timeline import Complaint, Connection, Exchange, Fact, Response, Timeline, Transfer

HOSTILE = "\x1b[31m\x07\r\u202e\u2066[bold]x[/bold]\x9b2J\x00\x7f"


def report_text(timeline: Timeline, *findings: Finding, width: int = 80, color: bool = False) -> str:
    return render(make_report(timeline, findings, "health.log"), width=width, color=color)


def test_the_founding_case_shows_the_server_certificate_as_fine_and_the_client_certificate_as_the_break(
    founding_case: Timeline, missing: Finding
) -> None:
    text = report_text(founding_case, missing)
    assert "✔ ok          Server certificate CN=engine.sandbox, valid Jan 21 2026 to\n" in text
    assert "✖ broke here  Client certificate: asked for, none sent\n" in text
    assert text.count("broke here") == 1


def test_the_verdict_comes_as_code_and_title(founding_case: Timeline, missing: Finding) -> None:
    assert "\nerror[client-certificate-missing]: The server requires a client" in report_text(founding_case, missing)


@pytest.mark.parametrize("certainty", ["certain", "likely", "possible"])
def test_the_verdict_says_how_sure_it_is(certainty: str, founding_case: Timeline, missing: Finding) -> None:
    finding = msgspec.structs.replace(missing, certainty=certainty)
    assert f"\n  {certainty}: " in report_text(founding_case, finding)


def test_the_decisive_line_is_quoted_with_its_number_and_its_telling_part_underlined(
    founding_case: Timeline, missing: Finding
) -> None:
    rows = report_text(founding_case, missing).splitlines()
    at = rows.index(">14 │ <head><title>400 No required SSL certificate was sent</title></head>")
    telling = "400 No required SSL certificate was sent"
    start = rows[at].index(telling)
    assert rows[at + 1] == f"    │ {'^' * len(telling)}".replace("│ ", "│ " + " " * (start - 6))
    assert "   --> health.log:14" in rows


def test_commands_are_never_broken_and_a_reader_is_told_to_review_them(
    founding_case: Timeline, missing: Finding
) -> None:
    rows = report_text(founding_case, missing, width=60).splitlines()
    command = missing.remedies[0].commands[0]
    assert any(row.strip() == command for row in rows)
    assert rows.count("        Review before running:") == 2


def test_a_command_of_several_lines_keeps_its_lines_and_indentation(founding_case: Timeline, missing: Finding) -> None:
    text = report_text(founding_case, missing)
    assert "          define condition engine_mtls\n            url.domain=engine.sandbox\n          end\n" in text


def test_remedies_are_grouped_by_who_can_act(founding_case: Timeline, missing: Finding) -> None:
    remedies = (Remedy("client", "First"), Remedy("server", "Second"), Remedy("client", "Third"))
    text = report_text(founding_case, msgspec.structs.replace(missing, remedies=remedies))
    assert "What to do on the client\n  • First\n  • Third\n\nWhat to do on the server\n  • Second\n" in text


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_everything_but_commands_keeps_to_the_width(width: int, founding_case: Timeline, missing: Finding) -> None:
    finding = msgspec.structs.replace(missing, remedies=())
    assert all(cells(row) <= width for row in report_text(founding_case, finding, width=width).splitlines())


def test_colour_adds_nothing_but_colour(founding_case: Timeline, missing: Finding) -> None:
    painted = report_text(founding_case, missing, color=True)
    plain = "\n".join(row.rstrip() for row in re.sub(r"\x1b\[[0-9;]*m", "", painted).split("\n"))
    assert painted != plain
    assert plain == report_text(founding_case, missing)


def test_ascii_is_enough_where_the_terminal_has_no_more(founding_case: Timeline, missing: Finding) -> None:
    text = render(make_report(founding_case, (missing,), "grüße.log"), unicode=False)
    assert text.isascii()
    assert "x broke here  Client certificate" in text


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_text_of_the_log_can_act_on_the_terminal(text: str) -> None:
    line = f"{HOSTILE}{text}"
    transfer = Transfer(
        1,
        3,
        url=line,
        command=Fact(line, 1),
        connections=(Connection(1, 1, host=line, port=1, connected=Fact(line, 1)),),
        exchanges=(Exchange(0, 2, 3, response=Response(418, line, "HTTP/1.1", 2, 3)),),
        complaints=(Complaint("other", line, 3, "response"),),
    )
    finding = Diagnosis("curl-error", line).found(
        "certain", line, [Evidence(3, line, line)], causes=[line], remedies=[Remedy("client", line, (line,), (line,))]
    )
    shown = render(make_report(Timeline(transfers=(transfer, transfer), lines=3, curl_lines=3), (finding,), line))
    assert all(character.isprintable() or character == "\n" for character in shown)
    assert "[bold]x[/bold]" in shown


def test_a_log_without_findings_is_called_fine_with_its_last_status(founding_case: Timeline) -> None:
    answer = Response(200, "OK", "HTTP/1.1", 10, 12)
    exchange = msgspec.structs.replace(founding_case.transfers[0].exchanges[0], response=answer)
    transfer = msgspec.structs.replace(founding_case.transfers[0], exchanges=(exchange,))
    text = report_text(msgspec.structs.replace(founding_case, transfers=(transfer,)))
    assert "ok: no problem found in this log. The last answer was 200.\n" in text


def test_a_note_alone_does_not_spoil_a_success(founding_case: Timeline) -> None:
    note = Diagnosis("server-certificate-unverified", "The certificate was not verified", "note")
    text = report_text(founding_case, note.found("certain", "-k", [Evidence(3, "* x", "not checked")]))
    assert "ok: no error found" in text
    assert "note[server-certificate-unverified]: The certificate was not verified (line 3)\n\n    -k\n" in text


def test_a_note_without_a_verdict_says_what_to_do(founding_case: Timeline) -> None:
    note = Diagnosis("http-redirect-not-followed", "A redirect that curl did not follow", "note")
    remedy = Remedy("client", "Let curl follow", (), ("curl -v -L https://shop.example/",))
    text = report_text(founding_case, note.found("certain", "x", [Evidence(3, "* x", "y")], remedies=(remedy,)))
    assert "  • Let curl follow\n" in text
    assert "          curl -v -L https://shop.example/\n" in text


def test_further_findings_are_listed_with_their_lines(founding_case: Timeline, missing: Finding) -> None:
    secrets = Diagnosis("log-secrets", "The log shows secrets", "warning")
    second = secrets.found("likely", "A token.", [Evidence(8, "> a", "x"), Evidence(9, "> b", "x")])
    text = report_text(founding_case, missing, second)
    assert "Also in this log\n  warning[log-secrets]: The log shows secrets (lines 8, 9, likely)\n" in text


def test_a_long_loop_is_shown_by_its_beginning_and_its_end() -> None:
    exchanges = tuple(Exchange(0, line, line, response=Response(302, "Found", "HTTP/1.1", line, line))
                      for line in range(1, 51))  # fmt: skip
    text = report_text(Timeline(transfers=(Transfer(1, 50, exchanges=exchanges),), lines=50, curl_lines=50))
    assert "… 26 more steps" in text
    assert text.count("302 Found") == 24


def test_of_many_transfers_the_one_that_broke_is_shown() -> None:
    exchanges = (Exchange(-1, line, line, response=Response(200, "", "2", line, line)) for line in range(1, 101))
    transfers = tuple(Transfer(one.first_line, one.last_line, exchanges=(one,)) for one in exchanges)
    finding = Diagnosis("http-server-error", "It broke").found("certain", "x", [Evidence(70, "< x", "y")], transfer=69)
    text = report_text(Timeline(transfers=transfers, lines=100, curl_lines=100), finding)
    assert "Transfer 70 of 100" in text
    assert "Transfer 50 of 100" not in text
    assert "… 64 more transfers" in text


def test_a_quoted_line_that_is_too_long_is_cut_at_a_blank_and_underlined_in_every_row(founding_case: Timeline) -> None:
    line = "* Failed to connect to down.example:443 after 0 ms: Could not connect to server"
    finding = Diagnosis("network-refused", "x").found("certain", "x", [Evidence(6, line, "refused")])
    text = report_text(founding_case, finding, width=60)
    assert "  6 │ * Failed to connect to down.example:443 after 0 ms: \n" not in text
    assert (
        "> 6 │ * Failed to connect to down.example:443 after 0 ms:\n"
        "    │   -------------------------------------------------\n"
        "    │ Could not connect to server\n"
        "    │ --------------------------- refused\n"
    ).replace("-", "^") in text


def test_a_very_long_line_is_quoted_in_three_rows_and_no_more(founding_case: Timeline) -> None:
    finding = Diagnosis("curl-error", "x").found("certain", "x", [Evidence(6, "* " + "y" * 5_000, "long")])
    rows = [row for row in report_text(founding_case, finding).splitlines() if "yyy" in row]
    assert len(rows) == 3
    assert rows[-1].endswith("…")


def test_a_warning_is_explained_below_the_word_that_nothing_failed(founding_case: Timeline) -> None:
    secrets = Diagnosis("log-secrets", "The log shows secrets", "warning")
    text = report_text(founding_case, secrets.found("certain", "A token.", [Evidence(8, "> Host: a", "x")]))
    assert (
        "ok: no error found in this log. The last answer that the log shows was 400.\n\nwarning[log-secrets]: The log shows"
        in text
    )


def test_the_rail_stays_straight_when_line_numbers_get_long() -> None:
    exchanges = tuple(Exchange(0, line, line + 5, response=Response(200, "OK", "HTTP/1.1", line, line + 5))
                      for line in (8, 99_990, 100_020))  # fmt: skip
    text = report_text(Timeline(transfers=(Transfer(1, 200_000, exchanges=exchanges),), lines=200_000, curl_lines=9))
    rows = [row for row in text.splitlines() if "✔" in row]
    assert len(rows) == 3
    assert len({row.index("✔") for row in rows}) == 1
