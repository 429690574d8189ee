"""Connections that stayed silent, until curl's own time was up or the operating system gave them up (ETIMEDOUT)."""

from __future__ import annotations

from curlx.diagnoses.network.shared.probes import again, caution
from curlx.diagnoses.network.shared.trouble import Trouble
from curlx.findings import Remedy
from curlx.timeline import Complaint

_PATIENT = 60_000
"""Milliseconds: with so long a limit, it is not the limit that is at fault."""
_HASTY = 2_000
"""Milliseconds: so short a limit is the first that is to be suspected."""

CAUSES = (
    "Something on the way dropped the connection without a word: a firewall, NAT or VPN that forgets quiet ones.",
    "The server's machine, or the network to it, went down.",
    "Large packets are lost on the way (a wrong MTU, often with a VPN).",
)

SPEED = "`--speed-limit`, `--speed-time`; in git `http.lowSpeedLimit`, `http.lowSpeedTime`"
"""Where limits of speed are given."""
IN_PLACE = "Write them in the place of those that your call had: of two, the last one counts."
"""What to mind with other limits of speed."""


def gave_up(complaint: Complaint | None) -> bool:
    """Whether the operating system gave the connection up, and not curl."""
    return complaint is not None and complaint.kind == "timeout" and complaint.tells("of-system")


def is_slow(complaint: Complaint | None) -> bool:
    """Whether no limit of time ended it, but one of speed: it holds while a server is silent, too."""
    return complaint is not None and complaint.tells("too-slow")


def time_was_up(complaint: Complaint | None) -> str:
    """Say whose time was up."""
    if gave_up(complaint):
        return "the operating system gave the connection up, having heard nothing of the other side for too long"
    if is_slow(complaint):
        told = f" less than {complaint.quoted}" if complaint is not None and complaint.quoted else " it was too slow"
        return f"curl gave up:{told}, which is the limit that it was given ({SPEED})"
    after = waited(complaint)
    return f"curl's time was up, after {after}" if after else "curl's time was up"


def waited(complaint: Complaint | None) -> str:
    """Say for how long curl had tried when its time was up."""
    told = _milliseconds(complaint)
    return f"{told / 1000:.1f} seconds" if told else ""


def is_patient(complaint: Complaint | None) -> bool:
    """Whether curl had tried to connect for so long that no limit, its own or the system's, can be at fault."""
    return _milliseconds(complaint) >= _PATIENT


def is_hasty(complaint: Complaint | None) -> bool:
    """Whether curl had so little time that servers which are well may take more."""
    return 0 < _milliseconds(complaint) < _HASTY


def too_short(complaint: Complaint | None) -> tuple[str, ...]:
    """Return, as a cause, the limit that curl was given, where its sentence tells it and it is no long one."""
    if not 0 < _milliseconds(complaint) < _PATIENT:
        return ()
    return (f"The time limit (--connect-timeout or --max-time), {waited(complaint)}, is too short for this way.",)


def more_time(complaint: Complaint | None, *, connecting: bool) -> tuple[str, ...]:
    """Return the options that give curl twice its time, and two minutes at least.

    While it connects, either of its two limits may be what ended it. One of speed ends it however long it may take.
    """
    if is_slow(complaint):
        return ("--speed-limit", "1", "--speed-time", "120")
    seconds = str(max(120, _milliseconds(complaint) // 500))
    return (*(("--connect-timeout", seconds) if connecting else ()), "--max-time", seconds)


def _milliseconds(complaint: Complaint | None) -> int:
    if complaint is None:
        return 0
    return (complaint.number if complaint.kind == "connect-timeout" else complaint.time_up) or 0


def kept_alive(trouble: Trouble) -> Remedy:
    """Return what keeps a quiet connection from being forgotten."""
    steps = (
        "With `--keepalive-time 15`: if it goes well then, something on the way forgets connections that are quiet.",
        *caution(trouble),
    )
    title = "Try again, with a sign of life every 15 seconds"
    return Remedy("client", title, steps, again(trouble, "--keepalive-time", "15"))
