"""The name of the server could not be turned into an address.

## What it means

A name such as `api.example.com` must be turned into an address before anything can be sent. This is the job of DNS,
the internet's directory of names, and of the machine's own list of names (`/etc/hosts`). Here the answer was: there
is no such name, or nobody could be asked. Nothing has reached the server; its certificates, its firewall and its
configuration play no part.

## How curlx knows

curl says so: `Could not resolve host: NAME` (exit code 6). No connection follows in the log. Or it says `Resolving
timed out` (exit code 28): nobody answered in time, and then it is not known whether there is such a name.

## What to do

Read the name letter by letter first: most of these are typing mistakes, a missing variable in a script, or a blank
in the URL. Then ask for the name on the same machine. If other machines find it and this one does not, the machine
asks the wrong directory: a VPN that is down, a container without DNS, a company network where only the proxy can
look up outside names.

## When it is something else

`Could not resolve proxy` is about the proxy's name, not the server's: see `proxy-host-not-found`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from curlx.advice import git
from curlx.advice.commands import PROXY, endpoint_of
from curlx.diagnoses.network.shared.lookups import timed_out
from curlx.diagnoses.network.shared.probes import again, lookup
from curlx.diagnoses.network.shared.trouble import Trouble, ended_by, is_about_own_address, place, standing
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Fact, Header, Timeline, Transfer

_EXIT_PROXY = 97

_SHORT = "{name} is short for {longer} only where a search domain says so; here it is the longer name that is found."
DIAGNOSIS = Diagnosis(code="network-host-not-found", title="The server's name was not found", needs="complaint")

_ASK = "Ask for the name as below: an address in the answer means that DNS has it by now, so try again."


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the name that curl could not resolve."""
    yield from timed_out(timeline, DIAGNOSIS, of_proxy=False)
    for trouble in ended_by(timeline, "host-not-found"):
        if _is_proxy(trouble) or is_about_own_address(trouble.transfer):
            continue
        name = trouble.complaint.subject or (_target(trouble) if _for_socks(trouble) else trouble.host)
        if name in _NO_HOSTS and not _is_of_url(trouble.transfer, name):
            yield _of_a_word(trouble, name)
            continue
        if trouble.complaint.tells("no-thread"):
            yield _unasked(trouble, name)
            continue
        shown = name or "the host in the URL"
        led = _redirect(trouble, name)
        longer = None if led else _reached(timeline).get(name or "")
        whence = ", to which a redirect had led" if led else ""
        evidence = [trouble.says(f"no address was found for {shown}")]
        evidence += [cite(timeline, led.line, "the name comes from this redirect")] if led else []
        evidence += [cite(timeline, longer.line, "a longer name, which was found")] if longer else []
        yield DIAGNOSIS.found(
            "likely" if _is_another(trouble) and not led else "certain",
            f"curl could not find an address for {shown}{whence}. Nothing was sent to that server.",
            evidence,
            transfer=trouble.index,
            causes=(
                *_of_redirect(led),
                *(_of_socks(name) if _for_socks(trouble) else ()),
                *((_SHORT.format(name=shown, longer=longer.value),) if longer else ()),
                *(() if longer else _causes(name, over_https=trouble.complaint.tells("over-https"))),
            ),
            remedies=(_by_longer_name(longer.value),) if longer else _remedies(trouble, name, "-L" if led else ""),
        )


_METHOD = "Write `-X {name}`, or leave {name} out: curl sends GET by itself, POST with -d, and HEAD with -I."
_NO_HOSTS = {
    **dict.fromkeys(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"), (
        "{name} is a method, and -X is missing in front of it: what is no option is a URL to curl.", _METHOD)),
    "curl": ("The word curl stands in the command once more: two commands on one line, perhaps.",
             "Leave the second {name} out, or give each command a line of its own."),
}  # fmt: skip
"""Words of a command that are hardly anybody's host, how curl came to take one for a host, and what to write."""


def _of_a_word(trouble: Trouble, name: str) -> Finding:
    """Say that curl took a word for a URL; it is a warning where the URL that was meant failed otherwise."""
    why, instead = _NO_HOSTS[name]
    shown = name != "curl" or trouble.transfer.url == name  # somebody's service may be named so
    found = DIAGNOSIS.found(
        "certain" if shown else "likely",
        f"curl took the word {name} for a URL, and found no address for a host of this name. Nothing was sent for it.",
        [trouble.says(f"{name} as a host")],
        transfer=trouble.index,
        causes=(why.format(name=name),),
        title="A word of the command was taken for a URL",
        remedies=(Remedy("client", f"Take the word {name} out of the URLs", (instead.format(name=name),)),),
    )
    following = trouble.timeline.transfers[trouble.index + 1 : trouble.index + 2]
    of_the_same = bool(following) and following[0].command is None
    return msgspec.structs.replace(found, severity="warning") if of_the_same and _fails(following[0]) else found


def _fails(transfer: Transfer) -> bool:
    last = transfer.last_exchange
    return bool(standing(transfer)) or (last is not None and last.response is not None and last.response.refuses)


def _unasked(trouble: Trouble, name: str | None) -> Finding:
    """Say that nobody was asked: curl looks names up in a thread of its own, which the system did not let it start."""
    return DIAGNOSIS.found(
        "certain",
        f"curl could not start the thread in which it looks up {name or 'the name of the server'}. Nobody was asked "
        "for the name, and nothing was sent.",
        [trouble.says("nobody was asked for the name")],
        transfer=trouble.index,
        causes=(
            "In a container: an older container engine or libseccomp on the host forbids the system call (`clone3`) "
            "with which a newer C library starts threads.",
            "A limit on processes or threads is used up: that of the user, of the container, or of the service.",
        ),
        title="The server's name could not be looked up",
        remedies=(
            Remedy("client", "Let curl start a thread", (
                "In a container, update the engine and libseccomp on the host, or take an older image.",
                "Compare the number of threads with the limit (`ulimit -u`; in a container the limit on pids).",
            )),
        ),
    )  # fmt: skip


def _is_of_url(transfer: Transfer, name: str) -> bool:
    """Whether the log shows a URL with this host, and it is more than the word."""
    return transfer.url not in (None, name) and endpoint_of(transfer).host == name


@lru_cache(maxsize=1)  # a log may tell of thousands of names that were not found
def _reached(timeline: Timeline) -> dict[str, Fact[str]]:
    """Return the names that calls of the log got through to, by all that they begin with."""
    names: dict[str, Fact[str]] = {}
    text = timeline.loose.last_line or 0
    for transfer in timeline.transfers:
        if transfer.exit or standing(transfer):
            continue
        answer = next((each.response for each in transfer.exchanges if each.response is not None), None)
        line = answer.first_line if answer is not None else 0
        if not line and transfer.command is not None and text > transfer.command.line:
            line = transfer.command.line  # without -v curl prints the answer's body alone
        host = endpoint_of(transfer).host if line else ""
        for index in (index for index, letter in enumerate(host) if letter == "."):
            names.setdefault(host[:index], Fact(host, line))
    return names


def _by_longer_name(longer: str) -> Remedy:
    return Remedy("client", "Use the longer name", (f"Write {longer} in the URL.",))


def _redirect(trouble: Trouble, name: str | None) -> Header | None:
    """Return the header that sent curl to this name."""
    for exchange in reversed(trouble.transfer.exchanges):
        location = exchange.response.header("location") if exchange.superseded and exchange.response else None
        if location is not None and name and f"//{name}" in location.value:
            return location
    return None


def _of_redirect(led: Header | None) -> Iterator[str]:
    if led is not None:
        yield f"The server that redirects names a host that does not exist, or only for others: {led.value}."


def _is_proxy(trouble: Trouble) -> bool:
    proxy, name = trouble.proxy, trouble.complaint.subject
    return proxy is not None and bool(proxy.host) and name == proxy.host


def _is_another(trouble: Trouble) -> bool:
    """Whether curl was already connecting to another name and gave no code yet: it looks up `--interface` too."""
    connection = trouble.connection
    if trouble.transfer.exit is not None or connection is None or not connection.attempts:
        return False
    return connection.host is not None and trouble.complaint.subject not in (None, connection.host)


def _for_socks(trouble: Trouble) -> bool:
    """Whether curl wanted the address for a SOCKS proxy, which takes names as well (lib/socks.c; CURLE_PROXY, 97)."""
    exit_code = trouble.transfer.exit.code if trouble.transfer.exit else None
    reached = trouble.proxy is not None and trouble.proxy.kind == "socks" and trouble.proxy.first_line > 0
    asked = reached and trouble.complaint.subject is None and _target(trouble) is not None
    return trouble.complaint.tells("for-socks") or exit_code == _EXIT_PROXY or asked


def _target(trouble: Trouble) -> str | None:
    return trouble.connection.target_host if trouble.connection else None


def _causes(name: str | None, *, over_https: bool) -> Iterator[str]:
    if _is_onion(name):
        return
    if over_https:
        yield "The server for DNS over HTTPS (--doh-url) could not be reached, refused to answer, or has no such name."
    yield "The name is misspelt, or part of it (a variable, a domain) is missing."
    if name and "." not in name:
        yield (
            f"{name} has no domain: such a short name is known only inside one network, cluster or Docker network, or "
            "through a search domain of this machine."
        )
    yield "The name exists only inside a company network or a VPN, and this machine is not in it."
    if not over_https:
        yield "This machine has no working DNS server, or is meant to reach the outside through a proxy only."
    yield "The DNS record is new, was removed, or never existed."


def _of_socks(name: str | None) -> Iterator[str]:
    if _is_onion(name):
        yield "Names under .onion are in no DNS (RFC 7686): only the proxy of Tor knows them, and it was not asked."
    else:
        yield "The name may be known to the SOCKS proxy alone, and curl was told to look it up by itself."


def _is_onion(name: str | None) -> bool:
    return name is not None and name.lower().rstrip(".").endswith(".onion")


def _remedies(trouble: Trouble, name: str | None, follow: str) -> Iterator[Remedy]:
    if _is_onion(name):
        if _for_socks(trouble):
            yield _by_the_proxy(trouble)
        else:
            yield Remedy("client", "Ask through the SOCKS proxy of Tor",
                         ("Names under .onion are in no DNS (RFC 7686).",),
                         again(trouble, "--proxy", "socks5h://127.0.0.1:9050"))  # fmt: skip
        return
    asked = lookup(trouble.transfer, name)
    yield Remedy(
        "client",
        "Check the name, on the machine that ran curl",
        (
            "Ask whoever runs the server that redirects which name is meant."
            if follow
            else "Compare the name in the URL letter by letter with the one you were given.",
            *((_ASK,) if asked else ()),
            "If you need a VPN for this server, connect it and try again.",
        ),
        asked,
    )
    if _for_socks(trouble):
        yield _by_the_proxy(trouble)
    elif trouble.proxy is None and trouble.transfer.git:
        yield git.through_proxy(endpoint_of(trouble.transfer))
    elif trouble.proxy is None:
        command = again(trouble, *((follow,) if follow else ()), "--proxy", f"http://{PROXY}")
        how = f"Replace {PROXY} by your proxy." if command else "Name it with --proxy."
        yield Remedy(
            "client",
            "If the outside can only be reached through a proxy, name it",
            (f"Behind a proxy it is the proxy that looks the name up. {how}",),
            command,
        )
    step = f"Make sure that DNS has an A or AAAA record for {name or 'the host'}."
    yield Remedy("server", "Publish the name", (step,))


def _by_the_proxy(trouble: Trouble) -> Remedy:
    known = trouble.proxy is not None and trouble.host is not None
    scheme = "socks4a" if trouble.proxy is not None and trouble.proxy.socks == 4 else "socks5h"
    return Remedy(
        "client",
        "Let the SOCKS proxy look the name up",
        (
            "With socks5:// and socks4:// curl looks the name up itself; with socks5h:// and socks4a:// the proxy "
            "does, which may know names that this machine does not.",
        ),
        again(trouble, "--proxy", f"{scheme}://{place(trouble.host, trouble.port)}") if known else (),
    )
