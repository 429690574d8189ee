"""What the shells are told when somebody presses Tab."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from curlx.diagnoses import known
from curlx.renderers import formats


def offered(shell: str, line: str) -> set[str]:
    words = line.split(" ")
    asked = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    done = subprocess.run(
        [sys.executable, "-m", "curlx"], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
        env={**os.environ, "_CURLX_COMPLETE": f"complete_{shell}", **asked},
    )  # fmt: skip
    assert done.stderr == ""
    if shell == "zsh":
        return {part.split('"')[1].split(":")[0] for part in done.stdout.splitlines() if '"' in part}
    return {part.split("\t")[0] for part in done.stdout.splitlines()}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("curlx re", {"redact"}),
        ("curlx why client-certificate-k", {code for code in known() if code.startswith("client-certificate-k")}),
        ("curlx explain --format ", set(formats())),
        ("curlx check --fail-on ", {"error", "warning", "note", "never"}),
        ("curlx explain --cl", {"--clipboard"}),
    ],
)
def test_tab_offers_commands_codes_formats_and_options(shell: str, line: str, wanted: set[str]) -> None:
    assert wanted
    assert offered(shell, line) == wanted
