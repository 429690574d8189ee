"""Put the names of the client's files where commands have stand-ins: a file of that name may be another one.

This is done to commands that are made: the names were not in the log, so the timeline, from which commands are made and
which every report shows, has no place for them.
"""

from __future__ import annotations

import msgspec

from curlx.client_files import ClientFiles
from curlx.findings import Finding, Remedy
from curlx.timeline import Timeline, Transfer

_CERTIFICATE, _KEY = "client.pem", "client.key"
"""What commands call the files where the log names none."""
_OPTIONS = ("--cert", "-E", "--key", "--proxy-cert", "--proxy-key")


def with_names(files: ClientFiles, timeline: Timeline, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings with the files' own names in the client's commands, where the log names no files itself."""
    given = {_CERTIFICATE: files.file, _KEY: files.key.file if files.key is not None else _KEY}
    names = {stand_in: name for stand_in, name in given.items() if _is_plain(name)}
    # For curl with NSS they begin with a directory: a bare name would be a nickname in its database.
    names |= {f"./{stand_in}": name if "/" in name else f"./{name}" for stand_in, name in names.items()}
    # The commands are for PEM.
    if files.container != "PEM" or any(_names_files(transfer) for transfer in timeline.transfers):
        return findings
    return tuple(
        msgspec.structs.replace(one, remedies=tuple(_named(remedy, names) for remedy in one.remedies))
        for one in findings
    )


def _is_plain(name: str) -> bool:
    """Whether a name needs no quotes in any shell."""
    return name.isascii() and all(char.isalnum() or char in "._-/" for char in name)


def _names_files(transfer: Transfer) -> bool:
    words = (*transfer.arguments, *(complaint.text for complaint in transfer.complaints))
    named = any(word.startswith(_OPTIONS) or _CERTIFICATE in word or _KEY in word for word in words)
    return named or any(each.tls and each.tls.client_certificate.configured for each in transfer.connections)


def _named(remedy: Remedy, names: dict[str, str]) -> Remedy:
    written = any(f"-out {name}" in command for command in remedy.commands for name in names)
    if remedy.who != "client" or written:  # a command that writes a file must not write over the client's own
        return remedy
    return msgspec.structs.replace(
        remedy, steps=_in_place(remedy.steps, names), commands=_in_place(remedy.commands, names)
    )


def _in_place(texts: tuple[str, ...], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(" ".join(names.get(word, word) for word in text.split(" ")) for text in texts)
