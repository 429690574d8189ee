from __future__ import annotations

import pytest

import curlx


@pytest.mark.parametrize(("said", "option", "about"), [
    ("not supported file type 'PKCS7' for certificate", "--cert-type PEM", "openssl pkcs7 -print_certs"),
    ("not supported file type 'PEN' for certificate", "--cert-type PEM", "Leave --cert-type out"),
    ("not supported file type for private key", "--key-type PEM", "Leave --key-type out"),
])  # fmt: skip
def test_a_type_that_curl_does_not_know_says_nothing_against_the_file(said: str, option: str, about: str) -> None:
    log = f"* Connected to api.bank.example (203.0.113.7) port 443 (#0)\n* {said}\ncurl: (58) {said}\n"
    finding = curlx.explain(log).findings[0]
    (remedy,) = finding.remedies
    assert finding.causes == ()
    assert "has a value that curl does not know" in finding.summary
    assert about in str(remedy.steps)
    assert remedy.commands == (f"curl -v {option} --cert client.pem --key client.key https://api.bank.example/",)


@pytest.mark.parametrize(("code", "already"), [("-25299", True), ("-50", False)])
def test_a_code_of_macos_is_read_and_the_keychain_is_another_way(code: str, already: bool) -> None:
    log = f"""* Connected to api.bank.example (203.0.113.7) port 443 (#0)
* WARNING: SSL: Certificate type not set, assuming PKCS#12 format.
* SSL: Can't load the certificate "mycert.pem" and its private key: OSStatus {code}
* Closing connection 0
"""
    finding = curlx.explain(log).findings[0]
    assert finding.code == "client-certificate-not-loaded"
    assert ("has this item already" in finding.summary) == already
    assert ("may also be" in finding.summary) == already
    assert any('--cert "NAME IN THE KEYCHAIN"' in step for step in finding.remedies[0].steps)


def test_a_file_that_is_no_pem_and_has_no_name_in_the_log_is_looked_at_as_pkcs12():
    why = "error:0909006C:PEM routines:get_name:no start line, (no key found, wrong pass phrase, or wrong file format?)"
    finding = curlx.explain(f"cURL error 58: could not load PEM client certificate, OpenSSL error {why}\n").findings[0]
    assert finding.code == "client-certificate-not-loaded"
    assert finding.remedies[0].commands == (
        "openssl pkcs12 -in client.p12 -info -noout", "curl -v --cert-type P12 --cert client.p12 URL",
    )  # fmt: skip
    assert any(step.startswith("`URL` stands for the address of your call") for step in finding.remedies[0].steps)


@pytest.mark.parametrize(("prompt", "shown", "path"), [
    ("$ curl", "ls -l -- ./nope.pem", "/path/to/nope.pem"),
    ("PS C:\\> curl.exe", "dir ./nope.pem", "C:\\path\\to\\nope.pem"),
])  # fmt: skip
@pytest.mark.parametrize("key", ["", " --key k.pem"])
def test_what_needs_a_file_that_is_not_there_is_not_advised(prompt: str, shown: str, path: str, key: str) -> None:
    log = f"""{prompt} -v --cert ./nope.pem{key} https://api.bank.example/
*   Trying 203.0.113.7:443...
* could not load PEM client certificate from ./nope.pem, OpenSSL error error:80000002:system library::No such file or \
directory, (no key found, wrong passphrase, or wrong file format?)
* closing connection #0
"""
    (remedy,) = curlx.explain(log).findings[0].remedies
    looked, again = remedy.commands
    assert looked == shown
    assert path in again
    assert "./nope.pem" not in again
    assert ("--key k.pem" in again) == bool(key)
    assert f"`{path}` stands for its whole path" in remedy.steps[1]
