"""Whether curl's words stand in somebody's text: told by what stands before and behind them in their line."""

from __future__ import annotations

from curlx.patterns import Pattern
from curlx.signs import BEFORE

LIST_ITEM = "- "
"""Before curl's last word: somebody lists what it said, or what it may say; none of it need be of one call."""

WRITTEN = r"\.(?:md|rst|adoc|html?|po|[chm]|cc|cpp|py|js|ts|go|java|rb|rs|php)"
"""How the names of files with texts and source code end: what stands in one somebody wrote."""
_CLOCK = Pattern(r"\d:\d\d")
"""A logger's time: what stands behind it is what a program said."""
_ITEM = Pattern(
    r"\s{0,8}(?:(?:[-+]|\*{1,6}) (?:\[[ xX]\] |(?:\*\*)?\w|\[)"  # of a list
    r"|~~|[✓✔☑✅•‣] ?|(?:PASS(?:ED)?|SKIP(?:PED)?|xfail|ok \d{1,5})\b"  # struck out, ticked off, a test that passed
    r"|\[ {0,3}(?:OK|PASS|SKIP)|XFAIL\b|ok - $|-{3} PASS: "
    r"|\(?(?:\d{1,2}|[a-z])[.)] |\||#{2,6} (?!\d)|={2,6} $"  # of a numbered list; a row of a table; a heading
    r"|<(?:li|t[dh]|d[dt]|h\d|p|title|summary|option)(?: [^<>]{1,80})?>|[-+]$"  # of a page; of a difference
    rf"|[\w./-]{{1,200}}{WRITTEN}:\d{{1,7}}[:-]"  # found in a text
    r"|(?:Known )?(?:[Bb]ug|[Ii]ssue|[Pp]roblem|[Cc]ase|[Tt]icket)s?(?: #?\d{1,7})?(?:: | - )|(?:TODO|FIXME|XXX): "
    r"|[A-Z]{2,10}-\d{1,6}:? $|(?:chore|docs|feat|fix|(?:bug|hot)fix|perf|refactor|revert)(?:\([^)]{1,40}\))?!?: "
    r"|\[(?i:bug|docs|feature|fix|patch(?: [v\d/ ]{1,12})?|question|quote|rfc|wip)\]:? ?$"
    r"|(?:GH-|#\d\d)\d{1,7}:? $|=item $"
    r"|Fix [\"'`]|\[?(?:Closes|Fixe[sd]|(?i:re)?[Ss]olve[sd]|(?:RE)?SOLVED|FIXED|CLOSED|Title|Subject|Re)"
    r"(?: #\d{1,7})?(?:: ?|\] ))"  # of a commit, a ticket, a letter
)
"""What an item of a text begins with, and the text itself."""
_SPOKEN = Pattern(r".{0,200}?(?:[^\W\d_a-zA-Z]|(?<![\w@\[/.-])(?:you|may|might|if|when|we|they)(?![\w@\]/.-]))")
"""Another language, or somebody spoken to."""
_CODE = Pattern(
    r".{0,200}(?:\w\[|^\[|\b(?:assert|printf|print|echo|expect(?:ed)?|toBe|equals?)\b\W{0,3}[\"']|\w,[\"']?"
    r"|\b(?:const|grep|let|raise|return|rg|throw|var|yield)\b[^\"']{1,60}[\"']|\w ?:= ?[\"'`]|\b[a-z]\w{0,40}\([\"'])$"
)
"""Code that says the words, or looks them up: what a program shows of an error has a type's name before the bracket.

Or a row of CSV."""
_LABEL = Pattern(
    r"\s{0,8}(?!(?:Error|Fatal|Critical|Warning|Failed|Failure|Exception|Output|Stderr|Stdout|Curl|Log|Result|Reason"
    r"|Message|Details?|Step|Last|Info|Debug|Response|Status)\b)(?:[A-Z][a-z]{2,20}|[QA]|NOTE|TIP|HINT): $"
    r"|.{0,200}?(?<!\S)(?:(?:[A-Za-z]\.){2}|such as|like|[Ee]xpected(?: \w{1,12})?):? $"
)
"""The label of a part of a text, where no program has such a one."""
_SENTENCE = Pattern(
    r"(?!\s{0,8}(?i:error|fatal|critical|warn|warning|info|debug|failed)\b)"  # programs begin so
    r"[^|\[\]=]{0,200}?(?<!\S)[\w',.-]{1,40} {1,2}[A-Za-z]?[a-z']{1,30}(?: {1,2}| ?[\"'`“‘«*_]{1,3})"
)
"""Two words, and the words of curl's behind them."""
_GOES_ON = Pattern(
    r".{1,400}?(?:\*\* \w|\]\(\w|</\w{1,10}>.| — [a-z]"  # the markup of a sentence
    r"|(?:resolve (?:host|proxy): [^\s;,]{1,255}|Connection refused|has expired|(?:to|from) server"
    r"|local issuer certificate|self[- ]signed certificate(?: in certificate chain)?)"
    r"(?!\W{1,6}(?:More details|Unknown error|Name or service|in certificate chain|.{0,60}https?:|CAfile"
    r"|(?:\w{1,20} )?(?:exit|code|status|stdout|stderr)\b|=))(?:[,;:]? |\.{3})[^\w\"'`*{}\\¶]{0,6}[^\W\d_]"
    r"| (?:means|occurs|happens|appears) [a-z]| \(?(?:when|if|how|why) (?!not allowed)[a-z]"
    r"| (?:[-=]{1,2}> ?\S|[-=]{2}>$|\*/|\?$|[✓✔☑✅])"  # an arrow to what it means, the end of a comment, a tick
    r"|\bignor(?:ed|ing)\b|\b(?:is|was) (?:expected|harmless|normal|fine)\b|(?<=[a-z])\?$"
    r"| (?:\(?#\d{1,7}\)?|\[(?:closed|duplicate|fixed|resolved|solved)\]"
    r"|- [A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20}){0,3})$)"
)
"""Behind curl's message a sentence goes on, or a title, a ticket's state, what the caller makes of it."""

_OF_A_PROGRAM = Pattern(
    r"\s{0,80}(?:(?:> ?){1,4}|.{0,200}[|│] {0,4}|#\d{1,4} [\d.]{1,12} "  # quoted, a service's, a builder's
    r"|(?:\[[\w/.-][^\[\]]{0,80}\] ?){1,4}|\[[^\[\]]{1,80}\](?: \(\w{1,40}\))? "  # what a runner names itself
    r"|(?:[\w./-]{1,200}:)?\d{1,7}(?:[:-]|\t) {0,4}"  # found by grep, numbered
    r"|[\w.+-]{1,80}(?:\[[\w.-]{1,40}\]|@[\w.-]{1,80}|\.\w{1,80} \([\w-]{1,40}\)|/[\w/\[\].-]{1,200}): "
    r"|(?:[\w./-]{1,80}: (?:line \d{1,6}: )?)?(?i:error|fatal|critical|failed|failure|exception|stderr|npm ERR!)"
    r"(?: (?:in|on|from) [\w.-]{1,40})?[:!]? "
    r"|[A-Z]\w{0,60}(?:Error|Exception)\([\"'])?"
)
"""What programs put before a line of another: tags, numbers, the name of a kind of message."""


def goes_on(said: str) -> bool:
    """Tell by what stands behind curl's message in a line whether somebody speaks of it."""
    return _GOES_ON.match(said) is not None


def is_of_a_program(before: str) -> bool:
    """Tell whether a program, or who quotes a line, puts this before curl's last word; else it may be text."""
    return _CLOCK.search(before) is not None or _OF_A_PROGRAM.fullmatch(before) is not None


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
