"""curl spoke TLS to the proxy, and the proxy does not.

## What it means

A proxy given as `https://proxy:port` is itself reached over TLS; that is rare. Most proxies are reached in plain
text, as `http://proxy:port`, also for https servers: the connection to the server is still encrypted, inside the
tunnel.

## How curlx knows

The proxy is given with `https://`, and what came back to curl's handshake with it is not TLS (`wrong version
number` and the like). Where the log shows no more than that TLS failed with a host and port that are not those of
any URL of the command, that is likely a proxy given so.

## What to do

Write `http://` in front of the proxy's address.

## When it is something else

If the handshake with the proxy works and then fails with the server, it is not this: see `tls-plaintext-server`.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from curlx.advice.hosts import is_address, split_url
from curlx.diagnoses.network.shared.probes import again
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, place
from curlx.diagnoses.proxy.shared.tunnels import given_as_https, in_handshake_with_proxy
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.options import options_of
from curlx.ports import HTTPS_PORT
from curlx.timeline import Timeline, Transfer

DIAGNOSIS = Diagnosis(
    code="proxy-not-tls",
    title="The proxy does not speak TLS",
    needs="complaint",
    explains=("tls-plaintext-server", "tls-protocol-error", "tls-version-mismatch", "tls-closed", "tls-reset"),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the HTTPS proxies that answered in plain text."""
    for trouble in filter(in_handshake_with_proxy, ended_by(timeline, "tls-not-tls")):
        where = place(trouble.host, trouble.port)
        yield DIAGNOSIS.found(
            "certain",
            f"curl began TLS with the proxy {where}, and what came back is not TLS.",
            _evidence(trouble),
            transfer=trouble.index,
            causes=(
                "The proxy is written with https:// where http:// is meant.",
                "The port is not the one on which the proxy speaks TLS.",
            ),
            remedies=(_written_plain(trouble, trouble.host, trouble.port),),
        )
    yield from _perhaps(timeline)
    yield from _elsewhere(timeline)


def _written_plain(trouble: Trouble, host: str | None, port: int | None) -> Remedy:
    where = place(host, port)
    variable = trouble.proxy.from_environment.value if trouble.proxy and trouble.proxy.from_environment else None
    step = f"Write {_plain(where) if host else 'http://'} in {variable or '--proxy or its variable'}."
    return Remedy(
        "client",
        "Reach the proxy with http://",
        (step, "The connection to the server stays encrypted, inside the tunnel."),
        again(trouble, "--proxy", _plain(where)) if host else (),
    )


def _perhaps(timeline: Timeline) -> Iterator[Finding]:
    """Find the HTTPS proxies that hung up on TLS: those that expect plain text often do just that."""
    for trouble in filter(
        in_handshake_with_proxy, ended_by(timeline, "tls-closed", "tls-reset", "reset", phases=("tls",))
    ):
        where = place(trouble.host, trouble.port)
        yield DIAGNOSIS.found(
            "possible",
            f"curl began TLS with the proxy {where}, which broke off without a word of TLS.",
            [trouble.says("the proxy hung up during the handshake"), *given_as_https(trouble)],
            transfer=trouble.index,
            causes=(
                "The proxy is written with https:// where http:// is meant: one that expects plain text hangs up on "
                "TLS.",
                "The proxy does not let this machine in, or a firewall in front of it broke the connection.",
            ),
            remedies=(_written_plain(trouble, trouble.host, trouble.port),),
            title="The proxy hung up when curl began TLS with it",
        )


def _elsewhere(timeline: Timeline) -> Iterator[Finding]:
    """Find TLS that failed with a host that the command does not name: where no way leads there, it is a proxy's."""
    for trouble in ended_by(timeline, "tls-closed", "tls-reset", "tls-error", "tls-not-tls"):
        transfer, failed = trouble.transfer, trouble.complaint
        if transfer.command is None:
            continue
        asked, met = _named(transfer), _written_out(failed.subject or "")
        if not asked or met is None or met in asked or failed.port in (None, HTTPS_PORT):
            continue
        if trouble.connection is not None or transfer.exchanges or transfer.option("connect-to", "resolve", "config"):
            continue
        where = place(failed.subject, failed.port)
        yield DIAGNOSIS.found(
            "likely",
            f"curl was to ask {asked[0]}, and TLS failed with another host, {where}. Most likely that is a proxy which "
            "is given with https:// and expects plain text: curl then begins TLS with the proxy itself.",
            (
                trouble.says("TLS failed with a host that is not the URL's"),
                cite(timeline, transfer.command.line, "what curl was to ask"),
            ),
            transfer=trouble.index,
            causes=(
                f"The proxy {where} is written with https:// where http:// is meant (https_proxy, .curlrc, --proxy).",
                *((f"A redirect led to {where}.",) if transfer.follows else ()),
            ),
            remedies=(_written_plain(trouble, failed.subject, failed.port),),
            title="TLS failed with another host than the URL's, most likely a proxy",
        )


def _named(transfer: Transfer) -> tuple[str, ...]:
    """Return the hosts that the command names for curl to ask; none where one of them is not known."""
    urls = [value for name, value in options_of(transfer.arguments) if name in ("url", "doh-url")]
    hosts = [_written_out(split_url(url)[1] or "") for url in urls]
    known = tuple(host for host in hosts if host is not None)
    return known if len(known) == len(hosts) else ()


def _written_out(host: str) -> str | None:
    """Return a host so that it can be compared: an address, or a whole name in ASCII; None for all else.

    A variable, a pattern, a placeholder, what was hidden, a name in Unicode and a number that is short for an address
    may stand for any other host.
    """
    if is_address(host):
        return str(ip_address(host.strip("[]")))
    labels = host.rstrip(".").lower().split(".")
    plain = all(label.isascii() and label.replace("-", "").replace("_", "").isalnum() for label in labels)
    return ".".join(labels) if plain and len(labels) > 1 and labels[-1][:1].isalpha() else None


def _plain(where: str) -> str:
    return f"http://{where}"


def _evidence(trouble: Trouble) -> Iterator[Evidence]:
    yield trouble.says("what the proxy sent is not TLS")
    yield from given_as_https(trouble)
