"""What the command itself takes away from the TLS handshake, so that it is named among the causes."""

from __future__ import annotations

from curlx.timeline import Transfer

VERSIONS = ("--tls-max", "--tlsv1.3", "--tlsv1.2", "--tlsv1.1", "--tlsv1.0", "--tlsv1", "--sslv3", "--sslv2",
            "-1", "-2", "-3")  # fmt: skip
CIPHERS = ("--ciphers", "--tls13-ciphers", "--curves", "--sigalgs")
_WITH_VALUE = ("--tls-max", *CIPHERS)
_NARROW = ("--tls-max", "--tlsv1.3", "--sslv3", "--sslv2", "-2", "-3")
"""Options that shut versions out which servers still use. Since 7.54 `--tlsv1.2` only names the oldest (curl(1))."""


def given(transfer: Transfer, *names: str) -> tuple[str, ...]:
    """Return those of these options that the command has, each with its value."""
    words = transfer.arguments
    return tuple(
        f"{word} {words[index + 1]}" if word in _WITH_VALUE and index + 1 < len(words) else word
        for index, word in enumerate(words)
        if word in names
    )


def is_narrow(options: tuple[str, ...]) -> bool:
    """Tell whether one of these options shuts out versions that servers still use."""
    return any(option.split()[0] in _NARROW for option in options)
