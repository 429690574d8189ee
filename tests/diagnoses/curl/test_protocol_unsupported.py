from __future__ import annotations

import pytest

import curlx
from curlx.diagnoses.curl.protocol_unsupported import diagnose


def test_the_protocol_is_named(log):
    (finding,) = diagnose(log(("protocol-unsupported", 'Protocol "htps" not supported', "htps")))
    assert '"htps"' in finding.summary


@pytest.mark.parametrize(("location", "blames_url"), [
    ("mailto:help@shop.example", False),
    ("shopapp://done?step=2", False),
    ("https://shop.example/", True),
    ("/here", True),
])  # fmt: skip
def test_the_url_is_not_at_fault_where_a_redirect_leads_to_another_program(location: str, blames_url: bool) -> None:
    log = (
        "* Connected to desk.shop.example (192.0.2.41) port 80 (#0)\n> GET /contact HTTP/1.1\n"
        f"> Host: desk.shop.example\n> \n< HTTP/1.1 302 Found\n< Location: {location}\n< Content-Length: 0\n< \n"
        "* Connection #0 to host desk.shop.example left intact\n"
        "* The redirect target URL could not be parsed: Unsupported URL scheme\n"
        "curl: (1) The redirect target URL could not be parsed: Unsupported URL scheme\n"
    )
    finding = curlx.explain(log).findings[0]
    assert finding.code == "curl-protocol-unsupported"
    assert any("misspelt" in cause for cause in finding.causes) is blames_url
