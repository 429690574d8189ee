"""How to come by the credentials that a server wants, and the commands that send them."""

from __future__ import annotations

import shlex

from curlx.advice.commands import CERTIFICATES, Way
from curlx.diagnoses.client_certificate.shared.files import show_certificate
from curlx.diagnoses.http.shared.statuses import Answer
from curlx.findings import Remedy

FORMS = {
    "basic": "-u USER",
    "digest": "--digest -u USER",
    "bearer": "-H 'Authorization: Bearer TOKEN'",
    "ntlm": "--ntlm -u 'DOMAIN\\USER'",
    "negotiate": "--negotiate -u :",
    "aws4-hmac-sha256": "--aws-sigv4 aws:amz:REGION:SERVICE -u KEY:SECRET",
}


def ticket(answer: Answer) -> Remedy:
    """Get a Kerberos ticket, for a service that is known by its name."""
    way = answer.way
    return Remedy(
        who="client",
        title="Get a Kerberos ticket, and ask by the service's own name",
        steps=(
            "`klist` shows the tickets that there are"
            + ("; on Windows the login to the domain brings them." if way.windows else ", `kinit` gets one."),
            "The ticket is for `HTTP/` and the host of the URL: use the full name that the service is registered "
            "under, no address and no alias.",
        ),
        commands=("klist", *(() if way.windows else ("kinit",)), *commands(answer, ("negotiate",))),
    )


def whose(answer: Answer) -> Remedy:
    """Compare the certificate that was sent with what the service takes."""
    way = answer.way
    name = way.value("--cert") or ""
    return Remedy(
        who="client",
        title="See whose certificate was sent",
        steps=("Ask the service's owner whether this subject, from this issuer, is one of its users.",),
        commands=(show_certificate(way, name),) if name.lower().endswith(CERTIFICATES) else (),
    )


def token(answer: Answer, service: str) -> Remedy:
    """Ask the token service that a challenge names, then the server with its token."""
    first = Way(windows=answer.way.windows, cmd=answer.way.cmd).curl(service, "-v", "-u", "USER")
    usual = "A container registry answers 401 to the first request of anybody: that alone is no failure."
    return Remedy(
        who="client",
        title="Get a token where the challenge says, and send it",
        steps=(
            *((usual,) if answer.value("docker-distribution-api-version") else ()),
            "Check that the host in the challenge is one that you trust with your password. Leave `-u USER` out to "
            "ask as nobody.",
            "The answer has the token (`token` or `access_token`): put it in the place of TOKEN.",
        ),
        commands=(first, *commands(answer, ("bearer",))),
    )


def metadata(answer: Answer) -> Remedy:
    """Ask for a token first (docs.aws.amazon.com: EC2, "Use the Instance Metadata Service")."""
    way = answer.way
    base, mark, _ = answer.address.removeprefix("http://").partition("/")
    service = f"http://{base}/latest/api/token" if mark else "http://169.254.169.254/latest/api/token"
    lifetime = ("-X", "PUT", "-H", "X-aws-ec2-metadata-token-ttl-seconds: 300")
    asked = answer.request is not None and answer.request.method == "GET" and answer.address
    return Remedy(
        who="client",
        title="Get a token from the instance's metadata service first",
        steps=("The first command prints a token for five minutes: put it in the place of TOKEN.",),
        commands=(
            way.curl(service, *lifetime),
            *((answer.curl("-H", "X-aws-ec2-metadata-token: TOKEN"),) if asked else ()),
        ),
    )


def commands(answer: Answer, offered: tuple[str, ...]) -> tuple[str, ...]:
    """Return a command for each scheme that the server takes; any method but GET needs what the log does not show."""
    if answer.request is None or answer.request.method != "GET" or not answer.address:
        return ()
    return tuple(answer.curl(*shlex.split(FORMS[scheme])) for scheme in offered if scheme in FORMS)
