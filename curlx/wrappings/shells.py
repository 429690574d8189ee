"""Recognize what a shell printed before the command."""

from __future__ import annotations

from collections.abc import Sequence

from curlx.patterns import Pattern
from curlx.signs import MARKED
from curlx.wrappings.wrapping import Wrapping

_PROMPT = Pattern(
    r"(?P<prompt>(?:PS [^>]{1,120}> ?|[A-Za-z]:\\[^>]{0,120}> ?|\([\w.-]{1,40}\) |)"
    r"(?:[\w.+-]{1,40}@[\w.-]{1,60}[:\s][^\s#$%]{0,120} ?(?:\([^)]{1,60}\) ?)?[#$%] ?"
    r"|[➜❯λ] {1,2}[^\s$#%]{1,80} {1,2}(?:git:\([^)]{1,60}\) {1,2})?(?:✗ {1,2})?"
    r"|\[[^\]]{1,80}\] ?[#$%] ?|bash-[\d.]{1,6}[#$] |sh-[\d.]{1,6}[#$] |[#$%❯➜] ?|>{1,2} ?|))"
    r"(?:\w{1,40}=\S{0,200} )?(?:sudo |time |winpty )?(?:[\w./:\\-]{1,80}[/\\])?curl(?:\.exe)? "
)
_OF_WINDOWS = Pattern(r"PS |[A-Za-z]:\\")
"""It tells the shell, and with it how the command is quoted: it stays, and is read with the command."""
_TALK = ("* ", "< ")
"""Many a prompt is a `>`, none is one of these."""


def prompt(lines: Sequence[str]) -> Wrapping | None:
    """What the shell printed before the command, learnt where the log starts or curl's own lines follow at once."""
    prompts: set[str] = set()
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    for number, line in enumerate(lines):
        asked = "curl" in line and line[:2] not in _TALK and not _OF_WINDOWS.match(line)
        match = _PROMPT.match(line) if asked else None
        if match and match["prompt"] and (number == start or any(map(MARKED.match, lines[number + 1 : number + 4]))):
            prompts.add(match["prompt"])
    if not prompts:
        return None
    known = tuple(sorted(prompts, key=len, reverse=True))
    return Wrapping("prompt", lambda text: _without_prompt(text, known))


def _without_prompt(text: str, known: tuple[str, ...]) -> str:
    if text.startswith(known) and (match := _PROMPT.match(text)) and match["prompt"] in known:
        return text[match.end("prompt") :]
    return text
