"""Exit codes of curl as others pass them on: kubectl, container builds, CI services, make, a shell asked for `$?`.

With `-s`, and with `-f` in scripts, the code is often all that a failure leaves behind. It is curl's when curl was the
only program of its command, and nothing came between.
"""

from __future__ import annotations

import re

from curlx.events import ProgramFailed
from curlx.grammar.commands import command_facts, read_command
from curlx.patterns import Pattern
from curlx.signs import PROMPT_SIGN

_BEHIND_A_COMMAND = Pattern(
    r"(?:.{0,100}[\s\]])?(?:command terminated with|Process completed with|script returned|Job failed:"
    r"|(?:Bash |PowerShell )?exited with) (?:exit )?(?:code|status) '?(?P<code>\d{1,3})'?\.?\s{0,9}"
    r"|(?:[\w./-]{0,40}make(?:\[\d{1,3}\])?|gmake): \*\*\* \[[^\]]{1,200}\] Error (?P<made>\d{1,3})",
    re.IGNORECASE,
)
_LISTED = Pattern(r"\W{0,8}Exit ?code: (?P<code>\d{1,3})\s{0,9}", re.IGNORECASE)
_LABEL = Pattern(
    r"\W{0,8}(?:[A-Z][a-z]{1,20} )?(?:[Cc]ommand|[Rr]unning|[Ee]xecuting): (?P<command>.{0,400}?(?<![\w/.-])curl\s.*)"
)
_NAMED = Pattern(r"\W{0,8}(?:[A-Z][a-z]{1,20} )?(?:cmd|command|running|executing): ", re.IGNORECASE)
_FIELD = Pattern(
    r"\W{0,8}(?:std)?(?:out(?:put)?|err(?:or)?|duration|time|elapsed|cwd|work\w{1,4} dir\w{0,6}|directory|attempt"
    r"|line)\b[^:]{0,20}:.*|\W{1,80}|.{0,80}\bit failed:?\s{0,9}|https?://\S{1,1000}\s{0,9}",
    re.IGNORECASE,
)
"""What else a list tells of a command."""
_WELL = Pattern(r"\W{0,8}Exit ?code: 0\s{0,9}", re.IGNORECASE)
_ENDED = Pattern(
    # docker build with BuildKit, and without; Python; Travis; Terraform; Julia; Homebrew, opam
    r"(?:['\"]? did not complete successfully: exit code:|['\"] returned a non-zero code:"
    r"|['\"] returned non-zero exit status|['\"] failed and exited with|['\"]: exit status|`, ProcessExited\("
    r"|\\?['\"`] exited with(?: code)?)"
    r" ?(?P<code>\d{1,3})\b"
)
_BEGUN = re.compile(r"(?:[Pp]rocess |[Cc]ommand |Process\(|executing; |Curl failed: \\?)['\"`]")
_SHELL = Pattern(r"/bin/(?:ba|a|da|z)?sh (?:-\w{1,20} |pipefail ){1,8}|/usr/bin/env ")
_TRAPPED = Pattern(  # by a script's trap
    r".{0,200}?\bexit (?:code|status):? (?P<code>\d{1,3})\b.{0,120}?(?<=command )(?P<command>curl .{1,4000})",
    re.IGNORECASE,
)
_OF_ANSIBLE = Pattern(
    r'.{0,400}?"cmd": (?P<command>"curl [^"]{1,4000}"|\["curl", [^\]]{1,4000}\]).{0,2000}?"rc": (?P<code>\d{1,3})\b.*'
)
_LONGEST = 8_000
_ASKS = r"echo \"?\$\?\"?\s{0,9}"
_ASKED = Pattern(rf"(?:.{{0,200}}{PROMPT_SIGN} {{0,3}})?{_ASKS}")
_ASKED_AT_ONCE = Pattern(rf"(?P<command>[^;]{{1,4000}});\s{{0,3}}{_ASKS}")
_NUMBER = Pattern(r"\s{0,9}(\d{1,3})\s{0,9}")
_QUOTED = Pattern(r"'[^']{0,4000}'|\"[^\"]{0,4000}\"|\\.|\$\{\w{1,60}\}")
_OTHERS = Pattern(
    r".{0,400}?(?<![\w.-])(?:xargs|parallel|find|watch|script|(?:ba|da|a|z|k)?sh)\s(?!-\w{0,8}c\s).{0,400}?\bcurl\s"
)
"""Programs that run curl, perhaps, and end with a code of their own."""
_CODES = range(3, 102)
"""Codes of curl that are hardly another's: with 1 and 2 every program fails, and from 124 on they are a shell's."""


def is_alone(command: str) -> bool:
    """Whether a command line runs nothing but curl, so that its exit code is curl's."""
    bare = _QUOTED.sub("", command)
    return not any(mark in bare for mark in "|&;`") and "$(" not in bare and _OTHERS.match(bare) is None


def of_another(text: str) -> bool:
    """Whether a line of a list is no longer about curl's command, or says that it ended well."""
    if _WELL.fullmatch(text) is not None:
        return True
    return _LISTED.fullmatch(text) is None and (_NAMED.match(text) is not None or _FIELD.fullmatch(text) is None)


def labelled(text: str) -> bool:
    """Whether a line only names a command of curl's (`Command: curl ...`), as who ran it tells of it."""
    match = _LABEL.fullmatch(text) if ": " in text and "curl" in text else None
    return match is not None and is_alone(match["command"])


def read_relayed(text: str) -> ProgramFailed | None:
    """Return what a line says that tells a curl command and the exit code that it ended with."""
    if "curl" not in text or len(text) > _LONGEST:
        return None
    code, line = _with_its_command(text)
    command = read_command(line) if code in _CODES and is_alone(line) else None
    if command is None:
        return None
    urls = command_facts(command.arguments).urls
    return ProgramFailed("", None, code, urls[0] if urls else None)


def _with_its_command(text: str) -> tuple[int, str]:
    """Return a code and the command that ended with it; 0 where a line tells none."""
    if '"rc": ' in text and (match := _OF_ANSIBLE.fullmatch(text)):
        return int(match["code"]), _of_a_list(match["command"])
    if " exit" not in text and " non-zero" not in text and "Exited(" not in text:
        return 0, ""
    ended = _ENDED.search(text)
    if ended is not None:
        begun = _BEGUN.search(text, 0, ended.start())
        line = text[begun.end() : ended.start()] if begun else ""
        shell = _SHELL.match(line)
        return int(ended["code"]), _of_a_list(line[shell.end() :] if shell else line)
    trapped = _TRAPPED.fullmatch(text)
    return (int(trapped["code"]), trapped["command"].rstrip("`")) if trapped else (0, "")


def _of_a_list(command: str) -> str:
    """Return a command that is written as a list of words as one line."""
    listed = command.strip("[]'\"`")
    return listed.replace('", "', " ").replace("', '", " ")


def relayed_code(text: str, *, asked: bool, listed: bool) -> int | None:
    """Return the exit code that a line below a curl command passes on; None for another line, and for success.

    With `asked` the shell was asked for the code alone, with `listed` it is an item of a list, like the command.
    """
    match = (_NUMBER if asked else _LISTED if listed else _BEHIND_A_COMMAND).fullmatch(text)
    code = next((int(each) for each in match.groups() if each), 0) if match is not None else 0
    return code if code in _CODES else None


def asks_for_code(text: str) -> bool:
    """Whether a shell is asked for the exit code of the command before."""
    return text.rstrip(' "').endswith("$?") and _ASKED.fullmatch(text) is not None


def asked_at_once(command: str) -> str:
    """Return the command behind which the same line asks for its exit code; nothing where none does."""
    match = _ASKED_AT_ONCE.fullmatch(command) if command.rstrip(' "').endswith("$?") else None
    return match["command"] if match is not None else ""
