"""The command line, as a shell, `set -x` or a paste echoes it, and what its options say (`src/tool_getparam.c`)."""

from __future__ import annotations

import re
import shlex

import msgspec

from curlx.events import Command
from curlx.options import NOWHERE, options_of
from curlx.patterns import Pattern
from curlx.signs import PROMPT_SIGN

_LONGEST = 16_384

_PLACE = r"[\w@~:/\\.\-\[\](){} └─╰╭→➜▶➤✗✓✔⚡»]{0,120}"
"""Who, where and in what environment, and what themes of shells show with that: before a prompt's sign."""
_PROMPT = rf"(?:{_PLACE}{PROMPT_SIGN}{{1,2}}[ \t]{{0,16}}|\+{{1,4}} |Step \d{{1,3}}/\d{{1,3}} ?: RUN {{1,8}})"
"""Of a shell, of `set -x`, and of `docker build`, which says so what it runs."""
_TYPED = Pattern(rf"{_PLACE}[$#%❯➜λ] {{1,4}}[\w./~]")
_LOOP = r"(?:(?:for|while|until) [^;]{1,80}; ?do )?"
_BEFORE = _LOOP + r"(?:[\w./@:=,-]{1,80}[ \t]{1,4}|\w{1,40}='[^']{0,200}'[ \t]{1,4}){0,12}?"
"""Words between prompt and curl: `sudo`, `time`, `VAR=1`, `docker exec -it web`."""
_FIRST = r"(?:[^&;|<>'\"]{1,200}(?:&&|;) {0,4})?"
"""Another command before it on the line: `cd certs &&`."""
_WRAPPERS = r"(?:(?:sudo|time|command|exec|proxychains4?|torsocks|\w{1,40}=[^\s'\"]{0,200}) {1,4}){0,6}"
_ELSEWHERE = (
    r"(?:(?:docker|podman|nerdctl|kubectl|oc|lxc)(?:-compose| compose)? (?:run|exec) {1,4}"
    r"(?:(?:[\w./@:=,+-]|\$\{\w{1,40}\}|\$\([^()]{1,200}\)){1,120} {1,4}){0,15})?"
)
"""In a container: `docker run --rm image`, `kubectl exec pod --`."""
_PROGRAM = (
    r"(?:(?:[^\s'\"$#>]{0,120}[/\\])?curl(?:\.exe)?|[^\s'\"$#>]{1,120}/curl[:@][\w.:-]{1,100}"
    r"|(?:[&.][ \t]{0,2})?(?P<quote>['\"])[^'\"<>|]{1,200}[/\\]curl(?:\.exe)?(?P=quote))"
)
"""An image's name may have a tag or a digest: `curlimages/curl:8.5.0`. A path with blanks is quoted, and then
called with `&` or `.` by PowerShell."""
_REST = r"[ \t]{1,8}(?P<rest>\S.*)"

_ECHOED = Pattern(
    rf"(?:{_PROMPT}{_FIRST}(?:{_BEFORE}|{_ELSEWHERE})|[ \t]{{0,8}}{_LOOP}{_WRAPPERS}{_ELSEWHERE}){_PROGRAM}{_REST}",
    re.S,
)

_QUOTED = Pattern(r"\s{0,8}(?:\d{1,2}[.)] )?`(?P<command>[^`]{1,4000})`?\s{0,8}")
"""As Markdown quotes code, alone on its line or in a step of a list."""

# What follows the bare word must look like curl's arguments: `curl failed to verify the legitimacy of the server` is
# prose, `curl 8.5.0 (x86_64-pc-linux-gnu) ...` is what `curl -V` prints.
_ARGUMENT = Pattern(
    r"-{1,2}[\w#:]|\\\s?$|['\"<]{0,2}(?:[a-zA-Z][\w+.-]{0,20}://|https?:/[.…]|\$|`[a-z]|\[[0-9A-Fa-f:]|localhost\b|(?:\d{1,3}\.){3}\d"
    r"|[\w-]{1,63}:\d{1,5}\b|(?:[\w*-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w.]))"
)
_VERSION = Pattern(r"\d{1,2}\.\d{1,3}(?:\.\d{1,3})?(?:-\S*)? \(")
_STOPS = frozenset(("|", "||", "&", "&&", ";", "|&"))
_REDIRECTION = Pattern(r"(?:\d|&)?(?:>{1,2}|<{1,3})(?P<target>.*)", re.S)
_HIDDEN = Pattern(r"(‹[\w-]{1,40}) (\d{1,9}›)")
_CONTINUED = Pattern(r"(?<!\\)\\\s?$|\s[\^`]$")
# What shells print before the next line of a command; `> file` is a redirection.
_ANSI = Pattern(r"(?<!\S)\$(?=')")
"""`$'...'` of bash: a quotation whose escapes the shell reads."""
_CONTINUATION = Pattern(r"^(?:>{1,2}|More\?)[ \t]{0,40}(?=[-'\"]|https?://)")


class CommandFacts(msgspec.Struct, frozen=True):
    """What a command line says: the options that matter to an explanation."""

    urls: tuple[str, ...] = ()
    insecure: bool = False
    cert: str | None = None
    proxy: str | None = None
    noproxy: str | None = None
    head: bool = False
    """It has `-I`: curl sends HEAD, and waits for no body."""
    method: str | None = None
    """What `-X` names: only the word that curl sends (curl(1))."""
    location: bool = False
    retries: bool = False
    discarded: bool = False
    """Every answer is thrown away (`-o /dev/null`, `--out-null`): a file may be shown behind the log, this is not."""
    informs: bool = False
    """It asks of curl itself, and of no server."""
    writes_out: bool = False
    """It has `--write-out`."""
    way: tuple[tuple[str, str], ...] = ()
    """The options that decide which way a request goes, whom it trusts and who it is, with their values."""


_IN_A_POD = " -- curl "
"""What stands before it is for `kubectl run`, whose image may be called curl too."""

_KEPT = {
    # long name -> the fact that holds its value
    "cert": "cert", "proxy": "proxy", "noproxy": "noproxy", "request": "method",
    "socks4": "proxy", "socks4a": "proxy", "socks5": "proxy", "socks5-hostname": "proxy", "proxy1.0": "proxy",
}  # fmt: skip
_SWITCHES = {
    "insecure": "insecure", "head": "head", "location": "location", "location-trusted": "location",
    "retry": "retries", "version": "informs", "help": "informs", "manual": "informs",
}  # fmt: skip
_WAY = frozenset((
    "abstract-unix-socket", "ca-native", "cacert", "capath", "cert", "cert-type", "connect-to", "dns-servers",
    "doh-url", "engine", "interface", "ipv4", "ipv6", "key", "key-type", "noproxy", "preproxy", "proxy",
    "proxy-anyauth", "proxy-basic", "proxy-ca-native", "proxy-cacert", "proxy-capath", "proxy-cert", "proxy-cert-type",
    "proxy-digest", "proxy-key", "proxy-key-type", "proxy-negotiate", "proxy-ntlm", "proxy-user", "proxy1.0",
    "proxytunnel", "resolve", "socks4", "socks4a", "socks5", "socks5-hostname", "unix-socket",
))  # fmt: skip
_HOST = "host:"
_SCHEMES = {"socks4": "socks4", "socks4a": "socks4a", "socks5": "socks5", "socks5-hostname": "socks5h"}


def read_command(text: str) -> Command | None:
    """Return the curl command that a line echoes, or None."""
    if "curl" not in text or len(text) > _LONGEST or "round_trippers.go" in text:  # kubectl -v=10 prints curl commands
        return None
    if text.startswith("# ") and text.rstrip().endswith(":"):
        return None  # a comment's or Markdown's heading
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        text = quoted["command"]
    match = _ECHOED.match(text)
    if match is None:
        return None
    rest = match["rest"].rpartition(_IN_A_POD)[2]
    if _ARGUMENT.match(rest) is None or _VERSION.match(rest):
        return None
    cmd = re.match(r"[A-Za-z]:\\", text.lstrip()) is not None
    windows = cmd or text.startswith("PS ") or ".exe" in text[: match.start("rest")].lower()
    return Command(text, _arguments(rest, windows=windows, quotes='"' if cmd else "'\""), windows, cmd)


def is_typed(text: str) -> bool:
    """Whether a line is a shell's prompt and what was typed there, a command of curl's or any other."""
    return _TYPED.match(text) is not None


def is_continued(text: str) -> bool:
    """Whether the shell reads on: the line ends with a backslash, or with `^` or a backtick on Windows."""
    return text[-3:].rstrip()[-1:] in ("\\", "^", "`") and _CONTINUED.search(text[-4:]) is not None


def join_command(first: str, following: str) -> str:
    """Put a continued command line together with the line after it."""
    return f"{first.rstrip()[:-1].rstrip()} {_CONTINUATION.sub('', following.strip(), count=1)}"


def _arguments(text: str, *, windows: bool, quotes: str) -> tuple[str, ...]:
    """Split as the shell does: in cmd.exe and PowerShell a backslash is a letter, and in cmd.exe so is `'`."""
    # A secret that was hidden is one word, although a blank stands in what it was replaced by: `‹password 1›`.
    text = _HIDDEN.sub(r"\1\0\2", text if windows else _ANSI.sub("", text))
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    if windows:
        lexer.escape = ""
    lexer.quotes = quotes
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # a quote that the paste cut off
        words = [word.strip("'\"") for word in text.split()]
    arguments: list[str] = []
    redirected = False
    for word in words:
        if redirected:
            redirected = False
            continue
        if word in _STOPS:
            break
        redirection = _REDIRECTION.fullmatch(word)
        if redirection and not word.startswith("<http"):  # `<https://host>` is how a URL is pasted
            redirected = not redirection["target"]
            continue
        if word.endswith(";"):
            arguments.append(word[:-1])
            break
        arguments.append(word)
    return tuple(argument.replace("\0", " ") for argument in arguments)


def command_facts(arguments: tuple[str, ...]) -> CommandFacts:
    """Return what the arguments of a curl command say; of an option given twice the last counts, as in curl."""
    values: dict[str, object] = {}
    urls: list[str] = []
    way: list[tuple[str, str]] = []
    discarded = 0
    for name, value in options_of(arguments):
        if name == "url":
            urls.append(value[1:-1] if value[:1] + value[-1:] == "<>" else value)
            continue
        if name == "write-out":
            values["writes_out"] = True
        discarded += name == "out-null" or (name == "output" and value in NOWHERE)
        if name in _WAY or (name == "header" and value[:5].lower() == _HOST and value[5:].strip()):
            way.append((name, value))
        if name in _SWITCHES:
            values[_SWITCHES[name]] = True
        elif name.startswith("no-") and name[3:] in _SWITCHES:
            values[_SWITCHES[name[3:]]] = False
        elif name in _KEPT:
            scheme = _SCHEMES.get(name)
            values[_KEPT[name]] = f"{scheme}://{value}" if scheme and "://" not in value else value
    return msgspec.convert({**values, "urls": urls, "way": way, "discarded": discarded >= len(urls) > 0}, CommandFacts)
