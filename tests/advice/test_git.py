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


def _told(reason: str) -> str:
    """Everything that the verdict says."""
    (finding,) = curlx.explain(f"fatal: unable to access '{REPOSITORY}': {reason}\n").findings
    steps = (part for each in finding.remedies for part in (each.title, *each.steps, *each.commands))
    return "\n".join((*finding.causes, *steps))


@pytest.mark.parametrize(("reason", "setting"), [
    ("SSL certificate problem: certificate has expired", "http.sslVerify"),
    ("SSL certificate problem: certificate is not yet valid", "http.sslVerify"),
    ("SSL certificate problem: self-signed certificate", "http.sslCAInfo"),
    ("SSL: no alternative certificate subject name matches target host name 'git.example'", "http.sslVerify"),
    ("error setting certificate verify locations:  CAfile: /home/me/ca.pem CApath: none", "GIT_SSL_CAINFO"),
    ("Received HTTP code 407 from proxy after CONNECT", "git -c http.proxy=http://USER@PROXY:PORT ls-remote"),
    ("Could not resolve host: git.example", "git -c http.proxy=http://PROXY:PORT ls-remote"),
    ("Failed to connect to git.example port 443: Connection timed out", "git -c http.proxy=http://PROXY:PORT"),
    ("OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0", "http.sslCert"),
])  # fmt: skip
def test_git_is_told_its_own_settings(reason: str, setting: str) -> None:
    told = _told(reason)
    assert setting in told
    assert " -k " not in told
    assert "--proxy" not in told
    assert "--cert and --key" not in told


def test_a_push_that_is_too_large_is_no_upload_to_split() -> None:
    (finding,) = curlx.explain("error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413\n"
                               "fatal: the remote end hung up unexpectedly\n").findings  # fmt: skip
    assert finding.code == "http-payload-too-large"
    assert "Git LFS" in finding.remedies[0].steps[0]


def test_a_path_with_a_drive_is_of_windows() -> None:
    told = _told("error setting certificate verify locations:  CAfile: C:/Users/me/ca.pem CApath: none")
    assert "ls -l" not in told
    assert "env | grep" not in told


def test_what_the_server_said_to_git_is_the_reason() -> None:
    refused = f"fatal: unable to access '{REPOSITORY}': The requested URL returned error: 403\n"
    (told,) = curlx.explain(f"remote: Permission to team/app.git denied to bob.\n{refused}").findings
    assert (told.code, told.evidence[1].line) == ("http-forbidden", 1)
    assert "Permission to team/app.git denied to bob" in told.summary
    (silent,) = curlx.explain(f"Cloning into 'app'...\n{refused}").findings
    assert "own text says" not in silent.summary
