"""The log's own call, once more: with all that its command had, so that the next log is one of the same call."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import UNKNOWN_URL, Way, way_of
from curlx.options import NOWHERE, options_of
from curlx.ports import HTTP_PORT, HTTPS_PORT
from curlx.statuses import REDIRECTS
from curlx.timeline import Transfer, authority

_NEXT = "\0"
"""Stands for the word behind an option: whether that is the option's value, curl's table of options tells."""
_ELSEWHERE = frozenset((
    "create-dirs", "dump-header", "libcurl", "no-progress-meter", "output", "output-dir", "progress-bar",
    "remote-header-name", "remote-name", "remote-name-all", "show-error", "silent", "stderr", "trace", "trace-ascii",
    "verbose", "write-out",
))  # fmt: skip
"""What says how much curl tells, and where to: a log that is made again has all in one file, and writes no other."""


def once_more(transfer: Transfer, *options: str) -> str:
    """Return the call of a transfer, these options first: as its command was, or as far as the log shows it.

    It is the reader's own call, so that unlike other commands it keeps `-k`; what is secret in it stays hidden.
    """
    url = asked_in(transfer)
    if transfer.command is None:
        connection = transfer.connections[0] if transfer.connections else None
        request = transfer.first_request
        return way_of(transfer, connection, request).curl(url, *options, *following(transfer), *unchecked(transfer))
    words = list(_words(transfer.arguments))
    named = [word for word, is_url in words if is_url]
    if not named:
        words.append((url, True))
    seen = transfer.url if len(named) == 1 and "$" in named[0] else None  # what a variable of the shell came to
    way = Way(windows=transfer.windows, cmd=transfer.cmd)
    return way.call(*options, *(seen if seen and is_url else word for word, is_url in words))


def url_of(transfer: Transfer) -> str | None:
    """Return the address of a call; only its host, where curl did not get so far as to say more."""
    if transfer.url is not None or not transfer.connections:
        return transfer.url
    connection = transfer.connections[0]
    host, port = connection.target_host, connection.target_port
    if host is None and connection.proxy is None:
        host, port = connection.host, connection.port
    secure = connection.tls is not None or port == HTTPS_PORT
    scheme = "https" if secure else "http" if port == HTTP_PORT else None
    if not host or scheme is None:
        return None
    return f"{scheme}://{authority(host, None if port in (HTTP_PORT, HTTPS_PORT) else port)}/"


def asked_in(transfer: Transfer) -> str:
    """Return the address that was asked, or a stand-in: before the request, a host may be that of a proxy."""
    return transfer.url or (transfer.phase == "request" and url_of(transfer)) or UNKNOWN_URL


def told_to_follow(transfer: Transfer) -> bool:
    """Tell whether curl was told to follow redirects, as the log shows: without `-L` it goes where none leads."""
    return transfer.follows or any(
        each.superseded and each.response is not None and each.response.status in REDIRECTS
        for each in transfer.exchanges
    )


def following(transfer: Transfer) -> tuple[str, ...]:
    """Return the option with which the first address leads to where a transfer went: what failed may lie behind it."""
    return ("-L",) if told_to_follow(transfer) else ()


def unchecked(transfer: Transfer) -> tuple[str, ...]:
    """Return the option without which a call stops at a certificate that the log's own call let pass."""
    return ("-k",) if transfer.insecure is not None else ()


def _words(arguments: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Yield the words of a command that make the call what it is, and of each whether it is a URL."""
    rest = iter(arguments)
    for word in rest:
        own = options_of((word, _NEXT))
        takes = ("url", _NEXT) not in own
        if not takes:
            own.remove(("url", _NEXT))
        value = (next(rest, ""),) if takes else ()
        kept = [name not in _ELSEWHERE or (value or (given,))[0] in NOWHERE for name, given in own]
        if not word.startswith("-"):
            yield own[0][1], True
        elif word.startswith("--"):
            yield from ((each, False) for each in (word, *value) if all(kept))
        elif any(kept):  # letters: each is an option, and behind the last one its value may stand
            letters = "".join(letter for letter, keep in zip(word[1:], kept, strict=False) if keep)
            yield f"-{letters}{word[len(own) + 1 :] if kept[-1] else ''}", False
            yield from ((each, False) for each in value if kept[-1])
