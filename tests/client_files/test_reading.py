"""What is said of a client's files, each file made for the test."""

from __future__ import annotations

import base64

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def test_a_chain_in_order_with_its_key_has_nothing_wrong(look, said, alice, issuing, root) -> None:
    files = look(alice.pem + issuing.pem + root.pem, alice.key)
    assert said(files, "problem") == said(files, "unknown") == ""
    assert "The chain is in order: 3 certificates, up to a root." in said(files, "ok")
    assert "The private key belongs to the certificate." in said(files, "ok")
    own = files.certificates[0]
    assert (own.subject, own.issuer, own.serial) == ("CN=alice", "CN=Example Issuing CA", "1267")
    assert (own.not_before, own.not_after) == ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
    assert (own.key, own.digest, own.purposes) == ("EC secp256r1", "sha256", ("clientAuth",))
    assert own.fingerprint == alice.certificate.fingerprint(alice.certificate.signature_hash_algorithm).hex()


def test_certificate_and_key_can_be_in_one_file(look, alice, issuing) -> None:
    files = look(alice.key + alice.pem + issuing.pem)
    assert files.key is not None
    assert (files.key.file, files.key.belongs_to) == ("client.pem", 0)


def test_the_wrong_order_is_seen_by_the_key_or_by_the_only_one_that_is_no_ca(look, said, alice, issuing) -> None:
    for key in (alice.key, None):
        problem = said(look(issuing.pem + alice.pem, key), "problem")
        assert "in the wrong order" in problem
        assert "that is the second (CN=alice)" in problem


def test_a_missing_intermediate_is_unknown_alone_and_a_problem_where_others_are_there(look, said, alice, root) -> None:
    assert "holds no intermediate" in said(look(alice.pem, alice.key), "unknown")
    problem = said(look(alice.pem + root.pem, alice.key), "problem")
    assert "its issuer, CN=Example Issuing CA, is missing" in problem


def test_intermediates_out_of_order_are_noted(look, said, alice, issuing, root) -> None:
    assert "not in order" in said(look(alice.pem + root.pem + issuing.pem, alice.key), "note")


def test_der_is_read_and_curl_needs_to_be_told(look, said, alice) -> None:
    files = look(alice.der, alice.key, name="client.der")
    assert files.container == "DER"
    assert "--cert-type DER" in said(files, "note")
    assert files.key is not None
    assert files.key.belongs_to == 0


def test_pkcs12_is_opened_with_its_passphrase_only(look, said, alice, issuing) -> None:
    bundle = alice.bundle(b"geheim", issuing)
    files = look(bundle, passphrase="geheim")
    assert files.container == "PKCS#12"
    assert [one.subject for one in files.certificates] == ["CN=alice", "CN=Example Issuing CA"]
    assert "--cert-type P12" in said(files, "note")
    assert files.key is not None
    assert files.key.belongs_to == 0

    without = look(bundle)
    assert without.needs_passphrase
    assert "no passphrase was given" in said(without, "unknown")
    assert said(without, "problem") == ""

    wrong = look(bundle, passphrase="falsch")
    assert wrong.needs_passphrase
    assert "does not open it" in said(wrong, "problem")


def test_pkcs12_without_a_passphrase_is_opened(look, alice) -> None:
    assert look(alice.bundle(None)).certificates[0].subject == "CN=alice"


@pytest.mark.parametrize("form", ["pkcs8", "traditional"])
def test_an_encrypted_key_is_opened_with_its_passphrase_only(look, said, alice, form: str) -> None:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

    old = PrivateFormat.TraditionalOpenSSL
    locked = (alice.locked(b"geheim") if form == "pkcs8"
              else alice.private.private_bytes(Encoding.PEM, old, BestAvailableEncryption(b"geheim")))  # fmt: skip
    files = look(alice.pem, locked)
    assert files.key is None
    assert "The private key in client.key is encrypted, and no passphrase was given" in said(files, "unknown")
    assert "does not open it" in said(look(alice.pem, locked, passphrase="falsch"), "problem")
    opened = look(alice.pem, locked, passphrase="geheim")
    assert opened.key is not None
    assert opened.key.is_encrypted
    assert opened.key.belongs_to == 0


def test_a_key_of_somebody_else_does_not_belong(look, said, alice, issue) -> None:
    assert "does not belong to the certificate" in said(look(alice.pem, issue("bob").key), "problem")


def test_without_any_key_its_fit_is_unknown(look, said, alice) -> None:
    files = look(alice.pem)
    assert "none was given with --key" in said(files, "unknown")
    assert said(files, "problem") == ""


@pytest.mark.parametrize("kind", ["pem", "locked", "der"])
def test_a_private_key_as_certificate_is_called_so(look, said, alice, kind: str) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    der = alice.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    data = {"pem": alice.key, "locked": alice.locked(b"geheim"), "der": der}[kind]
    files = look(data, alice.pem)
    assert files.certificates == ()
    assert (
        "client.pem holds a private key and no certificate. client.key holds a certificate: the two are swapped."
        in (said(files, "problem"))
    )


def test_a_certificate_as_key_is_called_so(look, said, alice) -> None:
    assert said(look(alice.pem, alice.pem), "problem") == "client.key holds a certificate and no private key."


def test_the_purpose_is_judged_by_both_extensions(look, said, issue, issuing) -> None:
    from cryptography.x509.oid import ExtendedKeyUsageOID

    server = issue("alice", issuing, purposes=(ExtendedKeyUsageOID.SERVER_AUTH,))
    assert "Its extended key usage is serverAuth, without clientAuth" in said(look(server.pem, server.key), "problem")
    agrees = issue("alice", issuing, signs=False)
    assert "does not allow digital signatures" in said(look(agrees.pem, agrees.key), "problem")
    for fine in (issue("alice", issuing, purposes=()), issue("alice", issuing, signs=True),
                 issue("alice", issuing, purposes=(ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,))):  # fmt: skip
        assert said(look(fine.pem, fine.key), "problem") == ""


def test_a_short_key_is_a_problem(look, said, issue, issuing) -> None:
    short = issue("alice", issuing, rsa_bits=1024)
    assert "Its key is short (RSA 1024)" in said(look(short.pem, short.key), "problem")
    long = issue("alice", issuing, rsa_bits=2048)
    assert said(look(long.pem, long.key), "problem") == ""


def test_self_signed_and_ca_certificates_are_noted(look, said, issue, issuing) -> None:
    alone = issue("alice")
    assert "is self-signed" in said(look(alone.pem, alone.key), "note")
    assert "is the certificate of a CA" in said(look(issuing.pem, issuing.key), "note")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"hello, world", "it is not PEM, DER or PKCS#12"),
        (bytes(range(256)) * 40, "it is not PEM, DER or PKCS#12"),
        (b"\x30\x82\x01\x00\x02\x01\x03\x30" + b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01" + b"\0" * 40, "encrypted"),
        (b"-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n", "Certificate 1 in client.pem is damaged"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB", "no block in it is whole"),
        (b"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n", "The private key in client.pem is damaged"),
        (b"-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n", "a certificate request (CSR)"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\nMIIB\n-----END OPENSSH PRIVATE KEY-----\n", "an OpenSSH key"),
        (b"-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----\n", "PKCS#7, which curl does not read"),
    ],
)  # fmt: skip
def test_what_is_no_certificate_gets_a_clear_sentence(look, data: bytes, words: str) -> None:
    files = look(data)
    assert files.certificates == ()
    assert words in " ".join(one.text for one in files.remarks)


def test_a_certificate_that_is_cut_off_does_not_hide_the_whole_one_before_it(look, said, alice) -> None:
    files = look(alice.pem + alice.pem[:200] + b"\n-----END CERTIFICATE-----\n", alice.key)
    assert len(files.certificates) == 1
    assert "Certificate 2 in client.pem is damaged." in said(files, "problem")


def test_text_around_the_blocks_and_windows_lines_do_not_matter(look, said, alice) -> None:
    data = b"Bag Attributes\r\n    friendlyName: alice\r\n" + alice.pem.replace(b"\n", b"\r\n") + b"bye"
    assert said(look(data, alice.key), "problem") == ""


def test_what_curl_cannot_find_is_said_although_curlx_finds_it(look, said, alice) -> None:
    marked = look(b"\xef\xbb\xbf" + alice.pem, alice.key)
    assert len(marked.certificates) == 1
    assert "characters before a `-----BEGIN`" in said(marked, "problem")
    wide = look(alice.pem.decode().encode("utf-16"), alice.key)
    assert len(wide.certificates) == 1
    assert "saved as UTF-16" in said(wide, "problem")


def test_many_begins_without_an_end_take_no_time(look, said) -> None:
    assert "no block in it is whole" in said(look(b"-----BEGIN CERTIFICATE-----\n" * 37_000), "problem")


def test_neither_key_nor_passphrase_is_kept(look, alice, issuing) -> None:
    """No run of 16 characters of the private number is in what is told, in hexadecimal or base64."""
    number = alice.private.private_numbers().private_value.to_bytes(32, "big")
    for files in (
        look(alice.pem, alice.locked(b"geheim"), passphrase="geheim"),
        look(alice.pem + alice.key),
        look(alice.bundle(b"geheim", issuing), passphrase="geheim"),
        look(alice.key, alice.pem),
    ):
        told = msgspec.json.encode(files).decode()
        assert "geheim" not in told
        assert "BEGIN" not in told.replace("`-----BEGIN`", "")
        assert number.hex()[:16] not in told
        assert base64.b64encode(number).decode()[:16] not in told
        assert not any(row in told for row in alice.key.decode().splitlines())


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_file_makes_an_error(look, alice, data: st.DataObject) -> None:
    """What a file holds is data: damaged in its text, or within what the text stands for."""
    good = data.draw(
        st.sampled_from([alice.der, alice.pem, alice.key, alice.locked(b"geheim"), alice.bundle(b"geheim")])
    )
    damaged = bytearray(good)
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    wrapped = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(damaged) + b"-----END CERTIFICATE-----\n"
    for file in (bytes(damaged), wrapped, bytes(damaged[: len(damaged) // 2])):
        for passphrase in ("geheim", "\udcff"):
            files = look(file, alice.key, passphrase=passphrase)
            assert files.certificates or files.remarks
