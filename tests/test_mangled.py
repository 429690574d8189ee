"""Every way of mangling a log, on logs of every kind: no fact is contradicted, and no other verdict is certain.

`tests/test_wrapped.py` has one log for each way, with its evidence; this is the matrix of ways and logs, sampled.
"""

from __future__ import annotations

import html
import json
import re
import textwrap
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import curlx
from curlx.diagnoses import known
from curlx.report import Report

LOGS = sorted((Path(__file__).parent.parent / "fixtures" / "logs").glob("*.log"))
SAMPLE = 7
"""Logs for each way; those of one way lie between those of the next."""

Mangle = Callable[[list[str]], list[str]]


def each(change: Callable[[int, str], str]) -> Mangle:
    return lambda lines: [change(number, line) for number, line in enumerate(lines)]


def before(form: str) -> Mangle:
    return each(
        lambda number, line: form.format(second=number % 60, number=number + 1, part=number * 7919 % 10**6) + line
    )


def around(above: list[str], below: list[str]) -> Mangle:
    return lambda lines: [*above, *lines, *below]


def star(new: str) -> Mangle:
    return each(lambda _, line: new + line[2:] if line.startswith("* ") else line)


def broken(width: int, *, padded: bool = False) -> Mangle:
    def change(lines: list[str]) -> list[str]:
        pieces = [line[start : start + width] for line in lines for start in range(0, max(len(line), 1), width)]
        return [piece.ljust(width) for piece in pieces] if padded else pieces

    return change


def wrapped(width: int) -> Mangle:
    return lambda lines: [
        piece
        for line in lines
        for piece in textwrap.wrap(line, width, replace_whitespace=False, break_on_hyphens=False) or [""]
    ]


def escaped(line: str) -> str:
    return line.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def joined(*mangles: Mangle) -> Mangle:
    def change(lines: list[str]) -> list[str]:
        for mangle in mangles:
            lines = mangle(lines)
        return lines

    return change


def redacted(pattern: str, new: str) -> Mangle:
    return each(lambda _, line: re.sub(pattern, new, line))


HOST, ADDRESS = r"\b[\w-]+(?:\.[\w-]+)*\.example\b", r"\b\d{1,3}(?:\.\d{1,3}){3}\b"
CHAT = {'"': "\u201d", "'": "\u2019", "--": "\u2014", "...": "\u2026"}


def chat(_: int, line: str) -> str:
    for plain, typed in CHAT.items():
        line = line.replace(plain, typed)
    return line


WAYS: dict[str, Mangle] = {
    "a mail's quote": before("> "), "a quote of a quote": before("> > "), "three quotes": before(">>> "),
    "blanks": before("    "), "tabs": before("\t\t"), "no blanks at the end": each(lambda _, line: line.rstrip()),
    "stars eaten": each(lambda _, line: line[2:] if line.startswith("* ") else line),
    "stars to dashes": star("- "), "stars to bullets": star("  • "), "stars doubled": star("** "),
    "every line bold": each(lambda _, line: f"**{line}**" if line.strip() else line),
    "backticks": each(lambda _, line: f"`{line}`"),
    "backslashes": each(lambda _, line: "\\" + line if line[:2] in ("* ", "> ", "< ") else line),
    "a fence": around(["It fails:", "", "```"], ["```", "Any idea?"]), "Jira": around(["{noformat}"], ["{noformat}"]),
    "a page": around(["<pre>"], ["</pre>"]), "prompts": around(["me@host:~$ curl -v https://a.example/"], ["me@host:~$ "]),
    "set -x": around(["+ set -e", "+ curl -v https://a.example/"], ["+ exit 1"]),
    "docker": before("2024-03-04T05:06:{second:02d}.{part:06d}000Z "), "compose": before("client-1  | "),
    "kubectl": before("[pod/client-6f7d8b9c4-x2x9z/client] "), "journald": before("Mar 04 05:06:{second:02d} web01 check[99]: "),
    "containerd": each(lambda number, line: f"2024-03-04T05:06:07.{number:09d}Z std{'out' if number % 5 == 4 else 'err'} F {line}"),
    "GitHub": before("2024-03-04T05:06:{second:02d}.{part:07d}Z "), "GitLab": before("2024-03-04T05:06:{second:02d}.{part:06d}Z 01E "),
    "Jenkins": before("[2024-03-04T05:06:{second:02d}.123Z] "), "syslog": before("<14>1 2024-03-04T05:06:{second:02d}.123456Z web01 curl 9 - - "),
    "log4j": before("2024-03-04 05:06:{second:02d},123 INFO  [main] c.e.Shell - "), "maven": before("[INFO] "),
    "JSON lines": each(lambda _, line: json.dumps({"log": line + "\n", "stream": "stderr"})),
    "JSON of Go": each(lambda _, line: escaped(json.dumps({"log": line + "\n", "stream": "stderr"}))),
    "YAML": joined(before("    "), around(["  stderr: |-"], ["  rc: 7"])),
    "a table": each(lambda _, line: f"| {line} |"), "a box": each(lambda _, line: line.ljust(120) + "\u2502"),
    "a page's source": each(lambda _, line: html.escape(line)), "escaped twice": each(lambda _, line: html.escape(html.escape(line))),
    "line breaks": each(lambda _, line: html.escape(line) + "<br>"), "paragraphs": each(lambda _, line: f"<p>{html.escape(line)}</p>"),
    "colours": each(lambda _, line: f"\x1b[0;32m{line}\x1b[0m"), "cat -v": each(lambda _, line: f"^[[32m{line}^[[0m"),
    "^M": each(lambda _, line: line + "^M" if line[:2] in ("> ", "< ") else line),
    "cat -n": before("{number:6d}\t"), "grep -n": before("{number}:"), "grep -Hn": before("out.log:{number}:"), "diff": before("+"),
    "80 columns": broken(80), "80 columns, filled": broken(80, padded=True), "72 columns": broken(72), "a mailer": wrapped(76),
    "a mailer's quote": joined(wrapped(74), before("> ")), "a chat": each(chat),
    "host xxx": redacted(HOST, "xxx.xxx.com"), "host ****": redacted(HOST, "****"), "host <redacted>": redacted(HOST, "<redacted>"),
    "address x": redacted(ADDRESS, "10.x.x.x"), "address <ip>": redacted(ADDRESS, "<ip>"),
    "other lines": lambda lines: [part for number, line in enumerate(lines) for part in
                                  ([line, "2024-03-04 05:06:07 INFO heartbeat ok"] if number % 9 == 4 else [line])],
    "a mail around it": around(["Hello,", "", "it fails since yesterday:", ""], ["", "Regards", "J."]),
    "quoted docker": joined(before("2024-03-04T05:06:{second:02d}.123456789Z "), before("> ")),
    "quoted JSON": joined(each(lambda _, line: json.dumps({"log": line + "\n"})), before("> ")),
    "JSON with a time": joined(each(lambda _, line: escaped(json.dumps({"log": line + "\n", "stream": "stderr"}))), before("2024-03-04T05:06:{second:02d}.123456789Z ")),
    "JSON in JSON": joined(each(lambda _, line: json.dumps({"msg": line})), each(lambda _, line: escaped(json.dumps({"log": line + "\n"})))),
    "coloured GitHub": joined(each(lambda _, line: f"\x1b[0;32m{line}\x1b[0m"), before("2024-03-04T05:06:07.{part:07d}Z ")),
    "quoted page": joined(before("> "), each(lambda _, line: html.escape(line))),
}  # fmt: skip
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-16": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
    "UTF-16, big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "a byte-order mark": lambda text: text.encode("utf-8-sig"),
    "CR LF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "NUL": lambda text: text.replace("\n", "\x00\n").encode(),
    "Latin-1": lambda text: "Gr\u00fc\u00dfe:\n".encode("latin-1") + text.encode(),
}


@cache
def sound(path: Path) -> tuple[Report, list[str]]:
    """The log as it was, and its lines as a paste has them."""
    data = path.read_bytes()
    text = data.decode("utf-8", "replace").replace("\r\r\n", "\n").replace("\r\n", "\n")
    return curlx.explain(data), text.removesuffix("\n").split("\n")


def errors(report: Report) -> list[str]:
    return [finding.code for finding in report.findings if finding.severity == "error"]


def contradicted(whole: Report, mangled: Report) -> dict[str, object]:
    """What the mangled log says otherwise, with certainty; what it does not know is no contradiction."""
    old, new = whole.summary, mangled.summary
    pairs: dict[str, tuple[object, object]] = {
        "requested": (old.client_certificate.requested, new.client_certificate.requested),
        "sent": (old.client_certificate.sent, new.client_certificate.sent),
        "server certificate": (old.server_certificate, new.server_certificate),
        "TLS": (old.tls_version, new.tls_version),
        "ALPN": (old.alpn, new.alpn),
        "proxy": (old.proxy, new.proxy),
        "statuses": (old.http_statuses, new.http_statuses or None),
    }
    wrong: dict[str, object] = {
        name: pair for name, pair in pairs.items() if pair[0] != pair[1] and pair[1] not in (None, "unknown")
    }
    verdict = next((finding for finding in mangled.findings if finding.severity == "error"), None)
    # A symptom is a note in the whole log, where its cause is known: it must be an error by itself.
    told = [finding.code for finding in whole.findings if known()[finding.code].diagnosis.severity == "error"]
    if verdict and verdict.certainty == "certain" and verdict.code not in told:
        wrong["verdict"] = (told, verdict.code)
    return wrong


def some(way: int, count: int = SAMPLE) -> list[Path]:
    """Logs whose bodies do not imitate curl: of those, a change of length hides what they are."""
    logs = [path for path in LOGS if "adv" not in path.stem and "binary" not in path.stem]
    return [logs[(way * 5 + number * len(logs) // count) % len(logs)] for number in range(count)]


@pytest.mark.parametrize("name", WAYS)
def test_a_mangled_log_is_never_read_otherwise(name: str) -> None:
    same = 0
    for path in some(list(WAYS).index(name)):
        whole, lines = sound(path)
        mangled = curlx.explain("\n".join(WAYS[name](lines)).encode() + b"\n")
        assert contradicted(whole, mangled) == {}, path.stem
        same += errors(mangled)[:1] == errors(whole)[:1]
    assert same >= SAMPLE - 1


@pytest.mark.parametrize("name", ENCODINGS)
def test_an_encoding_changes_nothing(name: str) -> None:
    same = 0
    for path in some(list(ENCODINGS).index(name)):
        whole, lines = sound(path)
        mangled = curlx.explain(ENCODINGS[name]("\n".join(lines) + "\n"))
        assert contradicted(whole, mangled) == {}, path.stem
        same += errors(mangled)[:1] == errors(whole)[:1]
    assert same >= SAMPLE - 1
