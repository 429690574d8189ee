"""What somebody writes of a failure, with curl's words in it and nothing else of curl's."""

import pytest

import curlx
from curlx.report import Report

FORMS = (
    "I get this error when I call the API from the server: {}\n\nAny idea?\n",
    'Hello,\n\nour job fails with the message "{}" since yesterday.\n',
    "2024-05-02 11:02:13 ERROR sync: {}\n",
    "Since the update nothing works any more:\n\n{}\n\nWhat can I do?\n",
    "Since the update nothing works any more:\n```\n{}\n```\nWhat can I do?\n",
    "Error: {}!\n",
    "The web service does not answer: {} [https://tax.example/ws/status]\n",
    '{{"trace":"' + 2_000 * "x" + '","args":[28,"{}",0]}}\n',
    "<?php defined('BASEPATH') OR exit('No direct script access allowed'); ?>\n\nERROR - 2016-12-06 17:59:06 --> "
    "url:http://192.0.2.8/list?size=100 errormsg:{}\n",
)

SAID_BY_CURL_ALONE = [
    ("SSL certificate OpenSSL verify result: certificate has expired (10)", "server-certificate-expired"),
    ("server verification failed: certificate has expired. (CAfile: /etc/ssl/ca.crt CRLfile: none)",
     "server-certificate-expired"),
    ("end of response with 4820 bytes missing", "network-transfer-interrupted"),
    ("Failed to connect to down.example:443 after 0 ms: Could not connect to server", "network-refused"),
    ("GnuTLS, handshake failed: An unexpected TLS packet was received.", "tls-plaintext-server"),
    ("BoringSSL SSL_connect: SSL_ERROR_SYSCALL in connection to api.example:443 ", "tls-closed"),
    ("TLS connect error: error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION",
     "tls-version-mismatch"),
    ("OpenSSL/3.0.19: error:0A000152:SSL routines::unsafe legacy renegotiation disabled", "tls-legacy-renegotiation"),
    ("TLS connect error: error:0A000126:SSL routines::unexpected eof while reading", "tls-closed"),
    ("fatal: unable to access 'https://git.example/a.git/': TLS connect error: error:0A000126:SSL routines::unexpected eof "
     "while reading", "tls-closed"),
    ("Unsupported proxy scheme for 'htp://proxy.example:8101'", "curl-option"),
    ("error adding trust anchors from file: /etc/pki/tls/certs/ca-bundle.crt", "server-certificate-trust-store"),
    ("Error while processing content unencoding: incorrect header check", "http-content-encoding"),
    ("Malformed encoding found in chunked-encoding", "http-malformed-response"),
    ("HTTP/2 stream 1 reset by server (error 0x2 INTERNAL_ERROR)", "http-stream-reset"),
    ("SSL: certificate subject name (www.example.com) does not match target host name 'api.example'",
     "server-certificate-name-mismatch"),
    ("Private key does not match the certificate public key", "client-certificate-key-mismatch"),
    ("Couldn't connect to server", "network-refused"),
    ("Couldn't resolve host name", "network-host-not-found"),
    ("Failed writing received data to disk/application", "curl-write-failed"),
    ("Transferred a partial file", "network-transfer-interrupted"),
    ("Operation timed out after 300 milliseconds with 0 out of -1 bytes received", "network-response-timeout"),
    ("SSL connection timeout", "tls-timeout"),
    ("SSL peer had some unspecified issue with the certificate it received.", "client-certificate-rejected"),
    ("schannel: Failed to import cert file client.p12, password is bad", "client-certificate-passphrase"),
    ("schannel: AcquireCredentialsHandle failed: SEC_E_NO_CREDENTIALS (0x8009030E)", "tls-protocol-error"),
    ("rustls: failed to read key file: 'client.key'", "client-certificate-key-not-loaded"),
    ("rustls_connection_process_new_packets: received fatal alert: HandshakeFailure", "tls-refused"),
    ("mbedTLS: error reading private key client.key: (-0x3C00) PK - Private key password can't be empty",
     "client-certificate-passphrase"),
    ("ssl_handshake returned - mbedTLS: (-0x7780) SSL - A fatal alert message was received from our peer", "tls-refused"),
    ("error reading X.509 key file: Error while reading file.", "client-certificate-key-not-loaded"),
    ("unable to set client certificate", "client-certificate-not-loaded"),
    ("could not open PKCS12 file 'client.p12'", "client-certificate-not-loaded"),
    ("SSL: Can't find the certificate \"client\" and its private key in the Keychain.", "client-certificate-not-loaded"),
    ("SSL: couldn't create a context: error:0A000000:lib(20)::reason(0)", "tls-protocol-error"),
    ("Failed to load CRL file (path? access rights?, format?)", "server-certificate-trust-store"),
    ("SSL server certificate status verification FAILED", "server-certificate-staple-missing"),
    ("User was rejected by the SOCKS5 server (1 2).", "proxy-socks-authentication"),
    ("Resolving host timed out: api.bank.example", "network-host-not-found"),
    ("getaddrinfo(3) failed for api.bank.example:443", "network-host-not-found"),
    ("Failed to connect to down.example port 443 after 134303 ms", "network-connect-timeout"),
    ("Too large response headers: 307226 > 307200", "http-headers-too-large"),
    ("Illegal or missing hexadecimal sequence in chunked-encoding", "http-malformed-response"),
    ("Couldn’t resolve host ‘api.example’", "network-host-not-found"),
    ("Could not parse CURLOPT_RESOLVE entry 'api.example'", "curl-option"),
]  # fmt: skip
SAID_BY_OTHERS_TOO = [
    ("error:0A000410:SSL routines::sslv3 alert handshake failure", "tls-refused"),
    ("Timeout was reached", "network-response-timeout"),
    ("couldn't connect to host", "network-refused"),
    ("SSL received a record that exceeded the maximum permissible length.", "tls-plaintext-server"),
]


def first_error(text: str) -> tuple[str, str]:
    report: Report = curlx.explain(text)
    return next((finding.code, finding.certainty) for finding in report.findings if finding.severity == "error")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("said", "code"), SAID_BY_CURL_ALONE)
def test_a_sentence_of_curls_is_known_in_somebodys_words(said: str, code: str, form: str) -> None:
    found, certainty = first_error(form.format(said))
    assert found == code
    assert certainty != "certain"


@pytest.mark.parametrize(("said", "code"), SAID_BY_OTHERS_TOO)
def test_what_others_say_too_is_curls_where_curl_is_named(said: str, code: str) -> None:
    assert first_error(f"Our PHP script, which uses curl, stops with this: {said}\n")[0] == code
    unnamed = curlx.explain(f"Our server's log says this: {said}\n")
    assert [finding.code for finding in unnamed.findings] == ["log-not-curl"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("SSL connect error: error:141A318A:SSL routines:tls_process_ske_dhe:dh key too small", "tls-weak-key"),
        ("Timeout was reached: Connection timed out after 10015 milliseconds", "network-connect-timeout"),
        ("Failure when receiving data from the peer: Received HTTP code 407 from proxy after CONNECT",
         "proxy-authentication"),
    ],
)  # fmt: skip
def test_the_detail_behind_a_general_message_counts(said: str, code: str) -> None:
    assert first_error(f"With curl in PHP I get: {said}\n")[0] == code


EXPIRED = "curl: (60) SSL certificate problem: certificate has expired"
MENTIONS = [
    f"如果出现 {EXPIRED} 错误，请更新证书。",
    f"Ошибка {EXPIRED} означает, что пора его продлить.",
    f"Behoben: {EXPIRED}",
    f"| Code | Message |\n|------|---------|\n| 60 | {EXPIRED} |",
    f"## {EXPIRED}\n\nThis means that the certificate is old.",
    f"[{EXPIRED}](https://so.example/q/1)",
    f"- [{EXPIRED}](#a)\n- [Installing](#b)",
    f"Closes #123: {EXPIRED}",
    f"[RESOLVED] {EXPIRED}",
    f"Warning: you may see {EXPIRED} during install; ignore it.",
    f"**{EXPIRED}** is what customers see.",
    f"Release notes — {EXPIRED} — fixed.",
    '    Fix "cURL error 60: SSL certificate problem: certificate has expired"',
    f"    assert '{EXPIRED}' in out",
    f"tests/test_x.py::test_msg[{EXPIRED}] PASSED",
    f"  ✓ reports {EXPIRED} (3 ms)",
    f"PASS: {EXPIRED}",
    f"Known issues: {EXPIRED}",
    f"Bug #1234 - {EXPIRED}",
    f"TODO: {EXPIRED}",
    f"tests:\n  - name: old\n    expected: '{EXPIRED}'",
    f"docs/faq.md:12:{EXPIRED}\ndocs/faq.md:90:{EXPIRED}",
    f"== {EXPIRED}\n\nRenew it.",
    f"<li>{EXPIRED}</li>",
    f"** DONE {EXPIRED}\n   CLOSED: [2024-01-01 Mon]",
    f"id,title,state\n12,{EXPIRED},closed",
    f"a) {EXPIRED}\nb) {EXPIRED}",
    f"(1) {EXPIRED}\n(2) {EXPIRED}",
    f"{EXPIRED} means that it is old.",
    f"{EXPIRED} の場合",
    f"{EXPIRED} -- how to fix?",
    f"{EXPIRED} [closed]",
    f"{EXPIRED} #4711",
    f"{EXPIRED} - Super User",
    f"{EXPIRED} (ignored)",
    f"INFO: {EXPIRED} is expected here",
    f"{EXPIRED} (see FAQ)",
    f"{EXPIRED} [Solved]",
    f"{EXPIRED} # expected, this is a test",
    f"{EXPIRED}, retrying in 5 s",
    f"{EXPIRED} | Stack Overflow",
    f"{EXPIRED} · Issue #12 · a/b · GitHub",
    "curl: (60) SSL certificate problem: unable to get local issuer certificate in Docker",
    f"docs(tls): {EXPIRED}",
    f"feat: handle {EXPIRED}",
    f"PROJ-12: {EXPIRED}",
    f"[Bug] {EXPIRED}",
    f"Q: {EXPIRED}",
    f"NOTE: {EXPIRED}",
    f"e.g. {EXPIRED}",
    f"errors like: {EXPIRED}",
    f"SKIPPED {EXPIRED}",
    f"+{EXPIRED}",
    f"<p>{EXPIRED}</p>",
    f'const char *m = "{EXPIRED}";',
    f'raise RuntimeError("{EXPIRED}")',
    f'self.assertIn("{EXPIRED}", out)',
    f'grep "{EXPIRED}" log',
    f"fatal: unable to access 'https://git.example/x.git/': {EXPIRED[11:]} (when offline)",
    f"Index: README\n{'=' * 67}\n--- README\t(revision 1)\n+++ README\t(revision 2)\n@@ -1,3 +1,3 @@\n-{EXPIRED}\n+fixed",
]
PROGRAMS = [
    EXPIRED,
    f"Error: {EXPIRED}",
    f"[ERROR] {EXPIRED}",
    f"#12 0.345 {EXPIRED}",
    f"web-1  | {EXPIRED}",
    f"you@host: {EXPIRED}",
    f"app[we]: {EXPIRED}",
    f"build.log:12:{EXPIRED}",
    f"2026-01-01 10:00:00 [worker] {EXPIRED}",
    f'RuntimeError("{EXPIRED}")',
    f"{EXPIRED} (exit code 60)",
    f"{EXPIRED}, stdout: ",
    "cURL error 60: SSL certificate problem: certificate has expired (POST on https://till.example/api)",
]


@pytest.mark.parametrize(
    "before",
    ["chore: ", "ci(net): ", "#4711: ", "8.1.0: ", "see: ", "; ", "-- ", "rem ", "let e = '", 'err := "', 'rg "', "WIP ",
     "<code>", '<p class="a">', "=item ", ".B ", "\\item ", "@code{", "**Error:** ", "--- PASS: ", "[ OK ] ", "XFAIL ",
     "expected stderr: ", "want: ", "=> ", "— ", "myprog: ", "((", "# "],
)  # fmt: skip
def test_curls_word_behind_what_no_program_is_known_to_put_there_is_likely(before: str) -> None:
    assert first_error(f"{before}{EXPIRED}\n") == ("server-certificate-expired", "likely")


@pytest.mark.parametrize("text", MENTIONS)
def test_what_somebody_only_mentions_is_not_certain(text: str) -> None:
    certainties = {finding.certainty for finding in curlx.explain(f"{text}\n").findings if finding.severity == "error"}
    assert "certain" not in certainties


@pytest.mark.parametrize("text", PROGRAMS)
def test_what_a_program_puts_before_curls_words_leaves_them_certain(text: str) -> None:
    assert first_error(f"{text}\n") == ("server-certificate-expired", "certain")


@pytest.mark.parametrize("before", ["{}) ", "• ", "| ", "### ", "✓ ", "ok {} - ", "Fixes: ", "常见 "])
def test_several_items_of_a_list_are_no_more_certain_than_one(before: str) -> None:
    said = (
        "curl: (6) Could not resolve host: shop.example",
        "curl: (7) Failed to connect to till.example port 80: Connection refused",
    )
    log = "".join(f"{before.format(number)}{line}\n" for number, line in enumerate(said, 1))
    assert {finding.certainty for finding in curlx.explain(log).findings} == {"likely"}


REFUSED = "curl: (7) Failed to connect to till.example port 80 after 1 ms: Connection refused"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", "make: [Makefile:3: fetch] Error 7 (ignored)"),
        ("tests/test_x.py::test_down PASSED\n--- Captured stderr ---", "===== 1 passed in 0.1s ====="),
        ("Waiting for the server", "Server is up"),
        (f"Attempt 1: {REFUSED}\nAttempt 2: {REFUSED}", "Attempt 3: OK"),
        ("You may see:\n", "\nThis is harmless."),
        ("Expected output:", ""),
        ("The output should be:", ""),
        ("Common errors:", ""),
        ("You will see\n\n```", "```"),
        ("", "3 passed, 1 xfailed in 0.52s"),
        ("", "Tests:       1 skipped, 4 passed, 5 total"),
        ("", "test result: ok. 4 passed; 0 failed"),
        ("", "1..4\n# pass 4\n# fail 0"),
        ("", "Tests run: 4, Failures: 0, Errors: 0, Skipped: 0"),
        ("If the server is down, curl prints\n\n```", "```"),
    ],
)
def test_what_is_announced_or_followed_by_good_news_is_likely_only(above: str, below: str) -> None:
    said = "" if REFUSED in above else REFUSED
    assert first_error(f"{above}\n{said}\n{below}\n") == ("network-refused", "likely")


@pytest.mark.parametrize(
    "below",
    [
        "make: *** [Makefile:3: fetch] Error 7",
        "=== 1 failed, 2 passed in 0.1s ===",
        "Tests:       1 failed, 4 passed, 5 total",
        "Tests run: 4, Failures: 1, Errors: 0, Skipped: 0",
        "Done",
    ],
)
def test_what_is_followed_by_other_news_stays_certain(below: str) -> None:
    assert first_error(f"{REFUSED}\n{below}\n") == ("network-refused", "certain")


@pytest.mark.parametrize("above", ["If I run this on the server it says:", "My expected output is 200, but I see:"])
def test_who_says_i_tells_what_happened(above: str) -> None:
    assert first_error(f"{above}\n{REFUSED}\n") == ("network-refused", "certain")
