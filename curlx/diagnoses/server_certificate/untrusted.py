"""The server's certificate comes from an authority that curl does not trust.

## What it means

curl follows the certificate of the server up to an authority (CA), and that authority must be in curl's list of trusted
ones. Here the way up ended somewhere unknown, so curl broke off before any request was sent.

## How curlx knows

curl says so: `unable to get local issuer certificate`, `self-signed certificate in certificate chain`, `unknown CA` in
an alert that curl sent, `CA signer not available`, and the words of other libraries. A library that says only that the
verification failed is reported as likely, and so is an alert without a name that curl sends right behind the
certificate. `issuer check failed` is about another question: not whether curl trusts the issuer, but whether it is the
one that a program demands with `CURLOPT_ISSUERCERT`.

## What to do

Three causes look alike in the log, and one command tells them apart: `openssl s_client -showcerts` shows every
certificate that really arrives.

* Only one certificate, issued by a public authority: the server forgot to send its intermediate. The server is to fix.
* A chain that ends in your organization's own CA: give curl that CA with `--cacert`.
* An issuer that names a gateway, a proxy or an antivirus program: somebody decrypts on the way; see `tls-intercepted`.

`-k` makes curl accept every certificate, an attacker's too.

## When it is something else

* curl's list itself is empty or was not found: then every server is refused. Look at `CAfile` and `CApath`.
* `TLS alert, unknown CA` marked `(IN)` comes from the server and is about the client's certificate.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.advice import git
from curlx.advice.commands import curl
from curlx.advice.distinguished_names import common_name
from curlx.advice.hosts import is_own
from curlx.advice.openssl import list_chain
from curlx.advice.sightings import gateways_seen
from curlx.complaints import Detail
from curlx.diagnoses.loopback import on_the_way
from curlx.diagnoses.server_certificate.shared.origins import is_mkcerts, stand_in, why_private
from curlx.diagnoses.tls.shared.failures import Failure, refused_certificates
from curlx.findings import Diagnosis, Evidence, Finding, Remedy, cite
from curlx.timeline import Complaint, Fact, Timeline
from curlx.tls_numbers import AlertDescription

DIAGNOSIS = Diagnosis(
    code="server-certificate-untrusted",
    title="The server's certificate comes from an authority that curl does not trust",
    needs="complaint",
    explains=("network-", "curl-error"),
)

_SAYS_MORE = ("certificate-untrusted", "certificate-self-signed-in-chain",
              "certificate-expired", "certificate-not-yet-valid", "certificate-self-signed",
              "certificate-name-mismatch", "certificate-revoked", "certificate-revocation-unchecked",
              "certificate-pin-mismatch", "certificate-staple-missing", "certificate-weak",
              "certificate-malformed")  # fmt: skip

_RULES: dict[Detail, str] = {
    "purpose": "It, or the CA above it, is not meant for servers (extended key usage).",
    "ca-rule": "What issued it is no CA (basic constraints).",
    "path-length": "There are more CAs in the chain than the one at its top allows.",
    "name-rule": "The CA may not issue certificates for this name (name constraints).",
    "chain-too-long": "The chain has more certificates than curl's TLS library follows.",
}
"""What the rules mean that OpenSSL names."""
_SOME_RULE = "A certificate in its chain breaks a rule (RFC 5280)."

_DECRYPTED = "Something on the way decrypts TLS (gateway, antivirus) and shows certificates of its own."
_OWN_LIST = (
    "The list of authorities that this program uses is missing, or too old to hold this one: a program with libcurl "
    "may have one of its own (`CURLOPT_CAINFO`)."
)
_DATED = "The certificate has expired or is not valid yet: compare its dates."
_NAMED = "It is for another name: compare the names in it with the host's."
_WITHOUT = "curl refuses the certificate without a reason"
_NO_WHY = (
    "and {} does not say why. An issuer that curl does not know is the usual reason; a date that has passed or not "
    "come{} would look the same here."
)
_UNSAID = (_NO_WHY.format("its TLS library", ", or a wrong name,"), _WITHOUT, True)
_USUAL: dict[Detail, tuple[str, str, bool]] = {
    "invalid-chain": (
        "and calls its chain invalid: an issuer that curl does not know, or an intermediate that is missing, is the "
        "usual reason.",
        "curl does not accept the chain",
        False,
    ),
    "of-gnutls": (_NO_WHY.format("GnuTLS", ""), _WITHOUT, True),
}
"""What words mean, how their line is cited, and whether a date may lie behind them."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find transfers that curl broke off because it does not know who issued the server's certificate."""
    for failure in refused_certificates(timeline, "certificate-untrusted", "certificate-self-signed-in-chain"):
        if failure.complaint is not None and failure.tells("issuer-demanded"):
            yield _another_issuer(timeline, failure, failure.complaint.subject or "the file")
            continue
        in_chain = failure.complaint is not None and failure.complaint.kind == "certificate-self-signed-in-chain"
        told = "ends in a root that curl does not trust" if in_chain else "comes from an issuer that curl does not know"
        yield DIAGNOSIS.found(
            "certain",
            f"The certificate that {failure.host} showed {told}. No request was sent.",
            (*failure.evidence(timeline, "curl does not trust the issuer"), *_around(timeline, failure)),
            transfer=failure.index,
            causes=_causes(failure, in_chain),
            remedies=_remedies(failure, in_chain),
        )
    for failure in refused_certificates(timeline, "certificate-rejected"):
        if any(complaint.kind in _SAYS_MORE for complaint in failure.transfer.complaints):
            continue
        if failure.complaint is not None and failure.complaint.quoted:
            yield _against_a_rule(timeline, failure, failure.complaint)
            continue
        said = failure.complaint
        if failure.transfer.insecure is not None and failure.tells("of-mbedtls"):
            yield _in_spite_of_k(timeline, failure, failure.transfer.insecure)
            continue
        reason, label, dated = said.meaning(_USUAL, _UNSAID) if said is not None else _UNSAID
        yield DIAGNOSIS.found(
            "likely" if said is not None and said.text else "possible",  # an exit code alone
            f"curl refused the certificate that {failure.host} showed, {reason}",
            (*failure.evidence(timeline, label), *_around(timeline, failure)),
            transfer=failure.index,
            causes=(
                *_causes(failure, False),
                *((_DATED,) if dated else ()),
                *((_NAMED,) if "wrong name" in reason else ()),
            ),
            remedies=_remedies(failure, False, dated=dated),
        )


def _another_issuer(timeline: Timeline, failure: Failure, demanded: str) -> Finding:
    """Say that libcurl may know the issuer, but was told to accept one only (curl itself has no option for that)."""
    return DIAGNOSIS.found(
        "certain",
        f"The certificate that {failure.host} showed was not issued by the one in `{demanded}`, and libcurl was told "
        "to accept no other issuer (`CURLOPT_ISSUERCERT`). No request was sent.",
        failure.evidence(timeline, "another issuer than the one demanded"),
        transfer=failure.index,
        title="The server's certificate comes from another issuer than the one demanded",
        causes=(
            "The server has a new certificate, from another CA or from another intermediate of the same CA.",
            f"`{demanded}` holds the root, not the certificate that issued the server's.",
            *on_the_way(failure.connection, _DECRYPTED),
        ),
        remedies=(
            Remedy(
                "client",
                "Look who issued the certificate that really arrives",
                (
                    "Is it the CA that you expect? Then set CURLOPT_ISSUERCERT to the CA's certificate that stands "
                    "right above the server's own.",
                    "Is it another? Then find out why before you accept it.",
                ),
                (list_chain(failure.endpoint),),
            ),
        ),
    )


def _in_spite_of_k(timeline: Timeline, failure: Failure, told: Fact[str]) -> Finding:
    """Say what is odd here: curl was told not to look (github.com/Mbed-TLS/mbedtls/issues/9133 and 9210)."""
    return DIAGNOSIS.found(
        "likely",
        f"curl refused the certificate that {failure.host} showed, though it was told not to check it (`-k`). "
        "Mbed TLS 3.6.0 is known to check it all the same under TLS 1.3.",
        (
            *failure.evidence(timeline, "the certificate was checked, and refused"),
            cite(timeline, told.line, "curl was told not to check the server's certificate"),
        ),
        transfer=failure.index,
        title="curl refuses the server's certificate in spite of -k",
        causes=("Most likely this curl uses Mbed TLS 3.6.0, which cannot leave the check out under TLS 1.3.",),
        remedies=(
            Remedy(
                "client",
                "Keep to TLS 1.2, or update curl and Mbed TLS",
                (
                    "Add `--tls-max 1.2` to your own command: under TLS 1.2 the check can be left out.",
                    "The command below shows the versions of curl and of Mbed TLS.",
                    "If the CA is your own, give it to curl with --cacert: then there is no need for -k.",
                ),
                ("curl -V",),
            ),
        ),
    )


def _against_a_rule(timeline: Timeline, failure: Failure, said: Complaint) -> Finding:
    look = Remedy(
        "client", "Look at the certificates that really arrive", (failure.no_shortcut,), (list_chain(failure.endpoint),)
    )
    renew = Remedy("server", f"Have the CA issue a certificate for {failure.host} that keeps the rule")
    return DIAGNOSIS.found(
        "likely",
        f"curl refused the certificate that {failure.host} showed: {said.quoted}. "
        f"{said.meaning(_RULES, _SOME_RULE)} No request was sent.",
        (*failure.evidence(timeline, "curl names the rule that the chain breaks"), *_around(timeline, failure)),
        transfer=failure.index,
        title="curl does not accept the chain of the server's certificate",
        causes=(
            "The certificate, or one above it, was issued with settings that do not suit a server.",
            "A library newer than the one the CA was tested with checks more strictly.",
        ),
        remedies=(look, renew),
    )


def _around(timeline: Timeline, failure: Failure) -> Iterator[Evidence]:
    """Yield who issued it, curl's own alert, and which list of authorities curl used."""
    yield from failure.certificate_evidence(timeline, "issuer", "subject")
    if failure.tls is None:
        return
    alert = failure.tls.alert_out(AlertDescription.UNKNOWN_CA)
    if alert is not None:
        yield cite(timeline, alert.line, "curl tells the server that it does not know the issuer (OUT: sent by curl)")
    for trust in failure.tls.trusted_places[:2] or failure.tls.trust[:1]:
        yield cite(timeline, trust.line, "the list of authorities that curl used")


def _causes(failure: Failure, in_chain: bool) -> tuple[str, ...]:
    given = failure.endpoint.way.value("--cacert")
    causes = [
        "The CA is private (your organization's, a test CA) and curl was not given it."
        if given is None
        else f"`{given}`, which curl was given, does not hold the CA that issued it, or holds an older one of it.",
        *on_the_way(failure.connection, _DECRYPTED),
    ]
    if given is None and not (failure.tls is not None and failure.tls.trust):
        causes.append(_OWN_LIST)
    if given is None and _asks_the_system(failure):
        causes[0] = f"{causes[0].removesuffix('.')}; nor has the system's own list it, which `--ca-native` adds."
    why = _why_private(failure)
    if why:
        causes[0] = f"{causes[0].removesuffix('.')}: {why}."
    if not in_chain:
        inside = why or _is_inside(failure)
        causes.insert(len(causes) if inside else 0, "The server does not send its intermediate certificate.")
    known = stand_in(failure.certificate)
    if known:
        causes.insert(0, known.cause)
    if _trusts_nobody(failure):
        causes.insert(
            0, "curl names neither a file nor a folder of authorities (`none`): without any it trusts nobody."
        )
    elif _trusts_no_file(failure):
        causes.append("curl used no file of authorities (`CAfile: none`): its list may be empty or be the wrong one.")
    seen = [s for s in gateways_seen(failure.transfer) if s.sign in ("issuer", "possible-issuer", "words")]
    if seen:
        causes.insert(0, f"Interception is the likely one here: {seen[0].reason}.")
    return tuple(causes)


def _why_private(failure: Failure) -> str | None:
    host = failure.host if failure.shows_host else ""
    return why_private(host, failure.certificate)


def _is_inside(failure: Failure) -> bool:
    """Whether a name led to a private address: a public authority may have issued for it, a CA of one's own rather."""
    connection = failure.connection
    connected = connection.connected if connection is not None and connection.proxy is None else None
    return connected is not None and is_own(connected.value)


def _asks_the_system(failure: Failure) -> bool:
    return ("--ca-native",) in failure.endpoint.way.options


def _trusts_nobody(failure: Failure) -> bool:
    return failure.tls is not None and len(failure.tls.trust) > 1 and not failure.tls.trusted_places


def _trusts_no_file(failure: Failure) -> bool:
    """Whether curl names only a folder of authorities: it tells of the file first, and of the folder behind it."""
    tls = failure.tls
    return tls is not None and len(tls.trust) > 1 and tls.trust[0] not in tls.trusted_places


def _next(failure: Failure) -> Iterator[str]:
    """Say what may stop curl behind the issuer: what is made for one machine seldom has its other names."""
    subject = failure.certificate.subject if failure.certificate is not None else None
    common = common_name(subject.value) if subject is not None else None
    if common and failure.shows_host and is_own(failure.host) and common.lower() != failure.host.lower():
        yield (
            f"The certificate's common name is {common}. If it does not hold {failure.host} as well, curl stops at the "
            "name next: then use a name that it holds."
        )


def _bundle(failure: Failure) -> Remedy:
    return Remedy(
        "client",
        "Give curl the authorities of the system",
        (
            "Install the package `ca-certificates`; its bundle is /etc/ssl/certs/ca-certificates.crt (Debian, Alpine) "
            "or /etc/pki/tls/certs/ca-bundle.crt (Red Hat).",
        ),
        (curl(failure.endpoint, "--cacert", "/etc/ssl/certs/ca-certificates.crt"),),
    )


def _remedies(failure: Failure, in_chain: bool, *, dated: bool = False) -> tuple[Remedy, ...]:
    steps = (
        "A chain up to your own CA: trust that CA, as said next.",
        "An issuer that names a gateway or antivirus: somebody decrypts on the way.",
        *(("Behind `v:` (OpenSSL 3) stand the dates between which each one is valid.",) if dated else ()),
    )
    find = Remedy(
        "client",
        "Find out which of the causes it is: look at the certificates that really arrive",
        steps if in_chain else ("One certificate, from a public CA: the server forgot its intermediate.", *steps),
        (list_chain(failure.endpoint),),
    )
    made = is_mkcerts(failure.certificate)
    stored = "Or add it to the system's own list, which `--ca-native` reads: on Windows `Cert:\\LocalMachine\\Root`."
    whence = (
        "On the machine where the certificate was made, `mkcert -CAROOT` prints the folder that has rootCA.pem."
        if made
        else "Get the CA certificate from whoever runs the CA."
    )
    trust = Remedy(
        "client",
        "If the CA is your own, give it to curl",
        (
            f"{whence} Do not use -k instead: it accepts any certificate.",
            *((stored,) if _asks_the_system(failure) else ()),
            *_next(failure),
        ),
        (curl(failure.endpoint, "--cacert", "rootCA.pem" if made else "your-ca.pem"),),
    )
    if failure.transfer.git:
        trust = git.trust(failure.endpoint)
    complete = Remedy(
        "server",
        f"If the intermediate is missing, let {failure.host} send the full chain",
        (
            "nginx: `ssl_certificate` with the server's certificate first and the intermediates after it. Apache: the "
            "same in `SSLCertificateFile`.",
        ),
    )
    first = (_bundle(failure),) if _trusts_nobody(failure) and not failure.endpoint.way.windows else ()
    # A private CA has to be given to curl, however much of the chain the server sends.
    return (*first, find, trust) if in_chain or _why_private(failure) else (*first, find, trust, complete)
