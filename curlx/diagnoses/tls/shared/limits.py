"""What the command itself takes away from the TLS handshake, so that it is named among the causes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curlx.diagnoses.tls.shared.failures import Failure
from curlx.findings import Evidence, cite
from curlx.options import options_of
from curlx.timeline import Timeline, Transfer

VERSIONS = ("--tls-max", "--tlsv1.3", "--tlsv1.2", "--tlsv1.1", "--tlsv1.0", "--tlsv1", "--sslv3", "--sslv2")
CIPHERS = ("--ciphers", "--tls13-ciphers", "--curves", "--sigalgs")
_NARROW = ("--tls-max", "--tlsv1.3", "--sslv3", "--sslv2")
"""Options that shut versions out which servers still use. Since 7.54 `--tlsv1.2` only names the oldest (curl(1))."""
_BROKEN = ("1.0", "1.1")
BEFORE_13 = (*_BROKEN, "1.2")
"""Versions, as `--tls-max` names them."""


def is_before(timeline: Timeline, *version: int) -> bool | None:
    """Whether curl is older than a version, such as 7, 54; None where the log does not tell."""
    said = timeline.curl.version
    parts = said.value.split(".")[: len(version)] if said else []
    known = len(parts) == len(version) and all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts)
    return tuple(map(int, parts)) < version if known else None


def at_most_12(timeline: Timeline) -> tuple[str, ...]:
    """Return the options that keep curl from TLS 1.3."""
    return ("--tlsv1.2",) if is_before(timeline, 7, 54) else ("--tls-max", "1.2")


def only_12(timeline: Timeline) -> tuple[str, ...]:
    """Return the options for TLS 1.2 and nothing else: before 7.54, `--tlsv1.2` alone meant that (curl(1))."""
    return tuple(dict.fromkeys(("--tlsv1.2", *at_most_12(timeline))))


def given(transfer: Transfer, *names: str) -> tuple[str, ...]:
    """Return those of these options that the command has, each with its value."""
    given = ((f"--{name}", value) for name, value in options_of(transfer.arguments))
    return tuple(f"{name} {value}".rstrip() for name, value in given if name in names)


def is_narrow(options: tuple[str, ...]) -> bool:
    """Tell whether one of these options shuts out versions that servers still use."""
    return any(option.split()[0] in _NARROW for option in options)


def narrowed_by(options: Sequence[str]) -> str:
    """Say as a cause which options of the command leave out something that the server may need."""
    return f"The command narrows what curl offers, with `{' '.join(options)}`: try without."


def highest_offered(failure: Failure) -> str | None:
    """Return the newest version that curl offered (`1.1`), where the log shows it, and no answer to it."""
    offered = failure.tls.offered if failure.tls is not None and failure.before_server_hello() else None
    return offered.value.removeprefix("TLSv") if offered is not None else None


def offered_evidence(timeline: Timeline, failure: Failure) -> Iterator[Evidence]:
    """Cite the ClientHello where it shows that curl did not offer TLS 1.3."""
    offered = failure.tls.offered if failure.tls is not None and failure.before_server_hello() else None
    if offered is not None and offered.value != "TLSv1.3":
        comment = "" if offered.value == "TLSv1.2" else ", which servers switch off"
        shows = f"the label says what curl offers at most: {offered.value}{comment}"
        yield cite(timeline, offered.line, shows)


def limit_of(version: str) -> str:
    """Say as a cause what can keep curl from anything newer than a version."""
    what = "old versions only" if version in _BROKEN else "no newer version"
    return (
        f"An option, a configuration file or the system of the client allows {what} "
        f"(`--tls-max {version}`, `MaxProtocol` in openssl.cnf)."
    )
