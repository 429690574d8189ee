"""What a shell printed before the command."""

from __future__ import annotations

import pytest

from .log import LOG, unwrapped


@pytest.mark.parametrize(
    "prompt",
    ["$ ", "# ", "$", ">", "root@box:/# ", "me@box:~/a$ ", "[me@box ~]$ "],
)
def test_the_prompt_before_the_command_is_removed(prompt: str) -> None:
    assert unwrapped([prompt + "curl -v https://example.com/a", *LOG]) == (
        ["curl -v https://example.com/a", *LOG],
        ("prompt",),
    )


@pytest.mark.parametrize("prompt", ["C:\\>", "c:\\work> ", "PS C:\\work> "])
def test_a_prompt_that_tells_how_the_command_is_quoted_stays(prompt: str) -> None:
    log = [prompt + "curl -v https://example.com/a", *LOG]
    assert unwrapped(log) == (log, ())


def test_a_command_in_a_script_that_was_fetched_stays_what_it_is() -> None:
    log = [*LOG[:20], "# curl -v https://evil.example", "echo", "echo", "echo", *LOG[-1:]]
    assert unwrapped(log) == (log, ())
