from __future__ import annotations

import shutil
import subprocess

import pytest

from curlx.advice import git
from curlx.advice.commands import Endpoint, Way

REPOSITORY = "https://git.example/team/app.git/"
AT = Endpoint("git.example", 443, "/team/app.git/")
ON_WINDOWS = Endpoint("git.example", 443, "/team/app.git/", way=Way(windows=True))


def test_what_git_asks_for_below_a_repository_is_not_its_address() -> None:
    asked = Endpoint("git.example", 443, "/team/app.git/info/refs?service=git-upload-pack")
    assert git.attempt(asked) == "git ls-remote https://git.example/team/app.git"
    assert git.attempt(Endpoint("HOST", 443)) == "git ls-remote URL"


def test_an_authority_is_kept_for_its_host_alone() -> None:
    remedy = git.trust(AT)
    assert remedy.commands == (f"git -c http.sslCAInfo=your-ca.pem ls-remote {REPOSITORY}",)
    assert "http.https://git.example/.sslCAInfo" in remedy.steps[1]


def test_on_windows_git_reads_pem_with_openssl_only() -> None:
    assert git.with_authority(ON_WINDOWS, "ca.pem").startswith("git -c http.sslBackend=openssl -c http.sslCAInfo=")
    assert git.with_certificate(ON_WINDOWS, "a.pem", "a.pem").startswith("git -c http.sslBackend=openssl -c http.sslC")


def test_certificate_and_key_are_gits_settings_too() -> None:
    assert git.with_certificate(AT, "client.pem", "my key.pem") == (
        f"git -c http.sslCert=client.pem -c 'http.sslKey=my key.pem' ls-remote {REPOSITORY}"
    )
    assert "http.proxySSLCert=client.pem" in git.with_certificate(AT, "client.pem", "client.pem", of_proxy=True)


def test_a_login_is_forgotten_by_the_helper_that_keeps_it() -> None:
    (command,) = git.login(Endpoint("git.example", 8443)).commands
    assert command == r"printf 'protocol=https\nhost=%s\n\n' git.example:8443 | git credential reject"
    assert git.login(ON_WINDOWS).commands == ()
    (command,) = git.proxy_login(AT, "proxy.example:3128").commands
    assert command == f"git -c http.proxy=http://USER@proxy.example:3128 ls-remote {REPOSITORY}"


def test_git_knows_every_setting() -> None:
    program = shutil.which("git")
    if program is None:
        pytest.skip("there is no git")
    listed = subprocess.run([program, "help", "--config"], capture_output=True, text=True, timeout=30, check=True)
    remedies = (git.trust(ON_WINDOWS), git.revocation(ON_WINDOWS), git.older_http(), git.proxy_login(AT, "a.example:1"))
    commands = [command for remedy in remedies for command in remedy.commands]
    commands += [git.with_certificate(AT, "a.pem", "a.key", of_proxy=of_proxy) for of_proxy in (False, True)]
    named = {word.partition("=")[0] for command in commands for word in command.split() if word.startswith("http.")}
    assert len(named) > 8
    assert named <= set(listed.stdout.split())
