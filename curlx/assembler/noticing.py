"""What lines say of the whole log: which curl wrote it, with which TLS library, and when."""

from __future__ import annotations

from curlx import events
from curlx.grammar.dates import parse_date
from curlx.reader import Source
from curlx.timeline import Curl, Fact

_NAMING = (events.BackendSeen, events.TrustAnchors, events.CipherChosen)
"""What can name the TLS library."""
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

    @property
    def curl(self) -> Curl:
        """The curl that wrote it."""
        return Curl(version=self._version, tls_library=self._tls_library)

    def version(self, event: events.CurlVersion, line: int) -> None:
        """Take what curl says of itself."""
        self._version = Fact(event.version, line) if event.version else self._version
        self._tls_library = Fact(event.tls_library, line) if event.tls_library else self._tls_library

    def notice(self, source: Source, event: events.Event) -> None:
        """Take what an event says besides."""
        if isinstance(event, events.Header):
            name = event.name.lower()
            if event.direction == "out" and name == "user-agent" and self._version is None:
                product, _, version = event.value.partition("/")
                if product == "curl":
                    self._version = Fact(version.split()[0] if version else "", source.number)
            elif event.direction == "in" and name == "date":
                date = parse_date(event.value)
                self.clock = Fact(date, source.number) if date else self.clock
        elif isinstance(event, _NAMING):
            if event.backend and self._tls_library is None:
                self._tls_library = Fact(event.backend, source.number)
        elif isinstance(event, events.ProxyFromEnvironment):
            self.environment = (event, source.number)
