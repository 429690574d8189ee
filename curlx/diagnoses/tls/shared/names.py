"""The name that curl sends in the handshake, and how to send one in the place of an address."""

from __future__ import annotations

import msgspec

from curlx.advice.commands import Endpoint, curl
from curlx.advice.hosts import is_here
from curlx.findings import Remedy


def by_name(endpoint: Endpoint) -> Remedy:
    """Tell how to ask by a name the machine whose address stands in the URL."""
    if is_here(endpoint.host):
        named = msgspec.structs.replace(endpoint, host="localhost")
        step = "If the server has another name than localhost, put that in its place, and add `--resolve` for it."
        return Remedy("client", "Use the server's name in the URL", (step,), (curl(named),))
    named = msgspec.structs.replace(endpoint, host="www.example.com")
    return Remedy(
        "client",
        "Use the server's name in the URL, and give the address beside it",
        ("Put the real name in the place of www.example.com.",),
        (curl(named, "--resolve", f"{named.host}:{named.port}:{endpoint.host}"),),
    )
