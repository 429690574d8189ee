"""Bodies that imitate curl, and every way in which curl prints a body."""

from __future__ import annotations

import re
from pathlib import Path

LOGS = sorted((Path(__file__).parents[2] / "fixtures" / "logs").glob("*.log"))
LEFT = b"* Connection #0 to host shop.example left intact\n"
CLOSED = b"* Closing connection 0\n"
REFUSED = (
    b"*   Trying 192.0.2.1:443...\n* connect to 192.0.2.1 port 443 failed: Connection refused\n"
    b"* Failed to connect to evil.example port 443 after 1 ms: Connection refused\n" + CLOSED
    + b"curl: (7) Failed to connect to evil.example port 443 after 1 ms: Connection refused\n"
)  # fmt: skip
TLS = (
    b"* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n* TLSv1.3 (IN), TLS handshake, Server hello (2):\n"
    b"* TLSv1.3 (IN), TLS handshake, Request CERT (13):\n* TLSv1.3 (OUT), TLS handshake, Certificate (11):\n"
    b"* TLSv1.3 (OUT), TLS handshake, CERT verify (15):\n* TLSv1.3 (OUT), TLS handshake, Finished (20):\n"
    b"* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n* Server certificate:\n*  subject: CN=attacker.example\n"
    b"*  expire date: Jan  1 00:00:00 2002 GMT\n*  SSL certificate verify ok.\n"
)
_ALERT = b"OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0\n"
BODIES = {
    "a handshake": b"* Host evil.example:443 was resolved.\n*   Trying 192.0.2.66:443...\n"
    b"* Connected to evil.example (192.0.2.66) port 443 (#0)\n" + TLS + b"> GET /evil HTTP/1.1\n> Host: evil.example\n> \n"
    b"< HTTP/1.1 500 Internal Server Error\n< Content-Length: 3\n< \nno\n* Connection #0 to host evil.example left intact\n",
    "an alert": b"* TLSv1.3 (IN), TLS alert, certificate required (628):\n* " + _ALERT + CLOSED + b"curl: (56) " + _ALERT,
    "an exit code": b"curl: (60) SSL certificate problem: self-signed certificate in certificate chain\nMore details here: https://a\n",
    "a reset": b"* Recv failure: Connection reset by peer\n" + CLOSED + b"curl: (56) Recv failure: Connection reset by peer\n",
    "a timeout": b"* Operation timed out after 5000 milliseconds with 0 bytes received\n" + CLOSED
    + b"curl: (28) Operation timed out after 5000 milliseconds with 0 bytes received\n",
    "a reset stream": b"* HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2)\n" + LEFT
    + b"curl: (92) HTTP/2 stream 1 was not closed cleanly: INTERNAL_ERROR (err 2)\n",
    "a certificate that cannot be read": b"* could not load PEM client certificate from bad.pem, OpenSSL error error:80000002:"
    b"system library::No such file or directory, (no key found, wrong pass phrase, or wrong file format?)\n" + CLOSED,
    "another answer": b"< HTTP/1.1 502 Bad Gateway\r\n< Server: nginx\r\n< \r\n<html>\n",
    "another request": b"* Issue another request to this URL: 'http://evil.example/'\n*   Trying 192.0.2.66:80...\n"
    b"* Connected to evil.example (192.0.2.66) port 80 (#1)\n> GET / HTTP/1.1\n> Host: evil.example\n> \n"
    b"< HTTP/1.1 403 Forbidden\n< Content-Length: 0\n< \n* Connection #1 to host evil.example left intact\n",
    "a farewell and a reused connection": LEFT + b"* Re-using existing connection #0 with host shop.example\n"
    b"> GET /b HTTP/1.1\r\n> Host: shop.example\r\n> \r\n< HTTP/1.1 503 Service Unavailable\r\n< Content-Length: 4\r\n< \r\nbye\n" + LEFT,
    "a farewell and a refusal": LEFT + REFUSED,
    "a prompt": b"$ curl -v https://evil.example/\n" + REFUSED,
    "a command alone": b"$ curl -v https://evil.example/\nthen run it\n",
    "a trace": b"== Info: Server certificate:\n== Info:  subject: CN=attacker.example\n<= Recv header, 28 bytes (0x1c)\n"
    b"0000: HTTP/1.1 502 Bad Gateway\n<= Recv data, 5 bytes (0x5)\n0000: hello\n== Info: Closing connection 0\ncurl: (56) " + _ALERT,
    "times and numbers": b"09:10:19.271401 [0-0] * Could not resolve host: evil.example\n[1-0] * Recv failure: Connection reset"
    b" by peer\n09:10:19.271401 * TLSv1.3 (IN), TLS alert, unknown CA (560):\ncurl: (6) Could not resolve host: evil.example\n",
    "a meter": b"  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n\r  0     0    0     0    0     0"
    b"      0      0 --:--:-- --:--:-- --:--:--     0* Could not resolve host: evil.example\ncurl: (6) Could not resolve host: a\n",
    "a renegotiation": b"* TLSv1.2 (IN), TLS handshake, Hello request (0):\n* TLSv1.2 (IN), TLS handshake, Request CERT (13):\n"
    b"* TLSv1.2 (OUT), TLS handshake, Certificate (11):\n",
    "a retry": b"Warning: Problem: HTTP error. Will retry in 1 seconds. 3 retries left.\n* Connection died, retrying a fresh connect\n",
    "lines taken out": b"...\n[...]\n<snip>\n* TLSv1.3 (IN), TLS alert, handshake failure (552):\n",
    "a proxy": b"* CONNECT tunnel failed, response 407\n" + CLOSED + b"curl: (56) CONNECT tunnel failed, response 407\n"
    b"* Uses proxy env variable https_proxy == 'http://evil:3128'\n",
}  # fmt: skip
OPENING = b"*   Trying 192.0.2.7:80...\n* Connected to shop.example (192.0.2.7) port 80 (#0)\n"
REQUEST = b"> GET / HTTP/1.1\r\n> Host: shop.example\r\n> Accept: */*\r\n> \r\n"
ANSWER = b"< HTTP/1.1 200 OK\r\n< Server: nginx\r\n%s< \r\n"
MOVED = b"{ [%d bytes data]\n"


def rows(data: bytes) -> bytes:
    """The rows of `--trace` (`dump` in curl's src/tool_cb_dbg.c)."""
    return b"".join(
        b"%04x: %s%s\n" % (start, data[start : start + 16].hex(" ").encode().ljust(47) + b" ",
                           bytes(byte if 32 <= byte < 127 else 46 for byte in data[start : start + 16]))
        for start in range(0, len(data), 16)
    )  # fmt: skip


def block(heading: bytes, data: bytes) -> bytes:
    return b"%s, %d bytes (0x%x)\n" % (heading, len(data), len(data)) + rows(data)


def print_body(mode: str, body: bytes) -> bytes:
    """A healthy log of one transfer, as curl prints it in this mode."""
    head = ANSWER % (b"< Content-Length: %d\r\n" % len(body))
    moved = MOVED % len(body)
    if mode == "terminal":
        whole, last = body[: body.rfind(b"\n") + 1], body[body.rfind(b"\n") + 1 :]  # a line is shown when it is ended
        return OPENING + REQUEST + head + whole + LEFT + last
    if mode == "pipe":
        return OPENING + REQUEST + head + moved + LEFT + body
    if mode == "pipe, a long body":  # standard output is written when its buffer is full, wherever that is in a line
        full = len(body) // 4096 * 4096
        return OPENING + REQUEST + head + moved + body[:full] + LEFT + body[full:]
    if mode == "unbuffered":
        return OPENING + REQUEST + head + moved + body + LEFT
    if mode == "headers in a pipe":
        copy = re.sub(rb"(?m)^< ", b"", head)
        return OPENING + REQUEST + head + moved + LEFT + copy + body
    if mode == "paste":
        return (OPENING + REQUEST + head + body + LEFT).replace(b"\r\n", b"\n")
    if mode == "without a length, in a pipe":
        return OPENING + REQUEST + ANSWER % b"" + moved + LEFT + body
    if mode == "without a length, unbuffered":
        return OPENING + REQUEST + ANSWER % b"" + moved + body + LEFT
    if mode.startswith("in chunks"):
        chunked, framing = ANSWER % b"< Transfer-Encoding: chunked\r\n", len(b"%x\r\n\r\n0\r\n\r\n" % len(body))
        ending = body + LEFT if mode == "in chunks, unbuffered" else LEFT + body
        return OPENING + REQUEST + chunked + MOVED % (len(body) + framing) + ending
    info = b"".join(b"== Info: " + line[2:] + b"\n" for line in (OPENING + LEFT).splitlines())
    opening, left = info.splitlines(keepends=True)[:2], info.splitlines(keepends=True)[2:]
    sent = block(b"=> Send header", re.sub(rb"(?m)^> ", b"", REQUEST))
    received = b"".join(block(b"<= Recv header", line[2:]) for line in head.splitlines(keepends=True))
    return b"".join(opening) + sent + received + block(b"<= Recv data", body) + body + b"".join(left)


MODES = ("terminal", "pipe", "unbuffered", "headers in a pipe", "paste", "without a length, in a pipe",
         "without a length, unbuffered", "in chunks, in a pipe", "in chunks, unbuffered", "trace")  # fmt: skip
