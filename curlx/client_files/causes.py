"""Causes that diagnoses name and the client's files can rule out: a word of them stands here once, for both."""

from __future__ import annotations

from curlx.client_files import ClientFiles, Topic

VALIDITY = "It has expired, or is not yet valid."
PURPOSE = "It may not be used for clients (extended key usage)."
ENCRYPTED = "The key is encrypted, and the passphrase is missing or wrong (--pass)."
OPENED_WRONGLY = "The key is encrypted, and the passphrase that was given (--pass) is not the right one."

_RULED_OUT: dict[str, Topic] = {VALIDITY: "validity", PURPOSE: "purpose"}
"""By a remark of which topic that all is well."""


def without_ruled_out(files: ClientFiles, causes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the causes that these files leave open; files that may be of another call rule out nothing."""
    if any(one.topic == "log" for one in files.remarks):
        return causes
    fine = {one.topic for one in files.remarks if one.status == "ok"}
    fine -= {one.topic for one in files.remarks if one.status == "problem"}
    opened = (ENCRYPTED, OPENED_WRONGLY) if files.key is not None and not files.key.is_encrypted else ()
    return tuple(each for each in causes if _RULED_OUT.get(each) not in fine and each not in opened)
