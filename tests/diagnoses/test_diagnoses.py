"""All diagnoses together: no failure goes without a word."""

from __future__ import annotations

import curlx

_HANDSHAKE = """*   Trying 192.0.2.10:443...
* Connected to shop.example (192.0.2.10) port 443
* TLSv1.2 (OUT), TLS handshake, Client hello (1):
* TLSv1.2 (IN), TLS handshake, Server hello (2):
* TLSv1.2 (IN), TLS handshake, Certificate (11):
* TLSv1.2 (IN), TLS handshake, Server finished (14):
* TLSv1.2 (OUT), TLS handshake, Client key exchange (16):
* TLSv1.2 (OUT), TLS handshake, Finished (20):
"""


def test_a_refusal_whose_request_for_a_certificate_was_cut_out_is_no_success() -> None:
    for number, name in ((42, "bad certificate"), (44, "certificate revoked"), (45, "certificate expired"),
                         (46, "certificate unknown"), (48, "unknown CA")):  # fmt: skip
        alert = f"* TLSv1.2 (IN), TLS alert, {name} ({512 + number}):\n"
        report = curlx.explain(f"{_HANDSHAKE}{alert}* SSL certificate verification failed\n* Closing connection 0\n"
                               "curl: (60) SSL certificate verification failed\n")  # fmt: skip
        assert report.outcome == "failure"
        assert report.findings[0].code == "tls-refused"


def test_a_failure_that_nothing_explains_is_told() -> None:
    report = curlx.explain(f"{_HANDSHAKE}* TLSv1.2 (IN), TLS alert, no certificate (553):\n"
                           "* Something that curl never said before\n* Closing connection 0\n"
                           "curl: (35) Something that curl never said before\n")  # fmt: skip
    assert report.outcome == "failure"
    assert [finding.severity for finding in report.findings] == ["error"]
