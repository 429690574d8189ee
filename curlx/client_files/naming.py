"""Put the names of the client's files where commands have stand-ins: a file of that name may be another one.

This is done to commands that are made: the names were not in the log, so the timeline, from which commands are made and
which every report shows, has no place for them.
"""

from __future__ import annotations

import msgspec

from curlx.client_files import ClientFiles
from curlx.findings import CERTIFICATE_FILE, KEY_FILE, Finding, Remedy
from curlx.timeline import Timeline, Transfer

_RIGHT_KEY, _FIND_KEY = "right.key", "Find the key that belongs to the certificate"
OWN_FILES = f"`{CERTIFICATE_FILE}` and `{KEY_FILE}` stand for your own files: write their names in the place of these."
"""Said where commands have the stand-ins; untrue where the names are put there."""
_OF_BUNDLE = {
    f"--cert {CERTIFICATE_FILE} --key {KEY_FILE}": "--cert-type P12 --cert {}",
    f"--proxy-cert {CERTIFICATE_FILE} --proxy-key {KEY_FILE}": "--proxy-cert-type P12 --proxy-cert {}",
    f"openssl crl2pkcs7 -nocrl -certfile {CERTIFICATE_FILE} | openssl pkcs7 -print_certs -noout":
        "openssl pkcs12 -in {} -nokeys",
    f"openssl x509 -in {CERTIFICATE_FILE}": "openssl pkcs12 -in {} -nokeys -clcerts | openssl x509",
    f"openssl pkey -in {KEY_FILE}": "openssl pkcs12 -in {} -nocerts -nodes | openssl pkey",
}  # fmt: skip
"""What commands for two files of PEM are where PKCS#12 holds both."""


def with_names(files: ClientFiles, timeline: Timeline, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings with the files' own names in the client's commands, where the log names no files itself."""
    has_key = files.key is not None or files.needs_passphrase or files.key_file != files.file
    given = {CERTIFICATE_FILE: files.file, KEY_FILE: files.key_file if has_key else KEY_FILE}
    names = {stand_in: name for stand_in, name in given.items() if _is_plain(name)}
    # For curl with NSS they begin with a directory: a bare name would be a nickname in its database.
    names |= {f"./{stand_in}": name if "/" in name else f"./{name}" for stand_in, name in names.items()}
    if any(names_files(transfer) for transfer in timeline.transfers):
        return findings
    if files.container == "PKCS#12" and _is_plain(files.file):
        phrases = {pem: bundle.format(files.file) for pem, bundle in _OF_BUNDLE.items()}
    elif files.container == "PEM":
        phrases = {}
    else:
        return findings  # the commands are for PEM
    return tuple(
        msgspec.structs.replace(one, remedies=tuple(_named(remedy, names, phrases) for remedy in one.remedies))
        for one in findings
    )


def with_right_key(wrong: str, remedy: Remedy, *, is_reason: bool) -> Remedy:
    """Return a remedy whose commands have a stand-in for the right key where they name one that is proven wrong.

    Where that is the reason for the verdict, to find the right one is what the remedy is about.
    """
    name = wrong.rpartition("/")[2]
    commands = tuple(
        " ".join(_RIGHT_KEY if word.rpartition("/")[2] == name else word for word in command.split(" "))
        for command in remedy.commands
    )
    if commands == remedy.commands or remedy.who != "client":
        return remedy
    steps = (*remedy.steps, f"{_RIGHT_KEY} stands for the key that belongs to the certificate: {wrong} does not.")
    title = _FIND_KEY if is_reason else remedy.title
    return msgspec.structs.replace(remedy, title=title, steps=steps, commands=commands)


def _is_plain(name: str) -> bool:
    """Whether a name needs no quotes in any shell."""
    return name.isascii() and all(char.isalnum() or char in "._-/" for char in name)


def names_files(transfer: Transfer) -> bool:
    """Whether the log names the client's files, so that commands need no stand-ins."""
    words = (*transfer.arguments, *(complaint.text for complaint in transfer.complaints))
    if transfer.option("cert", "key", "proxy-cert", "proxy-key") or any(
        CERTIFICATE_FILE in word or KEY_FILE in word for word in words
    ):
        return True
    own = (each.tls.client_certificate for each in transfer.connections if each.tls)
    return any(each.configured and not each.certificate for each in own)  # of one that it found NSS tells no name


def _named(remedy: Remedy, names: dict[str, str], phrases: dict[str, str]) -> Remedy:
    written = any(f"-out {name}" in command for command in remedy.commands for name in names)
    if remedy.who != "client" or written:  # a command that writes a file must not write over the client's own
        return remedy
    steps = tuple(step for step in remedy.steps if step != OWN_FILES)
    if phrases:
        commands = tuple(_rephrased(each, phrases) for each in remedy.commands)
        return msgspec.structs.replace(remedy, steps=steps, commands=commands)
    return msgspec.structs.replace(remedy, steps=_in_place(steps, names), commands=_in_place(remedy.commands, names))


def _rephrased(command: str, phrases: dict[str, str]) -> str:
    for pem, bundle in phrases.items():
        command = command.replace(pem, bundle)
    return command


def _in_place(texts: tuple[str, ...], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(" ".join(names.get(word, word) for word in text.split(" ")) for text in texts)
