from __future__ import annotations

import pytest

from tests.assembler.conftest import Assemble

RESET = "* Recv failure: Connection reset by peer"
SECOND = ("* Hostname shop.example was found in DNS cache", "*   Trying 192.0.2.7:443...",
          "* Connected to shop.example (192.0.2.7) port 443 (#1)")  # fmt: skip
LEFT = "* Connection #1 to host shop.example left intact"
REFUSED = (
    "*   Trying 192.0.2.7:443...", "* connect to 192.0.2.7 port 443 failed: Connection refused",
    "* Failed to connect to shop.example port 443 after 1 ms: Couldn't connect to server", "* Closing connection 0",
)  # fmt: skip


def test_a_try_that_curl_does_not_announce_is_of_the_same_transfer(assembled: Assemble) -> None:
    first = ("@opened", "@asked", RESET, "* Closing connection 0")
    (transfer,) = assembled(*first, *SECOND, "@asked", "@answered", LEFT).transfers
    assert [exchange.superseded for exchange in transfer.exchanges] == [True, False]
    assert [complaint.kind for complaint in transfer.complaints] == ["reset"]
    assert len(transfer.connections) == 2


@pytest.mark.parametrize("second", [("> GET /other HTTP/1.1", "> Host: shop.example", "> "), "@asked"])
def test_another_request_or_another_run_is_another_transfer(assembled: Assemble, second: str | tuple[str, ...]) -> None:
    first = ("@opened", "@asked", RESET, "* Closing connection 0")
    opened = ("@opened",) if second == "@asked" else SECOND
    asked = (second,) if isinstance(second, str) else second
    timeline = assembled(*first, *opened, *asked, "@answered")
    assert len(timeline.transfers) == 2


def test_a_failure_that_curl_told_the_code_of_is_over(assembled: Assemble) -> None:
    first = ("@opened", "@asked", RESET, "* Closing connection 0", "curl: (56) Recv failure: Connection reset by peer")
    assert len(assembled(*first, *SECOND, "@asked", "@answered", LEFT).transfers) == 2


def test_a_place_that_could_be_reached_at_the_second_try_is_of_the_same_transfer(assembled: Assemble) -> None:
    host = "* Host shop.example:443 was resolved."
    timeline = assembled(host, *REFUSED, *SECOND, "@asked", "@answered", LEFT)
    assert [
        exchange.response.status for one in timeline.transfers for exchange in one.exchanges if exchange.response
    ] == [200]
    assert len(timeline.transfers) == 1


def test_what_could_not_be_reached_is_no_part_of_an_answered_transfer(assembled: Assemble) -> None:
    failed = (
        "* connect to 192.0.2.9 port 80 from 192.0.2.9 port 52890 failed: Connection refused",
        "* Failed to connect to other.example port 80 after 3 ms: Couldn't connect to server", "* Closing connection",
    )  # fmt: skip
    answered, dead = assembled("@opened", "@asked", "@answered", "@left", *failed).transfers
    assert not answered.complaints
    assert [complaint.kind for complaint in dead.complaints] == ["connect-failed"]
