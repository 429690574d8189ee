"""Hide the secrets in the options of a command line of curl."""

from __future__ import annotations

import re

from curlx.patterns import Pattern
from curlx.redaction.headers import hide_cookies
from curlx.redaction.names import FIELDS, NAMES
from curlx.redaction.placeholders import Placeholders

COMMAND = Pattern(
    r"(?:^|[\s/\\\"'`;|(>&\[*:${])(?:w?curl(?:\.exe|\d|[-_][\w.-]{2,40}|[:@][\w.:-]{1,100})?"
    r"(?:[\"'`)}]{0,2},?\s|[\"'],(?=[\"']))|curl_\w{2,40}=(?=[\"'(]))",
    re.IGNORECASE,
)
"""By its name, or by what a shell calls it: `$CURL`, `$(which curl)`; or what is kept for it (`CURL_OPTS="..."`)."""
_OPTIONS = (
    r"(?:(?:expand-)?(?:proxy-)?(?:user|pass|tlspassword|tlspass|tlsuser|cert|key)|key-pass"
    r"|(?:expand-)?(?:oauth2-b[a-z]{0,5}|cookie)|ftp-account)"
)
"""Options of curl's in whose values are secrets, as a command and a file of options have them."""
_NAMED = (
    rf"(?<![^\s\"'])(?P<option>(?i:--{_OPTIONS}(?![\w-])|--(?!no-|mail-)"
    + NAMES
    + r"(?![\w-]))(?!\s{1,9}[\"']?(?:-|\S{0,40}://))"  # of others: `kubectl --token`
    r"|(?P<short>-[46aBfgGiIjJkLlMnNOpqRsSvVZ#0]{0,20}[uUbE]))"
)
_OPEN = Pattern(_NAMED + r"\s{1,9}[\\^`]$")
_OPTION = Pattern(
    _NAMED + r"(?P<between>[\"'],\s{0,3}(?=[\"'])|\s{1,9}|=|(?(short)(?![\"'](?:[,\s]|$))|(?!)))(?![\\^`]$)"
    r"(?P<value>‹[^›]*›|(?:\$?'[^']*'|\"(?:[^\"\\]|\\.)*\")(?::(?:'[^']*'|\"[^\"]*\"))?"
    r"|[^\s'\"](?:‹[^›]{0,100}›|\S)*?(?=(?:[\"']\)?)?(?:\s|$)))"
)
_PROXY_USERINFO = Pattern(
    r"((?<![^\s\"'])(?:-x|-{0,2}(?:proxy|preproxy|socks[45]a?[\w-]{0,12})|(?i:(?:https?|all|ftp)_proxy(?=[ =])))"
    r"[ =:]{0,4}\\?[\"']?)"
    r"([^\s/@:\"']{1,200}:[^\s/@\"']{0,1000})(?=@)"
)
_PASSWORD = Pattern(
    r"((?:(?<!ssh )(?<!scp )(?<!\S)login\s(?:[^|;&]{0,400}?\s)?|(?<![\w-])sshpass\s{1,9})-p[ =]{0,3}[\"']?)"
    r"([^\s\"';&|]{1,1000})"
)
"""What other programs in the line take for a password: `docker login -u al -p`, `sshpass -p`."""
_CONFIG = Pattern(r"\s(?:-[a-zA-Z]{0,12}K|--config)[ =]?(?:-(?!\S)|/dev/stdin|<\()")
_CONFIGURED = Pattern(
    rf"(?P<option>(?<=['\"])(?:-[uUbE]|(?:--)?{_OPTIONS})|(?:(?<=\s)|(?<=\\n)){_OPTIONS}(?=\s{{0,9}}[=:]))"
    r"(?P<between>\s{0,9}[=: ]\s{0,9}\\?[\"']?)(?P<value>(?:‹[^›]{0,100}›|[^\s\"'\\]){1,4096})"
)
"""In what the command itself gives to `-K -`."""
_BLANK = r"(?:\s|\\[nt]){1,9}"
_SAID = Pattern(
    r"((?<!\S)(?:-[a-zA-Z]{0,12}Q|--quote|--prequote|--postquote)[ =]{0,3}[\"']?[-+*]?(?:SITE )?(?:PASS|ACCT) "
    r"|(?<!\S)--variable[ =]{1,3}[\"']?%?\w{1,80}"
    r"(?:=|@<\((?:echo|printf)\s{1,9}[\"']?|@-[\"']?\s(?:[^|;&<]{0,400}?\s)?<<<\s{0,3}[\"']?)"
    rf"|(?:(?<![\w-])|(?<=\\n)|(?<=\\t))(?:default|(?:machine|login){_BLANK}\S{{1,255}}?){_BLANK}password{_BLANK})"
    r"((?:[^\s\"')\\]|\\(?![nt])){1,4096})"
)
"""A command of FTP's, a variable, and a file of logins, which the command itself gives to `--netrc-file`."""
_FIELD = Pattern(
    r"((?:(?<!\S)(?:-[a-zA-Z]{0,12}(?-i:[dF])|--(?:data(?:-\w{3,9})?|form(?:-string)?|url-query))[ =]{0,3}"
    rf"|<<<\s{{0,3}})\$?[\"']?(?:{FIELDS})=)"
    r"((?!@)(?:(?!;(?:type|filename|headers|encoder)=)[^&\s\"'<>‹›]){1,4096})",
    re.IGNORECASE,
)
"""The first field of a form, which nothing but the option tells from a word: `-d pass=`."""
_HERE = Pattern(r"(?<!<)<<-?(?!<)\s{0,3}[\"']?(\w{1,40})")
_PIN = Pattern(r"(?<=pin-value=)[^;&\s]+")


def hide_options(text: str, hidden: Placeholders, opened: str = "") -> str:
    """Hide what is given to `-u`, `-b`, `--pass` and the like; headers, URLs and data are hidden as everywhere.

    `opened` is the option with which the line before ended: its value begins this one.
    """
    if opened:
        indent = text[: len(text) - len(text.lstrip())]
        return indent + hide_options(f"{opened} {text.lstrip()}", hidden)[len(opened) + 1 :]
    named = COMMAND.search(text)
    start = named.start() if named else 0
    text = _OPTION.sub(lambda match: match[0] if _is_a_flag(match, start) else _hide_option(match, hidden), text)
    if _CONFIG.search(text) is not None:
        text = _CONFIGURED.sub(lambda match: _hide_option(match, hidden), text)
    text = _FIELD.sub(hidden.second("parameter"), text)
    return _SAID.sub(hidden.second("password"), text)


def hide_configured(text: str, hidden: Placeholders) -> str:
    """Hide the values of options in a line of what `-K -` reads, which may have a shell's `> ` before it."""
    option = text.lstrip("> ")
    quoted = _CONFIGURED.sub(lambda match: _hide_option(match, hidden), f'"{option}')
    return text[: len(text) - len(option)] + quoted[1:]


def here_document(text: str) -> str:
    """Return the word at which the options end that `-K -` reads from below the command; empty where there are none."""
    match = _HERE.search(text) if _CONFIG.search(text) is not None else None
    return match[1] if match else ""


def hide_proxies(text: str, hidden: Placeholders) -> str:
    """Hide who logs in to a proxy that is given without a scheme, as an option or as a variable of the shell."""
    return _PROXY_USERINFO.sub(hidden.second("url-credentials"), text)


def hide_logins(text: str, hidden: Placeholders) -> str:
    """Hide the passwords that other commands than curl take behind `-p`."""
    return _PASSWORD.sub(hidden.second("password"), text)


def split_certificate(value: str) -> tuple[str, str | None]:
    """Take `client.pem:secret` apart at its first colon, as curl does (`src/tool_getparam.c`).

    `C:\\client.pem` keeps its drive letter, and `pkcs11:...` is whole.
    """
    if value.startswith("pkcs11:"):
        return value, None
    drive = value[:2] if value[1:2] == ":" and value[2:3] in ("\\", "/") else ""
    name, colon, password = value[len(drive) :].partition(":")
    return drive + name, password if colon else None


def goes_on(text: str) -> bool:
    """Tell whether the next line belongs to the command too: in sh, cmd.exe and PowerShell."""
    return text.endswith(("\\", "^", "`"))


def open_option(text: str) -> str:
    """Return the option at the end of a line that goes on, whose value is on the next; empty where there is none."""
    match = _OPEN.search(text)
    return match["option"] if match else ""


def _is_a_flag(match: re.Match[str], start: int) -> bool:
    """Whether it stands before curl's name and holds no secret there: `sudo -u root curl`, `bash -e -u -o pipefail`."""
    return match.start() < start and not match["option"].startswith("--") and ":" not in match["value"]


def _plain_name(option: str) -> str:
    """Return a long option without what says for whom it is, and how; older builds take no notice of case."""
    return option.lower().lstrip("-").removeprefix("expand-").removeprefix("proxy-")


def _hide_option(match: re.Match[str], hidden: Placeholders) -> str:
    option, value = match["option"], match["value"]
    quote = value[0] if value[0] in "'\"" and value[-1] == value[0] and len(value) > 1 else ""
    content = value[1:-1] if quote else value
    letter = option[-1] if option[0] == "-" and option[1] != "-" else ""
    name = "" if letter else _plain_name(option)
    if name == "cookie" or letter == "b":
        told = hide_cookies(content, hidden) if "=" in content else content  # else it names a file
    elif name in ("cert", "key") or letter == "E":
        file, password = split_certificate(content)
        told = _PIN.sub(hidden.whole("password"), file)
        if password is not None:
            told += ":" + (hidden.replace("password", password) if password else "")
    else:
        kind = "password" if "pass" in name else "authorization" if "bearer" in name else "credentials"
        told = content if content == ":" else hidden.replace(kind, content)  # `-u :`: whoever is logged in (curl(1))
    return option + match["between"] + quote + told + quote
