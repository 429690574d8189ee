"""A cloud's machine asks about itself at an address to which no network leads."""

from __future__ import annotations

import pytest

import curlx

HOW = {
    "network-connect-timeout": "Operation timed out",
    "network-unreachable": "No route to host",
    "network-refused": "Connection refused",
}


@pytest.mark.parametrize("code", HOW)
@pytest.mark.parametrize(("address", "of_cloud"), [("169.254.169.254", True), ("192.0.2.254", False)])
def test_no_firewall_phone_or_proxy_helps_with_the_metadata_service(code: str, address: str, of_cloud: bool) -> None:
    log = (
        f"*   Trying {address}...\n* connect to {address} port 80 failed: {HOW[code]}\n"
        f"* Failed to connect to {address} port 80: {HOW[code]}\n* Closing connection 0\n"
        f"curl: (7) Failed to connect to {address} port 80: {HOW[code]}\n"
    )
    found = curlx.explain(log).findings[0]
    assert found.code == code
    told = " ".join((*found.causes, *(step for each in found.remedies for step in each.steps)))
    assert ("IMDSv2" in told and "hop limit" in told) == of_cloud
    assert ("firewall" in told.lower()) != of_cloud
    assert not (of_cloud and any(each.commands or each.who == "network" for each in found.remedies))


@pytest.mark.parametrize(("answer", "said"), [("204 No Content", True), ("500 Internal Server Error", False)])
def test_a_call_that_went_well_behind_the_question_is_told_of(answer: str, said: bool) -> None:
    log = f"""* connect to 169.254.169.254 port 80 failed: Connection timed out
* Failed to connect to 169.254.169.254 port 80: Connection timed out
* Closing connection 0
*   Trying 192.0.2.7:80...
* Connected to events.example (192.0.2.7) port 80 (#1)
> POST /events HTTP/1.1
> Host: events.example
> Content-Length: 0
>
< HTTP/1.1 {answer}
< Content-Length: 0
<
* Connection #1 to host events.example left intact
"""
    found = next(each for each in curlx.explain(log).findings if each.code == "network-connect-timeout")
    assert any("answered with 204 (line 10)" in cause for cause in found.causes) is said
