"""Tests of hiding secrets. Every secret here is invented, or put together so that no scanner objects."""

import base64
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curlx.lines import Line, split
from curlx.redaction import Redactor, Secret

GITHUB = "ghp_" + "a1B2" * 9
AWS = "AKIA" + "ABCDEFGH23456789"
JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"


def hide(*texts: str) -> list[str]:
    redactor = Redactor()
    return [redactor.hide(Line(number, text, len(text))).text for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("> Authorization: Basic YWxpY2U6eA==", "> Authorization: Basic ‹authorization 1›"),
        ("> authorization:Bearer abc", "> authorization:Bearer ‹authorization 1›"),
        ("> Authorization: abcdef", "> Authorization: ‹authorization 1›"),
        ("> Proxy-Authorization: NTLM TlRMTVNTUAAB", "> Proxy-Authorization: NTLM ‹proxy-authorization 1›"),
        ('> Authorization: Digest username="alice", realm="r"', "> Authorization: Digest ‹authorization 1›"),
        (
            "> Authorization: AWS4-HMAC-SHA256 Credential=ABC/20240101/eu-west-1/s3/aws4_request, "
            "SignedHeaders=host, Signature=00ff",
            "> Authorization: AWS4-HMAC-SHA256 Credential=‹authorization 1›/20240101/eu-west-1/s3/aws4_request, "
            "SignedHeaders=host, Signature=‹authorization 2›",
        ),
        (r"C:\Users\bob>curl -v -u bob:abc https://a.example/", r"C:\Users\bob>curl -v -u ‹credentials 1› https://a.example/"),
        ("PS C:\\x>curl.exe --pass abc https://a.example/", "PS C:\\x>curl.exe --pass ‹password 1› https://a.example/"),
        ('RUN ["curl","-u","bob:abc","https://a.example/"]', 'RUN ["curl","-u","‹credentials 1›","https://a.example/"]'),
        ('$h = @{Authorization="Bearer abc"}', '$h = @{Authorization="‹parameter 1›"}'),
        ('$h = @{"X-Api-Key" = "abc"}', '$h = @{"X-Api-Key" = "‹parameter 1›"}'),
        ("* [HTTP/2] [1] [authorization: Bearer abc]", "* [HTTP/2] [1] [authorization: Bearer ‹authorization 1›]"),
        ("* h2h3 [x-api-key: abc]", "* h2h3 [x-api-key: ‹api-key 1›]"),
        ("09:10:21.186932 [0-0] > X-Api-Key: abc", "09:10:21.186932 [0-0] > X-Api-Key: ‹api-key 1›"),
        ("0040: Authorization: Basic YWxpY2U6eA==", "0040: Authorization: Basic ‹authorization 1›"),
        ("> Cookie: a=1; b=2; a2=1", "> Cookie: a=‹cookie 1›; b=‹cookie 2›; a2=‹cookie 1›"),
        ("< Set-Cookie: a=1; Path=/; Secure", "< Set-Cookie: a=‹cookie 1›; Path=/; Secure"),
        ('* Added cookie a="1" for domain example.com, path /, expire 0',
         '* Added cookie a="‹cookie 1›" for domain example.com, path /, expire 0'),
        ("example.com\tFALSE\t/\tTRUE\t0\ta\t1", "example.com\tFALSE\t/\tTRUE\t0\ta\t‹cookie 1›"),
        ("> PRIVATE-TOKEN: abc", "> PRIVATE-TOKEN: ‹api-key 1›"),
        ("> X-Vault-Token: abc", "> X-Vault-Token: ‹api-key 1›"),
        ("> X-Amz-Security-Token: abc", "> X-Amz-Security-Token: ‹api-key 1›"),
        ("> Ocp-Apim-Subscription-Key: abc", "> Ocp-Apim-Subscription-Key: ‹api-key 1›"),
        ("> GET /a?x=1&access_token=abc&y=2 HTTP/1.1", "> GET /a?x=1&access_token=‹parameter 1›&y=2 HTTP/1.1"),
        ("> GET /a?X-Amz-Signature=abc HTTP/1.1", "> GET /a?X-Amz-Signature=‹parameter 1› HTTP/1.1"),
        ("* [HTTP/2] [1] [:path: /a?code=abc]", "* [HTTP/2] [1] [:path: /a?code=‹parameter 1›]"),
        ("* Issue another request to this URL: 'https://a:b@example.com/'",
         "* Issue another request to this URL: 'https://‹url-credentials 1›@example.com/'"),
        ("* Uses proxy env variable https_proxy == 'http://a:b@proxy.example:3128'",
         "* Uses proxy env variable https_proxy == 'http://‹url-credentials 1›@proxy.example:3128'"),
        ("* Server auth using Basic with user 'alice'", "* Server auth using Basic with user '‹user 1›'"),
        ('{"access_token":"abc","token_type":"Bearer"}', '{"access_token":"‹parameter 1›","token_type":"Bearer"}'),
        ('{"headers": {"Authorization": "Bearer abc"}}', '{"headers": {"Authorization": "Bearer ‹authorization 1›"}}'),
        ('"{\\"clientSecret\\": \\"abc\\"}"', '"{\\"clientSecret\\": \\"‹parameter 1›\\"}"'),
        ("grant_type=password&client_secret=abc&password=def",
         "grant_type=password&client_secret=‹parameter 1›&password=‹parameter 2›"),
        (f"cloned with {GITHUB} by me", "cloned with ‹cloud-key 1› by me"),
        (f"key id {AWS}.", "key id ‹cloud-key 1›."),
        (f"the token {JWT} is bad", "the token ‹token 1› is bad"),
        ("> PASS abc", "> PASS ‹login 1›"),
        ("> AUTH PLAIN AGEAYg==", "> AUTH PLAIN ‹login 1›"),
        ("    Master-Key: 00FF", "    Master-Key: ‹api-key 1›"),
        ("< Session: 12ab;timeout=60", "< Session: ‹session 1›;timeout=60"),
        ("200 sid=abc; Path=/; Secure", "200 sid=‹cookie 1›; Path=/; Secure"),
        ('{"set-cookie":["a=1; Path=/","b=2"],', '{"set-cookie":["a=‹cookie 1›; Path=/","b=‹cookie 2›"],'),
        ('"authorization":["Bearer abc"],"etag":["x"]', '"authorization":["Bearer ‹authorization 1›"],"etag":["x"]'),
        ("$ kubectl --token=abc get pods", "$ kubectl --token=‹parameter 1› get pods"),
        ("$ docker login -u al -p abc reg.example", "$ docker login -u al -p ‹password 1› reg.example"),
        ("$ docker run curlimages/curl:8.5.0 -u al:abc x", "$ docker run curlimages/curl:8.5.0 -u ‹credentials 1› x"),
        ("$ sshpass -p abc ssh a.example", "$ sshpass -p ‹password 1› ssh a.example"),
    ],
)  # fmt: skip
def test_secrets_are_hidden_and_the_rest_stays(text: str, hidden: str) -> None:
    assert hide(text) == [hidden]


@pytest.mark.parametrize(
    ("command", "hidden"),
    [
        ("-u alice:pw https://example.com", "-u ‹credentials 1› https://example.com"),
        ("-sSu 'alice:p w' x", "-sSu '‹credentials 1›' x"),
        ("-ualice:pw x", "-u‹credentials 1› x"),
        ("--proxy-user=alice:pw x", "--proxy-user=‹credentials 1› x"),
        (
            '-H "Authorization: Bearer abc" -H "Accept: */*" x',
            '-H "Authorization: Bearer ‹authorization 1›" -H "Accept: */*" x',
        ),
        ("-H'X-Api-Key: abc' x", "-H'X-Api-Key: ‹api-key 1›' x"),
        ("-H Authorization:abc https://example.com", "-H Authorization:‹authorization 1› https://example.com"),
        ("-b 'a=1; b=2' x", "-b 'a=‹cookie 1›; b=‹cookie 2›' x"),
        ("-b jar.txt x", "-b jar.txt x"),
        ("--pass abc --key k.pem", "--pass ‹password 1› --key k.pem"),
        ("-E client.p12:abc --cert-type P12", "-E client.p12:‹password 1› --cert-type P12"),
        ("--cert C:\\a\\client.pem:abc x", "--cert C:\\a\\client.pem:‹password 1› x"),
        ("--cert ./client.pem x", "--cert ./client.pem x"),
        ("x && kubectl --token abc get pods", "x && kubectl --token ‹credentials 1› get pods"),
        ("--oauth2-bearer abc x", "--oauth2-bearer ‹authorization 1› x"),
        ("--OAuth2-Bearer abc --User bob:pw x", "--OAuth2-Bearer ‹authorization 1› --User ‹credentials 1› x"),
        ("--Cert client.pem:abc --COOKIE a=1 x", "--Cert client.pem:‹password 1› --COOKIE a=‹cookie 1› x"),
        ("-x alice:pw@proxy.example:3128 x", "-x ‹url-credentials 1›@proxy.example:3128 x"),
        ("-d password=abc -d a=b x", "-d password=‹parameter 1› -d a=b x"),
        ("""-d '{"password":"abc"}' x""", """-d '{"password":"‹parameter 1›"}' x"""),
        ('-H "Authorization: Bearer $TOKEN" x', '-H "Authorization: Bearer $TOKEN" x'),
        ("-H 'Authorization:Bearer XXXXX' x", "-H 'Authorization:Bearer XXXXX' x"),
    ],
)
def test_a_command_line_keeps_all_but_its_secrets(command: str, hidden: str) -> None:
    assert hide(f"$ curl {command}") == [f"$ curl {hidden}"]


def test_the_options_of_the_shell_before_curl_are_not_curls() -> None:
    assert hide('process "/bin/bash -e -u -o pipefail -c curl -u bob:pw https://example.com"') == [
        'process "/bin/bash -e -u -o pipefail -c curl -u ‹credentials 1› https://example.com"'
    ]


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ('"cmd": ["curl", "-u", "al:pw", "x"]', '"cmd": ["curl", "-u", "‹credentials 1›", "x"]'),
        ("Command '['curl', '-u', 'al:pw', 'x']'", "Command '['curl', '-u', '‹credentials 1›', 'x']'"),
        ('"$CURL" -u al:pw x && curl y', '"$CURL" -u ‹credentials 1› x && curl y'),
        ("some --pass pw ; curl y", "some --pass ‹password 1› ; curl y"),
        ('the "-u" or "-b" option of curl x', 'the "-u" or "-b" option of curl x'),
        ("sudo -u root curl y", "sudo -u root curl y"),
    ],
)
def test_options_in_lists_and_before_curls_name_keep_no_secret(line: str, hidden: str) -> None:
    assert hide(line) == [hidden]


def test_a_command_goes_on_behind_a_backslash() -> None:
    assert hide("curl \\", "  -u alice:pw \\", "  https://example.com", "  -u alice:pw") == [
        "curl \\", "  -u ‹credentials 1› \\", "  https://example.com", "  -u alice:pw"]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "* TLSv1.2 (OUT), TLS handshake, Client key exchange (16):",
        "*   Certificate level 0: Public key type RSA (2048/112 Bits/secBits), signed using sha256WithRSAEncryption",
        "* unable to set private key file: 'client.key' type PEM",
        '< WWW-Authenticate: Bearer realm="example", error="invalid_token", error_description="the token expired"',
        "< Access-Control-Allow-Headers: Authorization, X-Api-Key",
        "< Vary: Cookie, Authorization",
        "> Sec-WebSocket-Key: dGhlIHNhbXBsZQ==",
        "< Set-Cookie: a=; Max-Age=0",
        "> User-Agent: curl/8.14.1",
        "curl: (58) could not load PEM client certificate from ./a.pem, error, (no key found, wrong pass phrase)",
        "* Connection #0 to host user@example.com left intact",
        '{"error":"invalid_token","token_type":"Bearer","keys":["a"],"max_tokens":5}',
        "Enter PEM pass phrase:",
        "*  SSL certificate verify ok.",
        "*  serial number: 04:9E:8F:2A:11:22:33:44:55:66:77:88:99:AA:BB:CC",
        "*   Serial Number: 6a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
        "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / X25519 / RSASSA-PSS",
        "* ALPN: server accepted h2",
        "* ALPN, offering http/1.1",
        "*  public key hash: sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE=",
        "*  CAfile: /etc/ssl/certs/ca-certificates.crt",
        "* could not load PEM client certificate from client.pem, OpenSSL error error:0480006C:PEM routines::no start line",
        "* Host api.example.com:443 was resolved.",
        "* old SSL session ID is stale, removing",
        "* SSL session ticket received",
        "* TLSv1.3 (IN), TLS handshake, Newsession Ticket (4):",
        "* TLSv1.3 (IN), TLS alert, unknown CA (560):",
        "* schannel: SSL/TLS connection with api.example.com port 443 (step 1/3)",
        '< ETag: "33a64df551425fcc55e4d42a148795d9f25f89d4"',
        "< X-Request-Id: 7f3f2f5e-9a0b-4c1d-8e2f-0123456789ab",
        "< CF-RAY: 8c1d2e3f4a5b6c7d-AMS",
        "< X-Amz-Cf-Id: 0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX2yZ3aB4cD5eF6gH7==",
        "< x-amz-request-id: 4442587FB7D0A2F9",
        '< WWW-Authenticate: Basic realm="Restricted Area"',
        '< WWW-Authenticate: Digest realm="a", qop="auth", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
        "< WWW-Authenticate: Negotiate",
        "< Proxy-Authenticate: NTLM",
        '< Proxy-Authenticate: Basic realm="proxy.example.com"',
        "< Strict-Transport-Security: max-age=31536000; includeSubDomains",
        "< Access-Control-Expose-Headers: X-Auth-Token, Authorization",
        "> Sec-WebSocket-Protocol: chat",
        "> Accept: */*",
        "> GET /authors?page=2&author=alice&keyword=pass HTTP/1.1",
        "> GET /tokens/list?count=3 HTTP/1.1",
        "* [HTTP/2] [1] [:authority: api.example.com]",
        "* [HTTP/2] [1] OPENED stream for https://api.example.com/v1/keys",
        "* Connection #0 to host api.example.com left intact",
        "* Issue another request to this URL: 'https://api.example.com:8443/a@b'",
        "* Server auth using Basic with user ''",
        "* Authentication problem. Ignoring this.",
        "* CONNECT tunnel failed, response 407",
        "curl: (22) The requested URL returned error: 401",
        "curl: (67) Access denied: 530",
        "<center>No required SSL certificate was sent</center>",
        "<head><title>401 Authorization Required</title></head>",
        "<h1>Invalid token</h1>",
        '{"message":"Missing Authentication Token"}',
        '{"error":"unauthorized","error_description":"Full authentication is required"}',
        '{"errors":[{"code":"AUTHENTICATION_ERROR","category":"AUTH","password_required":true}]}',
        "<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match</Message></Error>",
        '< alt-svc: h3=":443"; ma=86400',
        "access-control-allow-credentials: true",
        "Session: the first of two",
        "Max-Age=60; Path=/; Domain=a.example; Secure",
        "ssh login -p 2222",
        "$ curl --no-sessionid https://a.example/",
        "$ curl --anyauth --proxy-anyauth --mail-auth al@a.example -v https://a.example/",
        "$ curl -v --cert client.pem --key client.key --cacert ca.pem https://api.example.com/",
        "*   Trying [2001:db8::1]:443...",
        "09:10:21.186932 [0-0] * TLSv1.3 (OUT), TLS handshake, Client hello (1):",
    ],
)
def test_words_that_only_sound_like_secrets_stay(text: str) -> None:
    assert hide(text) == [text]


def test_a_long_value_is_recognized_where_no_name_stands_before_it() -> None:
    token, password = "Zq7Kp9Xv2Lm4Rt8W", "Hj5Ny3Bd6Fg0Qc7U"
    basic = base64.b64encode(f"alice:{password}".encode()).decode()
    assert hide(f"> Authorization: Bearer {token}", f"the value {token} is unknown", f"/a/{token}/b") == [
        "> Authorization: Bearer ‹authorization 1›", "the value ‹authorization 1› is unknown", "/a/‹authorization 1›/b"]  # fmt: skip
    assert hide(f"> Authorization: Basic {basic}", f"wrong: {password}")[1] == "wrong: ‹authorization 1›"
    assert hide("> Cookie: theme=dark; lang=en; n=12345", "a dark theme, 12345")[1] == "a dark theme, 12345"


def test_equal_values_get_equal_placeholders() -> None:
    assert hide(
        "> Authorization: Bearer abc", "* [HTTP/2] [1] [authorization: Bearer abc]", "> Authorization: Bearer abd"
    ) == [
        "> Authorization: Bearer ‹authorization 1›",
        "* [HTTP/2] [1] [authorization: Bearer ‹authorization 1›]",
        "> Authorization: Bearer ‹authorization 2›",
    ]


def test_the_expiry_of_a_token_is_kept() -> None:
    claims = base64.urlsafe_b64encode(json.dumps({"exp": 1700000000}).encode()).decode().rstrip("=")
    token = f"eyJhbGciOiJub25lIn0.{claims}.c2ln"
    assert hide(f"> Authorization: Bearer {token}") == [
        "> Authorization: Bearer ‹authorization 1, expires 2023-11-14T22:13:20Z›"
    ]


def test_a_private_key_is_hidden_line_by_line_until_it_ends() -> None:
    lines = ["-----BEGIN RSA PRIVATE KEY-----", "MIIEpAIBAAKCAQEA", "AAAA==", "-----END RSA PRIVATE KEY-----", "MIIE"]
    assert hide(*lines) == [lines[0], "‹private-key 1›", "‹private-key 2›", lines[3], lines[4]]
    assert hide(lines[0], "* Trying 192.0.2.1...", "MIIE") == [lines[0], "* Trying 192.0.2.1...", "MIIE"]
    assert hide('{"k":"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----"}') == [
        '{"k":"-----BEGIN PRIVATE KEY-----‹private-key 1›-----END PRIVATE KEY-----"}'
    ]


def hex_dump(data: bytes) -> list[str]:
    rows = [f"=> Send header, {len(data)} bytes ({len(data):#x})"]
    for start in range(0, len(data), 16):
        part = data[start : start + 16]
        shown = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in part)
        rows.append(f"{start:04x}: {part.hex(' ')} ".ljust(54) + shown)
    return rows


def test_a_secret_in_a_hex_dump_is_masked_over_all_its_rows() -> None:
    rows = hex_dump(
        b"GET /?token=s3cret HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer s3cret-s3cret-s3cret\r\nAccept: */*\r\n\r\n"
    )
    hidden = hide(*rows)
    assert [len(row) for row in hidden] == [len(row) for row in rows]
    left = bytes.fromhex("".join(row[6:54] for row in hidden[1:]).replace("xx", "00"))
    assert left.replace(b"\0", b"") == b"GET /?token= HTTP/1.1\r\nHost: a\r\nAuthorization:  \r\nAccept: */*\r\n\r\n"
    assert "s3cret" not in "".join(row[54:] for row in hidden)


def test_a_secret_in_a_text_dump_is_masked_over_all_its_rows() -> None:
    rows = ["=> Send header, 150 bytes (0x96)", "0000: GET / HTTP/1.1", "0010: Authorization: Bearer " + "s" * 42,
            "0050: sssssssss", "005b: Accept: */*", "0068: ", "== Info: x"]  # fmt: skip
    assert hide(*rows) == [rows[0], rows[1], "0010: Authorization: ...... " + "." * 42, "0050: .........", *rows[4:]]


def test_what_was_hidden_is_listed_without_its_value() -> None:
    redactor = Redactor()
    for line in split([b"> Cookie: a=1; b=2\n> Accept: */*\n> Authorization: Basic eA==\n"]):
        redactor.hide(line)
    assert redactor.secrets == [Secret("cookie", 1), Secret("authorization", 3)]


def test_showing_changes_no_line_and_still_lists() -> None:
    redactor = Redactor(show=True)
    line = Line(1, "> Authorization: Basic eA==", 28, True)
    assert redactor.hide(line) is line
    assert redactor.secrets == [Secret("authorization", 1)]


def test_a_line_without_secrets_is_the_same_line_and_others_keep_number_size_and_end() -> None:
    plain, secret = Line(1, "* Trying 192.0.2.1:443...", 26), Line(2, "> Cookie: a=1", 15, True)
    assert Redactor().hide(plain) is plain
    assert Redactor().hide(secret) == Line(2, "> Cookie: a=‹cookie 1›", 15, True)


def test_what_stands_behind_a_known_key_within_a_word_is_looked_at_as_well() -> None:
    assert hide(GITHUB, f"0{GITHUB}Authorization: Bearer abc") == [
        "‹cloud-key 1›",
        "0‹cloud-key 1›Authorization: Bearer ‹authorization 1›",
    ]


PIECES = st.sampled_from([
    "> ", "Authorization: Bearer abc", "Cookie: a=1; b=2", '"password":"x"', "curl -u a:b ", "https://a:b@example.com/?token=x",
    GITHUB, JWT, "\t", "'", '"', "0000: 41 42 ", "=> Send header, 3 bytes (0x3)",
    "-----BEGIN PRIVATE KEY-----", "‹x 1›", "&key=",
])  # fmt: skip


@given(st.lists(st.lists(PIECES | st.text(max_size=8), max_size=6).map("".join), max_size=8))
def test_hiding_what_is_hidden_changes_nothing(texts: list[str]) -> None:
    once = hide(*texts)
    assert hide(*once) == once


@pytest.mark.parametrize("unit", [
    "a", "a-", "eyJ", "eyJ.", "AIza", "://a", "a=", "token=", '"token":"', "\\",
    "-----BEGIN PRIVATE KEY-----", "curl -u ",
    "Authorization: ", " ", "\t", "> ", "xox", "'", '"', "?key=", "a:", "-u", "‹", "Credential=", "bearer ", "a_a",
    "[authorization: ",
])  # fmt: skip
def test_hostile_lines_take_no_longer_than_others(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.perf_counter()
    hide("curl " + text, '{"' + text, "> Cookie: " + text, "=> Send data, 9 bytes (0x9)", "0000: " + text)
    assert time.perf_counter() - start < 3


def test_the_keys_of_a_tls_session_that_openssl_prints_are_hidden() -> None:
    log = b"    Master-Key: 00FF11EE22DD33CC44BB55AA\n    Resumption PSK: 0A1B2C3D4E5F60718293A4B5\n    PSK identity: None\n"
    shown = "\n".join(line.text for line in map(Redactor().hide, split([log])))
    assert "00FF11EE" not in shown
    assert "0A1B2C3D" not in shown
    assert "PSK identity: None" in shown


def test_the_value_of_an_option_on_the_next_line_is_hidden() -> None:
    log = (
        b"$ curl -v -u \\\n  bob:Sup3rS3cretPw \\\n  https://api.example.com/x\n"
        b"$ curl --user \\\n    'bob:0therS3cret' https://api.example.com/y\n"
    )
    shown = [line.text for line in map(Redactor().hide, split([log]))]
    assert shown == [
        "curl -v -u \\", "  ‹credentials 1› \\", "  https://api.example.com/x",
        "curl --user \\", "    '‹credentials 2›' https://api.example.com/y",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        '{"message":"cannot fetch https:\\/\\/al:S3cretS3cret@b.example\\/x now"}',
        '{"message":"cannot fetch https://b.example/x?a=1\\u0026access_token=S3cretS3cret now"}',
        '{"message":"bad call: token\\u003dS3cretS3cret is expired"}',
        '{"message":"Invalid X-Api-Key: S3cretS3cret given"}',
        "login failed: password: S3cretS3cret",
        "invalid token 'S3cretS3cret' given",
    ],
)
def test_escaped_addresses_and_sentences_hide_their_secrets(text: str) -> None:
    shown = Redactor().hide(Line(1, text, len(text))).text
    assert "S3cret" not in shown
    assert Redactor().hide(Line(1, "invalid token: expired yesterday", 9)).text == "invalid token: expired yesterday"


@pytest.mark.parametrize(
    ("pieces", "hidden"),
    [
        (("> Authorization: Bearer abcdef", "ghijkl", "mnopqr", "> Accept: */*"),
         ["> Authorization: Bearer ‹authorization 1›", "‹authorization 2›", "‹authorization 3›", "> Accept: */*"]),
        (("> Authorization: Bearer", "abcdefghij", "> "),
         ["> Authorization: ‹authorization 1›", "‹authorization 2›", "> "]),
        (("> Cookie: a=1234; b=12", "34; c=5678", ">"), ["> Cookie: a=‹cookie 1›; b=‹cookie 2›", "‹cookie 3›", ">"]),
        (("> Authorization: Basic YWxpY2U6\\", " eDEyMzQ="),
         ["> Authorization: Basic ‹authorization 1›", " ‹authorization 2›"]),
        (("$ curl -H 'X-Api-Key: abcdef", "ghijkl' -u al:pw https://a.example/"),
         ["curl -H 'X-Api-Key: ‹api-key 1›", "‹api-key 2›' -u ‹credentials 1› https://a.example/"]),
        (("fatal: unable to access 'https://al:abcdef", "ghijkl@git.example/x.git/'"),
         ["fatal: unable to access 'https://‹url-credentials 1›", "‹url-credentials 2›@git.example/x.git/'"]),
        (("> X-Api-Key: abcdef", "some words of a page"), ["> X-Api-Key: ‹api-key 1›", "some words of a page"]),
        (("X-Api-Key: abcdef", "Accept: */*"), ["X-Api-Key: ‹api-key 1›", "Accept: */*"]),
        (("Set `https_proxy=http://proxy.example:10809`", "again"), ["Set `https_proxy=http://proxy.example:10809`", "again"]),
    ],
)  # fmt: skip
def test_the_rest_of_a_secret_whose_line_was_broken_is_hidden(pieces: tuple[str, ...], hidden: list[str]) -> None:
    assert [told.removeprefix("$ ") for told in hide(*pieces)] == hidden
