"""What lines say of the whole log: which curl wrote it, with which TLS library, and when."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from curlx import events
from curlx.assembler.proxying import split_authority
from curlx.grammar.dates import parse_date
from curlx.reader import Source
from curlx.timeline import Curl, Fact, Transfer, authority

_NAMING = (events.BackendSeen, events.TrustAnchors, events.CipherChosen)
"""What can name the TLS library."""
_SCHANNEL = "schannel"
"""The TLS library of Windows; its complaints begin with its name."""
_LED = 100
NOTICED = frozenset({events.Header, *_NAMING, events.ProxyFromEnvironment})


class Noticed:
    """What is known of the log so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.environment: tuple[events.ProxyFromEnvironment, int] | None = None
        """The proxy that the environment names for the run."""
        self.clock: Fact[str] | None = None
        self._version: Fact[str] | None = None
        self._tls_library: Fact[str] | None = None
        self._led: list[tuple[str, Fact[str]]] = []
        """What `--resolve` and `--connect-to` gave, as curl says before it connects."""

    @property
    def curl(self) -> Curl:
        """The curl that wrote it."""
        return Curl(version=self._version, tls_library=self._tls_library)

    def version(self, event: events.CurlVersion, line: int) -> None:
        """Take what curl says of itself."""
        self._version = Fact(event.version, line) if event.version else self._version
        self._tls_library = Fact(event.tls_library, line) if event.tls_library else self._tls_library

    def hear(self, event: events.Chatter, line: int) -> bool:
        """Take what curl says in passing; whether it was curl: a prompt is a shell's, behind whatever program."""
        option, given = event.way
        if option and len(self._led) < _LED:
            self._led.append((option, Fact(given, line)))
        return event.topic != "prompt"

    def led(self, transfers: list[Transfer]) -> list[Transfer]:
        """Return the transfers with what `--resolve` and `--connect-to` gave, where their commands are not shown."""
        if not self._led:
            return transfers
        after = 0
        for index, transfer in enumerate(transfers):
            before = transfer.connections[0].first_line if transfer.connections else transfer.last_line
            led = [(option, each.value) for option, each in self._led if after < each.line <= before]
            told = dict(transfer.way)
            given = [each for each in led if each[0] == "resolve"]
            to = [value for option, value in led if option == "connect-to"]
            if to:
                given.append(("connect-to", _connect_to(transfer.url or "", to)))
            further = tuple(each for each in given if each[0] not in told)
            if further:
                transfers[index] = msgspec.structs.replace(transfer, way=(*transfer.way, *further))
            after = transfer.last_line
        self._led = [each for each in self._led if each[1].line > after]
        return transfers

    def notice(self, source: Source, event: events.Event) -> None:
        """Take what an event says besides."""
        if type(event) is events.Header:
            name = event.name.lower()
            if event.direction == "out" and name == "user-agent" and self._version is None:
                product, _, version = event.value.partition("/")
                if product == "curl":
                    self._version = Fact(version.split()[0] if version else "", source.number)
            elif event.direction == "in" and name == "date":
                date = parse_date(event.value)
                self.clock = Fact(date, source.number) if date else self.clock
        elif type(event) is events.ProxyFromEnvironment:
            self.environment = (event, source.number)
        elif isinstance(event, _NAMING) and event.backend and self._tls_library is None:
            self._tls_library = Fact(event.backend, source.number)


def _connect_to(url: str, told: list[str]) -> str:
    """Return the value of `--connect-to` for the host of a URL: curl told in one line or two where it led.

    Without a URL it is one for any host.
    """
    asked = split_authority(url.partition("?")[0])[0] or ""
    host = next((each for each in told if not each.startswith(":")), "")
    port = next((each for each in told if each.startswith(":")), ":")
    return f"{authority(asked)}::{authority(host)}{port}"


def announced(transfers: list[Transfer], marks: Iterable[Fact[events.PageMark]]) -> list[Transfer]:
    """Return the transfers with who told of them, right above the message or above libcurl's short one."""
    by_line = {mark.line: events.ANNOUNCES[mark.value.name] for mark in marks if mark.value.name in events.ANNOUNCES}
    for index, transfer in enumerate(transfers if by_line else ()):
        lines = (told.line - above for told in transfer.complaints for above in (1, 2))
        program = next((by_line[line] for line in lines if line in by_line), "")
        if program and not transfer.program:
            transfers[index] = msgspec.structs.replace(transfer, program=program)
    return transfers


def with_shells(transfers: list[Transfer], curl: Curl) -> Iterable[Transfer]:
    """Yield the transfers with what they were started from: Windows or not, and there cmd.exe or PowerShell.

    A log is seldom of two machines: what one transfer shows holds for all that do not show a command of their own, and
    what the TLS library shows, for all.
    """
    on_windows = _is_schannel(curl.tls_library.value if curl.tls_library else None)
    shows = [on_windows or _shows_windows(transfer) for transfer in transfers]
    somewhere, in_cmd = any(shows), any(transfer.cmd for transfer in transfers)
    for transfer, windows in zip(transfers, shows, strict=True):
        untold = transfer.command is None
        windows, cmd = windows or (untold and somewhere), transfer.cmd or (untold and in_cmd)
        same = (windows, cmd) == (transfer.windows, transfer.cmd)
        yield transfer if same else msgspec.structs.replace(transfer, windows=windows, cmd=cmd)


def _shows_windows(transfer: Transfer) -> bool:
    """Whether the transfer itself shows that curl ran on Windows: only there are there drives and Schannel."""
    if transfer.windows or any(_is_schannel(each.tls.backend) for each in transfer.connections if each.tls):
        return True
    said = [each.text for each in transfer.complaints]
    return any(text.lower().startswith(_SCHANNEL) or _names_drive(text) for text in said)


def _is_schannel(library: str | None) -> bool:
    return library is not None and _SCHANNEL in library.lower()


def _names_drive(text: str) -> bool:
    """Whether a word is a path of Windows: `C:/Users/me/ca.pem`."""
    if ":/" not in text and ":\\" not in text:
        return False
    paths = (word.strip("'\"`") for word in text.split())
    return any(path[:1].isalpha() and path[1:3] in (":/", ":\\") for path in paths)
