"""How a port is read."""

from __future__ import annotations

import pytest

from curlx.ports import port_of


@pytest.mark.parametrize(
    ("text", "port"), [("443", 443), ("65535", 65535), ("808080", None), ("", None), ("٤٤٣", None)]
)
def test_what_is_too_long_for_a_port_is_none(text: str, port: int | None) -> None:
    assert port_of(text) == port
