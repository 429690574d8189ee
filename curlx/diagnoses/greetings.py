"""How services that do not speak HTTP greet, where the answer to a request should stand."""

from __future__ import annotations

from curlx.timeline import Fact, Transfer

_GREETINGS = (
    # how a service greets (RFC 4253, 4.2; RFC 959, 5.4; RFC 5321, 4.2; RFC 1939; RFC 6143, 7.1.1), what it is then
    ("SSH-", "", "SSH"),
    ("220", "ftp", "FTP"),
    ("220", "smtp", "mail (SMTP)"),
    ("220", "mail", "mail (SMTP)"),
    ("+OK ", "", "mail (POP3)"),
    ("RFB 0", "", "VNC"),
    ("-ERR ", "", "Redis"),
    ("", "caching_sha2_password", "MySQL"),
    ("", "mysql_native_password", "MySQL or MariaDB"),
    ("", "mariadb", "MariaDB"),
)


def service_that_greets(transfer: Transfer) -> Fact[str] | None:
    """Return which service greets where the answer to the last request should stand; nothing when none does."""
    last, told = transfer.last_exchange, transfer.greeting
    if last is None or last.request is None or last.response is not None or told is None:
        return None
    said = told.value
    words = said.lower()
    for start, word, name in _GREETINGS:
        mentioned = not start and f" {word}" in words  # in a sentence; in a packet no blank stands before it
        if said.startswith(start) and word in words and not mentioned:
            return Fact(name, told.line)
    return None
