"""Logs written line by line, as `curl -v 2>&1 | cat` prints them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from curlx.assembler import assemble
from curlx.lines import split
from curlx.reader import read
from curlx.timeline import Timeline

Assemble = Callable[..., Timeline]

HELLO = ("* TLSv1.3 (OUT), TLS handshake, Client hello (1):", "* TLSv1.3 (IN), TLS handshake, Server hello (2):",
         "* TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8):")  # fmt: skip
PARTS = {
    "@opened": ("*   Trying 192.0.2.7:443...", "* Connected to shop.example (192.0.2.7) port 443 (#0)"),
    "@hello": HELLO,
    "@secured": (*HELLO, "* TLSv1.3 (IN), TLS handshake, Certificate (11):", "* TLSv1.3 (IN), TLS handshake, CERT verify (15):",
                 "* TLSv1.3 (IN), TLS handshake, Finished (20):", "* TLSv1.3 (OUT), TLS handshake, Finished (20):",
                 "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384", "* Server certificate:",
                 "*  subject: CN=shop.example", "*  SSL certificate verify ok."),
    "@asked": ("> GET / HTTP/1.1", "> Host: shop.example", "> "),
    "@answered": ("< HTTP/1.1 200 OK", "< Content-Length: 3", "< ", "ok"),
    "@left": ("* Connection #0 to host shop.example left intact",),
    "@again": ("* Re-using existing connection #0 with host shop.example",),
}  # fmt: skip
"""What most logs have, by a short name."""


@pytest.fixture
def assembled() -> Assemble:
    """Return what assembles lines and the parts above: requests and answers end with CR LF, all else with LF, as in a raw log."""

    def of(*parts: str) -> Timeline:
        lines = [line for part in parts for line in PARTS.get(part, (part,))]
        data = "".join(f"{line}\r\n" if line[:2] in ("> ", "< ") else f"{line}\n" for line in lines)
        return assemble(read(split([data.encode()])))

    return of
