"""curl and the server have no TLS version in common.

## What it means

TLS comes in versions (1.0, 1.1, 1.2, 1.3). Client and server must share one, and each side allows only some of them.
Here they shared none, so the handshake ended before anything was exchanged.

## How curlx knows

The server sent the alert `protocol version` (RFC 8446, 6.2), or curl's TLS library says that the version is
unsupported. OpenSSL 3 gets on with TLS 1.0 and 1.1 as far as the server's signature, and says `legacy sigalg
disallowed or unsupported` of it. `no protocols available` is said before the server is asked at all: the library or the
system switches off every version that curl was allowed to use. Windows (Schannel) says `SEC_E_UNSUPPORTED_FUNCTION`,
which does not name what it lacks: curlx says `likely` then.

## What to do

The log does not show which versions the server knows: try them with the commands below. If the command line limits the
versions (`--tlsv1.3`, `--tls-max`), loosen that. A server that knows only TLS 1.0 or 1.1 should be updated: these
versions are broken (RFC 8996), and current systems switch them off.

## When it is something else

* `wrong version number` nearly always means that the port does not speak TLS at all: see `tls-plaintext-server`.
* curl on macOS (LibreSSL) says `tlsv1 alert protocol version` of plain HTTP too: curlx then says `possible`, and how to
  find out.
* Some servers and gateways send this alert for any handshake that they do not like.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import curl
from curlx.diagnoses.tls.shared.failures import Failure, broken
from curlx.diagnoses.tls.shared.limits import (
    VERSIONS,
    given,
    highest_offered,
    is_before,
    is_narrow,
    limit_of,
    offered_evidence,
    only_12,
)
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Timeline
from curlx.tls_numbers import HandshakeType

DIAGNOSIS = Diagnosis(
    code="tls-version-mismatch",
    title="curl and the server have no TLS version in common",
    needs="complaint",
    explains=("network-", "curl-error"),
)

_OLD_STEP = (
    "The command with `--tlsv1.0` offers only the old versions, which are broken, and with OpenSSL weak ciphers too: "
    "send no passwords or tokens with it."
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers whose handshake ended because of the TLS version."""
    for failure in broken(timeline, "version-mismatch"):
        limits = given(failure.transfer, *VERSIONS)
        if failure.tells("no-version-left"):
            yield _nothing_to_offer(timeline, failure, limits)
        elif _is_ambiguous(failure):
            yield _perhaps_not_tls(timeline, failure)
        else:
            yield _mismatch(timeline, failure, limits)


def _mismatch(timeline: Timeline, failure: Failure, limits: tuple[str, ...]) -> Finding:
    host = failure.host
    said_by_server = failure.alert is not None or (failure.complaint and failure.complaint.kind == "tls-alert")
    unsupported = failure.tells("of-schannel")  # among others it says so where a server wants another version
    who = "The server says" if said_by_server else "curl says"
    shows = f"{who[0].lower()}{who[1:]} that the TLS version is not acceptable"
    if unsupported:
        shows = "Windows does not support a function that was asked for"
    if failure.tells("legacy-signature"):
        shows = "OpenSSL's word for a signature of TLS 1.0 or 1.1, which it does not accept"
    evidence, causes = _whose_limit(timeline, failure, limits, shows)
    attempts = _attempts(timeline, failure, limits)
    shown = failure.tls is not None and failure.tls.message("in", HandshakeType.CERTIFICATE) is not None
    summary = (
        f"{who} that the TLS version does not suit. The handshake with {host} ended there, before any "
        f"{'request was sent' if shown else 'certificate was judged'}."
    )
    if unsupported:
        summary = (
            f"Windows says only that it does not support what the handshake with {host} asked of it. Most often "
            "that is a version of TLS."
        )
    return DIAGNOSIS.found(
        "likely" if unsupported else "certain",
        summary,
        evidence,
        transfer=failure.index,
        causes=causes,
        remedies=(
            Remedy(
                "client",
                "Find out which versions the server accepts",
                (_OLD_STEP,) if any("--tlsv1.0" in options for options in attempts) else (),
                tuple(curl(failure.endpoint, *options) for options in attempts),
            ),
            Remedy("server", f"Switch TLS 1.2 and 1.3 on at {host}, and 1.0 and 1.1 off (RFC 8996)"),
        ),
    )


def _whose_limit(
    timeline: Timeline, failure: Failure, limits: tuple[str, ...], shows: str
) -> tuple[list[Evidence], list[str]]:
    """Return the evidence, the decisive line as what it shows, and whose limit the versions may stand under."""
    evidence = [*failure.evidence(timeline, shows), *failure.hello_evidence(timeline)]
    causes = [
        _too_old(failure),
        "The client knows or allows no version that the server accepts (an old TLS library, a system policy).",
        "An option or configuration file of the client limits the versions (`--tlsv1.3`, `--tls-max`).",
    ]
    command = failure.transfer.command
    if limits and command is not None:
        evidence.append(_limited(timeline, command.line, limits))
        own = f"The command limits the versions with `{' '.join(limits)}`."
        # A limit that shuts out what servers use today explains it by itself; another one only with old servers.
        causes = [own, causes[1]] if is_narrow(limits) else [causes[0], own, causes[1]]
    elif offered := [*offered_evidence(timeline, failure)]:
        evidence = [one for one in evidence if one.line != offered[0].line] + offered
        highest = highest_offered(failure) or ""
        # With 1.2 on offer, a server that knows none but older versions says the same.
        causes = [limit_of(highest), causes[1], *(causes[:1] if highest == "1.2" else ())]
    elif _answered(failure):
        causes = [
            f"{failure.opening} answered with a version older than curl's TLS library allows: 1.0 or 1.1, unless "
            "the client's settings demand more (`MinProtocol` in openssl.cnf)."
        ]
    return evidence, causes


def _attempts(timeline: Timeline, failure: Failure, limits: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the options that ask for what was not asked for yet, as far as the command and the ClientHello show."""
    words = " ".join(limits).split()
    lowest = max((word.removeprefix("--tlsv") for word in words if word.startswith("--tlsv1.")), default=None)
    shown = highest_offered(failure)
    hello = failure.tls.client_hello if failure.tls is not None else None
    offered = timeline.text_of(hello.line) if hello is not None else ""
    highest = next((version for version in ("1.3", "1.2") if f"TLSv{version} (OUT)" in offered), None)
    if "--tls-max" in words[:-1]:
        highest = words[words.index("--tls-max") + 1]
    if _answered(failure):
        highest = "1.3"  # what a server answers with is the newest that it knows (RFC 5246, E.1)
    untried = []
    # Without the command, nobody knows what it was not to go below, but where nothing newer was offered.
    unknown = failure.transfer.command is None and shown != "1.2"
    if highest not in ("1.2", "1.3") or lowest == "1.3" or unknown:
        untried.append(only_12(timeline))
    if highest != "1.3" and lowest != "1.3":
        untried.append(("--tlsv1.3",))
    if highest == "1.3" and lowest != "1.3":
        untried.append(_old_only(timeline, failure))
    return tuple(untried)


def _old_only(timeline: Timeline, failure: Failure) -> tuple[str, ...]:
    """Return the options for TLS 1.0 and 1.1 and nothing else.

    Measured with curl 7.88 and OpenSSL 3.0: without the lower security level the handshake fails all the same.
    """
    if is_before(timeline, 7, 54):
        return ("--tlsv1.0",)
    weak = ("--ciphers", "DEFAULT@SECLEVEL=0") if failure.is_openssl else ()
    return ("--tlsv1.0", "--tls-max", "1.1", *weak)


def _answered(failure: Failure) -> bool:
    """Whether it is the server's answer, and not an alert, that names a version which curl does not accept."""
    by_server = failure.alert is not None or (failure.complaint and failure.complaint.kind == "tls-alert")
    return not by_server and failure.tls is not None and failure.tls.server_hello is not None


def _is_ambiguous(failure: Failure) -> bool:
    """LibreSSL puts the alert that it sends itself into the same words (tls13_lib.c, tls13_alert_sent_cb).

    So it calls an answer in plain HTTP `tlsv1 alert protocol version`, where OpenSSL says `wrong version number`.
    """
    said = failure.complaint
    if said is None or not said.tells("received-or-sent", "of-libressl"):
        return False
    alone = failure.alert is None or failure.alert.line == said.line  # no line of its own for an alert that came in
    return alone and failure.before_server_hello()


def _perhaps_not_tls(timeline: Timeline, failure: Failure) -> Finding:
    port = failure.endpoint.port_in_words
    return DIAGNOSIS.found(
        "possible",
        "LibreSSL speaks of the TLS version, but it uses the same words for an answer that is no TLS at all. The log "
        f"shows no answer in TLS, so either {port} of {failure.host} does not speak TLS (a server of plain HTTP), "
        "or the two have no TLS version in common.",
        [*failure.evidence(timeline, "LibreSSL's words for both"), *failure.hello_evidence(timeline)],
        transfer=failure.index,
        title="No TLS version in common, or the port does not speak TLS",
        causes=(
            f"{port.capitalize()} speaks plain HTTP: the URL should begin with http://, or name another port.",
            _too_old(failure),
        ),
        remedies=(
            Remedy(
                "client",
                "Ask the same port without TLS: if it answers, it does not speak TLS",
                ("Do not send passwords or tokens over http://.",),
                (curl(failure.endpoint, scheme="http"), curl(failure.endpoint, "--tlsv1.2", "--tls-max", "1.2")),
            ),
            Remedy("server", f"Switch TLS 1.2 and 1.3 on for {port} (RFC 8996)"),
        ),
    )


def _too_old(failure: Failure) -> str:
    return f"{failure.opening} knows only old versions (1.0, 1.1), which curl's TLS library switches off."


def _limited(timeline: Timeline, line: int, limits: tuple[str, ...]) -> Evidence:
    return cite(timeline, line, f"the command limits the versions: {' '.join(limits)}")


_SYSTEM_LIMITS = 'grep -n -i Protocol "$(openssl version -d | cut -d \\" -f 2)/openssl.cnf"'


def _nothing_to_offer(timeline: Timeline, failure: Failure, limits: tuple[str, ...]) -> Finding:
    """OpenSSL or NSS finds no version between the limits, and never asks."""
    of_openssl = failure.is_openssl
    evidence = [*failure.evidence(timeline, "curl's TLS library has no version left to offer")]
    if limits and failure.transfer.command is not None:
        evidence.append(_limited(timeline, failure.transfer.command.line, limits))
    return DIAGNOSIS.found(
        "certain",
        "curl's TLS library had no TLS version left to offer: "
        + (
            "the system's settings switch off every version that curl was allowed to use. "
            if of_openssl
            else "it takes none of those that curl was told to use. "
        )
        + f"Nothing was asked of {failure.host}.",
        evidence,
        transfer=failure.index,
        title="The client's settings leave no TLS version to use",
        causes=(
            f"The command limits the versions with `{' '.join(limits)}`."
            if limits
            else "An option or a configuration file of curl allows old versions only (`--tls-max 1.1`, `--tlsv1.0`).",
            f"The system's policy sets a minimum ({'`MinProtocol` in openssl.cnf, ' if of_openssl else ''}a crypto "
            "policy, FIPS).",
        ),
        remedies=(
            Remedy(
                "client",
                "Leave the choice of the version to curl, and look for limits that were set",
                (),
                (
                    curl(failure.endpoint, *(("--tlsv1.2",) if of_openssl else ())),
                    "grep -n -E 'tls|ssl' ~/.curlrc",
                    *((_SYSTEM_LIMITS,) if of_openssl else ()),
                ),
            ),
        ),
    )
