"""What git says of libcurl's failures is answered with git's settings, and not with curl's options."""

from __future__ import annotations

import pytest

import curlx

_URL = "https://git.example.com/team/app.git/"


def _told(reason: str) -> str:
    """Everything that the verdict says."""
    (finding,) = curlx.explain(f"fatal: unable to access '{_URL}': {reason}\n").findings
    steps = (part for each in finding.remedies for part in (each.title, *each.steps, *each.commands))
    return "\n".join((*finding.causes, *steps))


@pytest.mark.parametrize(("reason", "setting"), [
    ("SSL certificate problem: certificate has expired", "http.sslVerify"),
    ("SSL certificate problem: certificate is not yet valid", "http.sslVerify"),
    ("SSL certificate problem: self-signed certificate", "http.sslCAInfo"),
    ("SSL: no alternative certificate subject name matches target host name 'git.example.com'", "http.sslVerify"),
    ("error setting certificate verify locations:  CAfile: /home/me/ca.pem CApath: none", "GIT_SSL_CAINFO"),
    ("Received HTTP code 407 from proxy after CONNECT", "git -c http.proxy=http://USER@PROXY:PORT ls-remote"),
    ("Could not resolve host: git.example.com", "git -c http.proxy=http://PROXY:PORT ls-remote"),
    ("Failed to connect to git.example.com port 443: Connection timed out", "git -c http.proxy=http://PROXY:PORT"),
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
    refused = f"fatal: unable to access '{_URL}': The requested URL returned error: 403\n"
    (told,) = curlx.explain(f"remote: Permission to team/app.git denied to bob.\n{refused}").findings
    assert (told.code, told.evidence[1].line) == ("http-forbidden", 1)
    assert "Permission to team/app.git denied to bob" in told.summary
    (silent,) = curlx.explain(f"Cloning into 'app'...\n{refused}").findings
    assert "own text says" not in silent.summary
