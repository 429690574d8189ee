"""A broken address in a log is no reason to stop."""

from __future__ import annotations

import pytest

from curlx import explain, render

LOG = (
    "*   Trying 192.0.2.7:80...\n* Connected to {host} (192.0.2.7) port 80 (#0)\n> GET /a HTTP/1.1\r\n> Host: {host}\r\n"
    "> \r\n< HTTP/1.1 302 Found\r\n< Location: {location}\r\n< Content-Length: 0\r\n"
)
FOLLOWED = "* Ignoring the response-body\n< \r\n* Connection #0 to host {host} left intact\n"


@pytest.mark.parametrize("host", ["shop.example", "fd42::zz", "[fd42::zz]"])
@pytest.mark.parametrize("location", ["https://[fd42::zz]/x", "//[", "/b", "http://shop.example:port/"])
@pytest.mark.parametrize("end", ["< \r\n* Connection #0 to host {host} left intact\n", FOLLOWED])
def test_a_location_that_is_no_url_is_told_as_it_stands(host: str, location: str, end: str) -> None:
    report = explain((LOG + end).format(host=host, location=location).encode())
    assert report.outcome in ("success", "failure", "unfinished")
    assert all(render(report, form) for form in ("json", "markdown", "har"))  # type: ignore[arg-type]
