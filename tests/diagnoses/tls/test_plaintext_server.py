from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.tls.plaintext_server import diagnose
from curlx.timeline import Timeline

SAID = ("tls-not-tls", "wrong version number")


def test_curls_own_words_are_the_decisive_line(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(SAID))
    assert finding.certainty == "likely"
    assert finding.evidence[0].text == f"* {SAID[1]}"


def test_a_refused_certificate_is_another_matter(tls_log: Callable[..., Timeline]) -> None:
    assert not list(diagnose(tls_log(SAID, ("certificate-expired", "certificate has expired"))))


def test_the_same_port_is_asked_without_tls(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("tls-not-tls", "wrong version number")))
    assert finding.remedies[0].commands == ("curl -v http://api.example.com:443/v1/items",)
