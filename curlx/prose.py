"""Whether curl's words stand in somebody's text: told by what stands before them in their line."""

from __future__ import annotations

from curlx.patterns import Pattern
from curlx.signs import BEFORE

LIST_ITEM = "- "
"""Before curl's last word: somebody lists what it said, or what it may say; none of it need be of one call."""

_CLOCK = Pattern(r"\d:\d\d")
"""A logger's time: what stands behind it is what a program said."""
_ITEM = Pattern(
    r"\s{0,8}(?:[-*+] (?:\[[ xX]\] |(?:\*\*)?\w|\[)"  # of a list
    r"|~~|[✓✔☑✅•‣] ?|(?:PASS|ok \d{1,5})\b"  # struck out, ticked off, a test that passed
    r"|\d{1,2}[.)] |\||#{2,6} (?!\d)"  # of a numbered list; a row of a table; a heading
    r"|Fix [\"'`]|\[?(?:Closes|Fixe[sd]|(?i:re)?[Ss]olve[sd]|(?:RE)?SOLVED|FIXED|CLOSED|Title|Subject|Re)"
    r"(?: #\d{1,7})?(?:: ?|\] ))"  # of a commit, a ticket, a letter
)
"""What an item of a text begins with, and the text itself."""
_SPOKEN = Pattern(r".{0,200}?(?:[^\W\d_a-zA-Z]|\b(?:you|may|might|if|when|we|they)\b)")
"""Another language, or somebody spoken to."""
_CODE = Pattern(r".{0,200}(?:\w\[|^\[|\b(?:assert|printf|print|echo|expect|toBe|equals?)\b\W{0,3}[\"'])$")
"""Code that says the words, or looks them up."""
_LABEL = Pattern(
    r"\s{0,8}(?!(?:Error|Fatal|Critical|Warning|Failed|Failure|Exception|Output|Stderr|Stdout|Curl|Log|Result|Reason"
    r"|Message|Details?|Step|Last|Info|Debug|Response|Status)\b)[A-Z][a-z]{2,20}: $"
)
"""The label of a part of a text, where no program has such a one."""
_SENTENCE = Pattern(
    r"(?!\s{0,8}(?i:error|fatal|critical|warn|warning|info|debug|failed)\b)"  # programs begin so
    r"[^|\[\]=]{0,200}?(?<!\S)[\w',.-]{1,40} {1,2}[A-Za-z]?[a-z']{1,30}(?: {1,2}| ?[\"'`“‘«*_]{1,3})"
)
"""Two words, and the words of curl's behind them."""


def in_prose(before: str) -> bool:
    """Tell by what stands before curl's words in a line whether somebody mentions them, as no program puts it there."""
    if _CLOCK.search(before):
        return False
    if _ITEM.match(before):
        return True
    nearest = before[-BEFORE:]
    if _SPOKEN.match(nearest) or _CODE.match(nearest) or _LABEL.match(nearest):
        return True
    return _SENTENCE.fullmatch(nearest) is not None
