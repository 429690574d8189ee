from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx import explain
from curlx.diagnoses.tls.no_shared_cipher import diagnose
from curlx.timeline import ClientCertificate, Timeline


def test_handshake_failure_in_answer_to_the_first_message_makes_it_likely(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(("tls-alert", "alert handshake failure"), alerts=(("in", 40, "handshake failure"),))
    (finding,) = diagnose(timeline)
    assert finding.certainty == "likely"


def test_after_a_request_for_a_client_certificate_it_is_silent(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(
        ("tls-alert", "alert handshake failure"),
        messages=(("out", 1), ("in", 2), ("in", 13), ("out", 11)),
        alerts=(("in", 40, "handshake failure"),),
        client_certificate=ClientCertificate(requested="yes", sent="no"),
    )
    assert not list(diagnose(timeline))


def test_nss_says_the_same_of_any_refusal_so_it_is_likely_only(tls_log: Callable[..., Timeline]) -> None:
    said = ("tls-no-shared-cipher", "NSS error -12286 (SSL_ERROR_NO_CYPHER_OVERLAP)")
    (finding,) = diagnose(tls_log(said, shows_handshake=False, messages=()))
    assert finding.certainty == "likely"


def test_a_server_that_wants_more_is_not_told_to_want_less(tls_log: Callable[..., Timeline]) -> None:
    alerts = (("in", 71, "insufficient security"),)
    (finding,) = diagnose(tls_log(("tls-alert", "alert insufficient security"), messages=(("out", 1),), alerts=alerts))
    client, server = finding.remedies
    assert not any("--tls-max" in command for command in client.commands)
    assert "Allow current ciphers" not in server.title


def test_windows_says_the_same_of_versions_and_of_ciphers(tls_log: Callable[..., Timeline]) -> None:
    said = "schannel: next InitializeSecurityContext failed: SEC_E_ALGORITHM_MISMATCH (0x80090331)"
    (finding,) = diagnose(tls_log(("tls-no-shared-cipher", said)))
    assert finding.certainty == "likely"
    assert "TLS versions" in finding.causes[0]


def test_the_groups_may_be_what_lacks_where_the_first_message_is_refused(tls_log: Callable[..., Timeline]) -> None:
    alerts = (("in", 40, "handshake failure"),)
    (finding,) = diagnose(tls_log(("tls-alert", "alert handshake failure"), alerts=alerts))
    assert any("key-exchange group" in cause for cause in finding.causes)
    assert any("--curves" in step for step in finding.remedies[0].steps)


_REFUSED = """\
$ curl -v {options} https://wharf.example/
* Connected to wharf.example (192.0.2.8) port 443
* (304) (OUT), TLS handshake, Client hello (1):
* error:1404B410:SSL routines:ST_CONNECT:sslv3 alert handshake failure
* Closing connection
"""


@pytest.mark.parametrize(
    ("options", "new_groups", "kind"),
    [
        ("--ciphers ECDHE-ECDSA-AES128-GCM-SHA256 --tls-max 1.2", False, "ECDSA certificates"),
        ("--ciphers ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384 --tls-max 1.2", False, "RSA certificates"),
        ("--ciphers ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256 --tls-max 1.2", False, ""),
        ("--ciphers ECDHE-ECDSA-AES128-GCM-SHA256", True, ""),
        ("--tls-max 1.3", True, ""),
    ],
)
def test_what_cannot_be_in_tls_1_2_is_no_cause_there(options: str, new_groups: bool, kind: str) -> None:
    (finding, *_) = explain(_REFUSED.format(options=options).encode()).findings
    assert finding.code == "tls-no-shared-cipher"
    assert any("a new one" in cause for cause in finding.causes) is new_groups
    assert any("X25519MLKEM768" in step for step in finding.remedies[0].steps) is new_groups
    needs = [cause for cause in finding.causes if "ciphers need" in cause]
    assert [kind in cause for cause in needs] == [True] * bool(kind)
