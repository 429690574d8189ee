"""Hide secrets at the door, before any later stage can see them.

What is hidden becomes a placeholder such as `‹authorization 1›`; equal values get equal placeholders within one log, so
that an explanation can still say that two requests carried the same token. The scheme of an authorization, the names of
cookies and the expiry of a JSON Web Token (RFC 7519, 4.1.4) are kept.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from curlx.dumps import Dump
from curlx.lines import Line

PLACEHOLDER = "‹"
"""With this begins what stands in the place of a secret."""


class Secret(msgspec.Struct, frozen=True):
    """A secret that the log showed and curlx hid; `kind` names it (`authorization`, `cookie`, ...), never its value."""

    kind: str
    line: int


_MOST = 1000
"""Secrets that are remembered; more are hidden all the same."""

_STRONG_HEADER = r"authorization|proxy-authorization|cookie2?|set-cookie2?"
_NAMES = (
    r"(?:[a-z0-9]{1,20}[-_]){0,8}[a-z0-9]{0,20}(?:api-?_?key|apikey|access-?_?key|secret-?_?key|auth-?_?key|account-?_?key|shared-?_?key"
    r"|subscription-key|functions-key|encryption-key|master-?_?key|private-?_?key|token|secret|passwd|password|passphrase|pwd"
    r"|credentials?|signature|session-?_?id|sessionid|jwt|assertion|x-auth|secret-?_?access-?_?key)"
)
# Any position for names that are headers only; names that are also words must stand where a header's name stands.
_HEADER = re.compile(
    r"(?:(?<![\w-])(?P<name>" + _STRONG_HEADER + r")"
    r"|(?:^\s{0,40}|(?<=[<>] )|(?<=[\[\"'])|(?<=-H)|(?<=-H )|(?<=^[0-9a-f]{4}: ))(?P<other>" + _NAMES + r"))"
    r"(?P<between>[ \t]{0,9}:[ \t]{0,9})(?=[^\s\"])",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"[A-Za-z][\w-]{0,30}[ \t]{1,9}(?=\S)")
_AWS = re.compile(r"(?<=Credential=)[^/,\s]{1,200}|(?<=Signature=)\w{1,1000}")
_ADDED_COOKIE = re.compile(r"(?<=(?:dded|aced) cookie )([^=\s]{1,200}=)(\"?)([^\"]*)(?=\"? for domain )")
_NETSCAPE = re.compile(r"^(\S+\t(?:TRUE|FALSE)\t[^\t]*\t(?:TRUE|FALSE)\t\d+\t[^\t]*\t)(.+)$")
_USER = re.compile(r"(?<=auth using )([^\n']{1,60} with user ')([^']*)(?=')")
_LOGIN = re.compile(r"^(> (?:USER|PASS|ACCT|AUTH [A-Z0-9-]{1,20}|APOP|[A-Z]\d{1,4} LOGIN) )(.+)$")
_USERINFO = re.compile(r"(?<=://)[^\s/@\"'<>?#]{1,2000}(?=@[^\s@])")
_PROXY_USERINFO = re.compile(
    r"(?<!\S)((?:-x|--proxy|--preproxy|--socks5?[\w-]{0,12})[ =]{0,3}[\"']?)"
    r"([^\s/@:\"']{1,200}:[^\s/@\"']{0,1000})(?=@)"
)
_PARAMETER = re.compile(
    r"(?P<name>(?<=[?&;#])(?:code|key|sig|sid|pin|otp|ticket|auth|state_token|samlresponse|samlrequest|awsaccesskeyid|x-amz-credential"
    r"|x-amz-security-token|x-goog-credential|" + _NAMES + r")|(?:(?<=^)|(?<=[\s\"'{,$]))" + _NAMES + r")="
    r"(?P<value>[^&\s\"'<>#‹›]+)",
    re.IGNORECASE,
)
_PLAIN_PARAMETER = re.compile(r"(?:code|sig|sid|pin|otp|ticket|response|request|assertion)=")
"""Names of parameters that hold none of the words that every line is searched for."""
_JSON = re.compile(
    r"(\\?\"(?:" + _NAMES + "|" + _STRONG_HEADER + r")\\?\"\s{0,9}:\s{0,9}\\?\")((?:[^\"\\]|\\[^\"])+)(?=\\?\")",
    re.IGNORECASE,
)
_COMMAND = re.compile(r"(?:^|[\s/\\\"'`;|(])curl(?:\.exe)?[\"']?\s", re.IGNORECASE)
_OPTION = re.compile(
    r"(?<!\S)(?P<option>--(?:proxy-)?(?:user|pass|tlspassword|tlsuser)|--key-pass|--oauth2-bearer|--cookie|--(?:proxy-)?cert"
    r"|-[46aBfgGiIjJkLlMnNOpqRsSvVZ#0]{0,20}[uUbE])(?P<between>\s{1,9}|=|(?<=[a-zA-Z]))"
    r"(?P<value>‹[^›]*›|\$?'[^']*'|\"(?:[^\"\\]|\\.)*\"|[^\s'\"]\S*)"
)
_BEARER = re.compile(r"(?<![\w-])(bearer[ \t]{1,9})([\w.~+/-]{16,}=*)(?![\w\"=])", re.IGNORECASE)
_JWT = re.compile(r"(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?(?![\w-])")
# The forms are documented by the vendors: AWS IAM identifiers, GitHub, Slack, Google, Stripe, GitLab, HashiCorp, npm.
_CLOUD = re.compile(
    r"(?<![\w-])(?:(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)|gh[pousr]_\w{20,}|github_pat_\w{20,}|xox[a-z]-[\w-]{10,}|AIza[\w-]{35,}"
    r"|[rs]k_(?:live|test)_\w{10,}|glpat-[\w-]{20,}|ya29\.[\w-]{20,}|hv[bs]\.[\w-]{20,}|npm_\w{36,})"
)
_KEY_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----")
_KEY_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----")
_KEY_LINE = re.compile(r"^(\s{0,40}(?:[0-9a-f]{4}: )?)([A-Za-z0-9+/=]{1,200}|(?:Proc-Type|DEK-Info): .{1,200})\s*$")

# What stands for a value without being one: already hidden, a shell variable, a mask of somebody who was careful.
_MASKED = re.compile(
    r"\s*(?:‹[^›]*›|\$\{?\w+\}?|\{\{?[^{}]*\}?\}|<[^<>]*>|\[[^\[\]]*\]|%\w+%|[xX*.•…#-]+|redacted|deleted|hidden|null)?[;,]?\s*",
    re.IGNORECASE,
)


class Redactor:
    """Hides the secrets of one log, line by line, in order.

    With `show` the lines stay as they are, and `secrets` still tells where the log shows one. A log read `after`
    another goes on with its numbers: a value that both hold has one placeholder in both.
    """

    def __init__(self, show: bool = False, *, after: Redactor | None = None) -> None:
        """Start a log."""
        self.show = show
        self.secrets: list[Secret] = []
        """What was found, in the order of the log; at most 1 000 entries."""
        self._line = 0
        self._numbers: dict[str, int] = {} if after is None else after._numbers
        self._known: dict[bytes, str] = {} if after is None else after._known
        self._in_key = 0
        self._in_command = False
        self._dump = Dump()

    def hide(self, line: Line) -> Line:
        """Return the line without its secrets; the very same line when it has none."""
        text = line.text
        stateless = not (self._dump.running or self._in_key or self._in_command)
        if stateless and text in _CLEAN:
            return line
        self._line = line.number
        if self._dump.takes(text):
            hidden = self._hide_dump(text)
        else:
            lowered = text.lower()
            suspicious = self._in_key or self._in_command or _is_suspicious(lowered)
            hidden = self._hide_text(text, lowered) if suspicious else text
            if stateless and hidden == text and not (self._dump.running or self._in_key or self._in_command):
                _remember(text)
        return line if self.show or hidden == text else Line(line.number, hidden, line.size, line.crlf)

    def _hide_text(self, text: str, lowered: str) -> str:
        in_key, self._in_key = self._in_key, 0
        if in_key and (match := _KEY_LINE.match(text)):
            self._in_key = in_key - 1
            return match[1] + self._placeholder("private-key", match[2])
        if "private key-----" in lowered:
            text = self._hide_key(text)
        command = self._in_command or ("curl" in lowered and _COMMAND.search(text) is not None)
        self._in_command = command and text.endswith(("\\", "^", "`"))
        if command:
            text = _OPTION.sub(self._option, text)
            text = _PROXY_USERINFO.sub(self._second("url-credentials"), text)
        if "@" in text:
            text = _USERINFO.sub(self._whole("url-credentials"), text)
        if ":" in text:
            if '"' in text:
                text = _JSON.sub(self._json, text)
            text = self._headers(text, command)
        if "=" in text:
            text = _PARAMETER.sub(self._parameter, text)
        if "cookie" in lowered:
            text = _ADDED_COOKIE.sub(lambda match: match[1] + match[2] + self._placeholder("cookie", match[3]), text)
        if "\t" in text:
            text = _NETSCAPE.sub(self._second("cookie"), text)
        if "with user" in lowered:
            text = _USER.sub(self._second("user"), text)
        if text.startswith("> "):
            text = _LOGIN.sub(self._second("login"), text)
        if "bearer" in lowered:
            text = _BEARER.sub(self._second("authorization"), text)
        if "eyj" in lowered:
            text = _JWT.sub(self._whole("token"), text)
        if _may_be_cloud_key(lowered):
            text = _CLOUD.sub(self._whole("cloud-key"), text)
        return text

    # --- one topic each -----------------------------------------------------------------------------------------------

    def _headers(self, text: str, command: bool) -> str:
        pieces: list[str] = []
        done = 0
        for match in _HEADER.finditer(text):
            if match.start() < done:
                continue
            start = match.end()
            name = (match["name"] or match["other"]).lower()
            end = _value_end(text, match.start("name") if match["name"] else match.start("other"), start, command)
            pieces += [text[done:start], self._header(name, text[start:end])]
            done = end
        return "".join(pieces) + text[done:] if done else text

    def _header(self, name: str, value: str) -> str:
        if name.startswith(("cookie", "set-cookie")):
            return self._cookies(value, only_first=name.startswith("set-"))
        if not name.endswith("authorization"):
            return self._placeholder("api-key", value)
        scheme = _SCHEME.match(value)
        if scheme is None:
            return self._placeholder(name, value)
        if scheme[0].startswith("AWS4"):
            # The scope (date, region, service) explains a refused signature and is no secret.
            return _AWS.sub(self._whole(name), value)
        return scheme[0] + self._placeholder(name, value[scheme.end() :])

    def _cookies(self, value: str, *, only_first: bool) -> str:
        pairs = value.split(";")
        for index, pair in enumerate(pairs[:1] if only_first else pairs):
            name, equals, content = pair.partition("=")
            pairs[index] = name + equals + self._placeholder("cookie", content) if equals else pair
        if len(pairs) == 1 and "=" not in value:
            return self._placeholder("cookie", value)
        return ";".join(pairs)

    def _option(self, match: re.Match[str]) -> str:
        option, value = match["option"], match["value"]
        quote = value[0] if value[0] in "'\"" and value[-1] == value[0] and len(value) > 1 else ""
        content = value[1:-1] if quote else value
        letter = option[-1] if not option.startswith("--") else ""
        if option.endswith("cookie") or letter == "b":
            hidden = self._cookies(content, only_first=False) if "=" in content else content  # else it names a file
        elif option.endswith("cert") or letter == "E":
            drive = content[:2] if content[1:2] == ":" and content[2:3] in ("\\", "/") else ""
            name, colon, password = content[len(drive) :].partition(":")
            if drive + name == "pkcs11":
                hidden = re.sub(r"(?<=pin-value=)[^;&\s]+", self._whole("password"), content)
            else:
                hidden = drive + name + colon + (self._placeholder("password", password) if password else "")
        else:
            kind = "password" if "pass" in option else "authorization" if "bearer" in option else "credentials"
            hidden = self._placeholder(kind, content)
        return option + match["between"] + quote + hidden + quote

    def _parameter(self, match: re.Match[str]) -> str:
        value = match["value"].rstrip("])}.,;")
        rest = match["value"][len(value) :]
        return f"{match['name']}={self._placeholder('parameter', value)}{rest}"

    def _json(self, match: re.Match[str]) -> str:
        name = match[1].strip('\\": \t').lower()
        if name.endswith(("authorization", "cookie")):
            return match[1] + self._header(name, match[2])
        return match[1] + self._placeholder("parameter", match[2])

    def _hide_key(self, text: str) -> str:
        """Hide what stands between the BEGIN and the END of a private key, in this line and in those that follow."""
        begin = _KEY_BEGIN.search(text)
        if begin is None:
            return text
        end = _KEY_END.search(text, begin.end())
        inside = text[begin.end() : end.start() if end else len(text)]
        if end is None and not inside.strip("\\nr\"' "):
            self._in_key = 300  # lines; the longest keys in use, RSA with 16384 bits, take 200
            return text
        return text[: begin.end()] + self._placeholder("private-key", inside) + (text[end.start() :] if end else "")

    def _hide_dump(self, text: str) -> str:
        hidden, kinds = self._dump.hide(text)
        for kind in kinds:
            self._remember(kind)
        return hidden

    # --- placeholders -------------------------------------------------------------------------------------------------

    def _whole(self, kind: str) -> Callable[[re.Match[str]], str]:
        return lambda match: self._placeholder(kind, match[0])

    def _second(self, kind: str) -> Callable[[re.Match[str]], str]:
        return lambda match: match[1] + self._placeholder(kind, match[2])

    def _placeholder(self, kind: str, value: str) -> str:
        """Return what stands for a value; the value itself when there is nothing to hide in it."""
        if _MASKED.fullmatch(value):
            return value
        self._remember(kind)
        digest = hashlib.blake2b(value.strip().encode("utf-8", "replace"), digest_size=12).digest()
        known = self._known.get(digest)
        if known is None:
            number = self._numbers[kind] = self._numbers.get(kind, 0) + 1
            known = self._known[digest] = f"‹{kind} {number}{_expiry(value)}›"
        return known

    def _remember(self, kind: str) -> None:
        if len(self.secrets) < _MOST and Secret(kind, self._line) not in self.secrets[-8:]:
            self.secrets.append(Secret(kind, self._line))


_CLEAN: set[str] = set()
"""Lines known to hold no secret and to begin nothing that may hold one: logs repeat themselves, and each other."""
_REMEMBERED = 8_192


def _remember(text: str) -> None:
    if len(text) > 200:
        return
    if len(_CLEAN) >= _REMEMBERED:
        _CLEAN.clear()
    _CLEAN.add(text)


def _is_suspicious(lowered: str) -> bool:
    """Tell whether a line may hold anything that is hidden.

    It runs on every line: a substring costs 25 ns, a search for a regular expression a hundred times that.
    """
    return (
        "auth" in lowered or "cook" in lowered or "key" in lowered or "token" in lowered or "cre" in lowered
        or "pass" in lowered or "signat" in lowered or "session-" in lowered or "session_" in lowered
        or "sessionid" in lowered or "@" in lowered or "curl" in lowered or "bearer" in lowered or "eyj" in lowered
        or "\t" in lowered or "user " in lowered or "login" in lowered or "pwd" in lowered or "jwt" in lowered
        or ("=" in lowered and _PLAIN_PARAMETER.search(lowered) is not None) or _may_be_cloud_key(lowered)
    )  # fmt: skip


def _may_be_cloud_key(lowered: str) -> bool:
    return (
        "akia" in lowered or "asia" in lowered or "aiza" in lowered or "xox" in lowered or "gh" in lowered
        or "k_" in lowered or "glpat" in lowered or "hv" in lowered or "ya29" in lowered or "npm_" in lowered
    )  # fmt: skip


def _value_end(text: str, name: int, start: int, command: bool) -> int:
    """Return where a header's value ends: with the line, or with the quote or bracket that its name began in."""
    opener = text[name - 1] if name else ""
    if opener in ("'", '"'):
        end = text.find(opener, start)
        if end >= 0:
            return end - 1 if text[end - 1] == "\\" else end
    elif opener == "[" and text.rstrip().endswith("]"):
        return text.rindex("]")
    elif command and text[:name].rstrip().endswith(("-H", "--header", "--proxy-header")):
        blank = re.compile(r"\s|$").search(text, start)
        return blank.start() if blank else len(text)
    return len(text.rstrip())


def _expiry(value: str) -> str:
    """Return the expiry of a JSON Web Token in words, or nothing."""
    parts = value.strip().split(".")
    if len(parts) != 3 or not parts[0].startswith("eyJ") or len(parts[1]) > 8192:
        return ""
    try:
        claims = msgspec.json.decode(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        expiry = datetime.fromtimestamp(claims["exp"], UTC)
    except (binascii.Error, msgspec.DecodeError, ValueError, KeyError, TypeError, OverflowError, OSError):
        return ""
    return f", expires {expiry:%Y-%m-%dT%H:%M:%SZ}"
