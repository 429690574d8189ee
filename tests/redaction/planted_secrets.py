"""Kinds of secrets, each planted where a log may show it; every one is invented, or put together so that no scanner objects.

`PLANTED` maps a sentence to a whole log and the values that may appear nowhere.
"""

from __future__ import annotations

# fmt: off
import base64
import json

WORD = "Zq7Kp9" + "Xv2Lm4Rt8Ws1"
"""What most of the planted secrets are."""
OTHER = "Hj5Ny3" + "Bd6Fg0Qc7Ue2"
JWT = "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiJhbGljZSIsImV4cCI6MTcwMDAwMDAwMH0." + "c2lnbmF0dXJlLW9mLWl0"
BASIC = base64.b64encode(f"alice:{WORD}".encode()).decode()
KEY = [base64.b64encode(bytes(range(start, start + 48))).decode() for start in (3, 60, 120)]
PEM = ["-----BEGIN RSA " + "PRIVATE KEY-----", *KEY, "-----END RSA " + "PRIVATE KEY-----"]


def log(*, command: str = "$ curl -v https://api.example.com/v1/items", talk: str = "", target: str = "/v1/items", request: str = "",
        response: str = "", status: str = "401 Unauthorized", body: str = '{"error":"invalid_token"}', after: str = "") -> str:  # fmt: skip
    """A refused request, with something put somewhere."""
    lines = [
        command,
        "* Host api.example.com:443 was resolved.",
        "*   Trying 192.0.2.7:443...",
        "* Connected to api.example.com (192.0.2.7) port 443",
        "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / X25519 / RSASSA-PSS",
        "* Server certificate:",
        "*  subject: CN=api.example.com",
        "*  SSL certificate verify ok.",
        *talk.splitlines(),
        f"> GET {target} HTTP/1.1",
        "> Host: api.example.com",
        "> User-Agent: curl/8.14.1",
        *request.splitlines(),
        "> ",
        f"< HTTP/1.1 {status}",
        "< Date: Mon, 23 Nov 2026 09:03:19 GMT",
        '< WWW-Authenticate: Bearer realm="items", error="invalid_token"',
        f"< Content-Length: {len(body.encode())}",
        *response.splitlines(),
        "< ",
        body,
        "* Connection #0 to host api.example.com left intact",
        *after.splitlines(),
    ]
    return "\n".join(line for line in lines if line) + "\n"


def hex_rows(data: bytes, heading: str) -> str:
    rows = [f"{heading}, {len(data)} bytes ({len(data):#x})"]
    for start in range(0, len(data), 16):
        part = data[start : start + 16]
        shown = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in part)
        rows.append(f"{start:04x}: {part.hex(' ')} ".ljust(54) + shown)
    return "\n".join(rows) + "\n"


def text_rows(data: bytes, heading: str) -> str:
    """The rows of `--trace-ascii`: 64 characters, a new one for each line (`dump` in curl's src/tool_cb_dbg.c)."""
    rows = [f"{heading}, {len(data)} bytes ({len(data):#x})"]
    start = 0
    while start < len(data):
        stop = min(start + 64, len(data))
        end = data.find(b"\r\n", start, stop + 1)
        if end >= 0:
            stop = end
        rows.append(f"{start:04x}: {data[start:stop].decode()}")
        start = stop + 2 if end >= 0 else stop
    return "\n".join(rows) + "\n"


def trace(rows: object, sent: bytes, body: bytes = b"") -> str:
    dump = rows
    assert callable(dump)
    answer = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: %d\r\n\r\n" % len(body)
    return (
        "== Info:   Trying 192.0.2.7:80...\n== Info: Connected to api.example.com (192.0.2.7) port 80 (#0)\n"
        + dump(b"GET /v1 HTTP/1.1\r\nHost: api.example.com\r\n" + sent + b"\r\n", "=> Send header")
        + "".join(dump(line + b"\r\n", "<= Recv header") for line in answer.split(b"\r\n")[:-1])
        + (dump(body, "<= Recv data") if body else "")
        + "== Info: Connection #0 to host api.example.com left intact\n"
    )


def prefixed(prefix: str) -> str:
    return "".join(f"{prefix}{line}\n" for line in _PLAIN.splitlines())


_PLAIN = log(command="", request=f"> Authorization: Bearer {WORD}\n> Cookie: sid={OTHER}")

_COMMANDS = {
    "-u": f"-u alice:{WORD}",
    "-u glued": f"-ualice:{WORD}",
    "-u behind other letters": f"-sSku 'alice:{WORD}'",
    "--user": f'--user "alice:{WORD}"',
    "--user=": f"--user=alice:{WORD}",
    "-U": f"-U alice:{WORD} -x proxy.example.com:3128",
    "--proxy-user": f"--proxy-user alice:{WORD}",
    "-H": f"-H 'Authorization: Bearer {WORD}'",
    "-H without a scheme": f"-H 'Authorization: {WORD}'",
    "-H glued": f"-H'X-Api-Key: {WORD}'",
    "--header=": f"--header='X-Auth-Token: {WORD}'",
    "--header": f'--header "PRIVATE-TOKEN: {WORD}"',
    "--proxy-header": f'--proxy-header "Proxy-Authorization: Basic {BASIC}"',
    "-b": f"-b 'sid={WORD}; theme=dark'",
    "--cookie": f"--cookie sid={WORD}",
    "--cookie=": f"--cookie=sid={WORD}",
    "-d with a field": f"-d 'grant_type=password&password={WORD}'",
    "--data-urlencode": f"--data-urlencode client_secret={WORD}",
    "--data-raw with JSON": f"""--data-raw '{{"user":"alice","password":"{WORD}"}}'""",
    "--json": f"""--json '{{"apiKey": "{WORD}"}}'""",
    "--json in double quotes": f'''--json "{{\\"api_key\\": \\"{WORD}\\"}}"''',
    "-F": f"-F token={WORD}",
    "--form-string": f"--form-string 'password={WORD}'",
    "--url-query": f"--url-query access_token={WORD}",
    "--pass": f"--cert c.pem --key k.pem --pass {WORD}",
    "--proxy-pass": f"--proxy-pass '{WORD}'",
    "--cert with its password": f"--cert client.p12:{WORD} --cert-type P12",
    "-E": f"-E ./client.pem:{WORD}",
    "--proxy-cert": f"--proxy-cert client.pem:{WORD}",
    "--oauth2-bearer": f"--oauth2-bearer {WORD}",
    "--aws-sigv4": f"--aws-sigv4 aws:amz:eu-west-1:s3 --user AKID:{WORD}",
    "--tlspassword": f"--tlsuser alice --tlspassword {WORD}",
    "--proxy-tlspassword": f"--proxy-tlspassword={WORD}",
    "-x": f"-x http://alice:{WORD}@proxy.example.com:3128",
    "--proxy without a scheme": f"--proxy alice:{WORD}@proxy.example.com:3128",
    "--preproxy": f"--preproxy socks5h://alice:{WORD}@proxy.example.com:1080",
    "--socks5": f"--socks5-hostname alice:{WORD}@proxy.example.com:1080",
    "--login-options and --mail-auth": f"--user 'alice;AUTH=PLAIN:{WORD}'",
    "the URL": f"'https://alice:{WORD}@api.example.com/'",
    "the URL's query": f"'https://api.example.com/?api_key={WORD}'",
    "a password with a blank in quotes": f"-u 'alice:{WORD} {OTHER}'",
    "a quote inside quotes": f"""-u "alice:{WORD}\\"{OTHER}" """,
    "$'...'": f"-H $'X-Api-Key: {WORD}'",
    "the key's own password": f"--key client.key:{WORD}",
}

_HEADERS = [
    "X-Api-Key", "Api-Key", "apikey", "X-API-KEY", "x-api-token", "X-Auth-Token", "X-Access-Token", "X-Auth", "X-Session-Id", "Private-Token",
    "X-GitHub-Token", "X-Gitlab-Token", "X-Vault-Token", "X-Consul-Token", "X-Amz-Security-Token", "X-Goog-Api-Key",
    "X-Goog-Iam-Authorization-Token", "Ocp-Apim-Subscription-Key", "X-Functions-Key", "X-Csrf-Token", "X-XSRF-TOKEN",
    "X-Shopify-Access-Token", "X-Figma-Token", "DD-API-KEY", "DD-APPLICATION-KEY", "CF-Access-Client-Secret", "X-Auth-Key",
    "X-Rundeck-Auth-Token", "X-Redmine-API-Key", "X-JFrog-Art-Api", "Circle-Token", "X-Plex-Token", "X-Emby-Token", "X-Sentry-Auth",
    "X-Hub-Signature", "X-Hub-Signature-256", "X-Slack-Signature", "Stripe-Signature", "X-Twilio-Signature", "X-Ms-Token-Aad-Id-Token",
    "X-Amz-Server-Side-Encryption-Customer-Key", "X-Ms-Encryption-Key", "X-Password", "X-Secret", "Authentication", "X-Authorization",
    "X-Forwarded-Access-Token", "X-Forwarded-Authorization", "Authentication-Token", "JWT", "X-JWT-Assertion", "X-Id-Token", "Session-Token",
    "X-Parse-REST-API-Key", "X-Client-Secret", "Signature", "DPoP", "X-Okta-Session", "X-Subject-Token", "X-Storage-Token", "X-Nuget-ApiKey",
    "Kong-Admin-Token", "X-Kubernetes-Token", "X-App-Password", "X-Bitbucket-Token", "Job-Token", "Deploy-Token", "X-Appwrite-Key", "X-ClickHouse-Key",
    "X-Typesense-Api-Key", "X-Algolia-Api-Key", "X-Master-Key", "X-Postmark-Server-Token", "X-MBX-APIKEY", "x-honeycomb-team", "Jenkins-Crumb", "X-Rapidapi-Key",
    "Sec-Access-Token", "Cookie2", "X-Original-Authorization", "X-Ops-Authorization-1", "X-PM-Authorization",
]  # fmt: skip

_PARAMETERS = [
    "access_token", "refresh_token", "id_token", "client_secret", "password", "passwd", "pwd", "api_key", "apikey", "api-key", "key", "token", "auth",
    "auth_token", "authToken", "accessToken", "jwt", "sig", "signature", "X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token",
    "X-Goog-Signature", "X-Goog-Credential", "AWSAccessKeyId", "Signature", "code", "code_verifier", "state_token", "sid", "session", "sessionid",
    "session_id", "PHPSESSID", "JSESSIONID", "SAMLResponse", "SAMLRequest", "client_assertion", "assertion", "device_code", "private_token",
    "subscription-key", "hapikey", "passphrase", "secret", "pass", "pin", "otp", "ticket", "nonce_token", "oauth_token", "oauth_signature",
    "oauth_verifier", "hmac", "personal_access_token", "Policy-Signature", "Key-Pair-Id-Secret", "u_password", "RelayStateToken", "X-Token",
    "credential", "sharedaccesssignature", "authorization",
]  # fmt: skip

_SHAPES = {
    "JSON Web Token": JWT,
    "AWS access key": "AKIA" + "QX7ZP3LM8RT5WS2K",
    "AWS session key": "ASIA" + "QX7ZP3LM8RT5WS2K",
    "GitHub token": "ghp_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6",
    "GitHub OAuth token": "gho_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6",
    "GitHub fine-grained token": "github_pat_" + "11ABCDEFG0aBcDeFgHiJkL_mNoPqRsTuVwXyZ0123456789",
    "GitLab token": "glpat-" + "aB3dE6gH9jK2mN5pQ8sT",
    "GitLab deploy token": "gldt-" + "aB3dE6gH9jK2mN5pQ8sT",
    "GitLab runner token": "glrt-" + "aB3dE6gH9jK2mN5pQ8sT",
    "GitLab job token": "glcbt-" + "64_aB3dE6gH9jK2mN5pQ8sT",
    "Slack bot token": "xoxb-" + "123456789012-1234567890123-aB3dE6gH9jK2mN5pQ8sT1vW4",
    "Slack app token": "xapp-" + "1-A012B3C4D5E-1234567890123-aB3dE6gH9jK2mN5pQ8",
    "Slack webhook": "https://hooks.slack.com/services/" + "T01AB2CD3/B04EF5GH6/aB3dE6gH9jK2mN5pQ8sT1vW4",
    "Stripe secret key": "sk_" + "live_51aB3dE6gH9jK2mN5pQ8sT1v",
    "Stripe restricted key": "rk_" + "test_51aB3dE6gH9jK2mN5pQ8sT1v",
    "Stripe webhook secret": "whsec_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF",
    "Google API key": "AIza" + "SyA1bC2dE3fG4hI5jK6lM7nO8pQ9rS0tU1v",
    "Google OAuth token": "ya29." + "a0AfH6SMBx1y2z3A4b5C6d7E8f9G0h1",
    "Google OAuth secret": "GOCSPX-" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7b",
    "Google refresh token": "1//0" + "gaB3dE6gH9jK2CgYIARAAGBASNwF-L9IraB3dE6gH9jK2mN5p",
    "OpenAI key": "sk-" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6jK9mN2pQ5",
    "OpenAI project key": "sk-proj-" + "aB3dE6gH9jK2mN5pQ8sT1vW4_yZ7bC0dF3gH6jK9mN2pQ5",
    "Anthropic key": "sk-ant-" + "api03-aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6jK9",
    "npm token": "npm_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6",
    "PyPI token": "pypi-" + "AgEIcHlwaS5vcmcCJDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAw",
    "Docker Hub token": "dckr_pat_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7",
    "HashiCorp Vault token": "hvs." + "CAESIJaB3dE6gH9jK2mN5pQ8sT1vW4",
    "SendGrid key": "SG." + "aB3dE6gH9jK2mN5pQ8sT1v.aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6jK9mN2p",
    "Mailgun key": "key-" + "0123456789abcdef0123456789abcdef",
    "Azure storage key": "AccountKey=" + base64.b64encode(bytes(range(64))).decode(),
    "Azure SAS": "SharedAccessSignature sr=https%3A%2F%2Fa.example&" + "sig=aB3dE6gH9jK2mN5pQ8sT%3D&se=1",
    "Databricks token": "dapi" + "0123456789abcdef0123456789abcdef",
    "DigitalOcean token": "dop_v1_" + "0123456789abcdef" * 4,
    "Shopify token": "shpat_" + "0123456789abcdef0123456789abcdef",
    "Square token": "sq0atp-" + "aB3dE6gH9jK2mN5pQ8sT1v",
    "Telegram bot token": "123456789:" + "AAF1bC2dE3fG4hI5jK6lM7nO8pQ9rS0tU1v",
    "Atlassian token": "ATATT3x" + "FfGF0aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF",
    "Hugging Face token": "hf_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3g",
    "Grafana token": "glsa_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF_a1b2c3d4",
    "Cloudflare origin key": "v1.0-" + "0123456789abcdef01234567-" + "0123456789abcdef" * 9 + "01",
    "age key": "AGE-SECRET-KEY-" + "1QX7ZP3LM8RT5WS2KQX7ZP3LM8RT5WS2KQX7ZP3LM8RT5WS2KQX7ZP3LM8",
    "New Relic key": "NRAK-" + "QX7ZP3LM8RT5WS2KQX7ZP3LM8RT",
    "Linear key": "lin_api_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6jK9m",
    "Discord webhook": "https://discord.com/api/webhooks/"
    + "123456789012345678/aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6jK9m",
}


def _secret_of(shape: str) -> str:
    """The part that is secret in itself, where a shape has a name or a place before it."""
    for opening in ("AccountKey=", "services/", "webhooks/123456789012345678/", "sig="):
        if opening in shape:
            return shape.partition(opening)[2].partition("&")[0]
    return shape


PLANTED: dict[str, tuple[bytes, tuple[str, ...]]] = {}


def _plant(name: str, text: str | bytes, *secrets: str) -> None:
    PLANTED[name] = (text if isinstance(text, bytes) else text.encode(), secrets or (WORD,))


for _scheme, _value in {
    "Basic": BASIC, "Bearer": WORD, "Digest": f'username="alice", realm="r", nonce="{OTHER}", response="{WORD}"', "Negotiate": WORD + OTHER + "==",
    "NTLM": "TlRMTVNTUAAB" + WORD, "Token": f"token={WORD}", "ApiKey": WORD, "GoogleLogin": f"auth={WORD}", "SharedKey": f"account:{WORD}",
    "Hawk": f'id="a", ts="1", nonce="n", mac="{WORD}"', "OAuth": f'oauth_consumer_key="{WORD}", oauth_signature="{OTHER}"',
    "GNAP": WORD, "DPoP": WORD, "SSWS": WORD, "Splunk": WORD, "Signature": f'keyId="a",signature="{WORD}"', "SCRAM-SHA-256": f"data={WORD}",
    "AWS4-HMAC-SHA256": f"Credential={OTHER}/20261123/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature={WORD}",
    "AWS": f"{OTHER}:{WORD}", "": WORD,
}.items():  # fmt: skip
    _secrets = (WORD, OTHER) if OTHER in _value else (WORD, BASIC)
    _plant(f"Authorization {_scheme}", log(request=f"> Authorization: {_scheme} {_value}".replace("  ", " ")), *_secrets)
    _plant(f"Proxy-Authorization {_scheme}", log(request=f"> Proxy-Authorization: {_scheme} {_value}".replace("  ", " ")), *_secrets)
    _plant(f"HTTP/2 authorization {_scheme}", log(talk=f"* [HTTP/2] [1] [authorization: {_scheme} {_value}]".replace("  ", " ")), *_secrets)
for _name in _HEADERS:
    _plant(f"header {_name}", log(request=f"> {_name}: {WORD}"))
    _plant(f"HTTP/2 header {_name}", log(talk=f"* [HTTP/2] [1] [{_name.lower()}: {WORD}]\n* h2h3 [{_name}: {OTHER}]"), WORD, OTHER)
for _name in _PARAMETERS:
    _plant(f"parameter {_name} of the request line", log(target=f"/v1?a=b&{_name}={WORD}&c=d"))
    _plant(f"parameter {_name} of a redirect", log(status="302 Found", response=f"< Location: https://api.example.com/cb?{_name}={WORD}",
           after=f"* Issue another request to this URL: 'https://api.example.com/cb?{_name}={WORD}'"))  # fmt: skip
    _plant(f"parameter {_name} of a fragment", log(status="302 Found", response=f"< Location: https://api.example.com/cb#{_name}={WORD}&x=y"))
for _name in _PARAMETERS:
    if _name not in ("code", "key", "auth", "state_token", "sid", "pin", "otp", "ticket", "sig", "hmac", "session"):
        _plant(f"field {_name} of a JSON body", log(body=f'{{"a": 1, "{_name}": "{WORD}", "b": [2]}}'))
        _plant(f"field {_name} of a form", log(body=f"grant_type=refresh&{_name}={WORD}&scope=a"))
        _plant(f"element {_name} of XML", log(body=f"<r><{_name}>{WORD}</{_name}></r>"))
for _name, _shape in _SHAPES.items():
    _plant(f"{_name} in a body", log(body=f"hello {_shape} there"), _secret_of(_shape))
    _plant(f"{_name} in JSON", log(body=f'{{"value":"{_shape}"}}'), _secret_of(_shape))
    _plant(f"{_name} in a header nobody knows", log(request=f"> X-Something: {_shape}"), _secret_of(_shape))
for _name, _option in _COMMANDS.items():
    _values = (WORD, OTHER) if OTHER in _option else (WORD, BASIC)
    _plant(f"command {_name}", log(command=f"$ curl -v {_option} https://api.example.com/v1"), *_values)
    _plant(f"set -x {_name}", log(command=f"+ curl -v {_option} https://api.example.com/v1"), *_values)
    _plant(f"wrapped command {_name}", log(command=f"$ curl -v \\\n  {_option} \\\n  https://api.example.com/v1"), *_values)
    _plant(f"powershell {_name}", log(command=f"PS C:\\> curl.exe -v `\n  {_option} `\n  https://api.example.com/v1"), *_values)
_plant("cmd.exe", log( command=f'C:\\Users\\a> curl -v ^\n -H "Authorization: Bearer {WORD}" ^\n -u "alice:{OTHER}" https://api.example.com/' ), WORD, OTHER)
_plant("cmd.exe caret quotes", log(command=f'curl -v ^"https://api.example.com/^" -H ^"Authorization: Bearer {WORD}^"'))
_plant("environment before curl", log(command=f"$ TOKEN={WORD} DB_PASSWORD='{OTHER}' curl -v https://api.example.com/"), WORD, OTHER)
_plant("export", log(command=f'$ export API_TOKEN="{WORD}"\n$ curl -v https://api.example.com/'))
_plant("powershell variable", log(command=f"PS> $token = \"{WORD}\"\nPS> $env:API_KEY = '{OTHER}'\nPS> curl.exe -v https://api.example.com/"), WORD, OTHER)
_plant("cmd.exe set", log(command=f"C:\\> set API_SECRET={WORD}\nC:\\> curl -v https://api.example.com/"))
_plant("set -x assignment", log(command=f"+ TOKEN={WORD}\n+ curl -v https://api.example.com/"))
_plant(".netrc", log( command=f"$ cat ~/.netrc\nmachine api.example.com login alice password {WORD}\n$ curl -nv https://api.example.com/" ))
_plant(".netrc on lines", log( command=f"$ cat ~/.netrc\nmachine api.example.com\n  login alice\n  password {WORD}\n$ curl -nv https://api.example.com/" ))
_plant("config file", log( command=f'$ cat ~/.curlrc\nuser = "alice:{WORD}"\nheader = "X-Api-Key: {OTHER}"\n$ curl -v https://api.example.com/' ), WORD, OTHER)
_plant("config file of a proxy", log( command=f'proxy-user = alice:{WORD}\noauth2-bearer: {OTHER}\npass = "{WORD}"\n$ curl -v https://api.example.com/' ), WORD, OTHER)
_plant("Cookie", log(request=f"> Cookie: sid={WORD}; theme={OTHER}"), WORD, OTHER)
_plant("Cookie in quotes", log(request=f'> Cookie: sid="{WORD}"; t={OTHER}'), WORD, OTHER)
_plant("Cookie in HTTP/2", log(talk=f"* [HTTP/2] [1] [cookie: sid={WORD}]"))
_plant("Set-Cookie", log(response=f"< Set-Cookie: sid={WORD}; Path=/; HttpOnly\n< set-cookie: b={OTHER}"), WORD, OTHER)
_plant("Added cookie", log(response=f'* Added cookie sid="{WORD}" for domain api.example.com, path /, expire 0\n< Set-Cookie: sid={WORD}'))
_plant("Replaced cookie", log(response=f'* Replaced cookie sid="{WORD}" for domain api.example.com, path /, expire 0'))
_plant("cookie jar", log( command=f"api.example.com\tFALSE\t/\tTRUE\t0\tsid\t{WORD}\n#HttpOnly_api.example.com\tFALSE\t/\tTRUE\t0\tt\t{OTHER}" ), WORD, OTHER)
_plant("user of the server", log(talk=f"* Server auth using Basic with user '{WORD}'"))
_plant("user of the proxy", log(talk=f"* Proxy auth using NTLM with user '{WORD}'"))
_plant("Referer", log(request=f"> Referer: https://api.example.com/?token={WORD}"))
_plant("userinfo in Location", log(status="302 Found", response=f"< Location: https://alice:{WORD}@api.example.com/"))
_plant("userinfo in a URL to come", log(after=f"* Issue another request to this URL: 'https://alice:{WORD}@api.example.com/'"))
_plant("userinfo of a proxy", log(talk=f"* Uses proxy env variable https_proxy == 'http://alice:{WORD}@proxy.example.com:3128'"))
_plant("userinfo with an @", log(talk=f"* Issue another request to this URL: 'https://alice:{WORD}@{OTHER}@api.example.com/'"), WORD, OTHER)
_plant("userinfo with a slash", log(talk=f"* Uses proxy env variable https_proxy == 'http://alice:{WORD}/{OTHER}@proxy.example.com:3128'"), WORD, OTHER)
_plant("userinfo with ? and #", log(talk=f"* Uses proxy env variable https_proxy == 'http://alice:{WORD}?{OTHER}#x@proxy.example.com:3128'"), WORD, OTHER)
_plant("userinfo in an error", log(after=f"curl: (6) Could not resolve host: alice:{WORD}@api.example.com"))
_plant(":path", log(talk=f"* [HTTP/2] [1] [:path: /v1?access_token={WORD}]"))
_plant("URL on the stream", log(talk=f"* [HTTP/2] [1] OPENED stream for https://api.example.com/v1?api_key={WORD}"))
_plant("percent-encoded name", log(target=f"/v1?next=%2Fcb%3Faccess_token%3D{WORD}%26a%3Db"))
_plant("array parameter", log(target=f"/v1?user[password]={WORD}&user%5Btoken%5D={OTHER}"), WORD, OTHER)
_plant("matrix parameter", log(target=f"/v1;jsessionid={WORD}?a=b"))
_plant("path of a Telegram bot", log(target="/bot123456789:" + "AAF1bC2dE3fG4hI5jK6lM7nO8pQ9rS0tU1v/getMe"), "AAF1bC2dE3fG4hI5jK6lM7nO8pQ9rS0tU1v")
_plant("PEM in a body", log(body="\n".join(PEM)), *KEY)
_plant("PEM in JSON", log(body=json.dumps({"key": "\n".join(PEM)})), *KEY)
_plant("PEM in JSON in JSON", log(body=json.dumps({"a": json.dumps({"key": "\n".join(PEM)})})), *KEY)
_plant("PEM, indented", log(body="\n".join("    " + line for line in PEM)), *KEY)
_plant("PEM in YAML with a comment before", log(body="key: |\n" + "\n".join("  " + line for line in PEM) + "\nend: 1"), *KEY)
_plant("PEM with headers", log(body="\n".join([PEM[0], "Proc-Type: 4,ENCRYPTED", f"DEK-Info: AES-256-CBC,{WORD}", "", *KEY, PEM[-1]])), WORD, *KEY)
_plant("PEM in an escaped line", log(body="-----BEGIN " + "PRIVATE KEY-----\\n" + "\\n".join(KEY) + "\\n"), *KEY)
_plant("OpenSSH key", log(body="\n".join(["-----BEGIN OPENSSH " + "PRIVATE KEY-----", *KEY, "-----END OPENSSH " + "PRIVATE KEY-----"])), *KEY)
_plant("PGP key", log( body="\n".join( ["-----BEGIN PGP " + "PRIVATE KEY BLOCK-----", "", *KEY, "-----END PGP " + "PRIVATE KEY BLOCK-----"])
    ),
    *KEY,
)
_plant("JSON with escapes", log(body=f'{{"password": "{WORD}\\"{OTHER}"}}'), WORD, OTHER)
_plant("JSON in single quotes", log(body=f"{{'access_token': '{WORD}'}}"))
_plant("JSON over lines", log(body=f'{{\n  "access_token":\n    "{WORD}"\n}}'))
_plant("JSON number", log(body='{"pin_token": 8273645519, "password": 1928374655}'), "8273645519", "1928374655")
_plant("YAML", log(body=f"user: alice\npassword: {WORD}\napi_token: '{OTHER}'"), WORD, OTHER)
_plant("XML attribute", log(body=f'<login user="alice" password="{WORD}"/>'))
_plant("SOAP", log( body=f'<wsse:Password Type="x">{WORD}</wsse:Password><wsse:BinarySecurityToken>{OTHER}</wsse:BinarySecurityToken>' ), WORD, OTHER)
_plant("header that nghttp2 refuses", log(talk="* http2 error: Invalid HTTP header field was received: frame type: 1, stream: 1, name: [set-cookie], value: [sid=" + WORD + "]"))
_plant("HTML field", log(body=f'<input type="hidden" name="csrf_token" value="{WORD}">'))
_plant("multipart", log(body=f'--x\r\nContent-Disposition: form-data; name="password"\r\n\r\n{WORD}\r\n--x--'))
_plant("connection string", log(body=f"Server=db.example.com;User Id=a;Password={WORD};SharedAccessKey={OTHER};"), WORD, OTHER)
_plant("database URL", log(body=f"postgres://alice:{WORD}@db.example.com/x"))
_plant("FTP", f"*   Trying 192.0.2.7:21...\n* Connected to ftp.example.com (192.0.2.7) port 21\n< 220 ready\n> USER alice\n< 331 go\n> PASS {WORD}\n< 530 Login incorrect.\n* Access denied: 530\ncurl: (67) Access denied: 530\n")
_plant("SMTP", f"*   Trying 192.0.2.7:25...\n* Connected to mail.example.com (192.0.2.7) port 25\n< 220 ready\n> EHLO a\n< 250-AUTH PLAIN LOGIN\n> AUTH PLAIN {WORD}\n< 535 no\n> AUTH LOGIN\n< 334 VXNlcm5hbWU6\n> {OTHER}\n< 535 no\ncurl: (67) Login denied\n", WORD, OTHER)
_plant("IMAP", f"*   Trying 192.0.2.7:143...\n* Connected to mail.example.com (192.0.2.7) port 143\n< * OK ready\n> A001 LOGIN alice {WORD}\n< A001 NO\ncurl: (67) Login denied\n")
_plant("curl -w", log(after=f"https://alice:{WORD}@api.example.com/?token={OTHER} 401 0.123"), WORD, OTHER)
_plant("stamped", "".join( f"09:10:21.18693{n % 10} [0-0] {line}\n" for n, line in enumerate(_PLAIN.splitlines()) if line[:2] in ("* ", "> ", "< ") ), WORD, OTHER)
_plant("quoted", prefixed("> "), WORD, OTHER)
_plant("indented", prefixed("        "), WORD, OTHER)
_plant("prefixed by a container", prefixed("api-1  | "), WORD, OTHER)
_plant("prefixed by times", prefixed("2026-11-23T09:03:19.0000000Z "), WORD, OTHER)
_plant("line numbers", "".join(f"{n:4}: {line}\n" for n, line in enumerate(_PLAIN.splitlines(), 1)), WORD, OTHER)
_plant("HTML-escaped", _PLAIN.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), WORD, OTHER)
_plant("lines of JSON", "".join(json.dumps({"log": line + "\n", "stream": "stderr"}) + "\n" for line in _PLAIN.splitlines()), WORD, OTHER)
_plant("one string of JSON", json.dumps(_PLAIN), WORD, OTHER)
_plant("UTF-16", ("\ufeff" + _PLAIN).encode("utf-16-le"), WORD, OTHER)
_plant("UTF-16 without a mark", _PLAIN.encode("utf-16-be"), WORD, OTHER)
_plant("Latin-1", _PLAIN.replace("items", "Füße").encode("latin-1"), WORD, OTHER)
_plant("colours", _PLAIN.replace("> ", "\x1b[32m> ").replace("\n", "\x1b[0m\n"), WORD, OTHER)
_plant("colour within the value", _PLAIN.replace(WORD, WORD[:6] + "\x1b[1m" + WORD[6:]), WORD, OTHER, WORD[6:])
_plant("CR LF", _PLAIN.replace("\n", "\r\n"), WORD, OTHER)
_plant("fenced", f"```\n{_PLAIN}```\n", WORD, OTHER)
_plant("backticks", "".join(f"`{line}`\n" for line in _PLAIN.splitlines()), WORD, OTHER)
_plant("console of 80 columns", "".join(
    (line if line[:2] != "> " or "Auth" not in line else line + OTHER * 8)[start : start + 80] + "\n"
    for line in _PLAIN.splitlines() for start in range(0, max(len(line if "Auth" not in line else line + OTHER * 8), 1), 80)), WORD, OTHER)  # fmt: skip
_plant("git", "== Info: Connected to git.example.com (192.0.2.7) port 443 (#0)\n=> Send header, 0000000150 bytes (0x00000096)\n=> Send header: GET /a.git HTTP/1.1\n"
       f"=> Send header: Authorization: Basic {BASIC}\n=> Send header: Cookie: a={OTHER}\n=> Send header:\n<= Recv header: HTTP/1.1 401 Unauthorized\n<= Recv header:\n", BASIC, OTHER)  # fmt: skip
_plant("git trace stamps", f"10:11:12.123456 http.c:756              => Send header: GET /a.git HTTP/1.1\n10:11:12.123456 http.c:756              => Send header: Authorization: Basic {BASIC}\n", BASIC)
_plant("GIT_CURL_VERBOSE", f"* Connected to git.example.com (192.0.2.7) port 443\n> GET /a.git HTTP/1.1\nHost: git.example.com\nAuthorization: Basic {BASIC}\nPRIVATE-TOKEN: {OTHER}\n\n< HTTP/1.1 401 Unauthorized\n< \n", BASIC, OTHER)
_plant("httr", f"* Connected to api.example.com (192.0.2.7) port 443\n-> GET /v1 HTTP/1.1\n-> Host: api.example.com\n-> Authorization: Bearer {WORD}\n-> Cookie: a={OTHER}\n-> \n<- HTTP/1.1 401 Unauthorized\n<- \n", WORD, OTHER)
_plant("debug callback", "* Connected to api.example.com (192.0.2.7) port 443\n" + f"cURL:type[0]-Connected to api.example.com (192.0.2.7) port 443\ncURL:type[2]-GET /v1 HTTP/1.1\\r\\nHost: a\\r\\nAuthorization: Bearer {WORD}\\r\\nCookie: a={OTHER}\\r\\n\\r\\n\ncURL:type[1]-HTTP/1.1 401 Unauthorized\\r\\n\n", WORD, OTHER)
_plant("pycurl", f"TYPE 0: b'Connected to api.example.com (192.0.2.7) port 443\\n'\nTYPE 2: b'GET /v1 HTTP/1.1\\r\\nHost: a\\r\\nAuthorization: Bearer {WORD}\\r\\nCookie: a={OTHER}; b=1\\r\\nX-Api-Key: {WORD}1\\r\\n\\r\\n'\n", WORD, OTHER)
_plant("python requests", f"send: b'GET /v1 HTTP/1.1\\r\\nHost: a\\r\\nauthorization: Bearer {WORD}\\r\\nX-Api-Key: {OTHER}\\r\\n\\r\\n'\nreply: 'HTTP/1.1 401 Unauthorized\\r\\n'\n" + log(), WORD, OTHER)
_plant("HAR", log( body=json.dumps( { "request": { "headers": [ {"name": "Authorization", "value": f"Bearer {WORD}"}, {"value": OTHER, "name": "X-Api-Key"}, ] } })
    ),
    WORD,
    OTHER,
)
_plant("gRPC metadata", log(body=f"metadata: authorization=Bearer {WORD}, x-api-key={OTHER}"), WORD, OTHER)
_plant("the same token again, anywhere", log(request=f"> Authorization: Bearer {WORD}", body=f"the value {WORD} is not known"))
_plant("the password of Basic, again", log(request=f"> Authorization: Basic {BASIC}", body=f"wrong login {WORD}"))
for _rows, _kind in ((hex_rows, "hex"), (text_rows, "text")):
    _plant(f"{_kind} dump, a long token", trace(_rows, b"Authorization: Bearer " + (WORD + OTHER).encode() * 6 + b"\r\n"), WORD[-9:], OTHER[-9:], WORD[:9])
    _plant(f"{_kind} dump, Basic", trace(_rows, b"Authorization: Basic " + BASIC.encode() + b"\r\n"), BASIC, BASIC[-8:])
    _plant(f"{_kind} dump, a header", trace(_rows, b"X-Vault-Token: " + WORD.encode() + b"\r\nCookie: a=" + OTHER.encode() + b"; b=1\r\n"), WORD, OTHER, WORD[-8:], OTHER[-8:])
    _plant(f"{_kind} dump, JSON", trace(_rows, b"", b'{"a":1,"access_token":"' + WORD.encode() + b'","password" : "' + OTHER.encode() + b'"}'), WORD, OTHER, WORD[-8:], OTHER[-8:])
    _plant(f"{_kind} dump, a form", trace(_rows, b"", b"a=1&client_secret=" + WORD.encode() + b"&password=" + OTHER.encode()), WORD, OTHER, WORD[-8:], OTHER[-8:])
    _plant(f"{_kind} dump, userinfo", trace( _rows, b"Referer: https://alice:" + WORD.encode() + b"@api.example.com/?token=" + OTHER.encode() + b"\r\n" ), WORD, OTHER, WORD[-8:], OTHER[-8:])
    _plant(f"{_kind} dump, a JSON Web Token", trace(_rows, b"", b"here is " + JWT.encode() + b" it"), JWT[-12:], JWT[30:46])
    _plant(f"{_kind} dump, a cloud key", trace(_rows, b"", b"here is ghp_" + b"aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6" + b" it"), "aB3dE6gH9jK2", "T1vW4yZ7bC0dF3gH6")
    _plant(f"{_kind} dump, a private key", trace(_rows, b"", "\r\n".join(PEM).encode()), KEY[0][:12], KEY[1][20:40], KEY[2][-10:])
    _plant(f"{_kind} dump in another's prefix", "".join( f"api-1  | {line}\n" for line in trace(_rows, b"Authorization: Bearer " + (WORD + OTHER).encode() * 3 + b"\r\n").splitlines() ), WORD[-9:], OTHER[-9:])
