"""The address at which a cloud's machine asks about itself: link-local (RFC 3927), so no network leads there."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.network.shared.connecting import Failed
from curlx.findings import Remedy
from curlx.statuses import is_success

_ADDRESSES = ("169.254.169.254", "fd00:ec2::254", "metadata.google.internal")
"""Of AWS, Azure, Google and most others; its IPv6 address at AWS, and its name at Google."""


def is_metadata(failed: Failed) -> bool:
    """Whether what did not accept the connection is a cloud's metadata service."""
    return not failed.at_proxy and (failed.host or "").strip("[]").lower() in _ADDRESSES


def causes(failed: Failed) -> tuple[str, ...]:
    """Return why there is nobody at that address."""
    return (
        *_only_a_question(failed),
        "This machine is none of a cloud's: the metadata service answers only on such a machine, to itself.",
        "It is a container or pod that may not use it: a policy (NetworkPolicy, iptables, the node's agent) blocks it.",
        "The metadata service is switched off for this machine, or lets no container's packets come back: at AWS the "
        "answers of IMDSv2 go one hop far, unless the hop limit is raised.",
    )


def _only_a_question(failed: Failed) -> Iterator[str]:
    """Say that another call of the log went well: SDKs ask the service first, and go on without it."""
    for transfer in failed.trouble.timeline.transfers[failed.trouble.index + 1 :]:
        last = transfer.last_exchange
        if last is not None and last.response is not None and is_success(last.response.status):
            answer = f"{last.response.status} (line {last.response.first_line})"
            yield (
                f"Perhaps a program only asked where it runs, before its call: that one was answered with {answer}; "
                "then this failure does no harm."
            )
            return


def remedies() -> tuple[Remedy, ...]:
    """Return what to do about it: no firewall or proxy between two networks is concerned."""
    return (
        Remedy(
            "client",
            "Ask on the cloud's own machine, not from elsewhere",
            (
                "Run the same on the machine (the node) itself: if it works there, what runs in the container is kept "
                "from it.",
                "The service is never asked through a proxy: name the address in `no_proxy`.",
                "At AWS, IMDSv2 wants a token first: a PUT to `/latest/api/token`; without one it answers 401.",
                "A program that only asked to find out where it runs can be told so: at AWS, AWS_EC2_METADATA_DISABLED="
                "true, and a region and credentials by other means.",
            ),
        ),
        Remedy(
            "server",
            "See whether the cloud lets this machine ask",
            (
                "At AWS, look at the instance's metadata options: whether the endpoint is enabled, and the hop limit "
                "(2 for containers).",
                "In Kubernetes, look for a NetworkPolicy that excludes the address; a pod's own role or workload "
                "identity does without it.",
            ),
        ),
    )
