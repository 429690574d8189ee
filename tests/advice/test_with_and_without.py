from __future__ import annotations

from curlx.advice.commands import Endpoint, Way
from curlx.advice.with_and_without import with_and_without
from curlx.timeline import Fact, Tls


def test_the_server_is_asked_once_without_and_once_with_the_certificate_of_the_command() -> None:
    way = Way((("--cert", "my cert.pem"), ("--key", "my.key")))
    without, with_one = with_and_without(Endpoint("api.example", 443, way=way), None).commands
    assert "-cert" not in without
    assert with_one == without.replace(" -quiet", " -cert 'my cert.pem' -key my.key -quiet")


def test_without_names_in_the_log_the_files_are_stand_ins() -> None:
    assert "-cert client.pem -key client.key" in with_and_without(Endpoint("api.example", 443), None).commands[1]


def test_a_key_in_the_certificates_own_file_needs_no_name() -> None:
    (_, with_one) = with_and_without(Endpoint("api.example", 443, way=Way((("--cert", "all.pem"),))), None).commands
    assert with_one.endswith(" -cert all.pem -quiet")


def test_a_version_or_a_cipher_is_not_what_lacks_once_the_handshake_is_done() -> None:
    done = Tls(role="origin", first_line=1, last_line=9, shows_handshake=True, completed=Fact(True, 8))
    endpoint = Endpoint("api.example", 443)
    assert "a cipher" in with_and_without(endpoint, None).steps[-1]
    assert "a cipher" not in with_and_without(endpoint, done).steps[-1]
