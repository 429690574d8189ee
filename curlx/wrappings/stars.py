"""Recognize that curl's stars were lost or replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from curlx.patterns import Pattern
from curlx.signs import FIELD, MARKED, PROOF, SAYS
from curlx.wrappings.wrapping import Wrapping

_BULLET = Pattern(
    r"(?P<bullet>[ \t]{0,8}(?:[-+•·●▪◦‣–—∗＊]|\\\*|\*\*))[ \t]{1,5}(?:" + SAYS + r"|Request )|(?P<bare>\*)" + SAYS
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
    if all(_told(line) or _COMPLAINED.match(line) or line.startswith("curl: (") for line in lines if line.strip()):
        enough = 2  # there is nothing else in it
    if not proofs or len(proofs | fields) < enough:
        return None
    return Wrapping("lost-stars", _with_star)


def _with_star(text: str) -> str:
    return "* " + text if _told(text) or _COMPLAINED.match(text) else text


def _told(text: str) -> bool:
    return bool(PROOF.match(text) or FIELD.match(text) or _SAID.match(text))


_SAID = Pattern(r"[ \t]{0,4}" + SAYS)
_COMPLAINED = Pattern(
    r"\s{0,4}(?:SSL (?:peer|read|server|connect|session|verify|Engine)|SSL_?\w*(?:\(\)| error)|Peer's |TLS c|Cert "
    r"|Server certificate |(?:gnutls|nghttp2|ssl|rustls|wolfSSL|BIO|X509|Apple|Secure)\w*[ :_(]"
    r"|(?:[Uu]nable|[Ff]ailed|[Ee]rror|[Cc]ould not|[Cc]annot|couldn't) (?:to|add|load|set|read|store|import|open|pars"
    r"|find|connect|send|receiv|communicate|sign|in the|determin|while)|(?:common|subject alt) name|server cert "
    r"|peer certificate|[Pp]rivate key |No (?:private|cert|auth)|crypto engine|file type |not supported |Transferred a"
    r"|Exceeded the|end of response|Too l|Invalid |Illegal |Unsupported |Protocol \"|Resolving |Timeout was|Failure "
    r"|Callback |received GOAWAY|Operation |URL |Port number|Unix socket|User was|Connection closed|Unknown SSL"
    r"|timed out|connect\(\)|name lookup|Number of|option )"
)
"""What curl complains of, looked for only where it is sure that stars were lost."""
