"""How curl says that the network or HTTP failed."""

from __future__ import annotations

import pytest

from curlx.events import Complaint
from curlx.grammar import understand


@pytest.mark.parametrize(
    ("text", "kind", "number", "subject"),
    [
        ("Could not resolve host: api.example", "host-not-found", None, "api.example"),
        ("Could not resolve: api.example:443 (Domain name not found)", "host-not-found", None, "api.example"),
        ("Couldn't resolve proxy 'proxy.example'", "proxy-not-found", None, "proxy.example"),
        ("Resolving timed out after 5000 milliseconds", "resolve-timeout", 5000, None),
        ("Failed to connect to a.example port 443 after 3 ms: Connection refused", "connect-refused", 3, "a.example"),
        ("Failed to connect to a.example:443 after 3 ms: Could not connect to server", "connect-failed",
         3, "a.example"),
        ("Failed to connect to 2001:db8::1: No route to host", "connect-unreachable", None, "2001:db8::1"),
        ("Failed connect to a.example:443; Connection refused", "connect-refused", None, "a.example"),
        ("Failed to connect to a.example port 443 after 9 ms: Timeout was reached", "connect-timeout", 9, "a.example"),
        ("Failed to connect to localhost:80 over unix:///run/app.sock after 0 ms: Could not connect to server",
         "unix-socket-failed", None, "/run/app.sock"),
        ("Operation timed out after 2002 milliseconds with 8 out of 5000 bytes received", "timeout", 8, None),
        ("Operation timed out after 2001 milliseconds with 0 bytes received", "timeout", 0, None),
        ("Operation timed out after 2001 milliseconds with -1 out of -1 bytes received", "timeout", None, None),
        ("Connection timed out after 2001 milliseconds", "connect-timeout", 2001, None),
        ("Connection timed out after 2001ms", "connect-timeout", 2001, None),  # as people retype it
        ("Recv failure: Connection reset by peer", "reset", None, None),
        ("Recv failure: Connection was reset", "reset", None, None),
        ("Send failure: Broken pipe", "send-failed", None, None),
        ("Empty reply from server", "empty-reply", None, None),
        ("transfer closed with 4820 bytes remaining to read", "transfer-interrupted", 4820, None),
        ("Received HTTP/0.9 when not allowed", "not-http", None, None),
        ("Received HTTP/0.9 when not a", "not-http", None, None),  # cut where the paste ends
        ("HTTP/2 stream 0 was not closed cleanly: PROTOCOL_ERROR (err 1)", "stream-reset", 1, "PROTOCOL_ERROR"),
        ("HTTP/2 stream 1 was not closed cleanly: error_code = 7", "stream-reset", 7, "REFUSED_STREAM"),
        ("HTTP/2 stream 1 reset by server (error 0xb ENHANCE_YOUR_CALM)", "stream-reset", 11, "ENHANCE_YOUR_CALM"),
        ("HTTP/2 stream 1 reset by server (error 0xd HTTP_1_1_REQUIRED)", "requires-http1", None, "HTTP_1_1_REQUIRED"),
        ("HTTP/2 stream 1 was not closed cleanly: error_code = 13", "requires-http1", None, "HTTP_1_1_REQUIRED"),
        ("HTTP/2 stream 1 was not closed cleanly: CANCEL (er", "stream-reset", 8, "CANCEL"),  # cut where the paste ends
        ("HTTP/2 stream 1 reset by server (error 0xb ENHANCE_YOUR_CALM", "stream-reset", 11, "ENHANCE_YOUR_CALM"),
        ("received GOAWAY, error=2, last_stream=0", "goaway", 2, "INTERNAL_ERROR"),
        ("The requested URL returned error: 404 Not Found", "http-status", 404, None),
        ("Maximum (50) redirects followed", "redirect-loop", 50, None),
        ("Error while processing content unencoding: invalid block type", "content-encoding", None, None),
        ("Illegal or missing hexadecimal sequence in chunked-encoding", "malformed-response", None, None),
        ("Too large response headers: 307226 > 307200", "headers-too-large", None, None),
        ("QUIC connection error", "quic", None, None),
    ],
)  # fmt: skip
def test_a_failure_has_its_kind_number_and_subject(
    text: str, kind: str, number: int | None, subject: str | None
) -> None:
    event = understand(text)
    assert isinstance(event, Complaint)
    assert (event.kind, event.number, event.subject) == (kind, number, subject)


@pytest.mark.parametrize(
    ("text", "subject", "port", "proxy"),
    [
        ("Failed to connect to a.example port 8443 after 3 ms: Connection refused", "a.example", 8443, None),
        ("Failed to connect to a.example:8443 after 3 ms: Could not connect to server", "a.example", 8443, None),
        ("Failed to connect to 2001:db8::1 port 8443: Connection refused", "2001:db8::1", 8443, None),
        ("Failed to connect to 2001:db8::1: No route to host", "2001:db8::1", None, None),
        ("Failed connect to a.example:8443; Connection refused", "a.example", 8443, None),
        ("Failed to connect to a.example port 443 after 3 ms", "a.example", 443, None),
        ("Failed to connect to a.example port 443 via p.example after 3 ms: Could not connect to server",
         "a.example", 443, "p.example"),
        ("Failed to connect to a.example:443 over proxy p.example after 3 ms: Could not connect to server",
         "a.example", 443, "p.example"),
        ("Failed to connect to a.example:443 over proxy p.example: Could not connect", "a.example", 443, "p.example"),
    ],
)  # fmt: skip
def test_a_failure_to_connect_names_the_port_and_the_proxy(
    text: str, subject: str, port: int | None, proxy: str | None
) -> None:
    event = understand(text)
    assert isinstance(event, Complaint)
    assert (event.subject, event.port, event.proxy) == (subject, port, proxy)


def test_a_goaway_tells_its_code_and_an_ordinary_one_too() -> None:
    for number, name in ((0, "NO_ERROR"), (11, "ENHANCE_YOUR_CALM")):
        event = understand(f"received GOAWAY, error={number}, last_stream=1")
        assert isinstance(event, Complaint)
        assert (event.kind, event.number, event.subject) == ("goaway", number, name)


@pytest.mark.parametrize("what", ["host", "proxy"])
@pytest.mark.parametrize("name", ["is what my colleague gets", "- any idea?", "(fixed in the last release)"])
def test_a_sentence_is_no_host(what: str, name: str) -> None:
    assert not isinstance(understand(f"Could not resolve {what}: {name}"), Complaint)
