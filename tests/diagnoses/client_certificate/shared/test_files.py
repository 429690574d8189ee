"""curl could not use its own certificate or key."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import msgspec
import pytest

import curlx
from curlx.diagnoses.client_certificate import (
    key_mismatch,
    key_not_loaded,
    missing,
    not_loaded,
    passphrase,
    rejected,
    weak,
)
from curlx.events import ComplaintKind
from curlx.findings import Finding

from ..timelines import complaint, silent, timeline

FIXTURES = Path(__file__).parents[4] / "fixtures" / "diagnoses"
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


def about(module: ModuleType, kind: ComplaintKind, text: str, subject: str | None = None) -> Finding:
    (finding,) = module.diagnose(
        timeline(None, None, msgspec.structs.replace(complaint(kind, subject=subject), text=text), request=None)
    )
    assert isinstance(finding, Finding)
    return finding


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("could not load PEM client certificate from x.pem, OpenSSL error error:80000002::No such file or directory",
         "no file at this path"),
        ("could not load PEM client certificate, OpenSSL error error:8000000D:system library::Permission denied",
         "may not read"),
        ("could not load PEM client certificate from x.pem, BoringSSL error error:0900006e:PEM routines::NO_START_LINE",
         "not PEM"),
        ("could not load ASN1 client certificate, OpenSSL error error:068000A8:asn1 encoding routines::wrong tag",
         "not DER"),
        ("schannel: client cert not found in cert store", "certificate store has none"),
    ],
)  # fmt: skip
def test_the_reason_that_the_log_gives_is_told_instead_of_guesses(text: str, words: str) -> None:
    finding = about(not_loaded, "client-certificate-not-loaded", text, "x.pem")
    assert words in finding.summary
    assert not finding.causes


def test_without_a_reason_the_usual_ones_are_named() -> None:
    assert about(not_loaded, "client-certificate-not-loaded", "unable to use client certificate").causes


def test_a_path_in_the_windows_store_is_no_file_name() -> None:
    name = "LocalMachine//My//0f1e2d3c4b5a69788796a5b4c3d2e1f001122334"
    finding = about(not_loaded, "client-certificate-not-loaded", "could not load PEM client certificate", name)
    assert "Only curl with Schannel understands one" in finding.summary
    assert not any(name in command for command in finding.remedies[0].commands)


def test_a_certificate_that_nss_goes_on_without_is_another_matter() -> None:
    gone = complaint("client-certificate-not-found")
    assert not list(not_loaded.diagnose(timeline(silent("NSS"), None, gone)))
    assert list(not_loaded.diagnose(timeline(None, None, gone, request=None)))


def test_gnutls_names_the_key_when_it_is_the_certificate() -> None:
    text = "error reading X.509 key file: Error while reading file."
    finding = about(key_not_loaded, "client-key-not-loaded", text)
    assert finding.certainty == "likely"
    assert "certificate or its private key" in finding.title


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("error reading X.509 key file: Decryption has failed.", "no passphrase was given"),
        ("error reading X.509 potentially-encrypted key file: Decryption has failed.", "that was given is wrong"),
        (
            "could not parse PKCS12 file, check password, OpenSSL error",
            "PKCS#12 file: the passphrase is missing or wrong",
        ),
    ],
)
def test_whether_a_passphrase_was_given_is_told_where_curl_tells_it(text: str, words: str) -> None:
    assert words in about(passphrase, "client-passphrase", text).summary


@pytest.mark.parametrize(("reason", "level"), [("ee key too small", 1), ("ca md too weak", 0)])
def test_the_security_level_is_lowered_where_it_has_an_effect(reason: str, level: int) -> None:
    text = f"could not load PEM client certificate from me.pem, OpenSSL error error:0A00018F:SSL routines::{reason}"
    _, configuration, command = about(weak, "client-certificate-weak", text, "me.pem").remedies[0].commands
    assert configuration.endswith(f"'CipherString = DEFAULT@SECLEVEL={level}' > low.cnf")
    assert command.startswith("OPENSSL_CONF=low.cnf curl -v --cert me.pem")


def test_a_bundle_whose_parts_do_not_fit_is_compared_with_itself() -> None:
    text = "private key from PKCS12 file 'me.p12' does not match certificate in same file"
    finding = about(key_mismatch, "client-key-mismatch", text, "me.p12")
    assert all("me.p12" in command for command in finding.remedies[0].commands)


def verdict(path: str, *changes: tuple[str, str]) -> Finding:
    log = (FIXTURES / path).read_text()
    for old, new in changes:
        assert old in log
        log = log.replace(old, new)
    return curlx.explain(log.encode()).findings[0]


def test_files_that_are_swapped_are_named_the_right_way_round() -> None:
    finding = verdict("client-certificate-not-loaded/fires-swapped-with-the-key-openssl.log")
    assert "swapped" in finding.summary
    assert finding.evidence[1].text.startswith("curl -v --cert client.key")
    assert finding.remedies[0].commands[-1].startswith("curl -v --cert client.pem --key client.key https")


def test_a_file_that_is_no_pem_is_not_offered_as_pem_again() -> None:
    log = "client-certificate-not-loaded/fires-der-openssl.log"
    commands = verdict(log).remedies[0].commands
    assert commands[0].endswith("-inform DER")
    assert commands[1].startswith("curl -v --cert-type DER --cert client.der --key client.key https")
    lost = verdict(log, ("PEM routines::no start line", "system library::No such file or directory"))
    assert not any("DER" in command for command in lost.remedies[0].commands)


def test_a_file_that_is_not_there_is_not_called_the_key() -> None:
    log = "client-certificate-not-loaded/fires-swapped-with-the-key-openssl.log"
    finding = verdict(log, ("PEM routines::no start line", "system library::No such file or directory"))
    assert "There is no file at this path" in finding.summary


@pytest.mark.parametrize(
    ("log", "cause"),
    [
        ("fires-certificate-named-as-key-openssl.log", "The command names client.crt with --cert and with --key"),
        ("fires-no-key-named-openssl.log", "The command has no --key, so curl looked for the key in client.crt"),
    ],
)
def test_a_command_that_gives_no_key_is_the_cause_and_is_not_offered_again(log: str, cause: str) -> None:
    finding = verdict(f"client-certificate-key-not-loaded/{log}")
    assert finding.causes[0].startswith(cause)
    assert not any("does not exist" in each for each in finding.causes)
    assert finding.remedies[0].commands[-1].startswith("curl -v --cert client.crt --key client.key https")


def test_without_a_command_a_file_that_is_no_key_by_its_name_may_be_the_certificates() -> None:
    log = "client-certificate-key-not-loaded/fires-no-key-and-no-command-openssl.log"
    finding = verdict(log)
    assert "By the name of the file it is most likely the first cause below" in finding.summary
    assert finding.causes[0].startswith("No --key was given, or it names the certificate's file")
    assert finding.remedies[0].commands[-1].startswith("curl -v --cert mycert.crt --key client.key https")
    unsure = verdict(log, ("mycert.crt", "client.pem"))
    assert "curl's words do not tell which" in unsure.summary
    assert unsure.remedies[0].commands[-1].startswith("curl -v --cert client.pem --key client.key https")
    assert not any("No --key" in cause for cause in verdict(log, ("mycert.crt", "my.key")).causes)


def test_a_combined_file_may_hold_an_encrypted_key() -> None:
    finding = verdict("client-certificate-key-not-loaded/fires-no-key-named-openssl.log", ("client.crt", "both.pem"))
    assert "curl's words do not tell which" in finding.summary
    assert any("encrypted" in cause for cause in finding.causes)


def test_a_key_with_a_name_of_its_own_is_taken_for_one() -> None:
    log = "client-certificate-key-not-loaded/fires-certificate-named-as-key-openssl.log"
    finding = verdict(log, ("--key client.crt", "--key my.pem"), ("file: 'client.crt'", "file: 'my.pem'"))
    assert not any("The command" in cause for cause in finding.causes)


def test_what_windows_cannot_decode_was_read_and_is_no_bundle() -> None:
    log = b"""C:\\>curl -v --cert client.pem --key client.key https://api.example.com/v1
* schannel: disabled automatic use of client certificate
* schannel: Failed to import cert file client.pem, last error is 0x80092002
* closing connection #0
curl: (58) schannel: Failed to import cert file client.pem, last error is 0x80092002
"""
    finding = curlx.explain(log).findings[0]
    assert "The file was read, and is no PKCS#12" in finding.summary
    assert not finding.causes


def test_a_key_that_openssl_asked_the_passphrase_of_is_encrypted() -> None:
    folder = Path(__file__).parents[4] / "fixtures" / "diagnoses" / "client-certificate-passphrase"
    log = (folder / "fires-asked-for-openssl.log").read_bytes()
    first, second = curlx.explain(log).findings
    assert (first.code, first.certainty) == ("client-certificate-passphrase", "likely")
    assert {5, 6} <= {proof.line for proof in first.evidence}
    assert (second.code, second.severity) == ("client-certificate-key-not-loaded", "note")
    (other,) = curlx.explain(log.replace(b"Enter PEM pass phrase:\n", b"")).findings
    assert other.code == "client-certificate-key-not-loaded"
