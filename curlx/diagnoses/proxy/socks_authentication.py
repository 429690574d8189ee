"""The SOCKS proxy wants you to log in.

## What it means

SOCKS is a simple kind of proxy. This one accepts only users it knows, and got no user name and password, or wrong
ones. The server has not been asked anything.

## How curlx knows

curl says `No authentication method was acceptable` or `User was rejected by the SOCKS5 server`. A SOCKS4 proxy
answers 92 or 93 when the ident service of the client did not confirm the user.

## What to do

Give curl the user with `--proxy-user`, or write it into the proxy's address.

## When it is something else

A SOCKS proxy that knows you and still says no is `proxy-socks-denied`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import UNKNOWN_URL, way_of
from curlx.diagnoses.network.shared.probes import again
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, place
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="proxy-socks-authentication", title="The SOCKS proxy wants you to log in", needs="complaint")

_IDENT = {
    # the SOCKS4 memo (openssh.org/txt/socks4.protocol)
    92: "it could not reach the ident service on this machine",
    93: "the ident service on this machine names another user than curl did",
}


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the SOCKS proxies that did not accept the user."""
    for trouble in ended_by(timeline, "socks-authentication"):
        where = f"The SOCKS proxy {place(trouble.host, trouble.port) if trouble.host else ''}".rstrip()
        if trouble.complaint.number in _IDENT:
            yield _ident(trouble, where, _IDENT[trouble.complaint.number])
            continue
        rejected = trouble.complaint.tells("rejected-login")
        verb = "did not accept the user name and password" if rejected else "accepts no way to log in that curl offered"
        yield DIAGNOSIS.found(
            "certain",
            f"{where} {verb}. The server was not asked.",
            [trouble.says("the SOCKS proxy refused the login")],
            transfer=trouble.index,
            causes=_causes(rejected),
            remedies=_remedies(trouble),
        )


def _ident(trouble: Trouble, where: str, reason: str) -> Finding:
    return DIAGNOSIS.found(
        "certain",
        f"{where} did not accept the user: {reason} (reply {trouble.complaint.number}). The server was not asked.",
        [trouble.says("the SOCKS4 proxy refused the user")],
        transfer=trouble.index,
        causes=("SOCKS4 knows no passwords: this proxy asks the ident service (RFC 1413) of the client instead.",),
        remedies=(
            Remedy(
                "client",
                "Run an ident service, or use SOCKS5",
                ("If the proxy speaks SOCKS5 as well, give it as socks5h:// and the user with --proxy-user.",),
            ),
            Remedy("gateway", "Check whether this proxy must ask the ident service", ()),
        ),
    )


def _causes(rejected: bool) -> tuple[str, ...]:
    if rejected:
        return ("The user or the password is wrong or expired.", "The user may not use this proxy.")
    return (
        "curl was given no user and password for the proxy, and the proxy lets nobody in without.",
        "The proxy accepts only another way to log in (such as GSS-API), which must be set up for curl.",
    )


def _remedies(trouble: Trouble) -> Iterator[Remedy]:
    steps = ["Replace USER by your user; curl asks for the password."]
    commands = again(trouble, "--proxy-user", "USER")
    if not commands:
        steps.append(f"Replace {UNKNOWN_URL} by the address that you asked for.")
        commands = (way_of(trouble.transfer, trouble.connection).curl(UNKNOWN_URL, "-v", "--proxy-user", "USER"),)
    yield Remedy("client", "Give curl the user of the proxy", tuple(steps), commands)
    if trouble.complaint.tells("rejected-login"):
        yield Remedy("gateway", "Check the user on the SOCKS proxy", ("Its log names the user that it refused.",))
    else:  # no user ever came to it
        step = "Look up which ways to log in it accepts: with user and password, curl needs a user that it knows."
        yield Remedy("gateway", "Say how to log in to the SOCKS proxy", (step,))
