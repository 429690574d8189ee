"""Recognize that curl's stars were lost or replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from curlx.patterns import Pattern
from curlx.signs import FIELD, MARKED, OWN, PROOF, SAYS
from curlx.wrappings.wrapping import Wrapping

_BULLET = Pattern(
    r"(?P<bullet>[ \t]{0,8}(?:[-+•·●▪◦‣–—∗＊o]|[ \t]\*|\\\*|\*\*))[ \t]{1,5}(?:"
    + SAYS
    + r"|Request )|(?P<bare>\*)"
    + SAYS
)
_NESTED = Pattern(r"[ \t]{1,8}(?:[<>] |[<>]$|[{}] \[)")
"""What Markdown takes for a part of the item above."""
_GLUED = Pattern(r"\*[A-Za-z]")
# What an IMAP server says begins with a star too (RFC 9051, 7).
_IMAP = Pattern(
    r"\* (?:OK|NO|BAD|BYE|PREAUTH|CAPABILITY|LIST|LSUB|FLAGS|SEARCH|STATUS|\d{1,9} (?:EXISTS|RECENT|FETCH))\b"
)
_ARROWED = Pattern(OWN + r"(?:> [A-Z]{3,10} \S{1,2000} HTTP/[\d.]{1,3}|=> Send header)")
_ASKS = Pattern(r"[A-Z]{3,10} \S{1,2000} HTTP/[\d.]{1,3}\s{0,4}")
_ANSWERS = Pattern(r"HTTP/[\d.]{1,3} \d{3}(?!\d)")
_SENT_FIRST = ("host: ", "user-agent: ", "authorization: ", "proxy-authorization: ")
"""What curl sends first; before 7.55 or so `Host` is behind what it has of these."""
_FIELD_LINE = Pattern(r"[\w-]{1,60}: ?")
_SAID = Pattern(r"[ \t]{0,4}" + SAYS)
_COMPLAINED = Pattern(
    r"\s{0,4}(?:SSL (?:peer|read|server|connect|session|verify|Engine)|SSL_?\w*(?:\(\)| error)|Peer's |TLS c|Cert "
    r"|Server certificate |(?:gnutls|nghttp2|ssl|rustls|wolfSSL|BIO|X509|Apple|Secure)\w*[ :_(]"
    r"|(?:[Uu]nable|[Ff]ailed|[Ee]rror|[Cc]ould not|[Cc]annot|couldn't) (?:to|add|load|set|read|store|import|open|pars"
    r"|find|connect|send|receiv|communicate|sign|in the|determin|while)|(?:common|subject alt) name|server cert "
    r"|peer certificate|[Pp]rivate key |No (?:private|cert|auth)|crypto engine|file type |not supported |Transferred a"
    r"|Exceeded the|end of response|Too l|Invalid |Illegal |Unsupported |Protocol \"|Resolving |Timeout was|Failure "
    r"|Callback |received GOAWAY|Operation |URL |Port number|Unix socket|User was|Connection closed|Unknown SSL"
    r"|necessary data|OpenSSL/|timed out|connect\(\)|name lookup|Number of|option )"
)
"""What curl complains of, looked for only where it is sure that stars were lost."""
_LABELLED = Pattern(
    r"[ \t]{0,4}TLSv1\.\d \((?:IN|OUT)\), TLS \w{1,12}, [\w ]{1,40} \(\d{1,3}\):?(?:\s{0,4}|[ \t]{2,40}# .*)$"
)
"""A message of TLS, as curl alone tells of it; a note of somebody's may stand behind it."""
_ALERTED = Pattern(r"[ \t]{0,4}TLSv1\.\d \(IN\), TLS alert, ")
"""How the handshake failed: of all that curl said somebody may have kept this alone."""
_LOG_OF_CMAKE = Pattern(r"\s{1,40}log: (?:[A-Z=]|[ \t]{0,8}$)")
"""Below a `status_string` CMake shows all that curl said, without its stars."""
_SPARED, _MANY = 2, 7
"""Stars that a formatter may have spared (`*  CAfile`), and different sentences that are then enough: a log has more
stars than that before a body could come that holds another log without them."""


def _starred(lines: Sequence[str], at_most: int = 0) -> bool:
    """Tell whether more of the lines than that have curl's star."""
    for line in lines:
        if line.startswith(("* ", "== Info")):
            at_most -= not _IMAP.match(line)
        elif (match := MARKED.match(line)) and match["star"]:
            at_most -= 1
        if at_most < 0:
            return True
    return False


def bullets(lines: Sequence[str]) -> Wrapping | None:
    """`- Trying ...`, `• Trying ...`: an editor made a list of curl's stars."""
    if _starred(lines, at_most=1):
        return None
    found = [(number, match) for number, line in enumerate(lines) if (match := _BULLET.match(line))]
    bullets = Counter(match["bullet"] or match["bare"] for _, match in found)
    bullet, count = bullets.most_common(1)[0] if bullets else ("", 0)
    # Whoever copies a list often begins behind its first bullet.
    if count < 2 or _starred(lines[found[0][0] :]):
        return None
    if bullet == "*":
        return Wrapping("bullets", lambda text: "* " + text[1:] if _GLUED.match(text) else text)

    def undo(text: str) -> str:
        if text.startswith((bullet + " ", bullet + "\t")):
            return "*" + text[len(bullet) :]
        return text.lstrip() if _NESTED.match(text) else text

    return Wrapping("bullets", undo)


def lost_stars(lines: Sequence[str]) -> Wrapping | None:
    """A formatter took the stars away: different sentences of curl's, one that only curl says, and no star anywhere."""
    if _starred(lines, at_most=_SPARED):
        return None
    proofs = {match[0].split()[0] for line in lines if (match := PROOF.match(line))}
    fields = {match[0].split()[0] for line in lines if (match := FIELD.match(line))}
    enough = 3
    if any(map(_is_full_of_them, _blocks(lines))) or any(map(_LABELLED.match, lines)):
        enough = 1 if any(map(_ALERTED.match, lines)) else 2
    if any(map(_LOG_OF_CMAKE.match, lines)):
        enough = 2
    if _starred(lines):
        enough = _MANY
    if not proofs or len(proofs | fields) < enough:
        return None
    return Wrapping("lost-stars", _with_star)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the whole log, and what stands between two fences (CMake has its own), without its blank lines."""
    yield [line for line in lines if line.strip()]
    fences = [number for number, line in enumerate(lines) if line.lstrip().startswith(("```", "~~~", "--- LOG "))]
    for start, stop in pairwise(fences):
        yield [line for line in lines[start + 1 : stop] if line.strip()]


def _is_full_of_them(lines: Sequence[str]) -> bool:
    """Whether there is hardly anything else in it than sentences of curl's."""
    told = sum(bool(_told(line) or _COMPLAINED.match(line) or line.startswith("curl: (")) for line in lines)
    return told >= 2 and told * 3 >= len(lines) * 2


def lost_arrows(lines: Sequence[str]) -> Wrapping | None:
    """`GET / HTTP/1.1`, `Host: ...` without `> `: Markdown took the request for a quotation; often the answer too."""
    if any(map(_ARROWED.match, lines)):
        return None
    if not any(map(MARKED.match, lines)):
        return None
    if any(_asks(*pair) for pair in pairwise(lines)):
        return Wrapping("lost-arrows", _Arrows().give_back)
    if any(_asks(*pair) for pair in pairwise(filter(str.strip, lines))):
        return Wrapping("lost-arrows", _Arrows(spaced=True).give_back)
    return None


def _asks(line: str, following: str) -> bool:
    return bool(_ASKS.fullmatch(line)) and following.lower().startswith(_SENT_FIRST)


class _Arrows:
    """Gives back the arrows of a head: from its first line to the blank one behind it.

    Where blank lines stand between its own (`spaced`), it ends with what is no header.
    """

    def __init__(self, *, spaced: bool = False) -> None:
        self.arrow = ""
        self.spaced = spaced

    def give_back(self, text: str) -> str:
        if _ASKS.fullmatch(text):
            self.arrow = "> "
        elif _ANSWERS.match(text):
            self.arrow = "< "
        elif self.arrow and not (text == "" or _FIELD_LINE.match(text)):
            self.arrow = ""
        if not self.arrow or (self.spaced and not text):
            return text
        arrow = self.arrow
        if not text:
            self.arrow = ""
        return arrow + text


def _with_star(text: str) -> str:
    return "* " + text if not _ASKS.fullmatch(text) and (_told(text) or _COMPLAINED.match(text)) else text


def _told(text: str) -> bool:
    return bool(PROOF.match(text) or FIELD.match(text) or _SAID.match(text))
