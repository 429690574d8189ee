"""The server's certificate is for another name.

## What it means

A certificate says for which host names it is valid. The name in the URL is not among them, so curl cannot tell whether
it reached the right server, and broke off before any request was sent.

## How curlx knows

curl says so: `no alternative certificate subject name matches target host name`, `does not match target hostname`.
What counts is the name in the URL; a `Host:` header does not change it. Of the certificate, the alternative names
count, and the common name (`CN=`) only where it has none; curl prints the common name, and alternative names only where
one matches.

## What to do

Use a name that the certificate holds. To reach a certain address under that name, keep the name in the URL and give the
address with `--resolve` or `--connect-to`. Otherwise the server needs a certificate with the name you use. `-k` hides
the problem and accepts any certificate.

## When it is something else

* The request reached the wrong machine: a stale DNS entry, a captive portal, a proxy that answers itself.
* The server picks its certificate by the name in the handshake (SNI) and showed its default one, because the name is
  unknown to it or the URL holds an IP address.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.advice.commands import PLACEHOLDER, Led, curl, quote
from curlx.advice.distinguished_names import common_name
from curlx.advice.hosts import is_address, split_url
from curlx.advice.openssl import show_leaf
from curlx.diagnoses.tls.shared.failures import Failure, refused_certificates
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.ports import HTTPS_PORT
from curlx.timeline import Fact, Timeline

DIAGNOSIS = Diagnosis(
    code="server-certificate-name-mismatch",
    title="The server's certificate is for another name",
    needs="complaint",
    explains=("network-", "curl-error"),
)

_NAME = "NAME"
"""Stands where a name of the certificate belongs and the log shows none."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because the host is not in the server's certificate."""
    for failure in refused_certificates(timeline, "certificate-name-mismatch"):
        host = _host(failure)
        name = _common_name(failure)
        causes = [
            "The URL names the server otherwise than its certificate does.",
            "The server knows no certificate for this name and showed its default one.",
            "The name leads to another machine than intended (DNS, hosts file, captive portal).",
        ]
        led = _led(failure, host)
        if led is not None:
            causes[2] = (
                f"The command leads this name to another machine (`{led.option}`), which has a certificate of its own."
            )
            causes.insert(0, causes.pop())
        if _is_by_address(failure, host):
            causes = [
                "The URL holds an IP address, and certificates are seldom issued for addresses.",
                "The address belongs to another machine than intended.",
            ]
        asked = f"curl asked for {host}"
        if _is_untold(failure):
            asked = "The log does not show which name curl asked for"
            causes.insert(0, "The name in the URL is not in the certificate; the line that shows it is not in the log.")
        yield DIAGNOSIS.found(
            "likely" if _is_untold(failure) else "certain",
            f"{asked}, and the certificate that it was shown does not hold that name. "
            f"{_shown(failure, name)} No request was sent.",
            (*failure.evidence(timeline, "curl says that the name does not match"), *_lines(timeline, failure, name)),
            transfer=failure.index,
            causes=causes,
            remedies=_remedies(failure, host, name),
        )


def _host(failure: Failure) -> str:
    """Return the name that was asked for: curl's sentence has it, even where the rest of the log has not."""
    return (failure.complaint.subject if failure.complaint else None) or failure.host


def _is_by_address(failure: Failure, host: str) -> bool:
    return is_address(host) or failure.tells("by-address")


def _is_untold(failure: Failure) -> bool:
    """Whether only an address that curl tried tells of the host: a URL may have held it, or a name that is cut off."""
    subject = failure.complaint.subject if failure.complaint else None
    return not (subject or failure.shows_host)


def _led(failure: Failure, host: str) -> Led | None:
    """Return the other machine that the command led this name to; the port of the connection may be that machine's."""
    _, named, port, _ = split_url(failure.transfer.url)
    port = (port or HTTPS_PORT) if named else failure.endpoint.port
    led = msgspec.structs.replace(failure.endpoint, host=host.lower(), port=port).led
    return led if led is not None and led.host.lower() != host.lower() else None


def _common_name(failure: Failure) -> Fact[str] | None:
    """Return the common name: the one name that curl shows of a certificate which does not match."""
    shown = failure.certificate
    if shown is not None and shown.matched is not None and shown.matched.value:
        shown = None  # curl found its name in that one: it is of another transfer, whose lines are mixed with these
    subject = shown.subject if shown else None
    common = common_name(subject.value) if subject else None
    if subject and common:
        return Fact(common, subject.line)
    # Builds that print no certificate (GnuTLS does not when it refuses one) have it in the sentence itself.
    quoted = failure.complaint.quoted if failure.complaint else ""
    return Fact(quoted, failure.line) if quoted else None


def _shown(failure: Failure, name: Fact[str] | None) -> str:
    """Say what the log shows of the names; beside alternative names the common name does not count (RFC 9525, 2)."""
    if name is None:
        return "The log does not show which names it holds."
    if failure.tells("beside-alternative-names"):  # there are some (`lib/vtls/openssl.c`)
        return (f"Its common name is {name.value}, which does not count beside its alternative names. The log does "
                "not show which those are.")  # fmt: skip
    return (f"Its common name is {name.value}. The log does not show whether it holds alternative names: where it "
            "does, only those count.")  # fmt: skip


def _lines(timeline: Timeline, failure: Failure, name: Fact[str] | None) -> Iterator[Evidence]:
    matched = failure.certificate.matched if failure.certificate is not None else None
    if matched is not None and not matched.value and matched.line != failure.line:
        yield cite(timeline, matched.line, "curl compared the names of the certificate with the host")
    if name is not None and name.line != failure.line:
        yield cite(timeline, name.line, "the common name of the certificate")


def _remedies(failure: Failure, host: str, name: Fact[str] | None) -> tuple[Remedy, ...]:
    endpoint = failure.endpoint
    if endpoint.host == PLACEHOLDER and failure.complaint is not None and failure.complaint.subject:
        endpoint = msgspec.structs.replace(endpoint, host=host)
    see = Remedy(
        "client",
        "See which names the certificate holds",
        (failure.no_shortcut,),
        (
            show_leaf(
                endpoint,
                "openssl x509 -noout -subject -ext subjectAltName",
                name=PLACEHOLDER if _is_untold(failure) else "" if _is_by_address(failure, host) else host,
            ),
        ),
    )
    meant = "the name that is asked for" if _is_untold(failure) else host
    server = Remedy("server", f"Install a certificate that holds {meant}, or fix which one is shown for it")
    if name is not None and _may_be_asked(name.value):
        asked, called = name.value, name.value
        whence = "The name is the common name in this log. See first that the certificate holds it, and"
    elif endpoint.is_address:  # a certificate has a name, as good as always
        asked, called = _NAME, "by a name of its certificate"
        whence = f"`{_NAME}` stands for one of the names that the command above prints: write it there twice, and"
    else:
        return (see, server)
    named = msgspec.structs.replace(endpoint, host=asked)
    target = f"{asked}:{endpoint.port}:{endpoint.authority}"
    use = Remedy(
        "client",
        f"If it is the right server, call it {called} and keep connecting to {endpoint.host}",
        (f"{whence} make sure that {quote(endpoint.host)} is the server you mean.",),
        (curl(named) if named == endpoint else curl(named, "--connect-to", target),),
    )
    return (see, use, server)


def _may_be_asked(name: str) -> bool:
    """Whether a common name is one that a URL may have: of a CA or a user it is not, a wildcard stands for many."""
    return "*" not in name and " " not in name and ("." in name or name == "localhost")
