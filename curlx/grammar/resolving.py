"""What curl says while it looks up a name (`lib/hostip.c`, `lib/asyn-*.c`, `lib/doh.c`; `lib/vdns/` since 8.18)."""

from __future__ import annotations

from curlx.events import AddressesFound, Chatter, HostResolved
from curlx.grammar.message import Message, Values
from curlx.grammar.words import HOST, PORT


def _resolved(values: Values) -> HostResolved:
    return HostResolved(values["host"], int(values["port"]))


def _cached(values: Values) -> HostResolved:
    return HostResolved(values["host"], cached=True)


_CHATTER = (
    # sample, expression, first words: none of these says more than that curl looks a name up
    ("Hostname was NOT found in DNS cache", r"Hostname(?: \S+)? was NOT found in DNS cache"),
    ("Hostname was found in DNS cache", r"Hostname was found in DNS cache"),
    ("Hostname in DNS cache was stale, zapped", r"Hostname in DNS cache .*"),
    ("RESOLVE shop.example:443 - old addresses discarded", r"RESOLVE \S+.*"),
    ("Resolve address '203.0.113.300' found illegal!", r"(?:Resolve|Address) .* found .*", "Resolve", "Address"),
    ("Ignoring resolve address '2001:db8::1', missing IPv6 support.", r"Ignoring resolve address .*"),
    ("Couldn't parse CURLOPT_RESOLVE removal entry 'x'!", r"Could(?:n't| not) parse CURLOPT_RESOLVE removal .*",
     "Couldn't", "Could"),
    ("Bad syntax CURLOPT_RESOLVE removal entry 'x'", r"Bad syntax CURLOPT_RESOLVE .*"),
    ("Shuffling 2 addresses", r"Shuffling \d+ addresses"),
    ("Store negative name resolve for shop.example:443", r"(?:Store n|N)egative (?:name resolve|DNS entry).*",
     "Store", "Negative"),
    ("too many IP, can't show", r"too many IP, (?:can't|cannot) show"),
    ("Rebuilt URL to: https://www.example.com/", r"Rebuilt URL to: .*"),
    ("processing: https://www.example.com/", r"processing: .*"),
    ("Couldn't find host git.example in the .netrc file; using defaults",
     r"Couldn't find host .* in the .* file[;,] using defaults"),
    ("Could not find host git.example in the .netrc file; using defaults",
     r"Could not find host \S+ in the .* file; using defaults"),
    ("Switched from HTTP to HTTPS due to HSTS => https://shop.example/", r"Switched from HTTP to HTTPS due to HSTS .*"),
    ("HTTPS-RR: -", r"HTTPS[- ]RR: .*", "HTTPS-RR:", "HTTPS"),
    ("DoH request https://dns.example/dns-query", r"D[oO]H .*", "DoH", "DOH"),
    ("DoH: No content type AAAA for shop.example", r"D[oO]H: (?!Bad ).* type .*", "DoH:", "DOH:"),
    ("a DoH request is completed, 1 to go", r"a D[oO]H request is completed, \d+ to go"),
    ("TTL: 300 seconds", r"TTL: \d+ seconds"),
    ("CNAME: edge.example", r"CNAME: .*"),
    ("Some HTTPS RR to process", r"Some HTTPS RR to process"),
    ("Alt-svc connecting from [h2]shop.example:443 to [h3]shop.example:443", r"Alt-svc .*"),
    ("Added alt-svc: shop.example:443 over h3", r"Added alt-svc: .*"),
    ("check Alt-Svc for host shop.example", r"check Alt-Svc for host .*"),
    ("IDN support not present, can't parse Unicode domains", r"IDN support not present, .*"),
    ("Input domain encoded as `UTF-8'", r"Input domain encoded as .*"),
)  # fmt: skip

MESSAGES = (
    Message(
        "Host api.example.com:443 was resolved.",
        rf"Host (?P<host>{HOST}):(?P<port>{PORT}) was resolved\.",
        _resolved,
    ),
    Message(
        "Hostname static.example.net was found in DNS cache",
        rf"Hostname '?(?P<host>{HOST}?)'? was found(?: in DNS cache)?",
        _cached,
    ),
    Message(
        "Added shop.example:8443:203.0.113.22 to DNS cache",
        r"Added (?P<given>\S{1,400}) to DNS cache.*",
        lambda values: Chatter("resolving", ("resolve", values["given"])),
    ),
    Message(  # since 8.22
        "[DNS] added shop.example:8443:203.0.113.22 to cache",
        rf"\[DNS\] added (?P<given>{HOST}:{PORT}:\S{{1,400}}) to cache.*",
        lambda values: Chatter("resolving", ("resolve", values["given"])),
    ),
    Message(
        "Connecting to hostname: www.example.org",
        r"Connecting to hostname: (?P<host>\S{1,300})",
        lambda values: Chatter("resolving", ("connect-to", values["host"])),
    ),
    Message(
        "Connecting to port: 8443",
        rf"Connecting to port: (?P<port>{PORT})",
        lambda values: Chatter("resolving", ("connect-to", f":{values['port']}")),
    ),
    Message(
        "IPv4: 192.0.2.80, 192.0.2.175",
        r"IPv[46]: .*",
        AddressesFound(),
        starts=("IPv4:", "IPv6:"),
    ),
    *(
        Message(sample, expression, Chatter("resolving"), starts=tuple(starts))
        for sample, expression, *starts in _CHATTER
    ),
)
