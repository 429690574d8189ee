"""What those who can act may do about a client certificate, with the host, path and TLS version of the log at hand."""

from __future__ import annotations

from curlx.advice import git
from curlx.advice.commands import UNKNOWN_URL, Endpoint, way_of
from curlx.advice.gateways import gateway_remedies
from curlx.advice.openssl import show_chain
from curlx.advice.products import TRUST, Seen, server_remedies, server_seen
from curlx.advice.repeating import following
from curlx.advice.sightings import gateways_seen
from curlx.advice.vendor import Problem
from curlx.diagnoses.client_certificate.shared.sides import Side, file_given
from curlx.findings import BUNDLE_FILE, CERTIFICATE_FILE, KEY_FILE, Remedy

ACCEPTED_CAS = (
    "`openssl s_client` prints `Requested Signature Algorithms` when the server asks for a certificate in the "
    "handshake, and `Acceptable client certificate CA names` if it names CAs: the issuer of yours, or of its "
    "intermediate, should be among them."
)
"""How to read what `show_chain` prints of a server that asks (measured with OpenSSL 3.0)."""

_WHOSE = (
    "`openssl x509` shows whose certificate it is, who issued it, its dates, and whether it may be used for clients "
    "(`SSL client : Yes`)."
)
PAIR = (
    f"{_WHOSE} The two commands that end in `openssl sha256` print the same value when certificate and key belong "
    "together."
)
_OF_SCHANNEL = (
    "curl with Schannel reads no PEM and takes no --key: give it a PKCS#12 file (`openssl pkcs12 -export` makes one of "
    "certificate and key), and the password of that file with --pass. Or name a certificate of the Windows store "
    "as CurrentUser\\MY\\<thumbprint>, without --cert-type; `certutil -user -store My` lists them."
)

_BUNDLES = (".p12", ".pfx")


def remedies(side: Side, *own: Remedy, problem: Problem, wire: bool = False) -> tuple[Remedy, ...]:
    """Return who can do what: client, server, network; a gateway comes first where the log shows one, else last.

    A remedy of the diagnosis's own for the server stands in for what servers do in general. `wire`: to look at the
    messages on the wire would tell more than the log does.
    """
    rest = own
    if all(remedy.who != "server" for remedy in own):
        file = certificate_file(side)
        pem = CERTIFICATE_FILE if is_bundle(file) else file  # openssl verify reads no PKCS#12
        rest = (*own, *server_remedies(side.response, side.host, problem=problem, certificate=pem))
        if problem == "missing":
            rest = (*rest, Remedy("server", "What the server checks once a certificate arrives", TRUST))
    if wire and not side.without_tls:
        rest = (*rest, watch(side))
    if side.is_proxy:
        return rest
    seen = gateways_seen(side.transfer)
    # A gateway that decrypts passes on the answer of the server; a broken handshake hardly speaks for one.
    gateway = gateway_remedies(
        side.endpoint.host,
        tuple(sighting.gateway for sighting in seen),
        example=bool(seen) or side.tls is None or side.response is not None,
    )
    if any(sighting.sure for sighting in seen):
        return (*gateway, *rest)
    if problem == "rejected" or side.asked == "yes":
        return rest  # certificate or request reached the other side, so nobody decrypted on the way
    if side.without_tls:
        return rest  # by this log there was nothing to decrypt
    if problem == "lost" and hops(side):
        return rest  # the log names who ends TLS
    return (*rest, *gateway)


def hops(side: Side) -> tuple[Seen, ...]:
    """Return the products in front of the server that the answer points at: they end TLS for it."""
    return tuple(seen for seen in server_seen(side.response) if seen.vendor.kind in ("CDN", "load balancer"))


def named_file(side: Side) -> str | None:
    """Return the certificate file that the command names, if the log shows it."""
    return file_given(side.transfer, "proxy-cert" if side.is_proxy else "cert")


def certificate_file(side: Side) -> str:
    """Return the certificate file that the command names, quoted for the shell, or a stand-in."""
    return side.way.quote(_certificate(side))


def _certificate(side: Side) -> str:
    name = named_file(side) or (BUNDLE_FILE if _only_bundles(side) else CERTIFICATE_FILE)
    # curl with NSS takes a name without a slash for a nickname in its database.
    bare = side.backend == "NSS" and "/" not in name
    return f"./{name}" if bare else name


def _only_bundles(side: Side) -> bool:
    """Whether curl imports the certificate as PKCS#12 and nothing else (lib/vtls/schannel.c: `PFXImportCertStore`)."""
    return side.backend == "Schannel" and not side.transfer.git


def key_file(side: Side) -> str:
    """Return the key file that the command names, quoted for the shell, or a stand-in."""
    return side.way.quote(_key(side))


def _key(side: Side) -> str:
    """Return the key file; without --key curl takes the key from the certificate's file (not so with mbedTLS)."""
    named = file_given(side.transfer, "proxy-key" if side.is_proxy else "key")
    in_one = named_file(side) is not None and side.backend != "mbedTLS"
    return named or (_certificate(side) if in_one else KEY_FILE)


def again(side: Side, *options: str, certificate: str = "", key: str = "") -> str:
    """Return the command that repeats this request with a certificate: these files, or those that the log names."""
    of_proxy = "--proxy-" if side.is_proxy else "--"
    name, own = certificate or _certificate(side), named_file(side)
    if not key:
        key = _key(side)
        if key == own and name not in (key, _certificate(side)):
            key = KEY_FILE  # another certificate than the command's: its key is not in that file
    if side.transfer.git and not options and not is_bundle(name):
        return git.with_certificate(side.endpoint, name, key, of_proxy=side.is_proxy)
    identity: tuple[str, ...] = (f"{of_proxy}cert", name)
    if key != name and (key != own or name != _certificate(side)):
        identity = (*identity, f"{of_proxy}key", key)
    if is_bundle(name):
        identity = (f"{of_proxy}cert-type", "P12", f"{of_proxy}cert", name)
    url = f"https{side.url.removeprefix('http')}" if side.without_tls else side.url  # only TLS carries a certificate
    follow = () if side.is_proxy else following(side.transfer)
    # The URL is that of the first request, and a redirect may change the method.
    asked = None if side.is_proxy else side.transfer.first_request if follow else side.request
    return way_of(side.transfer, side.connection, asked).curl(url or UNKNOWN_URL, "-v", *follow, *options, *identity)


def show_own(side: Side, *fields: str) -> str:
    """Return the command that shows these fields of the client's certificate.

    `-purpose` and not `-ext extendedKeyUsage`: the openssl of macOS (LibreSSL) does not know `-ext`.
    """
    name = certificate_file(side)
    shown = " ".join(("-noout", *fields))
    if is_bundle(name):
        return f"openssl pkcs12 -in {name} -nokeys -clcerts | openssl x509 {shown}"
    return f"openssl x509 -in {name} {shown}"


def show_file(side: Side) -> str:
    """Return the command that lists every certificate in the client's file, in its order."""
    name = certificate_file(side)
    if is_bundle(name):
        return f"openssl pkcs12 -in {name} -nokeys"
    return f"openssl crl2pkcs7 -nocrl -certfile {name} | openssl pkcs7 -print_certs -noout"


def pair(side: Side) -> tuple[str, ...]:
    """Return the commands that show the certificate, and whether the key belongs to it."""
    shown = show_own(side, "-subject", "-issuer", "-dates", "-purpose")
    name = certificate_file(side)
    if is_bundle(name):
        return (shown,)
    return (
        shown,
        f"openssl x509 -in {name} -noout -pubkey | openssl sha256",
        f"openssl pkey -in {key_file(side)} -pubout | openssl sha256",
    )


def is_bundle(name: str) -> bool:
    """Whether a file is PKCS#12 by its name: certificate and key in one."""
    return name.strip("'\"").lower().endswith(_BUNDLES)


def send_one(side: Side, *options: str) -> Remedy:
    """Tell the client how to send a certificate (with these options), and what usually keeps one from being sent."""
    request = side.request
    shown = request is not None and request.target not in ("", "*")
    which = f" (`{request.method} {request.target[:200]}`)" if request and shown else ""
    steps = [
        f"Repeat the request{which} with a certificate and its private key, and your other options (method, headers, "
        "data)."
    ]
    if side.without_tls:
        steps.append("Ask for https://, as the command does: curl sends a certificate only within TLS. If the server's "
                     "port for it is another one, put that into the URL and into the last command.")  # fmt: skip
    if side.configured:
        steps.append("A certificate is configured and still none was sent: check the causes above.")
        if side.tls and side.tls.client_certificate.certificate:
            steps.append("Check the issuer and the dates of that certificate first, which the log shows: once it is "
                         "sent, the server judges it by them.")  # fmt: skip
        if side.backend == "GnuTLS":
            steps.append("If GnuTLS withheld it, the same curl does so again: run it with a curl built with "
                         "OpenSSL (`curl -V` tells), or use a certificate of a CA that the server names.")  # fmt: skip
    if side.transfer.command is None:
        steps.append("In a program instead of curl, look at its keystore (empty?), at the path of the file, and at "
                     "whether the setting belongs to this connection.")  # fmt: skip
    steps += [
        _file_of(side),
        _WHOSE if is_bundle(_certificate(side)) else PAIR,
        ACCEPTED_CAS,
    ]
    return Remedy(
        "client",
        "Send a client certificate",
        tuple(steps),
        (again(side, *options), *pair(side), show_chain(_with_tls(side))),
    )


def not_by_curl(side: Side) -> Remedy:
    """Tell the client that no certificate of its own reaches the server that misses one."""
    where = side.host or "the server"
    report = (
        f"Give this log to those who run {where}: the server that misses a certificate was asked by something other "
        "than curl."
    )
    if side.sent == "yes":
        return Remedy(
            "client",
            "Leave curl as it is: it sent its certificate",
            ("No option of curl changes what goes on from the place where its TLS connection ends.", report),
        )
    return right_endpoint(side, report)


def right_endpoint(side: Side, *more: str) -> Remedy:
    """Tell the client to look whether another host or port is the one that asks for certificates."""
    where = side.host or "the server"
    return Remedy(
        "client",
        "Check that this is the endpoint for mutual TLS",
        (
            f"Look up whether {where}, port {side.endpoint.port}, is the address that asks for client certificates; "
            "many services have a separate host or port for it.",
            "No option of curl makes a certificate be sent that is not asked for.",
            *more,
        ),
    )


def _file_of(side: Side) -> str:
    """Say what the file must hold."""
    if _only_bundles(side):
        return _OF_SCHANNEL
    pem = "The PEM file should hold the certificate first, then its intermediates."
    if side.backend == "mbedTLS":
        return f"{pem} A curl built with mbedTLS ignores a key in that file: name it with --key."
    return f"{pem} The key may be in the same file or in its own."


def _with_tls(side: Side) -> Endpoint:
    return side.endpoint.over_tls() if side.unencrypted else side.endpoint


def look_up(side: Side, *steps: str) -> Remedy:
    """Tell the server's owner where the reason of a refusal is written down, and what else to look at."""
    logs = " and ".join(seen.vendor.log for seen in server_seen(side.response)) or "its error log"
    where = f" for {side.host}" if side.host else ""
    return Remedy(
        "server",
        f"On the server{where}: look up which certificate was refused, and why",
        (f"The reason stands in {logs}, at the time of the request.", *steps),
    )


def watch(side: Side) -> Remedy:
    """Tell how to see request and answer on the wire, and what they look like."""
    version = side.tls.version.value if side.tls and side.tls.version else ""
    steps = [
        "Look for the server's Certificate Request (13) and the client's Certificate (11). That the client answers is "
        "not enough: without a certificate it answers too, with an empty list. Only a real one is followed by the "
        "client's Certificate Verify (15).",
    ]
    if side.tls and side.tls.client_certificate.late:
        steps.append("Here the server asked on the running connection, which is encrypted: record it with "
                     "SSLKEYLOGFILE set for the client, and give Wireshark that file, or they will not be "
                     "seen.")  # fmt: skip
    elif version == "TLSv1.3":
        steps.append("This connection used TLS 1.3, which encrypts these messages: record it with SSLKEYLOGFILE set "
                     "for the client, and give Wireshark that file, or they will not be seen.")  # fmt: skip
    elif version:
        steps.append(f"This connection used {version}, in which these messages can be read as they are.")
    else:
        steps.append("Under TLS 1.2 these messages can be read; TLS 1.3 encrypts them, and Wireshark then needs the "
                     "file that the client writes when SSLKEYLOGFILE is set.")  # fmt: skip
    if side.silent:
        steps.append("Or repeat the request with a curl built with OpenSSL (`curl -V` names the library): its -v "
                     "prints the messages.")  # fmt: skip
    return Remedy(
        "network",
        "See the messages on the wire (Wireshark display filter)",
        tuple(steps),
        ("tls.handshake.type == 13 || tls.handshake.type == 11 || tls.handshake.type == 15",),
    )
