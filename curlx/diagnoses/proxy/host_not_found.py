"""The name of the proxy could not be turned into an address.

## What it means

curl was told to go through a proxy, and the proxy's name is unknown here. Nothing has been sent, neither to the
proxy nor to the server. The server's own name has not even been looked up.

## How curlx knows

curl says `Could not resolve proxy` (exit code 5).

## What to do

Look for where the proxy comes from: `--proxy` on the command line, a `.curlrc` file, or the environment variables
`https_proxy`, `HTTPS_PROXY`, `http_proxy` and `ALL_PROXY`. Correct it, or leave it out where no proxy is needed.
A proxy named `POST` or `GET` is none: `-x` was written for `-X`.

## When it is something else

`Could not resolve host` is about the server's name: see `network-host-not-found`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.advice.commands import way_of
from curlx.diagnoses.network.shared.lookups import timed_out
from curlx.diagnoses.network.shared.probes import lookup
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by
from curlx.diagnoses.proxy.shared.tunnels import leave_out, origin, unasked
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

DIAGNOSIS = Diagnosis(code="proxy-host-not-found", title="The proxy's name was not found", needs="complaint")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the proxy that curl could not resolve."""
    yield from timed_out(timeline, DIAGNOSIS, of_proxy=True)
    for trouble in ended_by(timeline, "proxy-not-found", "host-not-found"):
        proxy, complaint = trouble.proxy, trouble.complaint
        names_proxy = proxy is not None and proxy.host is not None and complaint.subject == proxy.host
        if complaint.kind == "host-not-found" and not names_proxy:
            continue
        name = complaint.subject or (proxy.host if proxy else None)
        yield DIAGNOSIS.found(
            "certain",
            f"curl could not find an address for the proxy {name or 'it was told to use'}. "
            f"{unasked(trouble.transfer, trouble.connection, name)}",
            _evidence(trouble),
            transfer=trouble.index,
            causes=(
                *((f"`-x {name}` names a proxy: the method is given with `-X`.",) if name in _METHODS else ()),
                "The proxy's name is misspelt, or has blanks or quotes in it.",
                "The proxy is known only inside a company network or a VPN, and this machine is not in it.",
                "An environment variable or a .curlrc file names a proxy that does not exist any more.",
            ),
            remedies=_remedies(trouble, name),
        )


def _evidence(trouble: Trouble) -> Iterator[Evidence]:
    yield trouble.says("no address was found for the proxy")
    proxy = trouble.proxy
    if proxy and proxy.from_environment:
        variable = proxy.from_environment
        yield cite(trouble.timeline, variable.line, f"the proxy comes from the environment variable {variable.value}")


def _remedies(trouble: Trouble, name: str | None) -> Iterator[Remedy]:
    proxy = trouble.proxy
    variable = proxy.from_environment.value if proxy and proxy.from_environment else None
    if name in _METHODS:
        yield _as_method(trouble, name)
        return
    yield Remedy(
        "client",
        "Correct the proxy's name",
        (f"Look at {origin(variable)}.",),
        lookup(trouble.transfer, name),
    )
    yield leave_out(trouble.transfer, variable)


def _as_method(trouble: Trouble, name: str) -> Remedy:
    """Tell how to give the method that was taken for a proxy: without any proxy then."""
    url, way = trouble.transfer.url, way_of(trouble.transfer)
    straight = msgspec.structs.replace(way, options=tuple(each for each in way.options if each[0] != "--proxy"))
    method = ("-I",) if name == "HEAD" else ("-X", name)
    return Remedy(
        "client",
        f"Write `-X {name}`, with a capital X",
        ("`-x` is the proxy. With `-d` curl sends a POST by itself.",) if name == "POST" else ("`-x` is the proxy.",),
        (straight.curl(url, "-v", *method),) if url else (),
    )
