"""Gateways that decrypt TLS on its way: what each is known by, and how it lets one host pass untouched.

A program that decrypts ends TLS twice. The client's private key never leaves the client, so such a program cannot
answer the server's request for a client certificate: mutual TLS works only for a host that it leaves alone. Facts come
from the vendors' documents named beside each entry; what is general knowledge only is in `possible_issuers` or
`verified=False`.
Public CAs that share a vendor's name (Symantec, Cloudflare, Trend Micro) are no sign of a gateway and not matched.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from curlx.advice.commands import PLACEHOLDER
from curlx.advice.hosts import is_address
from curlx.advice.vendor import Step
from curlx.findings import Remedy
from curlx.patterns import Pattern

Kind: TypeAlias = Literal["gateway", "antivirus", "debugging proxy"]

_PLAIN_HOST = Pattern(r"[A-Za-z0-9._:-]+")
_DO_NOT_DECRYPT = "Add {host} to the list of hosts that are not decrypted (also called bypass, exception or exemption)."


class Gateway(msgspec.Struct, frozen=True):
    """One product. Issuer names are whole words, all marks are in lower case; `{host}` and `{name}` are filled in."""

    name: str
    kind: Kind = "gateway"
    issuers: tuple[str, ...] = ()
    """Words within O, OU or CN of the issuer."""
    possible_issuers: tuple[str, ...] = ()
    """The same, not confirmed by a document."""
    vias: tuple[str, ...] = ()
    """Words within a `Via` header."""
    headers: tuple[str, ...] = ()
    """Names of headers that only this product adds."""
    servers: tuple[str, ...] = ()
    """Beginnings of the `Server` header of its own pages."""
    pages: tuple[str, ...] = ()
    """Words within the product that a block page names, or within a page's title."""
    bypass: tuple[Step, ...] = (Step(_DO_NOT_DECRYPT, verified=False),)
    scripts: tuple[str, ...] = ()
    """Configuration with a comment at its head, the recommended one first; then narrower ones."""


EDGE_SWG = Gateway(
    name="Symantec (Blue Coat) Edge SWG / ProxySG",
    possible_issuers=("blue coat", "bluecoat", "proxysg", "edge swg"),
    headers=("x-bluecoat-via",),
    pages=("blue coat", "bluecoat", "proxysg", "edge swg"),
    # knowledge.broadcom.com 170311 (client certificates and SSL interception), 165425 (do not authenticate),
    # 402823: "With mutual x509 authentication, no SSL termination can occur on intermediate devices".
    # CPL reference: `url.domain=` takes names, `url.address=` addresses.
    bypass=(
        Step(
            "Any one of the scripts (Content Policy Language) lets the client's own TLS reach {host}: the first is "
            "for explicit deployments, the second is narrower, the third is for every host."
        ),
    ),
    scripts=(
        "; review before running: ALLOW also lets {host} past later rules of this policy\n"
        "define condition {name}\n{match}\nend\n"
        "condition={name} detect_protocol(no) authenticate(no) ALLOW",
        "; narrower: only keep the proxy from looking for TLS; authentication and later rules still apply\n"
        "<Proxy>\n{match} detect_protocol.ssl(no)",
        "; for EVERY host: no interception where a server asks for a client certificate. The last line switches\n"
        "; interception of HTTPS on: leave it out where your policy decides that elsewhere\n"
        "<SSL-Intercept>\nclient.certificate.requested=yes ssl.forward_proxy(no)\nssl.forward_proxy(https)",
    ),
)

GATEWAYS: tuple[Gateway, ...] = (
    EDGE_SWG,
    # knowledge.broadcom.com 169172, 176450, 402823
    Gateway(
        name="Symantec Cloud SWG (WSS)",
        possible_issuers=("cloud swg", "threatpulse", "symantec web security service"),
        pages=("cloud swg", "threatpulse"),
        bypass=(
            Step("Policy > TLS/SSL Interception > add {host} as Do Not Intercept."),
            Step(
                "Where the server needs a client certificate that is not enough: add {host} to the Malware Scanning "
                "Exemptions too, which switches protocol detection off for it."
            ),
        ),
    ),
    # help.zscaler.com/zia/deploying-ssl-inspection
    Gateway(
        name="Zscaler Internet Access",
        issuers=("zscaler",),
        servers=("zscaler/",),
        pages=("zscaler",),
        bypass=(
            Step(
                "Add an SSL Inspection rule Do Not Inspect for {host} above the others; Zscaler does not decrypt "
                "mutually authenticated TLS."
            ),
            Step("Or bypass {host} in the PAC file or in the Client Connector."),
        ),
    ),
    # docs.netskope.com: add a policy for SSL decryption
    Gateway(
        name="Netskope",
        issuers=("goskope", "netskope"),
        headers=("x-netskope-inspected",),
        pages=("netskope",),
        bypass=(
            Step(
                "Add an SSL Decryption policy Do Not Decrypt for the domain {host}; a real-time Bypass action "
                "does not stop the decryption."
            ),
            Step("Or add a steering exception for {host}."),
        ),
    ),
    # docs.paloaltonetworks.com: local SSL decryption exclusion cache, decryption exclusions
    Gateway(
        name="Palo Alto Networks (PAN-OS, Prisma Access)",
        possible_issuers=("palo alto networks",),
        pages=("palo alto",),
        bypass=(
            Step("Add {host} to the SSL Decryption Exclusions, or a No-Decrypt rule for it."),
            Step(
                "Check the decryption profile: client authentication is an unsupported mode there, which a "
                "profile may block instead of letting it pass."
            ),
        ),
    ),
    # docs.fortinet.com: CLI reference, firewall ssl-ssh-profile
    Gateway(
        name="Fortinet FortiGate",
        issuers=("fortinet", "fortigate", "fortinet ca ssl", "fortinet ca untrusted"),
        pages=("fortigate", "fortiguard"),
        bypass=(
            Step(
                "In the SSL/SSH inspection profile exempt {host}, or let sessions with a client certificate "
                "bypass (6.4 and later; before: `client-cert-request`)."
            ),
        ),
        scripts=(
            "# 6.4 and later; fill in the profile's name\n"
            "config firewall ssl-ssh-profile\n  edit <profile>\n    config https\n"
            "      set client-certificate bypass\n    end\n  next\nend",
        ),
    ),
    # docs.umbrella.com, cisco.com 225927: selective decryption
    Gateway(
        name="Cisco Umbrella / Secure Access",
        issuers=("cisco umbrella",),
        pages=("umbrella", "opendns"),
        bypass=(Step("Add {host} to the Selective Decryption (Do Not Decrypt) list of the web policy."),),
    ),
    # cisco.com: AsyncOS for Secure Web Appliance, decryption policies
    Gateway(
        name="Cisco Secure Web Appliance (WSA)",
        vias=("cisco wsa", "cisco ironport wsa"),
        pages=("cisco web security", "ironport"),
        bypass=(
            Step(
                "Put {host} into a custom URL category, and set that category to Pass Through in the Decryption Policy."
            ),
        ),
    ),
    # Forcepoint (Websense) web security: SSL decryption bypass
    Gateway(
        name="Forcepoint",
        issuers=("forcepoint",),
        possible_issuers=("websense",),
        pages=("forcepoint", "websense"),
        bypass=(Step("Add {host} to SSL Decryption Bypass, or set its entry in the Incidents list to Tunnel."),),
    ),
    # success.skyhighsecurity.com: SSL Scanner rule set
    Gateway(
        name="Skyhigh (McAfee) Secure Web Gateway",
        issuers=("mcafee web gateway", "skyhigh"),
        vias=("mcafee web gateway", "skyhigh"),
        headers=("x-mwg-via",),
        pages=("mcafee web gateway", "skyhigh"),
        bypass=(Step("In the rule set SSL Scanner add {host} to the Tunneled Hosts (HTTPS bypass list)."),),
    ),
    Gateway(
        name="Trend Micro Web Security",
        possible_issuers=("trend micro iws", "iwsva", "iwsaas"),
        headers=("x-iwsaas-via",),
        pages=("trend micro",),
        bypass=(Step("Add {host} to the decryption exceptions.", verified=False),),
    ),
    # wiki.squid-cache.org/Features/SslPeekAndSplice: decide at step 1 or 2; `stare` cannot splice
    Gateway(
        name="Squid (ssl-bump)",
        possible_issuers=("squid",),
        vias=("squid",),
        headers=("x-squid-error",),
        servers=("squid",),
        pages=("squid",),
        bypass=(Step("Splice {host} instead of bumping it: the rule for it stands before the one that bumps."),),
        scripts=(
            "# squid.conf, in place of the rule that bumps everything\n"
            "acl step1 at_step SslBump1\nacl nobump ssl::server_name {host}\n"
            "ssl_bump peek step1\nssl_bump splice nobump\nssl_bump bump all",
        ),
    ),
    Gateway(name="Sophos", possible_issuers=("sophos",), pages=("sophos",)),
    Gateway(name="Check Point", possible_issuers=("check point", "checkpoint"), pages=("check point",)),
    Gateway(name="SonicWall", possible_issuers=("sonicwall",), pages=("sonicwall",)),
    Gateway(name="Barracuda", possible_issuers=("barracuda",), pages=("barracuda",)),
    Gateway(name="WatchGuard", possible_issuers=("watchguard", "fireware"), pages=("watchguard",)),
    Gateway(name="Untangle", possible_issuers=("untangle",), pages=("untangle",)),
    Gateway(name="Smoothwall", possible_issuers=("smoothwall",), pages=("smoothwall",)),
    Gateway(name="Lightspeed Systems", possible_issuers=("lightspeed",), pages=("lightspeed",)),
    Gateway(name="Securly", possible_issuers=("securly",), pages=("securly",)),
    Gateway(name="iboss", possible_issuers=("iboss",), pages=("iboss",)),
    Gateway(name="Menlo Security", possible_issuers=("menlo security",), pages=("menlo",)),
    Gateway(name="Cato Networks", possible_issuers=("cato networks",), pages=("cato networks",)),
    Gateway(name="Cloudflare Gateway", possible_issuers=("cloudflare for teams", "gateway ca cloudflare")),
    Gateway(name="Kaspersky", kind="antivirus", possible_issuers=("kaspersky",)),
    Gateway(name="ESET", kind="antivirus", possible_issuers=("eset ssl filter", "eset")),
    Gateway(name="Avast / AVG", kind="antivirus", possible_issuers=("avast", "avg technologies")),
    Gateway(name="Bitdefender", kind="antivirus", possible_issuers=("bitdefender",)),
    Gateway(name="mitmproxy", kind="debugging proxy", issuers=("mitmproxy",)),
    Gateway(name="Burp Suite", kind="debugging proxy", issuers=("portswigger",)),
    Gateway(name="Charles", kind="debugging proxy", issuers=("charles proxy", "xk72")),
    Gateway(name="Fiddler", kind="debugging proxy", issuers=("do not trust fiddlerroot", "fiddler")),
    Gateway(name="Proxyman", kind="debugging proxy", issuers=("proxyman",)),
    Gateway(name="ZAP", kind="debugging proxy", issuers=("owasp zap", "zed attack proxy")),
)

UNNAMED = Gateway(name="a gateway that inspects TLS")
"""A gateway whose product the log does not name."""


def gateway_remedies(host: str, seen: tuple[Gateway, ...] = (), *, example: bool = True) -> tuple[Remedy, ...]:
    """Return how to let the TLS of one host pass: by the products seen, else in general, with one as an example."""
    host = _harmless(host)
    named = [gateway for gateway in dict.fromkeys(seen) if gateway is not UNNAMED]
    return tuple(_bypass(gateway, host) for gateway in named) if named else (_unnamed(host, bool(seen), example),)


def _bypass(gateway: Gateway, host: str) -> Remedy:
    who: Literal["gateway", "client"] = "gateway" if gateway.kind == "gateway" else "client"
    title = f"{gateway.name}: let the TLS of {host} pass undecrypted"
    if gateway.kind != "gateway":
        title = f"{gateway.name} ({gateway.kind}): leave {host} alone, or turn its HTTPS scanning off"
    steps = (_fill(step.wording, host) for step in gateway.bypass)
    return Remedy(who, title, tuple(steps), tuple(_fill(script, host) for script in gateway.scripts))


def _unnamed(host: str, seen: bool, example: bool) -> Remedy:
    """What holds for every product, with the scripts of one as an example."""
    opening = "Ask" if seen else "If a gateway on the way decrypts TLS, ask"
    steps = (
        f"{opening} those who run it to exempt {host} from decryption; the client's private key never leaves the "
        "client, so a gateway that decrypts cannot pass a client certificate on.",
        "The log does not name the product. Each has a list for this (do not decrypt, SSL bypass, pass through, "
        f"splice){f'; what follows is for {EDGE_SWG.name}' if example else ''}.",
    )
    shown = _bypass(EDGE_SWG, host) if example else Remedy("gateway", "")
    title = f"Let the TLS of {host} pass the gateway undecrypted"
    return Remedy("gateway", title, (*steps, *shown.steps), shown.commands)


def _harmless(host: str) -> str:
    """Return the host, or a placeholder for one that could break out of a configuration file."""
    return host if _PLAIN_HOST.fullmatch(host) else PLACEHOLDER


def _fill(text: str, host: str) -> str:
    if "{" not in text:
        return text
    if "{match}" in text or "{name}" in text:
        text = text.replace("{match}", f"url.address={host}" if is_address(host) else f"url.domain={host}")
        text = text.replace("{name}", "Allow_" + "".join(char if char.isalnum() else "_" for char in host))
    return text.replace("{host}", host)
