"""The first bytes of what is compressed, and of archives: they tell what a thing is, whatever it is called."""

from __future__ import annotations

GZIP, BZIP2, XZ = b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0"
ZSTD = (b"\x28\xb5\x2f\xfd", *(bytes((kind,)) + b"\x2a\x4d\x18" for kind in range(0x50, 0x60)))
"""The frames of zstd: with data, and those to be skipped, which pzstd writes before each (RFC 8878, 3.1)."""
LONGEST = 6
"""Bytes of the longest of these."""
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
BEGINNING = 512
"""Bytes that tell what a thing is: a header of tar."""


def is_tar(beginning: bytes) -> bool:
    """Tell whether a tar begins so (POSIX.1-1988, ustar interchange format)."""
    return beginning[257:262] == b"ustar"


def is_packed(beginning: bytes) -> bool:
    """Tell whether something compressed or an archive begins so."""
    return beginning.startswith((GZIP, BZIP2, XZ, *ZSTD, *ZIP)) or is_tar(beginning)
