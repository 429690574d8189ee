"""curl and the server have no way of encrypting in common.

## What it means

In its first message curl offers what it can do: ciphers, curves, signature methods. The server picks from them, or
gives up when nothing suits. Here it gave up.

## How curlx knows

Either curl says so (`no ciphers available`, `no cypher overlap`), or the server answered the very first message with
the alert `handshake failure` (RFC 8446, 6.2: no acceptable set of security parameters) or `insufficient security`.

NSS says `no common encryption algorithm(s)` for any `handshake failure` that comes in answer to its first message, so
that is likely only.

## What to do

See what the server accepts, and compare it with what the command allows (`--ciphers`, `--tls13-ciphers`, `--curves`).

## When it is something else

* Some servers and CDNs answer with `handshake failure` when they have no certificate for the name that was asked for:
  check the host name first.
* After a request for a client certificate the same alert means that the certificate is missing or refused: see
  `client-certificate-missing`.
* Very old servers answer so when the TLS version does not suit.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice.commands import curl
from curlx.diagnoses.tls.shared.failures import Failure, broken
from curlx.diagnoses.tls.shared.limits import (
    BEFORE_13,
    CIPHERS,
    VERSIONS,
    given,
    highest_offered,
    is_narrow,
    narrowed_by,
    only_12,
)
from curlx.findings import Certainty, Diagnosis, Finding, Remedy, cite
from curlx.timeline import Timeline
from curlx.tls_numbers import AlertDescription

DIAGNOSIS = Diagnosis(
    code="tls-no-shared-cipher",
    title="curl and the server found no cipher in common",
    needs="complaint",
    explains=("tls-refused", "network-", "curl-error"),
)


_MOSTLY = "Most often that is the cipher; some servers send the same for a host name that they do not serve."
"""What `handshake failure` in answer to the first message stands for."""
_GROUP = "The server wants a key-exchange group (curve) that curl did not offer"
_CURVES = (
    "If the server wants a certain key-exchange group, `--curves` offers it where curl's TLS library has it "
    "(`--curves X25519MLKEM768`, say: OpenSSL from 3.5 on)."
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers whose handshake ended because client and server agreed on no cipher."""
    for failure in broken(timeline, "no-shared-cipher"):
        host, transfer = failure.host, failure.transfer
        choices = given(transfer, *CIPHERS, *VERSIONS)
        if not is_narrow(choices):
            choices = tuple(choice for choice in choices if choice.startswith(CIPHERS))
        certainty: Certainty = "certain"
        said = "curl's TLS library says that there is no cipher that both sides accept."
        shows = "no cipher in common"
        insecure = failure.number == AlertDescription.INSUFFICIENT_SECURITY
        if insecure:
            said = f"{failure.opening} says that what curl offers is not secure enough for it."
            shows = "the server's refusal"
        elif failure.tells("of-schannel"):
            certainty = "likely"
            said = ("Windows says that client and server have no algorithm in common. That may be a TLS version or a "
                    "cipher; it does not say which.")  # fmt: skip
            shows = "nothing in common, by what Windows says"
        elif failure.alert is None and failure.tells("of-nss"):
            certainty = "likely"
            said = ("curl's TLS library NSS says that there is no cipher in common. It says so whenever the server "
                    f"answers the first message with `handshake failure`. {_MOSTLY}")  # fmt: skip
        elif failure.alert is not None:
            certainty = "likely"
            said = (f"{failure.opening} answered curl's first message with `handshake failure`: nothing that curl "
                    f"offered suits it. {_MOSTLY}")  # fmt: skip
            shows = "the server's refusal, sent (IN) in answer to curl's first message"
        evidence = [*failure.evidence(timeline, shows), *failure.hello_evidence(timeline)]
        causes = [
            "The server accepts only old ciphers that curl's TLS library no longer offers, or only new ones that it "
            "does not know.",
        ]
        if insecure:
            causes = ["The server demands stronger ciphers, keys or curves than curl's TLS library offers."]
        elif failure.tells("of-schannel"):
            causes.insert(
                0, "The server speaks only TLS versions that this Windows does not use, or the other way round."
            )
        elif certainty == "likely":
            causes.append(f"The server has no certificate for the name {host} and says so with this alert.")
            if failure.alert is not None:
                causes.append(_GROUP + (", a new one, say." if _may_be_13(failure) else "."))
        if choices and transfer.command is not None:
            evidence.append(
                cite(timeline, transfer.command.line, f"the command narrows the choice: {' '.join(choices)}")
            )
            causes.insert(0, narrowed_by(choices))
            causes[1:1] = _of_one_kind(failure)
        yield DIAGNOSIS.found(
            certainty,
            said,
            evidence,
            transfer=failure.index,
            causes=causes,
            title="curl and the server have no TLS version or cipher in common" if failure.tells("of-schannel") else "",
            remedies=_strengthen(failure) if insecure else _agree(failure, only_12(timeline)),
        )


def _may_be_13(failure: Failure) -> bool:
    """Whether curl may have offered TLS 1.3: the new groups are for that alone (draft-ietf-tls-ecdhe-mlkem)."""
    versions = (highest_offered(failure), *(each.split()[-1] for each in given(failure.transfer, "--tls-max")))
    return not any(version in BEFORE_13 for version in versions)


def _of_one_kind(failure: Failure) -> Iterator[str]:
    """Say what certificate the ciphers of the command need, where all need the same (RFC 8422, 2)."""
    ciphers = "".join(each.split()[-1] for each in given(failure.transfer, "--ciphers")).upper().replace("_", "-")
    for kind, other in (("ECDSA", "RSA"), ("RSA", "ECDSA")):
        # With TLS 1.3 the suites that --ciphers does not name are offered, too.
        if ciphers and not _may_be_13(failure) and all(f"ECDHE-{kind}-" in each for each in ciphers.split(":")):
            yield f"These ciphers need {kind} certificates: a server that has an {other} one only refuses."


def _strengthen(failure: Failure) -> tuple[Remedy, ...]:
    """Say what helps where the server wants more than curl offers."""
    return (
        Remedy(
            "client",
            "Offer what is stronger: leave the choice of ciphers to curl, or update it",
            ("`curl -V` names the TLS library and its version: an old one lacks what strict servers insist on.",),
            (curl(failure.endpoint), "curl.exe -V" if failure.endpoint.way.windows else "curl -V"),
        ),
        Remedy(
            "server",
            f"Look up which ciphers, keys and curves {failure.host} insists on",
            ("It is stricter than this client can be: only if such clients must be let in, allow what they offer.",),
        ),
    )


def _agree(failure: Failure, options: tuple[str, ...]) -> tuple[Remedy, ...]:
    """Say how to find something that suits both; `options` leave one TLS version."""
    return (
        Remedy(
            "client",
            "Leave the choice of ciphers to curl, and see whether one TLS version works",
            (
                "Check that the host name is the one the server is set up for.",
                *((_CURVES,) if failure.alert is not None and _may_be_13(failure) else ()),
            ),
            (
                curl(failure.endpoint),
                curl(failure.endpoint, *options),
            ),
        ),
        Remedy(
            "server",
            f"Allow current ciphers on {failure.host}",
            ("ECDHE with AES-GCM or ChaCha20 suits every client that is still maintained.",),
        ),
    )
