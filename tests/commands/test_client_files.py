"""`curlx explain --cert ... --key ...`: the client's files are held against the log."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .running import FINE, MISSING, curlx


@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "reply", "json"])
def test_every_format_for_people_tells_of_the_clients_files(identity: tuple[Path, Path], format: str) -> None:
    certificate, key = identity
    done = curlx("explain", "-", "--cert", str(certificate), "--key", str(key), "-f", format, stdin=MISSING)
    assert done.returncode == 1, done.stderr
    said = " ".join(done.stdout.decode().split())
    assert "expired on 2025-01-01, before the call" in said
    assert "Mend them before you send them" in said
    assert key.read_text().splitlines()[1] not in said


def test_the_clients_files_that_cannot_be_read_get_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "huge").write_bytes(b"-" * ((1 << 20) + 1))
    for name, words in (
        ("", "it is a directory"),
        ("none.pem", "there is no such file"),
        ("huge", "it is larger than 1 MB"),
    ):
        done = curlx("explain", "-", "--cert", str(tmp_path / name), stdin=MISSING)
        assert done.returncode == 3
        assert done.stdout == b""
        assert (
            done.stderr.decode()
            .strip()
            .endswith(words + (", which no certificate or key is" if name == "huge" else ""))
        )
        assert done.stderr.count(b"\n") == 1


def test_a_passphrase_behind_the_files_name_is_taken_as_curl_takes_it_and_never_printed(
    identity: tuple[Path, Path], tmp_path: Path
) -> None:
    done = curlx("explain", "-", "--cert", f"{identity[0]}:geheim", "-f", "json", stdin=MISSING)
    assert json.loads(done.stdout)["client_files"]["file"] == str(identity[0])
    gone = curlx("explain", "-", "--cert", f"{tmp_path / 'none.pem'}:geheim", stdin=MISSING)
    assert gone.returncode == 3
    assert b"geheim" not in done.stdout + done.stderr + gone.stdout + gone.stderr


def test_a_passphrase_comes_from_the_environment_too(identity: tuple[Path, Path]) -> None:
    from cryptography.hazmat.primitives import serialization

    certificate, key = identity
    opened = serialization.load_pem_private_key(key.read_bytes(), None)
    key.write_bytes(
        opened.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"geheim"),
        )
    )
    arguments = ("explain", "-", "--cert", str(certificate), "--key", str(key), "-f", "json")
    assert json.loads(curlx(*arguments, stdin=MISSING).stdout)["client_files"]["needs_passphrase"] is True
    opened_now = json.loads(curlx(*arguments, stdin=MISSING, CURLX_PASS="geheim").stdout)["client_files"]
    assert opened_now["key"]["belongs_to"] == 0


def test_a_key_without_a_certificate_is_a_wrong_usage(identity: tuple[Path, Path]) -> None:
    done = curlx("explain", "-", "--key", str(identity[1]), stdin=MISSING)
    assert done.returncode == 2
    assert b"--key wants the certificate too" in done.stderr


def test_the_plain_path_does_not_pay_for_certificates() -> None:
    code = "import sys; from curlx.console import explain; explain('-'); sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], input=FINE, capture_output=True, timeout=60).returncode == 0
