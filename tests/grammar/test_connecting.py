"""What curl says while it connects, in the spellings of all its versions."""

from __future__ import annotations

import pytest

from curlx.events import (
    AboutToConnect,
    AttemptFailed,
    Connected,
    ConnectionClosed,
    ConnectionLeft,
    ConnectionReused,
    Event,
    Trying,
    Unrecognized,
)
from curlx.grammar import understand
from curlx.grammar.connecting import failure_to_connect, split_address


@pytest.mark.parametrize(("text", "event"), [
    ("  Trying 203.0.113.14...", Trying("203.0.113.14")),
    ("  Trying 203.0.113.14:443...", Trying("203.0.113.14", 443)),
    ("Trying 203.0.113.14:443...", Trying("203.0.113.14", 443)),
    ("  Trying 203.0.113.14... connected", Trying("203.0.113.14")),
    ("  Trying 198.xx.xx.xx:443...", Trying("198.xx.xx.xx", 443)),
    ("  Trying [2001:db8:113::62]:443...", Trying("2001:db8:113::62", 443)),
    ("  Trying app.sock...", Trying("app.sock")),
    ("  Trying app.sock:0...", Trying("app.sock", 0)),
    ("About to connect() to api.example port 443 (#0)", AboutToConnect("api.example", 443, 0)),
    ("About to connect() to proxy gate.example port 3130 (#1)", AboutToConnect("gate.example", 3130, 1, proxy=True)),
    ("Connected to a.example (203.0.113.14) port 443 (#2)", Connected("a.example", "203.0.113.14", 443, 2)),
    ("Connected to a.example () port 1080", Connected("a.example", "", 1080)),
    ("Established connection to [2001:db8::14] (2001:db8::14 port 80) from 2001:db8::14 port 47806 ",
     Connected("2001:db8::14", "2001:db8::14", 80)),
    ("Re-using existing connection! (#0) with host a.example", ConnectionReused(0, "a.example")),
    ("Re-using existing connection #8 with proxy gate.example", ConnectionReused(8, "gate.example", proxy=True)),
    ("Re-using existing connection with host a.example", ConnectionReused(None, "a.example")),
    ("Reusing existing https: connection with host a.example", ConnectionReused(None, "a.example")),
    ("Connection #0 to host a.example left intact", ConnectionLeft(0, "a.example")),
    ("Connection #3 to host a.example:443 left intact", ConnectionLeft(3, "a.example", 443)),
    ("Connection #3 to host a.example:808080 left intact", ConnectionLeft(3, "a.example")),
    ("Connection #0 to host [2001:db8::14]:80 left intact", ConnectionLeft(0, "2001:db8::14", 80)),
    ("Closing connection 0", ConnectionClosed(0)),
    ("Closing connection #0", ConnectionClosed(0)),
    ("Closing connection", ConnectionClosed()),
    ("closing connection #1", ConnectionClosed(1)),
    ("shutting down connection #0", ConnectionClosed(0)),
    ("connect to 203.0.113.60 port 443 from 203.0.113.60 port 45154 failed: Connection refused",
     AttemptFailed("203.0.113.60", 443, "connect-refused", "Connection refused")),
    ("connect to 2001:db8:113::62 port 8081 failed: Network is unreachable",
     AttemptFailed("2001:db8:113::62", 8081, "connect-unreachable", "Network is unreachable")),
    ("Immediate connect fail for nope.sock: No such file or directory",
     AttemptFailed("nope.sock", None, "unix-socket-failed", "No such file or directory")),
    ("Immediate connect fail for /run/shop/app.sock: Connection refused",
     AttemptFailed("/run/shop/app.sock", None, "unix-socket-failed", "Connection refused")),
    ("QUIC connect to 203.0.113.22 port 8443 failed: Could not connect to server",
     AttemptFailed("203.0.113.22", 8443, "quic", "Could not connect to server")),
    ("Connection refused", AttemptFailed("", None, "connect-refused", "Connection refused")),
    ("  Trying ::1... Connection refused", AttemptFailed("::1", None, "connect-refused", "Connection refused")),
    ("  Trying 203.0.113.14:80... Network is unreachable",
     AttemptFailed("203.0.113.14", 80, "connect-unreachable", "Network is unreachable")),
    ("  Trying 203.0.113.14 ... connected", Trying("203.0.113.14")),
    ("  Trying 203.0.113.14... * connected", Trying("203.0.113.14")),
    ("  Trying 203.0.113.14... * Connected to a.example (203.0.113.14) port 443 (#0)",
     Connected("a.example", "203.0.113.14", 443, 0)),
    ("Connected to a.example port 443", Connected("a.example", "", 443)),
    ("Connected to a.example (203.0.113.14) port 443 (# 0)", Connected("a.example", "203.0.113.14", 443, 0)),
    ("About to connect() to a.example port 443", AboutToConnect("a.example", 443, None)),
    ("Closing connection # 0", ConnectionClosed(0)),
])  # fmt: skip
def test_a_line_is_understood(text: str, event: Event) -> None:
    assert understand(text) == event


def test_what_no_system_says_of_a_connection_is_no_failure_of_one() -> None:
    assert understand("  Trying 203.0.113.14... again") == Unrecognized("  Trying 203.0.113.14... again")


@pytest.mark.parametrize(("text", "parts"), [
    ("2001:db8:113::14", ("2001:db8:113::14", None)),
    ("2001:db8:113::62:8081", ("2001:db8:113::62", 8081)),
    ("2001:db8:2354:2::10:443", ("2001:db8:2354:2::10", 443)),
    ("2001:db8:1:2:3:4:5:80", ("2001:db8:1:2:3:4:5:80", None)),
    ("2001:db8:1:2:3:4:5:6:80", ("2001:db8:1:2:3:4:5:6", 80)),
    ("::1:9200", ("::1", 9200)),
    ("::1", ("::1", None)),
    ("192.0.2.1", ("192.0.2.1", None)),
])  # fmt: skip
def test_the_port_behind_a_bare_ipv6_address_is_found(text: str, parts: tuple[str, int | None]) -> None:
    assert split_address(text) == parts


@pytest.mark.parametrize(("reason", "kind"), [
    ("Connection refused", "connect-refused"), ("Connection timed out", "connect-timeout"),
    ("No route to host", "connect-unreachable"), ("Address not available", "connect-unreachable"),
    ("Verbindungsaufbau abgelehnt", "connect-refused"), ("Connexion refus\ufffde", "connect-refused"),
    ("拒绝连接", "connect-refused"), ("Expiró el tiempo de conexión", "connect-timeout"),
    ("Нет маршрута до узла", "connect-unreachable"), ("Le réseau n'est pas accessible", "connect-unreachable"),
    ("Something else", "connect-failed"),
])  # fmt: skip
def test_the_words_of_the_operating_system_tell_why(reason: str, kind: str) -> None:
    assert failure_to_connect(reason) == kind


def test_a_null_pointer_is_no_host() -> None:
    assert understand("Connected to (nil) (192.0.2.1) port 8080 (#0)") == Connected("192.0.2.1", "192.0.2.1", 8080, 0)
