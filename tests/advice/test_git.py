from __future__ import annotations

import shutil
import subprocess

import pytest

import curlx
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


FATAL = b"fatal: unable to access 'https://git.example/team/app.git/': "


@pytest.mark.parametrize(
    ("log", "code", "command"),
    [
        (FATAL + b"SSL certificate problem: unable to get local issuer certificate\n", "server-certificate-untrusted",
         f"git -c http.sslCAInfo=your-ca.pem ls-remote {REPOSITORY}"),
        (FATAL + b"SSL certificate problem: self-signed certificate\n", "server-certificate-self-signed",
         f"git -c http.sslCAInfo=server.pem ls-remote {REPOSITORY}"),
        (b"error: RPC failed; curl 92 HTTP/2 stream 5 was not closed cleanly: CANCEL (err 8)\n", "http-stream-reset",
         "git config --global http.version HTTP/1.1"),
        (b"* Connected to git.example (192.0.2.1) port 443 (#0)\n> GET /a.git/info/refs HTTP/1.1\n> Host: git.example\n"
         b"> User-Agent: git/2.39.5\n> \n< HTTP/1.1 401 Unauthorized\n< WWW-Authenticate: Basic\n< \n",
         "http-unauthorized",
         r"printf 'protocol=https\nhost=%s\n\n' git.example | git credential reject"),
        (b"* Connected to proxy.example (192.0.2.1) port 3128 (#0)\n"
         b"* Establish HTTP proxy tunnel to git.example:443\n* CONNECT tunnel failed, response 407\n" + FATAL
         + b"CONNECT tunnel failed, response 407\n", "proxy-authentication",
         f"git -c http.proxy=http://USER@proxy.example:3128 ls-remote {REPOSITORY}"),
    ],
)  # fmt: skip
def test_where_git_asked_the_remedy_is_gits(log: bytes, code: str, command: str) -> None:
    (finding,) = (each for each in curlx.explain(log).findings if each.code == code)
    assert command in [each for remedy in finding.remedies for each in remedy.commands]
