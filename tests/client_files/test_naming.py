"""The commands of a report name the client's files as they were given."""

from __future__ import annotations

from pathlib import Path

import pytest

import curlx

FIXTURES = Path(__file__).parents[2] / "fixtures" / "diagnoses"
MISSING = """\
* Connected to api.example.com (203.0.113.10) port 443 (#0)
> GET / HTTP/1.1
> Host: api.example.com
>\x20
< HTTP/1.1 400 Bad Request
< Server: nginx
<\x20
<html><head><title>400 No required SSL certificate was sent</title></head>
"""
RESET = """\
* Connected to api.example.com (203.0.113.10) port 443
* TLSv1.3 (OUT), TLS handshake, Client hello (1):
* TLSv1.3 (IN), TLS handshake, Server hello (2):
* TLSv1.2 (IN), TLS handshake, Request CERT (13):
* Recv failure: Connection reset by peer
* OpenSSL SSL_connect: Connection reset by peer in connection to api.example.com:443
"""


def commands(log: str, files) -> str:
    remedies = (remedy for finding in curlx.explain(log, client_files=files).findings for remedy in finding.remedies)
    return "\n".join(command for remedy in remedies if remedy.who == "client" for command in remedy.commands)


def test_the_files_that_were_given_stand_in_the_commands(look, alice) -> None:
    told = commands(MISSING, look(alice.pem, alice.key, name="client2.pem", key_name="keys/client2.key"))
    assert "--cert client2.pem --key keys/client2.key" in told
    assert "openssl x509 -in client2.pem" in told
    assert "client.pem" not in told
    assert "client.key" not in told


def test_a_file_that_the_log_names_is_left_as_it_is(look, alice) -> None:
    log = f"$ curl -v --cert client.pem --key client.key https://api.example.com/\n{MISSING}"
    told = commands(log, look(alice.pem, alice.key, name="client2.pem", key_name="client2.key"))
    assert "--cert client.pem --key client.key" in told
    assert "client2" not in told


def test_a_name_that_a_shell_would_read_is_not_put_in(look, alice) -> None:
    told = commands(MISSING, look(alice.pem, alice.key, name="my $(file).pem", key_name="a.key"))
    assert "--cert client.pem --key a.key" in told
    assert "$(file)" not in told


def test_a_bundle_is_named_with_the_options_that_it_needs(look, alice) -> None:
    told = commands(MISSING, look(alice.bundle(b"x"), name="alice.p12"))
    assert "--cert-type P12 --cert alice.p12" in told
    assert "openssl pkcs12 -in alice.p12 -nokeys -clcerts | openssl x509 -noout" in told
    assert "openssl pkcs12 -in alice.p12 -nocerts -nodes | openssl pkey -pubout" in told
    assert "client.pem" not in told
    assert "client.key" not in told


def test_a_key_that_was_not_opened_has_its_own_name_too(look, alice) -> None:
    told = commands(MISSING, look(alice.pem, alice.locked(b"x"), name="alice.pem", key_name="locked.key"))
    assert "--cert alice.pem --key locked.key" in told


def test_a_certificate_without_a_key_is_not_named_for_one(look, alice) -> None:
    assert "--cert alice.pem --key client.key" in commands(MISSING, look(alice.pem, name="alice.pem"))


def test_a_key_that_is_proven_wrong_is_not_tried_again(look, alice, issue, issuing) -> None:
    log = "* unable to set private key file: '/etc/own/bad.key' type PEM\n"
    told = commands(log, look(alice.pem, issue("bob", issuing).key, name="alice.pem", key_name="bad.key"))
    assert "--key right.key" in told
    assert "bad.key" not in told


@pytest.mark.parametrize("log", [MISSING, RESET])
def test_a_key_that_is_proven_wrong_is_in_no_command_whatever_the_verdict(look, alice, issue, issuing, log) -> None:
    told = commands(log, look(alice.pem, issue("bob", issuing).key, name="alice.pem", key_name="bob.key"))
    assert "alice.pem" in told
    assert "bob.key" not in told


def test_where_nss_wants_a_directory_before_the_name_it_stays(look, alice) -> None:
    log = (FIXTURES / "client-certificate-missing" / "fires-certificate-required-nss.log").read_text()
    told = commands(log, look(alice.pem, alice.key, name="client2.pem", key_name="keys/client2.key"))
    assert "--cert ./client2.pem --key keys/client2.key" in told
    assert "client.pem" not in told


def test_a_step_speaks_of_the_key_by_the_name_that_the_command_has(look, alice) -> None:
    log = (FIXTURES / "client-certificate-key-not-loaded" / "fires-no-key-and-no-command-openssl.log").read_text()
    report = curlx.explain(log, client_files=look(alice.pem, alice.key, name="mycert.crt", key_name="own.key"))
    (remedy,) = report.findings[0].remedies
    assert "for which own.key stands here" in " ".join(remedy.steps)
    assert "--key own.key" in " ".join(remedy.commands)


def test_where_the_names_are_put_in_nothing_is_said_of_stand_ins(look, alice) -> None:
    def steps(files) -> str:
        remedies = curlx.explain(MISSING, client_files=files).findings[0].remedies
        return " ".join(step for remedy in remedies for step in remedy.steps)

    assert "stand for your own files" in steps(None)
    assert "stand for your own files" not in steps(look(alice.pem, alice.key, name="a.pem", key_name="a.key"))
