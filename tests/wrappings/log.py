"""A log, a body that imitates one, and what is left when their wrappings are undone."""

from __future__ import annotations

from curlx.lines import split

LOG = """\
* Host example.com:443 was resolved.
* IPv6: (none)
* IPv4: 192.0.2.1
*   Trying 192.0.2.1:443...
* ALPN: curl offers h2,http/1.1
* TLSv1.3 (OUT), TLS handshake, Client hello (1):
*  CAfile: /etc/ssl/certs/ca-certificates.crt
  CApath: none
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* Server certificate:
*  subject: CN=example.com
* Connected to example.com (192.0.2.1) port 443
> GET /a HTTP/1.1
> Host: example.com
> Accept: */*
>\x20

< HTTP/1.1 400 Bad Request
< Content-Type: text/html
<\x20
<html>
    indented & "quoted"
- a dash
</html>
* Connection #0 to host example.com left intact""".splitlines()
BODY = [
    "* Server certificate:",
    "*  subject: CN=evil.example",
    "< HTTP/1.1 500 Internal Server Error",
    "curl: (60) SSL",
] * 80


def unwrapped(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    found = split(["\n".join(lines).encode()])
    return [line.text for line in found], found.quirks
