from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.tls.weak_key import diagnose
from curlx.timeline import Timeline

SAID = ("tls-weak-key", "dh key too small")


def test_curls_own_words_are_the_decisive_line(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(SAID))
    assert finding.certainty == "certain"
    assert finding.evidence[0].text == f"* {SAID[1]}"


def test_a_refused_certificate_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(SAID, ("certificate-expired", "certificate has expired"))))


def test_settings_of_openssl_are_not_offered_to_another_library(tls_log: Callable[..., Timeline]) -> None:
    said = ("tls-weak-key", "The Diffie-Hellman prime sent by the server is not acceptable (not long enough).")
    (finding,) = diagnose(tls_log(said, shows_handshake=False, messages=(), backend="GnuTLS"))
    assert not any("--ciphers" in command for remedy in finding.remedies for command in remedy.commands)
