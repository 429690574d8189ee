"""Recognize that curl's stars were lost or replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from curlx.patterns import Pattern
from curlx.signs import FIELD, MARKED, PROOF, SAYS
from curlx.wrappings.wrapping import Wrapping

_BULLET = Pattern(
    r"(?P<bullet>[ \t]{0,8}(?:[-+•·●▪◦‣–—∗＊]|\\\*))[ \t]{1,5}(?:" + SAYS + r"|Request )|(?P<bare>\*)" + SAYS
)


_GLUED = Pattern(r"\*[A-Za-z]")


def _starred(lines: Sequence[str]) -> bool:
    return any((match := MARKED.match(line)) and match["star"] for line in lines) or any(
        line.startswith(("== Info", "* ")) for line in lines
    )


def bullets(lines: Sequence[str]) -> Wrapping | None:
    """`- Trying ...`, `• Trying ...`: an editor made a list of curl's stars."""
    if _starred(lines):
        return None
    bullets = Counter(match["bullet"] or match["bare"] for line in lines if (match := _BULLET.match(line)))
    if not bullets:
        return None
    bullet, count = bullets.most_common(1)[0]
    if count < 2:
        return None
    if bullet == "*":
        return Wrapping("bullets", lambda text: "* " + text[1:] if _GLUED.match(text) else text)
    return Wrapping(
        "bullets", lambda text: "*" + text[len(bullet) :] if text.startswith((bullet + " ", bullet + "\t")) else text
    )


def lost_stars(lines: Sequence[str]) -> Wrapping | None:
    """A formatter took the stars away: different sentences of curl's, one that only curl says, and no star anywhere."""
    if _starred(lines):
        return None
    proofs = {match[0].split()[0] for line in lines if (match := PROOF.match(line))}
    fields = {match[0].split()[0] for line in lines if (match := FIELD.match(line))}
    enough = 3
    if all(PROOF.match(line) or FIELD.match(line) or line.startswith("curl: (") for line in lines if line.strip()):
        enough = 2  # there is nothing else in it
    if not proofs or len(proofs | fields) < enough:
        return None
    return Wrapping("lost-stars", _with_star)


def _with_star(text: str) -> str:
    return "* " + text if PROOF.match(text) or FIELD.match(text) or _SAID.match(text) else text


_SAID = Pattern(r"[ \t]{0,4}" + SAYS)
