"""The proxy wants you to log in.

## What it means

A proxy stands between you and the server and passes your traffic on. This one passes nothing on until it knows who
you are. The server has not been asked anything yet: it is the proxy that said no, and the proxy's user name and
password that are needed, not the server's.

## How curlx knows

The proxy answered with status 407, which only a proxy may use (RFC 9110, 15.5.8), and no later request got through.
A 407 that curl answers by itself with the right credentials is a normal step, and not reported.

## What to do

Give curl the proxy's user with `--proxy-user`, and the way of logging in that the proxy offers in its
`Proxy-Authenticate` headers. NTLM and Negotiate need a curl that was built with them (`curl -V` lists the
features).

## When it is something else

Status 401 comes from the server: see `http-unauthorized`. Status 403 from the proxy means that it does not allow
the target: see `proxy-denied`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice import git
from curlx.advice.commands import PROXY, endpoint_of
from curlx.diagnoses.loopback import on_the_way, stays_here
from curlx.diagnoses.network.shared.probes import repeat
from curlx.diagnoses.network.shared.trouble import place
from curlx.diagnoses.proxy.shared.tunnels import ProxyAnswer, proxy_refusals, unasked
from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.statuses import PROXY_AUTHENTICATION_REQUIRED
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="proxy-authentication", title="The proxy wants you to log in", needs="refusal", explains=("http-",)
)

_OPTIONS = {
    "basic": ("--proxy-basic",),
    "digest": ("--proxy-digest",),
    "ntlm": ("--proxy-ntlm",),
    "negotiate": ("--proxy-negotiate",),
}
"""curl's option for each way of logging in (curl's man page)."""

_FEATURES = {"ntlm": "NTLM", "negotiate": "SPNEGO"}
"""What `curl -V` calls the support for them (curl's man page, --version)."""
_LOGGED_IN = "the user who is logged in here (on Linux and macOS: a ticket from `kinit`)"


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the 407 that nothing followed."""
    for answer in proxy_refusals(timeline):
        if answer.status != PROXY_AUTHENTICATION_REQUIRED:
            continue
        sent = _sent(answer)
        begun = _begun(answer)
        host = answer.connection.host if answer.connection else None
        tried = f" curl had sent {sent} credentials, and they were not accepted." if sent else ""
        if begun:
            tried = f" A login with {begun} had begun, and the log does not show it come to its end."
        if not answer.tunnel and answer.connection is not None and answer.connection.proxy is None:
            yield _of_nobody_known(answer)
            continue
        yield DIAGNOSIS.found(
            "certain",
            f"The {answer.proxy} wants {'a login' if _by_ticket(answer) else 'a user name and password'} before it "
            f"lets anything through (status 407).{tried} {unasked(answer.transfer, answer.connection, host)}",
            answer.evidence("the proxy demands a login"),
            transfer=answer.index,
            causes=tuple(_causes(answer, sent, begun)),
            remedies=_remedies(answer, tried=bool(tried) or _given(answer)),
        )


def _of_nobody_known(answer: ProxyAnswer) -> Finding:
    """407 without a proxy in the log: something on the way answers in the server's place, or a server misuses it."""
    encrypted = answer.connection is not None and answer.connection.tls is not None
    if encrypted:
        whose = "The answer came encrypted under the server's name, so it is the server, or a gateway that decrypts."
    elif stays_here(answer.connection):
        whose = "curl asked its own machine: what listens there gave this answer, or passed it on."
    else:
        whose = "A proxy that intercepts the connections of this network is the usual reason."
    return DIAGNOSIS.found(
        "possible" if encrypted else "likely",
        "The answer was 407: whoever gave it speaks as a proxy that wants a login, and the log shows no proxy that "
        f"curl was told to use. {whose}",
        [cite(answer.timeline, answer.line, "whoever answered demands a login as a proxy does")],
        transfer=answer.index,
        title="Somebody answers as a proxy that wants a login",
        causes=(
            *on_the_way(
                answer.connection, "A gateway on the way takes the connections in without being named as a proxy."
            ),
            "The server uses the number for a login of its own, for which 401 is meant.",
        ),
        remedies=(
            Remedy(
                "client",
                "Ask whose login it is",
                ("Ask whoever runs the network or the server; do not send a password to somebody unknown.",),
            ),
        ),
    )


def _challenges(answer: ProxyAnswer) -> list[list[str]]:
    """Return the words of each header in which the proxy says how to log in."""
    response = answer.exchange.response if answer.exchange else None
    return [header.value.split() for header in response.all_of("proxy-authenticate")] if response else []


def _schemes(answer: ProxyAnswer) -> tuple[str, ...]:
    """Return the ways of logging in that the proxy offers."""
    return tuple(dict.fromkeys(words[0] for words in _challenges(answer) if words))


def _by_ticket(answer: ProxyAnswer) -> bool:
    """Whether all that the proxy offers can do without a password, for it offers Negotiate."""
    names = {each.lower() for each in _schemes(answer)}
    return "negotiate" in names and not names & {"basic", "digest"}


def _sent(answer: ProxyAnswer) -> str:
    """Return the way of logging in that curl tried."""
    request = answer.exchange.request if answer.exchange else None
    header = request.header("proxy-authorization") if request else None
    words = header.value.split() if header else []
    return words[0] if words else ""


def _given(answer: ProxyAnswer) -> bool:
    """Whether the command has a user for the proxy."""
    return any(name == "proxy-user" or (name == "proxy" and "@" in value) for name, value in answer.transfer.way)


def _begun(answer: ProxyAnswer) -> str:
    """Return NTLM or Negotiate where the proxy's header holds more than that name.

    Then it is the answer to curl's own first message of such a login ([MS-NLMP] 1.3.1, RFC 4559, 4.1).
    """
    return next(
        (words[0] for words in _challenges(answer) if len(words) > 1 and words[0].lower() in ("ntlm", "negotiate")), ""
    )


def _causes(answer: ProxyAnswer, sent: str, begun: str) -> Iterator[str]:
    schemes = _schemes(answer)
    if begun:
        yield "The log ends, or begins, in the middle of the login: it takes several messages."
        yield f"The proxy or curl closed the connection in between: a login with {begun} holds for one connection."
        yield "The user or the password is wrong or expired."
        return
    if not sent and not _given(answer):
        who, server = ("git", "") if answer.transfer.git else ("curl", " (--user)")
        request = answer.exchange.request if answer.exchange else None
        unseen = request is None or answer.transfer.git or answer.timeline.elided
        wrong = ", or wrong ones" if unseen else ""
        yield (
            f"{who} was given no user and password for the proxy{wrong}. "
            f"Those for the server{server} do not count here."
        )
    else:
        yield "The user or the password is wrong or expired, or has characters to be written as %XX in a proxy URL."
        if sent and schemes and sent.lower() not in [each.lower() for each in schemes]:
            yield f"curl used {sent}, and the proxy accepts {', '.join(schemes)}."
    names = [each.lower() for each in schemes]
    if names and "basic" not in names and "digest" not in names:
        shown = " and ".join(_FEATURES[each] for each in names if each in _FEATURES)
        yield (
            f"The proxy accepts only {' and '.join(schemes)}: this curl must be built with support for it"
            + (f" (then `curl -V` lists {shown} among its features)." if shown else ".")
        )


def _remedies(answer: ProxyAnswer, *, tried: bool) -> Iterator[Remedy]:
    offered = [_OPTIONS[each.lower()] for each in _schemes(answer) if each.lower() in _OPTIONS]
    option = offered[0] if len(offered) == 1 else ("--proxy-anyauth",)
    # `:` alone: Negotiate and NTLM on Windows then take the user who is logged in.
    user = ":" if option == ("--proxy-negotiate",) else "USER"
    last = answer.timeline.transfers[answer.index].last_exchange
    asked = last is None or last.request is None or last.request.method == "GET"
    command = repeat(answer.transfer, *option, "--proxy-user", user) if asked else ()
    how = "Replace USER by your user" if command else "Name it with --proxy-user"
    step = f"{how}; curl asks for the password, so that it stays out of the shell's history."
    if command and user != ":" and _by_ticket(answer):
        step += f" Or let Negotiate take {_LOGGED_IN}, without a password: `--proxy-negotiate --proxy-user :`."
    if command and user == ":":
        step = f"The `:` stands for {_LOGGED_IN}."
    connection = answer.connection
    if answer.transfer.git:
        known = connection is not None and connection.host
        proxy = place(connection.host, connection.port) if connection is not None and known else PROXY
        yield git.proxy_login(endpoint_of(answer.transfer, connection), proxy)
    else:
        title = "Check the user and the password for the proxy" if tried else "Give curl the user of the proxy"
        yield Remedy("client", title, (step,), command)
    yield Remedy(
        "gateway",
        "Let this target, or this machine, through without a login",
        (f"In the rules of the {answer.proxy}: let programs without a user through to {answer.target}.",),
    )
