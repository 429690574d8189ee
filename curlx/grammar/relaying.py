"""Exit codes of curl as others pass them on: kubectl, container builds, CI services, make, a shell asked for `$?`.

With `-s`, and with `-f` in scripts, the code is often all that a failure leaves behind. It is curl's when curl was the
only program of its command.
"""

from __future__ import annotations

import re

from curlx.events import ProgramFailed
from curlx.grammar.commands import command_facts, read_command
from curlx.patterns import Pattern

_BEHIND_A_COMMAND = Pattern(
    r"(?:.{0,100}[\s\]])?(?:command terminated with|Process completed with|script returned|Job failed:"
    r"|(?:Bash |PowerShell )?exited with) (?:exit )?(?:code|status) '?(?P<code>\d{1,3})'?\.?\s{0,9}"
    r"|\W{0,8}Exit ?code: (?P<listed>\d{1,3})\s{0,9}"
    r"|(?:[\w./-]{0,40}make(?:\[\d{1,3}\])?|gmake): \*\*\* \[[^\]]{1,200}\] Error (?P<made>\d{1,3})",
    re.IGNORECASE,
)
_SHELLED = r"(?:/bin/(?:ba|a)?sh (?:-\w{1,20} ){1,4})?"
_WITH_ITS_COMMAND = Pattern(
    # docker build, with and without BuildKit; Travis; CalledProcessError of Python
    rf".{{0,200}}?\b(?:process|command) (?P<quote>['\"]){_SHELLED}(?P<command>.{{0,200}}?curl .{{1,4000}})(?P=quote)"
    r" ?(?:did not complete successfully: exit code:|returned a non-zero code:|returned non-zero exit status"
    r"|failed and exited with|: exit status) (?P<code>\d{1,3})\b.{0,100}"
    # the same of Python, where the command is a list
    r"|.{0,200}?\bCommand '\[(?P<words>'curl', [^\]]{1,4000})\]'"
    r" returned non-zero exit status (?P<ended>\d{1,3})\b.{0,100}"
    # Ansible's result, in JSON
    r'|.{0,400}?"cmd": (?P<listed>"curl [^"]{1,4000}"|\["curl", [^\]]{1,4000}\]).{0,2000}?"rc": (?P<rc>\d{1,3})\b.*'
    # a script's trap
    r"|.{0,200}?\bexit (?:code|status):? (?P<trapped>\d{1,3})\b.{0,60}?(?<=\s)(?P<line>curl .{1,4000})",
    re.IGNORECASE,
)
_ASKED = Pattern(r".{0,200}\becho \"?\$\?\"?\s{0,9}")
_NUMBER = Pattern(r"\s{0,9}(\d{1,3})\s{0,9}")
_QUOTED = Pattern(r"'[^']{0,4000}'|\"[^\"]{0,4000}\"|\\.")
_OF_A_SHELL = 126
"""From here on a code is the shell's: a program that cannot be run, or was killed by a signal."""


def is_alone(command: str) -> bool:
    """Whether a command line runs nothing but curl, so that its exit code is curl's."""
    bare = _QUOTED.sub("", command)
    return not any(mark in bare for mark in "|&;")


def read_relayed(text: str) -> ProgramFailed | None:
    """Return what a line says that tells a curl command and the exit code that it ended with."""
    if " exit" not in text and " non-zero" not in text and '"rc": ' not in text:
        return None
    match = _WITH_ITS_COMMAND.fullmatch(text)
    if match is None:
        return None
    code = int(match["code"] or match["trapped"] or match["rc"] or match["ended"])
    listed = (match["listed"] or match["words"] or "").strip("[]'\"")
    line = match["command"] or match["line"] or listed.replace('", "', " ").replace("', '", " ")
    command = read_command(line) if 0 < code < _OF_A_SHELL and is_alone(line) else None
    if command is None:
        return None
    urls = command_facts(command.arguments).urls
    return ProgramFailed("", None, code, urls[0] if urls else None)


def relayed_code(text: str, *, asked: bool) -> int | None:
    """Return the exit code that a line below a curl command passes on; None for another line, and for success.

    With `asked` the shell was asked for the code alone.
    """
    match = (_NUMBER if asked else _BEHIND_A_COMMAND).fullmatch(text)
    code = next((int(each) for each in match.groups() if each), 0) if match is not None else 0
    return code if 0 < code < _OF_A_SHELL else None


def asks_for_code(text: str) -> bool:
    """Whether a shell is asked for the exit code of the command before."""
    return text.rstrip(' "').endswith("$?") and _ASKED.fullmatch(text) is not None
