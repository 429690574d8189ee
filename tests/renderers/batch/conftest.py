"""Rows as logs give them, and rows in which everything that a log or a file's name can fill in is hostile."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from curlx.rows import Also, Row

HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "x;=1+1", "＝1", "a,b", '"', '",=1', "'",
    "]]>", "<script>alert(1)</script>", "</style>", "<!--", "-->", "&amp;", "{{ 7*7 }}", "{0}", "[x](javascript:1)",
    "| a |", "`", "```\n# gone", "@all #1", "\x1b[2J\x00", "\u202egpj.exe", "\ud800", "\udcff", "\ufffe", "line\nend",
    "\u2028", "https://evil.example", "../../etc/passwd", "C:\\logs\\a", "s3://b/100%", "a:b", "//share/x", "%zz", "",
)  # fmt: skip


@pytest.fixture
def rows() -> list[Row]:
    """One log of each outcome, and one with a warning."""
    return [
        Row(
            name="logs/a.log",
            outcome="failure",
            code="client-certificate-missing",
            severity="error",
            certainty="certain",
            title="No client certificate was sent",
            summary="The server wanted a certificate.\nUse `--cert`.",
            line=13,
            text="< HTTP/1.1 400 Bad Request",
            also=(Also("http-bad-request", "note", "likely", "Malformed", 14, "No required SSL certificate"),),
            transfers=2,
            failed=1,
            lines=20,
            size=900,
            host="api.example.com",
            url="https://api.example.com/",
            issuer="CN=Test CA",
            exit_code=0,
            curl="8.5.0",
            tls_library="OpenSSL/3.0.13",
            statuses=(200, 400),
            seen="2026-11-23T09:03:19Z",
            seen_in="log",
            story="0123456789ab",
            same=3,
        ),
        Row(name="/var/log/fine.log", outcome="success", transfers=1, lines=9, size=400, statuses=(204,), story="aa"),
        Row(
            name="logs/c d.log",
            outcome="success",
            code="client-certificate-missing",
            severity="warning",
            certainty="possible",
            title="No client certificate was sent",
            line=2,
            text="* x",
            story="bb",
        ),
        Row(name="logs/nginx.log", outcome="not-curl", error="there is no output of curl -v or --trace in it", size=7),
        Row(name="logs/gone.log", outcome="unreadable", error="permission denied"),
    ]


@pytest.fixture(scope="session")
def hostile_rows() -> st.SearchStrategy[list[Row]]:
    text = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), max_size=20),
                     st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join))  # fmt: skip
    code = st.sampled_from(["http-not-found", "tls-refused", "client-certificate-missing"])
    severity, certainty = st.sampled_from(["error", "warning", "note"]), st.sampled_from(["certain", "possible"])
    also = st.builds(Also, code=code, severity=severity, certainty=certainty, title=text, line=st.just(1), text=text)
    moment = st.sampled_from(["", "2026-11-23T09:03:19Z", "2026-01-01T00:00:00Z"])
    facts = {"name": text, "host": text, "url": text, "issuer": text, "curl": text, "tls_library": text, "seen": moment}
    silent = st.builds(Row, outcome=st.sampled_from(["unreadable", "not-curl"]), error=text, name=text)
    well = st.builds(Row, outcome=st.sampled_from(["success", "unfinished"]), **facts)
    found = st.builds(
        Row, outcome=st.just("failure"), code=code, severity=severity, certainty=certainty, title=text, summary=text,
        line=st.integers(1, 9), text=text, also=st.lists(also, max_size=2).map(tuple), same=st.integers(1, 3),
        exit_code=st.sampled_from([None, 0, 60]), statuses=st.lists(st.integers(200, 599), max_size=2).map(tuple),
        **facts,
    )  # fmt: skip
    return st.lists(st.one_of(found, well, silent), max_size=6)
