"""Connections that never left the machine: no firewall, gateway or portal is between its two ends."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.hosts import is_address, is_here
from curlx.timeline import Connection

_PASSED_ON = "What listens on this machine may only pass on (a port forward, a tunnel, Docker): look at its other end."
_LED_HERE = (
    "The name {} leads to this machine itself (a file of hosts, a filter or accelerator that runs here): who answers "
    "may not be the server that is meant."
)


def on_the_way(connection: Connection | None, *causes: str) -> Iterator[str]:
    """Yield causes that lie between two machines; within one, what they may be instead."""
    if connection is None or not stays_here(connection):
        yield from causes
        return
    name = (connection.host or "").lower()
    if "." in name and not name.endswith((".localhost", ".local")) and not is_address(name):
        yield _LED_HERE.format(connection.host)
    yield _PASSED_ON


def stays_here(connection: Connection | None) -> bool:
    """Whether curl connected to its own machine, and not to a proxy there, which goes on from it."""
    if connection is None or connection.proxy is not None:
        return False
    reached = connection.connected.value if connection.connected is not None else ""
    addresses = {attempt.address for attempt in connection.attempts} | ({reached} if reached else set())
    return all(map(is_here, addresses or {connection.host or ""}))
