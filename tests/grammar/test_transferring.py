"""The progress meter, and what curl remarks while bytes flow."""

from __future__ import annotations

import pytest

from curlx.grammar.transferring import is_meter


@pytest.mark.parametrize("text", [
    "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current",
    "                                 Dload  Upload   Total   Spent    Left  Speed",
    "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0",
    "100  118k    0  118k    0     0   131k      0 --:--:-- --:--:-- --:--:--  131k",
    "  0      0   0      0   0      0      0      0                              0",
    "  0     0    0     0    0     0      0      0 --:--:--  0:00:02 --:--:--     0",
    "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0"
    "100   237  100   237    0     0  17930      0 --:--:-- --:--:-- --:--:-- 18230",
    "DL% UL%  Dled  Uled  Xfers  Live Total     Current  Left    Speed",
    "--  --      0     0     1     1  --:--:-- --:--:-- --:--:--     0      ",
    "######################################################################## 100.0%",
    "##O=#  #",
])  # fmt: skip
def test_a_line_of_the_meter_is_recognized(text: str) -> None:
    assert is_meter(text)


@pytest.mark.parametrize("text", ["", "## A heading", "1 2 3 4 5 6 7 8", "100%", "#", '{"status": 100}', "   "])
def test_other_lines_are_no_meter(text: str) -> None:
    assert not is_meter(text)
