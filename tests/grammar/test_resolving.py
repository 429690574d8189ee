"""What curl says while it looks up a name."""

from __future__ import annotations

import pytest

from curlx.events import AddressesFound, Chatter, Event, HostResolved
from curlx.grammar import understand


@pytest.mark.parametrize(("text", "event"), [
    ("Host shop.example:443 was resolved.", HostResolved("shop.example", 443)),
    ("Hostname static.example was found in DNS cache", HostResolved("static.example", cached=True)),
    ("Hostname 'static.example' was found in DNS cache", HostResolved("static.example", cached=True)),
    ("IPv6: (none)", AddressesFound()),
    ("IPv6: 2001:db8:113::62", AddressesFound()),
    ("IPv4: 192.0.2.80, 192.0.2.175", AddressesFound()),
    ("Hostname was NOT found in DNS cache", Chatter("resolving")),
    ("Added shop.example:8443:203.0.113.22 to DNS cache", Chatter("resolving", ("resolve", "shop.example:8443:203.0.113.22"))),
    ("[DNS] added shop.example:443:203.0.113.22 to cache", Chatter("resolving", ("resolve", "shop.example:443:203.0.113.22"))),
    ("Connecting to hostname: b.example", Chatter("resolving", ("connect-to", "b.example"))),
    ("Connecting to port: 8443", Chatter("resolving", ("connect-to", ":8443"))),
])  # fmt: skip
def test_a_line_is_understood(text: str, event: Event) -> None:
    assert understand(text) == event
