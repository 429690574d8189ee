from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.tls.weak_key import diagnose
from curlx.timeline import Timeline


def test_settings_of_openssl_are_not_offered_to_another_library(tls_log: Callable[..., Timeline]) -> None:
    said = ("tls-weak-key", "The Diffie-Hellman prime sent by the server is not acceptable (not long enough).")
    (finding,) = diagnose(tls_log(said, shows_handshake=False, messages=(), backend="GnuTLS"))
    assert not any("--ciphers" in command for remedy in finding.remedies for command in remedy.commands)
