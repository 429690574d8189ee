from __future__ import annotations

import pytest

import curlx

_LOG = """* Connected to api.bank.example (203.0.113.7) port 80 (#0)
> {method} /v1 HTTP/1.1
> Host: api.bank.example
> {header}
>\x20
< HTTP/1.1 {status} No
< Content-Length: 0
<\x20
* Connection #0 to host api.bank.example left intact
"""


@pytest.mark.parametrize(("method", "header", "status", "asked"), [
    ("GET", "Accept: */*", 413, False),
    ("POST", "Content-Length: 5000000", 413, True),
    ("PUT", "Accept: */*", 412, False),
    ("PUT", 'If-Match: "1"', 412, True),
    ("MOVE", "Overwrite: F", 412, True),
    ("GET", "Accept: */*", 416, False),
    ("GET", "x-ms-range: bytes=5-9", 416, True),
])  # fmt: skip
def test_a_number_about_what_the_request_does_not_have_means_something_else(
    method: str, header: str, status: int, asked: bool
) -> None:
    finding = curlx.explain(_LOG.format(method=method, header=header, status=status)).findings[0]
    assert ("the request that the log shows has none" in finding.summary) == (not asked)
    assert ("of its own" in str(finding.causes)) == (not asked)


def test_where_lines_of_the_request_may_be_missing_nothing_is_said_of_what_it_had() -> None:
    log = _LOG.format(method="PUT", header="Accept: */*", status=412).replace("> Host: api.bank.example\n", "")
    assert "has none" not in curlx.explain(log).findings[0].summary
