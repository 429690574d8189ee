from __future__ import annotations

import pytest

import curlx


@pytest.mark.parametrize(
    ("reason", "alone"),
    [("unable to verify the first certificate", True), ("self-signed certificate", False)],
)
def test_a_certificate_that_came_alone_is_not_self_signed(reason: str, alone: bool) -> None:
    (finding, *_) = curlx.explain(
        "* SSL connection using TLSv1.3 / TLS13-AES128-GCM-SHA256\n> GET /v1/ HTTP/1.1\n> Host: bank.example\n>\n"
        f'< HTTP/1.1 495 \n< Server: nginx\n< Content-Length: 80\n<\n{{"detail":"FAILED:{reason}"}}\n'
    ).findings
    assert finding.code == "client-certificate-untrusted"
    assert ("intermediate" in finding.causes[0]) is alone
    assert ("self-signed" in str(finding.causes)) is not alone
