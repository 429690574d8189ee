from __future__ import annotations

from collections.abc import Callable

import curlx
from curlx.diagnoses.server_certificate.revocation_unchecked import diagnose
from curlx.timeline import Timeline


def test_a_missing_list_of_revoked_certificates_is_no_matter_of_windows(tls_log: Callable[..., Timeline]) -> None:
    said = ("certificate-revocation-unchecked", "SSL certificate problem: unable to get certificate CRL")
    (finding,) = diagnose(tls_log(said))
    assert "Windows" not in finding.summary
    assert not any("certutil" in command for remedy in finding.remedies for command in remedy.commands)


def test_the_certificate_that_is_looked_at_is_saved_before() -> None:
    log = (
        "* schannel: next InitializeSecurityContext failed: CRYPT_E_REVOCATION_OFFLINE (0x80092013) - The revocation "
        "function was unable to check revocation because the revocation server was offline.\n* Closing connection\n"
    )
    (finding,) = curlx.explain(f"PS C:\\> curl.exe -v https://api.example.com/\n{log}").findings
    save, look = next(each.commands for each in finding.remedies if any("certutil" in one for one in each.commands))
    assert "openssl x509 -out server.cer" in save
    assert look.endswith("server.cer")
