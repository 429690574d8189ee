"""What the class of an HTTP status means (RFC 9110, 15), and the statuses that curl itself acts on."""

from __future__ import annotations

SWITCHING_PROTOCOLS = 101
"""The one status below 200 behind which no other answer of HTTP/1 follows (RFC 9110, 15.2.2)."""
REDIRECTS = (300, 301, 302, 303, 307, 308)
"""Those with a `Location` that -L follows (RFC 9110, 15.4): 304, 305 and 306 are 3xx, and lead nowhere."""
BAD_REQUEST = 400
UNAUTHORIZED = 401
PROXY_AUTHENTICATION_REQUIRED = 407
EXPECTATION_FAILED = 417
"""curl asks again without `Expect` (lib/http.c)."""


def is_interim(status: int) -> bool:
    """Whether it only tells that the answer will come, 1xx; 101 is one of them here."""
    return 100 <= status < 200


def is_final(status: int) -> bool:
    """Whether it is the status of an answer, 2xx to 5xx; 0 stands for none."""
    return status >= 200


def is_success(status: int) -> bool:
    """Whether it says yes, 2xx; to CONNECT that the tunnel stands (RFC 9110, 9.3.6)."""
    return 200 <= status < 300


def is_redirection(status: int) -> bool:
    """Whether it leads elsewhere, 3xx, or says that nothing has changed (304)."""
    return 300 <= status < 400


def refuses(status: int) -> bool:
    """Whether it says no: 400 is the first that does, and unknown ones above 599 count as 500."""
    return status >= 400
