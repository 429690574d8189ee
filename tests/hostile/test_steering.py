"""Nothing in a log steers the terminal on which its report is shown."""

from __future__ import annotations

import unicodedata

import pytest

import curlx

STEERING = (
    "\x1b[31mred\x1b]0;title\x07 [bold red]markup[/bold red][/] \u202ereversed\u202c\u2066\u200b \x9b31m \x08\x00\x7f"
)


@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "reply"])
def test_nothing_that_steers_a_terminal_gets_through(format: str) -> None:
    nasty = STEERING.encode()
    log = b"$ curl -v https://a.example/%b\n* Host %b:443 was resolved.\n* Server certificate:\n*  subject: CN=%b\n> GET /%b HTTP/1.1\n" \
        b"> Host: %b\n> \n< HTTP/1.1 400 %b\n< Server: %b\n< \n<h1>%b</h1>\n* Recv failure: %b\ncurl: (56) %b\n"  # fmt: skip
    report = curlx.explain(log.replace(b"%b", nasty), source=f"{STEERING}.log")
    text = curlx.render(report, format)
    assert {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter != "\n"} == set()
