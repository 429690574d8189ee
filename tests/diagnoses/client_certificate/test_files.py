"""curl could not use its own certificate or key."""

from __future__ import annotations

from types import ModuleType

import pytest

from curlx.diagnoses.client_certificate import (
    key_mismatch,
    key_not_loaded,
    missing,
    not_loaded,
    passphrase,
    rejected,
    weak,
)

from .timelines import complaint, silent, timeline

KINDS = [
    (not_loaded, "client-certificate-not-loaded"),
    (key_not_loaded, "client-key-not-loaded"),
    (key_mismatch, "client-key-mismatch"),
    (passphrase, "client-passphrase"),
    (weak, "client-certificate-weak"),
]


@pytest.mark.parametrize(("module", "kind"), KINDS)
def test_curls_own_words_are_certain(module: ModuleType, kind: str) -> None:
    log = timeline(silent(), None, complaint(kind, line=9, subject="my.pem"), request=None)
    (finding,) = module.diagnose(log)
    assert (finding.certainty, finding.evidence[0].line) == ("certain", 9)
    assert "The server has not seen any of this" in finding.summary
    assert not list(missing.diagnose(log))
    assert not list(rejected.diagnose(log))


@pytest.mark.parametrize(("module", "kind"), KINDS)
def test_each_kind_is_its_own(module: ModuleType, kind: str) -> None:
    others = [complaint(other) for _, other in KINDS if other != kind]
    assert not list(module.diagnose(timeline(None, None, *others, request=None)))


def test_the_file_that_curl_names_is_the_one_to_look_at() -> None:
    log = timeline(None, None, complaint("client-certificate-not-loaded", subject="./no such.pem"), request=None)
    (finding,) = not_loaded.diagnose(log)
    assert "./no such.pem" in finding.summary
    assert any("'./no such.pem'" in command for command in finding.remedies[0].commands)


def test_a_pkcs12_file_is_checked_as_one() -> None:
    log = timeline(None, None, complaint("client-passphrase"), arguments=("--cert", "me.p12"), request=None)
    (finding,) = passphrase.diagnose(log)
    assert any(command.startswith("openssl pkcs12 -in me.p12") for command in finding.remedies[0].commands)
