"""The options of a command line, and which of them take a value."""

from __future__ import annotations

import pytest

from curlx.grammar.commands import command_facts
from curlx.options import options_of
from curlx.timeline import Fact, Transfer


@pytest.mark.parametrize("option", ["--ssl-sessions", "--knownhosts", "--sigalgs", "--upload-flags", "--retry"])
def test_the_value_of_an_option_is_no_url(option: str) -> None:
    url = "https://a.example/"
    assert options_of((option, "given", url)) == [(option[2:], "given"), ("url", url)]


@pytest.mark.parametrize(("arguments", "discarded"), [
    (("-o", "/dev/null", "a.example"), True),
    (("--out-null", "a.example"), True),
    (("-v", "a.example"), False),
])  # fmt: skip
def test_an_answer_may_be_thrown_away(arguments: tuple[str, ...], discarded: bool) -> None:
    assert command_facts(arguments).discarded is discarded


@pytest.mark.parametrize(("arguments", "value"), [
    (("--retry", "3"), "3"),
    (("--retry=3",), "3"),
    (("--retry", "1", "--retry", "2"), "2"),
    (("--retry-delay", "3"), None),
    (("--output", "--retry"), None),
])  # fmt: skip
def test_a_transfer_knows_the_options_of_its_command(arguments: tuple[str, ...], value: str | None) -> None:
    transfer = Transfer(1, 2, command=Fact("curl", 1), arguments=arguments)
    assert (transfer.option("retry"), transfer.retries()) == (value, value is not None)
    assert command_facts(arguments).retries is (value is not None)
