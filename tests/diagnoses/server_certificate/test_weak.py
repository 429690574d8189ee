from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.weak import diagnose
from curlx.timeline import Timeline


def test_a_weak_digest_needs_a_lower_level_than_a_weak_key(tls_log: Callable[..., Timeline]) -> None:
    for said, level in (("EE certificate key too weak", "1"), ("CA signature digest algorithm too weak", "0")):
        (finding,) = diagnose(tls_log(("certificate-weak", said)))
        (command,) = finding.remedies[-1].commands
        assert f"SECLEVEL={level}" in command
