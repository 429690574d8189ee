"""A connection of which the operating system heard nothing for too long (ETIMEDOUT), where curl had set no limit."""

from __future__ import annotations

from curlx.diagnoses.network.shared.probes import again, caution
from curlx.diagnoses.network.shared.trouble import Trouble
from curlx.findings import Remedy
from curlx.timeline import Complaint

CAUSES = (
    "Something on the way dropped the connection without a word: a firewall, NAT or VPN that forgets quiet ones.",
    "The server's machine, or the network to it, went down.",
    "Large packets are lost on the way (a wrong MTU, often with a VPN).",
)


def gave_up(complaint: Complaint | None) -> bool:
    """Whether the operating system gave the connection up, and not curl."""
    return complaint is not None and complaint.kind == "timeout" and complaint.tells("of-system")


def time_was_up(complaint: Complaint | None) -> str:
    """Say whose time was up."""
    if gave_up(complaint):
        return "the operating system gave the connection up, having heard nothing of the other side for too long"
    return "curl's time was up"


def kept_alive(trouble: Trouble) -> Remedy:
    """Return what keeps a quiet connection from being forgotten."""
    steps = (
        "With `--keepalive-time 15`: if it goes well then, something on the way forgets connections that are quiet.",
        *caution(trouble),
    )
    title = "Try again, with a sign of life every 15 seconds"
    return Remedy("client", title, steps, again(trouble, "--keepalive-time", "15"))
