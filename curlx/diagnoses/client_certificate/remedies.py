"""What those who can act may do about a client certificate, with the host, path and TLS version of the log at hand."""

from __future__ import annotations

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
    "(TLS Web Client Authentication). The two commands that end in `openssl sha256` must print the same value: then "
    "certificate and key belong together.",
    "`openssl s_client` lists the CA names from which the server accepts certificates (`Acceptable client certificate "
    "CA names`), if it names any; the issuer of yours, or of its intermediate, should be among them.",
)
"""How to read what the commands of `look_inside` and `show_chain` print."""


def remedies(side: Side, *client: Remedy, problem: Problem) -> tuple[Remedy, ...]:
    """Return who can do what: client, server, network; a gateway comes first where the log shows one, else last."""
    server = server_remedies(side.response, side.host, problem=problem)
    if problem == "missing":
        server = (*server, Remedy("server", "What the server checks once a certificate arrives", _CHECKS))
    rest = (*client, *server, watch(side))
    if side.is_proxy:
        return rest
    seen = gateways_seen(side.transfer)
    gateway = gateway_remedies(side.endpoint.host, tuple(sighting.gateway for sighting in seen))
    return (*gateway, *rest) if any(sighting.sure for sighting in seen) else (*rest, *gateway)


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
    cert, key = ("--proxy-cert", "--proxy-key") if side.is_proxy else ("--cert", "--key")
    url = quote(side.url) if side.url else "URL"
    proxy = ""
    if side.is_proxy and side.host:
        proxy = f" -x {quote(f'https://{side.endpoint.authority}')}"
    return f"curl -v{extra} {cert} {certificate_file(side)} {key} {key_file(side)}{proxy} {url}"


def look_inside(side: Side) -> tuple[str, ...]:
    """Return the commands that show what is in the certificate file and whether the key belongs to it."""
    cert, key = certificate_file(side), key_file(side)
    return (
        f"openssl x509 -in {cert} -noout -subject -issuer -dates -ext extendedKeyUsage",
        f"openssl x509 -in {cert} -noout -pubkey | openssl sha256",
        f"openssl pkey -in {key} -pubout | openssl sha256",
    )


def send_one(side: Side) -> Remedy:
    """Tell the client how to send a certificate, and what usually keeps one from being sent."""
    steps = [
        "Send a certificate and its private key with the request; keep your other options (method, headers, data)."
    ]
    request = side.request
    if request and request.target not in ("", "*"):
        steps.append(f"The request that was refused is `{request.method} {request.target[:200]}`.")
    if side.configured:
        steps.append("A certificate is configured and still none was sent: check the causes above.")
    steps += [
        "In a program instead of curl: its keystore may be empty, its path wrong, or the setting for another "
        "connection.",
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
    """Tell how to see both messages on the wire, and what they look like."""
    version = side.tls.version.value if side.tls and side.tls.version else ""
    steps = [
        "Look for Certificate Request (13) from the server, and the client's Certificate (11) after it. It is not "
        "enough that the client answers: a client without a certificate answers too, with an empty list. A real one is "
        "followed by the client's Certificate Verify (15).",
    ]
    if version == "TLSv1.3":
        steps.append("This connection used TLS 1.3, which encrypts both messages: record it with SSLKEYLOGFILE set for "
                     "the client, and give Wireshark that file, or they will not be seen.")  # fmt: skip
    elif version:
        steps.append(f"This connection used {version}, in which both messages can be read as they are.")
    else:
        steps.append("Under TLS 1.2 both messages can be read; TLS 1.3 encrypts them, and Wireshark then needs the "
                     "file that the client writes when SSLKEYLOGFILE is set.")  # fmt: skip
    if side.silent:
        steps.append("Or repeat the request with a curl built with OpenSSL (`curl -V` names the library): its -v "
                     "prints both messages.")  # fmt: skip
    return Remedy(
        "network",
        "See the two messages on the wire (Wireshark display filter)",
        tuple(steps),
        ("tls.handshake.type == 13 || tls.handshake.type == 11",),
    )
