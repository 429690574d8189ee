"""What curl's exit codes say on their own, where the text after them says nothing that curlx knows.

Source: `include/curl/curl.h` (CURLcode). A code never overrides a message: one cause gives several codes.
"""

from __future__ import annotations

from curlx.events import ComplaintKind

KIND_OF_EXIT: dict[int, ComplaintKind] = {
    1: "protocol-unsupported", 3: "url-malformed", 4: "option", 5: "proxy-not-found", 6: "host-not-found",
    7: "connect-failed", 16: "http2-error", 18: "transfer-interrupted", 22: "http-status", 23: "write-failed",
    26: "read-failed", 28: "timeout", 35: "tls-error", 47: "redirect-loop", 51: "certificate-name-mismatch",
    52: "empty-reply", 55: "send-failed", 56: "receive-failed", 58: "client-certificate-not-loaded",
    60: "certificate-rejected", 61: "content-encoding", 63: "size-limit", 77: "trust-store-unreadable",
    90: "certificate-pin-mismatch", 91: "certificate-staple-missing", 92: "stream-reset", 95: "quic", 96: "quic",
    97: "socks-failed", 98: "client-certificate-required", 100: "headers-too-large",
}  # fmt: skip

BEFORE_A_RESPONSE = frozenset({1, 2, 3, 5, 6, 7, 35, 51, 53, 54, 58, 59, 60, 66, 77, 80, 82, 83, 90, 91, 96, 97, 98})
"""Codes of failures that come before any response: one behind a whole response was not curl's last word on it."""
