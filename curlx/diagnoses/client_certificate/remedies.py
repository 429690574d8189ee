"""What those who can act may do about a client certificate, with the host, path and TLS version of the log at hand."""

from __future__ import annotations

import msgspec

from curlx.advice.commands import quote, show_chain
from curlx.advice.gateways import gateway_remedies, gateways_seen
from curlx.advice.servers import server_remedies
from curlx.advice.vendor import Problem
from curlx.diagnoses.client_certificate.handshake import Side, option
from curlx.findings import Remedy

_CHECKS = (
    "The server must trust the CA that issued the client certificate; its list of client CAs is separate from the "
    "server's own certificate.",
    "The verification depth must allow for the intermediates between the two.",
    "If the server maps certificates to users, the CN or subject alternative names must be those that it expects.",
)


_READING = (
    "`openssl x509` shows whose certificate it is, who issued it, its dates, and whether it may be used for clients "
    "(`SSL client : Yes`). The two commands that end in `openssl sha256` print the same value when certificate and key "
    "belong together.",
    "`openssl s_client` prints `Requested Signature Algorithms` when the server asks for a certificate in the "
    "handshake, and `Acceptable client certificate CA names` if it names CAs: the issuer of yours, or of its "
    "intermediate, should be among them.",
)
"""How to read what the commands of `look_inside` and `show_chain` print (OpenSSL 1.1.1 and 3.0, measured)."""

_ASKED = (
    "Unlikely here: the request for a certificate reached curl, and a gateway that decrypts does not usually make one. "
    "Only if nothing else helps:"
)

_BUNDLES = (".p12", ".pfx")


def remedies(side: Side, *client: Remedy, problem: Problem) -> tuple[Remedy, ...]:
    """Return who can do what: client, server, network; a gateway comes first where the log shows one, else last."""
    server = server_remedies(side.response, side.host, problem=problem)
    if problem == "missing":
        server = (*server, Remedy("server", "What the server checks once a certificate arrives", _CHECKS))
    rest = (*client, *server)
    if problem == "missing" or side.sent != "yes":
        rest = (*rest, watch(side))
    if side.is_proxy:
        return rest
    seen = gateways_seen(side.transfer)
    gateway = gateway_remedies(side.endpoint.host, tuple(sighting.gateway for sighting in seen))
    if any(sighting.sure for sighting in seen):
        return (*gateway, *rest)
    if side.sent == "yes" and problem == "rejected":
        return rest  # it reached whoever refused it, so nobody decrypted on the way
    if side.asked == "yes" and not side.silent:
        gateway = tuple(msgspec.structs.replace(remedy, steps=(_ASKED, *remedy.steps)) for remedy in gateway)
    return (*rest, *gateway)


def certificate_file(side: Side) -> str:
    """Return the certificate file that the command names, quoted for a shell, or a stand-in."""
    name = option(side.transfer.arguments, "--proxy-cert") if side.is_proxy else option(
        side.transfer.arguments, "--cert", "-E"
    )  # fmt: skip
    return quote(name) if name else "client.pem"


def key_file(side: Side) -> str:
    """Return the key file that the command names, quoted for a shell, or a stand-in."""
    name = option(side.transfer.arguments, "--proxy-key" if side.is_proxy else "--key")
    return quote(name) if name else "client.key"


def again(side: Side, extra: str = "") -> str:
    """Return the command that repeats this request with a certificate."""
    of_proxy = "--proxy-" if side.is_proxy else "--"
    name = certificate_file(side)
    identity = f"{of_proxy}cert {name} {of_proxy}key {key_file(side)}"
    if _is_bundle(name):
        identity = f"{of_proxy}cert-type P12 {of_proxy}cert {name}"
    url = quote(side.url) if side.url else "URL"
    proxy = ""
    if side.is_proxy and side.host:
        proxy = f" -x {quote(f'https://{side.endpoint.authority}')}"
    return f"curl -v{extra} {identity}{proxy} {url}"


def look_inside(side: Side) -> tuple[str, ...]:
    """Return the commands that show what is in the certificate file and whether the key belongs to it."""
    cert, key = certificate_file(side), key_file(side)
    # `-purpose` and not `-ext extendedKeyUsage`: the openssl of macOS (LibreSSL) does not know `-ext`.
    show = "-noout -subject -issuer -dates -purpose"
    if _is_bundle(cert):
        return (f"openssl pkcs12 -in {cert} -nokeys -clcerts | openssl x509 {show}",)
    return (
        f"openssl x509 -in {cert} {show}",
        f"openssl x509 -in {cert} -noout -pubkey | openssl sha256",
        f"openssl pkey -in {key} -pubout | openssl sha256",
    )


def _is_bundle(name: str) -> bool:
    """Whether a file is PKCS#12 by its name: certificate and key in one."""
    return name.strip("'\"").lower().endswith(_BUNDLES)


def send_one(side: Side) -> Remedy:
    """Tell the client how to send a certificate, and what usually keeps one from being sent."""
    request = side.request
    shown = request is not None and request.target not in ("", "*")
    which = f" (`{request.method} {request.target[:200]}`)" if request and shown else ""
    steps = [
        f"Repeat the request{which} with a certificate and its private key, and your other options (method, headers, "
        "data)."
    ]
    if side.configured:
        steps.append("A certificate is configured and still none was sent: check the causes above.")
    steps += [
        "In a program instead of curl, look at its keystore (empty?), at the path of the file, and at whether the "
        "setting belongs to this connection.",
        "The PEM file should hold the certificate first, then its intermediates; the key may be in the same file "
        "or in its own.",
        *_READING,
    ]
    return Remedy(
        "client",
        "Send a client certificate",
        tuple(steps),
        (again(side), *look_inside(side), show_chain(side.endpoint)),
    )


def check_own(side: Side, title: str, *steps: str) -> Remedy:
    """Tell the client to look at the certificate that was sent."""
    return Remedy(
        "client",
        title,
        (
            *steps,
            *_READING,
        ),
        (*look_inside(side), show_chain(side.endpoint)),
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
