"""The proxy could not reach the target.

## What it means

curl asked the proxy for a tunnel to the server (`CONNECT host:port`). The proxy was willing, and could not connect
either: for it, too, the name is unknown, the port is closed, or nobody answers.

## How curlx knows

The proxy answered CONNECT with a 5xx status. Where its headers name the reason (`X-Squid-Error: ERR_CONNECT_FAIL`),
that is certain. Otherwise it is likely: proxies use these statuses for little else, but an overloaded proxy may use
503 as well.

## What to do

Check the name and the port of the target first. Then whoever runs the proxy must look from the proxy's machine: can
it look the name up and connect? A target inside your own network can often not be reached from the proxy, and
should not go through it.

## When it is something else

403 means that the proxy does not want to (`proxy-denied`), 407 that it wants a login (`proxy-authentication`). A
502 that comes after the tunnel was opened is the server's (`http-bad-gateway`).
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.proxy.denied import NO_PROXY_AT_ALL
from curlx.diagnoses.proxy.shared.tunnels import ProxyAnswer, bypass, proxy_refusals
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="proxy-target-unreachable",
    title="The proxy could not reach the target",
    needs="refusal",
    explains=("http-unavailable", "http-bad-gateway", "http-gateway-timeout", "http-server-error"),
)

_REASONS = {
    # squid's names for its error pages (squid-cache.org, errors/)
    "err_connect_fail": "the connection to the target failed",
    "err_dns_fail": "the name of the target was not found",
    "err_cannot_forward": "no way to the target is allowed or alive",
    "err_read_timeout": "the target did not answer in time",
}

_ERRNO = {
    "111": "the target refused the connection",
    "110": "the target did not answer the request for a connection",
    "113": "there is no way to the target",
    "101": "there is no way to the target",
}
"""What squid adds to ERR_CONNECT_FAIL: errno, by the numbers of Linux."""
_CONNECTING = (
    "The port of the target is wrong, or the program that should listen there is down.",
    "A firewall does not let the proxy's machine through to this address and port.",
)
_WHERE_SET = (
    "The log does not name the proxy. It may be set in https_proxy, http_proxy or all_proxy (`env | grep -i proxy` "
    "lists them, perhaps with a password), in ~/.curlrc, or in the program's own settings."
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the tunnel that a proxy could not open."""
    for answer in proxy_refusals(timeline):
        words = answer.header("x-squid-error").split()
        number = words[1] if len(words) > 1 and answer.squid_error == "err_connect_fail" else ""
        reason = _ERRNO.get(number) or _REASONS.get(answer.squid_error, "")
        if answer.denies or answer.status < 500 or answer.status in NO_PROXY_AT_ALL or not (answer.tunnel or reason):
            continue
        ending = f": {reason}" if reason else ""
        instead = "opening a tunnel to" if answer.tunnel else "passing the request on to"
        # To a plain request a server behind squid (an accelerator) would answer so too.
        yield DIAGNOSIS.found(
            "certain" if reason and answer.tunnel else "likely",
            f"The {answer.proxy} answered {answer.status} instead of {instead} {answer.target}{ending}. "
            + ("The proxy could not reach the target." if reason else "Most often that means: it cannot reach it."),
            answer.evidence("the proxy could not open the tunnel" if answer.tunnel else "the proxy's answer"),
            transfer=answer.index,
            causes=_CONNECTING
            if number in _ERRNO
            else (
                "The name or the port of the target is wrong, or the target is down.",
                "The proxy's machine cannot look the name up, or may not connect to this address and port.",
                "The target is in your own network, where the proxy has no way to.",
                *(() if reason else ("The proxy is overloaded or faulty and answers every request so.",)),
            ),
            remedies=_remedies(answer, found=number in _ERRNO),
        )


def _remedies(answer: ProxyAnswer, *, found: bool) -> Iterator[Remedy]:
    """Yield what to do; `found` is whether the proxy had an address to connect to, so that the name is right."""
    unnamed = (_WHERE_SET,) if answer.proxy == "proxy" else ()  # who asked may not know of any
    compare = f"Compare {answer.target} with the host and port you were given."
    yield Remedy("client", "Check the target", (compare, *unnamed))
    look_up = "" if found else "look the name up, "
    yield Remedy(
        "gateway",
        "Look from the proxy's side",
        (f"On the machine of the {answer.proxy}: {look_up}connect to {answer.target}, read the log.",),
    )
    yield from bypass(answer.transfer, answer.connection)
