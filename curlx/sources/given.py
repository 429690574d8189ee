"""The small files that curl was given beside the log: the client's certificate and its key."""

from __future__ import annotations

import os

from curlx.redaction.commands import split_certificate
from curlx.sources import Unreadable, printable, reason_of

_MOST = 1 << 20
"""Bytes: a certificate with its chain and key has some thousands."""


def whole_file(path: str) -> bytes:
    """Return the bytes of a small file; raises `Unreadable` for what is none."""
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        raise Unreadable(f"cannot read {printable(path)}: {reason_of(path, error)}") from error
    if len(data) > _MOST:
        raise Unreadable(f"cannot read {printable(path)}: it is larger than 1 MB, which no certificate or key is")
    return data


def without_passphrase(certificate: str) -> tuple[str, str | None]:
    """Take `client.pem:passphrase` apart, unless a file has that name."""
    if os.path.exists(certificate):
        return certificate, None
    name, passphrase = split_certificate(certificate)
    return name, passphrase or None
