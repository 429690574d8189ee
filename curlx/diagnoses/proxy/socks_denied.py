"""The SOCKS proxy does not allow this target, or is none.

## What it means

SOCKS is a simple kind of proxy. This one was asked to connect to the server, and its rules forbid it. The server
has not been asked anything.

## How curlx knows

The proxy answered with SOCKS5 reply 2, "connection not allowed by ruleset" (RFC 1928, section 6). Or curl says that
the answer has the wrong version: then what answers speaks another version of SOCKS, or another protocol, and the
finding is `likely`.

## What to do

Ask whoever runs the proxy to allow this host and port.

## When it is something else

Replies 3 to 6 mean that the proxy tried and could not reach the target: see `proxy-socks-target-unreachable`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.trouble import ended_by, place
from curlx.diagnoses.proxy.shared.tunnels import bypass
from curlx.diagnoses.proxy.socks_target_unreachable import socks_evidence, socks_target
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="proxy-socks-denied", title="The SOCKS proxy does not allow this target", needs="complaint")


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the SOCKS proxies whose rules forbid the target."""
    for trouble in ended_by(timeline, "socks-denied"):
        where = f"the SOCKS proxy {place(trouble.host, trouble.port) if trouble.connection else ''}".rstrip()
        target = socks_target(trouble)
        yield DIAGNOSIS.found(
            "certain",
            f"{where[:1].upper()}{where[1:]} does not allow a connection to {target}: its rules forbid it.",
            socks_evidence(trouble, "reply 2 of a SOCKS5 proxy: not allowed by its rules"),
            transfer=trouble.index,
            causes=(
                "A rule of the proxy blocks this host, this port, or this client.",
                "The proxy has rules for names and was given an address, or the other way round.",
            ),
            remedies=(
                Remedy("gateway", "Allow the target", (f"In the rules of {where}: allow {target} for this client.",)),
                *bypass(trouble.transfer, trouble.connection),
            ),
        )
    for trouble in ended_by(timeline, "socks-version"):
        where = place(trouble.host, trouble.port) if trouble.connection else "the proxy"
        yield DIAGNOSIS.found(
            "likely",
            f"What answers at {where} did not take curl's SOCKS request: its answer is none of that version of SOCKS.",
            socks_evidence(trouble, "curl reads the version in the answer"),
            transfer=trouble.index,
            title="What answers is no SOCKS proxy of this version",
            causes=(
                "The proxy speaks the other version: SOCKS4 has `socks4://` and `socks4a://`, SOCKS5 `socks5://` and "
                "`socks5h://`.",
                "It is another service on that port, an HTTP proxy perhaps.",
            ),
            remedies=(
                Remedy(
                    "client",
                    "Check the proxy's port and the scheme in front of its name",
                    ("An HTTP proxy has `http://`.",),
                ),
                *bypass(trouble.transfer, trouble.connection),
            ),
        )
