"""Run a command in a process of its own, and logs to give it."""

from __future__ import annotations

import os
import subprocess
import sys

MISSING = b"""\
* SSL connection using TLSv1.2 / ECDHE-RSA-AES256-GCM-SHA384
* Server certificate:
*  subject: CN=engine.sandbox
*  start date: Jan 21 04:01:41 2026 GMT
*  expire date: Apr 20 04:01:40 2026 GMT
*  SSL certificate verify ok.
> GET /v4/admin/health HTTP/1.1
> Host: engine.sandbox
> Authorization: Bearer opensesame-opensesame
>\x20
< HTTP/1.1 400 Bad Request
< Server: nginx
< Content-Type: text/html
< Connection: close
<\x20
<html>
<head><title>400 No required SSL certificate was sent</title></head>
<body>
<center><h1>400 Bad Request</h1></center>
<center>No required SSL certificate was sent</center>
<hr><center>nginx</center>
</body>
</html>
* Closing connection 0
"""
FINE = b"""\
* Connected to www.example.com (203.0.113.10) port 80 (#0)
> GET / HTTP/1.1
> Host: www.example.com
>\x20
< HTTP/1.1 204 No Content
< Date: Mon, 23 Nov 2026 09:03:19 GMT
<\x20
* Connection #0 to host www.example.com left intact
"""
HINT = b" (curl -v writes to standard error; did you mean `curl -v ... 2>&1 | curlx`?)\n"
PROSE = b"Dear all,\n\nthe meeting is moved to Thursday.\n"


def curlx(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "curlx", *arguments],
        input=stdin,
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **environment},
    )
