"""The whole program as one expression: any bytes, however they are cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import curlx

FIXTURES = Path(__file__).parent.parent / "fixtures"
FOUNDING = (FIXTURES / "founding.log").read_bytes()
LOGS = sorted((FIXTURES / "logs").glob("*.log"))
CURLISH = st.sampled_from([
    b"* ", b"> ", b"< ", b"{ [5 bytes data]", b"curl: (60) ", b"\r\n", b"\n", b"\r", b"\x1b[1m", b"\x00", b"\xff\xfe", b"== Info: ",
    b"<= Recv header, 9 bytes (0x9)\n0000: 48 54", b"TLSv1.3 (IN), TLS alert, unknown (628):", b"HTTP/1.1 400 Bad Request",
    b"Content-Length: 99999999999999999999", b"subject: CN=", b"400 No required SSL certificate was sent", b"GET / HTTP/1.1",
    b"Connection #0 to host a left intact", b"    ", b"> > > ", b"[0-0] ", b"09:10:21.186932 ", b"...", b"$ curl -v 'https://",
])  # fmt: skip


@given(st.lists(st.one_of(st.binary(max_size=30), CURLISH), max_size=60).map(b"".join))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise(data: bytes) -> None:
    report = curlx.explain(data)
    assert report.format == 1
    for format in ("json", "terminal"):
        assert curlx.render(report, format)


@given(st.sampled_from(LOGS), st.lists(st.integers(1, 400), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_the_answer_is_the_same_however_the_bytes_are_cut(path: Path, sizes: list[int]) -> None:
    data = path.read_bytes()
    chunks, start, turn = [], 0, 0
    while start < len(data):
        size = sizes[turn % len(sizes)]
        chunks.append(data[start : start + size])
        start, turn = start + size, turn + 1
    assert curlx.render(curlx.explain(chunks)) == curlx.render(curlx.explain(data))


def test_the_answer_is_the_same_byte_by_byte() -> None:
    whole = curlx.render(curlx.explain(FOUNDING))
    assert curlx.render(curlx.explain(FOUNDING[i : i + 1] for i in range(len(FOUNDING)))) == whole


@pytest.mark.parametrize(
    "data",
    [
        FOUNDING,
        FOUNDING.replace(b"\n", b"\r\n"),
        b"".join(b"    " + line for line in FOUNDING.splitlines(keepends=True)),
        FOUNDING.split(b"</html>")[0],
        FOUNDING.decode().encode("utf-16"),
    ],
    ids=["as it is", "with CRLF", "indented by four spaces", "without its end", "in UTF-16"],
)
def test_the_founding_log_misses_a_client_certificate(data: bytes) -> None:
    report = curlx.explain(data)
    assert (report.findings[0].code, report.findings[0].certainty) == ("client-certificate-missing", "certain")
    assert report.outcome == "failure"
    assert report.summary.server_certificate == "accepted"
    assert report.summary.tls_version == "TLSv1.2"
    assert report.summary.http_statuses == (400,)
    assert (report.summary.client_certificate.requested, report.summary.client_certificate.sent) == ("unknown", "no")


def test_the_founding_log_cut_after_the_status_line_is_never_certain_of_more_than_it_shows() -> None:
    report = curlx.explain(FOUNDING.split(b"< Content-Type")[0])
    assert report.summary.http_statuses == (400,)
    assert report.findings[0].code in ("client-certificate-missing", "http-bad-request")


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"hello\nworld\n", bytes(range(256)) * 4], ids=["empty", "blank", "prose", "binary"]
)
def test_what_is_no_curl_output_is_called_so(data: bytes) -> None:
    assert curlx.explain(data).outcome == "not-curl"
