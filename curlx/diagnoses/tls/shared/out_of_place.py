"""What is behind messages of TLS that one side finds broken or out of place, and how to find the part that is."""

from __future__ import annotations

from curlx.advice.commands import curl
from curlx.advice.openssl import show_chain
from curlx.diagnoses.network.shared.probes import repeat
from curlx.diagnoses.tls.shared.failures import Failure
from curlx.diagnoses.tls.shared.limits import at_most_12
from curlx.findings import Remedy
from curlx.timeline import Timeline

CAUSES = (
    "A gateway or firewall on the way disturbs TLS.",
    "Client and server understand a part of TLS differently (an old library on one side).",
)


def take_parts_away(timeline: Timeline, failure: Failure) -> Remedy:
    """Return the commands that leave out what is new in TLS and above it, one after the other."""
    endpoint = failure.endpoint
    # The call itself first: a log for the ticket is one of the failure, not of a trial that works.
    call = repeat(failure.transfer, secure=True) or (curl(endpoint),)
    return Remedy(
        "client",
        "Take parts of TLS away until it works; what you took away last names the culprit",
        (),
        (*call, curl(endpoint, *at_most_12(timeline)), curl(endpoint, "--http1.1"), show_chain(endpoint)),
    )
