"""What a vendor's entry of advice is: how a log points at the product, and what its owners can do.

Every `Step` says whether somebody has seen or documented it (`verified`); what is only general knowledge is worded as a
possibility. Where an entry quotes a setting, the comment beside it names the vendor's page.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal["server", "load balancer", "CDN", "API gateway", "platform"]
Problem: TypeAlias = Literal["missing", "rejected", "lost"]
"""What was wrong with the client certificate: none was sent, the one that was sent was refused, or it could not reach
the server that wants it, because something in front of that server ends TLS."""


class Step(msgspec.Struct, frozen=True):
    """One thing to do. `verified` is False for what was neither measured nor found in the vendor's documents."""

    text: str
    verified: bool = True

    @property
    def wording(self) -> str:
        """The step as a reader may see it."""
        return self.text if self.verified else f"Possibly (not confirmed for this product): {self.text}"


class Vendor(msgspec.Struct, frozen=True):
    """One product, the marks it leaves in a log, and its advice. All marks are in lower case."""

    name: str
    kind: Kind
    products: tuple[str, ...] = ()
    """Product tokens of a `Server` header (RFC 9110, 10.2.4): `nginx` is in `nginx/1.22.1`, not in `nginx-like`."""
    vias: tuple[str, ...] = ()
    """Text within a `Via` header."""
    caches: tuple[str, ...] = ()
    """Text within an `X-Cache` header, which caches of many makers set."""
    headers: tuple[str, ...] = ()
    """Beginnings of the names of other response headers."""
    cookies: tuple[str, ...] = ()
    """Beginnings of the names of cookies it sets."""
    marks: tuple[str, ...] = ()
    """Page marks (`PageMark.name`) that only this product, or one built on it, writes."""
    built_on: str = ""
    """The product that its own pages are those of: a page of that one is then its own."""
    pages: tuple[str, ...] = ()
    """Sentences of its own pages."""
    opens_tunnels: bool = True
    """False for what, without a module of others, answers every CONNECT with an error: it is no proxy for clients."""
    log: str = ""
    """Where it writes down why it answered as it did, when it did so by itself."""
    missing: tuple[Step, ...] = ()
    """To do on the server when no client certificate arrived."""
    rejected: tuple[Step, ...] = ()
    """To do on the server when the client certificate was refused."""
    lost: tuple[Step, ...] = ()
    """To do where it ends TLS and the server behind it misses a client certificate."""
    answers: dict[int, Step] = {}
    """What a status means, or which setting decides it, when this product wrote the answer itself."""

    def steps(self, problem: Problem) -> tuple[Step, ...]:
        """Return the steps for a problem with the client certificate."""
        return {"missing": self.missing, "rejected": self.rejected, "lost": self.lost}[problem]
