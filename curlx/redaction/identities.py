"""Hide who is meant, for logs that may not tell: hosts, addresses, and the names in certificates.

What stands in their place is valid where it stands, so that a log still reads as one: hosts below `example` (RFC 6761),
label by label, so that a wildcard still covers what it covered; addresses of RFC 5737 and RFC 3849.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from curlx.patterns import Pattern

KINDS = ("hosts", "addresses", "names")

_DOTTED = r"(?:\*\.)?(?:[A-Za-z0-9_](?:[\w-]{0,61}\w)?\.){1,10}[A-Za-z][\w-]{1,62}"
_USERINFO = r"(?:[^\s/@]{1,400}@)?"
_HOST = Pattern(
    r"(?:://"
    + _USERINFO
    + r"|[Hh]ost(?:name)?:? [\"']?|:authority: |[Cc]onnect(?:ed|ion)?(?:\(\))? (?:to|with) (?:host )?"
    r"|to host |[Dd]omain=\.?|CONNECT |tunnel to |host name '|cert's \"|domain |DNS:|CN ?= ?|server name |'|\"|[=@ ])"
    r"(?P<dotted>" + _DOTTED + r")(?=[:/\s\"',;)\]?#]|$|\.\s)"
    r"|(?:(?::|[Ll]ocation: )//" + _USERINFO + r"|(?:^> |[\"']|-H |-header[ =])Host: ?|^\* Host |Connected to "
    r"|(?:[Vv]ia: ?|, )(?:HTTP/)?[123](?:\.\d)? "
    r"|:authority: |CONNECT |tunnel to |machine |[Rr]esolve (?:host|proxy)(?:: | '|: ')|(?:host|subject) name '"
    r"|onnection #\d{1,9} to (?:(?:host|proxy) (?=\S{1,255} left))?"
    r"|stablished connection to |onnection with (?:host|proxy) "
    r"|undle for host |Hostname (?=\S{1,99} was found)|(?:Trying|failed for) (?=[^\s:]{1,63}:\d{1,5}(?![\w:]))"
    r"|(?:[Cc]onnect(?:ion)?|ommunication) (?:to|with) (?=[^\s:]{1,99}(?: port \d|:\d{2,5}(?!\d)|\. \())"
    r"|port \d{1,5} to (?=[^\s:]{1,63} port \d)"
    r"|(?:[Aa]dded|RESOLVE|lt-svc:) (?=[^\s:]{1,63}:\d{2,5}(?!\d))|\[h[123]\](?=[^\s:]{1,63}:\d)"
    r"|for domain (?=[^\s,]{1,99}, path)"
    r"|(?i:[;, ](?:host|domain)=)[\"']?\.?|@(?=[^\s:]{1,63}:\d{2,5}(?!\d))|--resolve[ =][\"']?[-+]?"
    r"|(?:\s(?:-x|--proxy|--proxy1\.0|--preproxy|--socks[45]a?(?:-hostname)?)[ =]?|(?i:(?:https?|all|ftp)_proxy=))[\"']?(?:\w{1,8}://)?"
    + _USERINFO
    + r"|--connect-to[ =][\"']?[^\s:]{0,255}:\d{0,5}:"
    r"|\bssh(?: -[liopFJ] \S{1,64}| -\w{1,9}){0,4} (?:[\w.-]{1,64}@)?"
    r"|\b(?:docker|podman|nerdctl|kubectl|oc)(?:[- ]compose)?(?: -n \S{1,64})? exec"
    r"(?: (?:-[uwenc]|--(?:user|env|workdir|namespace|container)) \S{1,64}| --?[\w-]{1,20}(?:=\S{1,64})?){0,6} "
    r"|[$#%>] (?:ping|dig|host|nslookup|telnet|nc|traceroute|getent hosts|curl(?= -))(?: -[vkLisSfIzgG46]{1,9}){0,3} "
    r"(?=[\w-]{2,63}(?::\d|/|\s{0,9}$| \d))|s_client -connect "
    r"|^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?=[\w-]{2,63} [\w./-]{1,48}(?:\[\d{1,9}\])?: )"
    r"|^\d{4}-\d\d-\d\dT[\d:.]{8,15}(?:Z|[+-]\d\d:?\d\d) (?=[\w-]{2,63} [\w./-]{1,48}\[\d{1,9}\]: )"
    r"|(?:host|Name:) \"(?=[^\"]{1,99}\" match)|cert's \"|(?:HIT|MISS) from "
    r"|(?i:x-(?:served-by|backend|(?:forwarded-)?(?:host(?:name)?|server))): )"
    r"(?P<single>[A-Za-z][\w-]{1,62})(?=[:/\s\"',\]]|$|\.\s)"
)
_UNPROXIED = Pattern(r"(?i:no_?proxy)[\"']?[ =:]{1,4}\\?[\"']?(?P<hosts>[^\s\"']{1,2000})")
"""Several hosts, one behind the other (curl(1))."""
_ONE = re.compile(rf"\.?(?P<dotted>{_DOTTED})|(?P<single>[A-Za-z][\w-]{{1,62}})")
# A file, a product, a header value: what has a dot and names no host, and products that go by their name in `Via`.
_NO_HOST = re.compile(
    r".*\.(?:pem|crt|cer|key|p12|pfx|der|log|txt|json|html?|xml|ya?ml|conf|cfg|sh|py|js|css|png|exe|dll|so|zip|gz|md|csv|c|h"
    r"|sock|jar|php|aspx?|jsp)|(?:.*\.)?curl\.(?:se|haxx\.se)|(?:.*\.)?localhost"
    r"|varnish|vegur|google|squid|haproxy|nginx|envoy|kong|caddy|traefik|akamai|fastly|cloudflare|apache",
    re.IGNORECASE,
)
_WORDS = frozenset((
    "localhost", "server", "client", "proxy", "gateway", "network", "host", "request", "response", "success", "failure",
    "unfinished", "unknown", "origin", "error", "warning", "note", "connection", "resolve", "command", "close", "port",
    "certain", "likely", "possible", "tunnel", "forward", "none", "accepted", "rejected", "unverified",
    "root", "user", "bash", "dash", "fish", "sh", "zsh",
))  # fmt: skip
"""Names without a dot that would be found in curlx's own words, and what a prompt tells instead of a machine."""
_IPV4 = Pattern(
    r"(?<![\w.-])(?<![^/]/)(?!127\.|0\.0\.0\.0|255\.255\.)(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\w-]|\.\d)"
)
_HEX = "[0-9A-Fa-f]{1,4}"
_IPV6 = Pattern(
    rf"(?<![\w:.])(?!::1?(?![0-9A-Fa-f:]))(?:(?:{_HEX}:){{7}}{_HEX}|(?:{_HEX}(?::{_HEX}){{0,6}})?::(?:{_HEX}(?::{_HEX}){{0,6}}?)?)"
    r"(?=:\d{1,5}\.\.\.|:?(?![\w:]))"  # older builds print `Trying 2001:db8::7:443...`
)
_NAME = Pattern(
    r"(?P<key>(?:^|[\s;,/])(?:CN|O|OU|L|ST|SN|GN|UID|E|emailAddress) ?= ?\"?)(?P<name>[^;,/\"=@\n]{1,200}?)"
    r"(?=\"?\s*(?:[;,/\"]|$))"
)
_MAIL = Pattern(r"(?<![\w.+-])[\w.+-]{1,64}@(?=[\w-]{1,63}\.[\w.-]{1,200})")
_PROMPT = Pattern(
    r"^(?P<key>(?:\x1b\]\d;)?(?:\[?[\d:T+-]{5,30}[\d.,]{0,12}Z?\]? )?(?:\([\w. /-]{1,40}\) ?)?[\[<(\s┌╭─➜❯]{0,12})"
    r"(?P<name>[\w.+-]{1,64})[@㉿](?P<host>(?!\d+\b)[\w-]{2,63})"
    r"(?=[\w.-]{0,200}(?:\)-\[| MINGW\d| ~(?: |$)|(?:[:\] ][^#$%>\n]{0,80})?[#$%>]))"
    r"|^(?P<where>[A-Za-z][\w-]{1,62})(?=[\w.-]{0,200}:\S{1,80} (?P<who>[\w.+-]{1,64})[$#] "
    r"|(?:[$#>]| %) (?:\S{1,40} ){0,3}curl )"
)
"""Who types, and on which machine: what bash, zsh and others put before a command, and what may stand before that."""
_USER = Pattern(
    r"(?P<key>(?P<folder>(?:[/\\]|%2F){1,2}(?:home|[Uu]sers)(?:[/\\]|%2F){1,2})|(?<=[\s'\"=])~|[Uu]ser '"
    r"|[?&;](?:user(?:_?name)?|login)=|[\"']user(?:_?name)?[\"']\s?:\s?[\"']"
    r"|\bsudo (?:-[A-Z] )?-u "
    r"|\b(?:docker|podman)(?:[- ]compose)? exec (?:-[dit]{1,3} ){0,3}(?:-u |--user[ =])(?!\d)"
    r"|\bssh(?: -[iopFJ] \S{1,64}| -[46ACTtvxX]{1,6}){0,4} (?:-l |(?=[\w.+-]{1,64}@))"
    r"|\b(?:password|account)\s{1,8}\S{1,200}\s{1,8}login\s{1,8}"
    r"|\blogin\s{1,8}(?=\S{1,200}\s{1,8}(?:password|account)\s)|^\s{0,8}login\s{1,8}(?=\S{1,200}\s*$)"
    r"|^[\w-]{2,63}[\w.-]{0,200}:\S{1,80} (?=[\w.+-]{1,64}[$#] ))"
    r"(?!root\b)(?P<name>[\w.+-]{1,64}(?(folder)(?:(?: [\w.+-]{1,30}){1,3}(?=[/\\]))?))"
)
"""Who that is, in the name of their folder, which may have blanks, and where curl logs in."""
_SPOKEN_OF = r"(?:(?<=[~@/\\'\"=:(])|(?<=user )|(?<=for ))"
"""Before the name of a person, which may be a word as well."""
_NOBODY = ("root", "Public", "Shared", "git")
# Who issues the certificates of half the world, or looks into an office's traffic, is what explanations are about.
_KNOWN = re.compile(
    r"let's encrypt|isrg|digicert|sectigo|comodo|globalsign|google|amazon|microsoft|entrust|godaddy|zerossl|identrust"
    r"|cloudflare|apple|zscaler|netskope|blue ?coat|symantec|broadcom|palo alto|fortinet|fortigate|forcepoint|cisco"
    r"|umbrella|sophos|mcafee|skyhigh|check ?point|barracuda|kaspersky|avast|bitdefender|eset|mitmproxy|charles|fiddler"
    r"|burp|squid|gateway|proxy|inspect|firewall|untrust|fake|default|localhost",
    re.IGNORECASE,
)


class Identities:
    """Who a log speaks of, and what stands for each; equal ones stay equal."""

    def __init__(self, kinds: Collection[str]) -> None:
        """Hide some of `KINDS`."""
        self._kinds = frozenset(kinds)
        self._hosts: dict[str, str] = {}
        self._labels: dict[str, int] = {}
        self._addresses: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._people: set[str] = set()
        self._everywhere: re.Pattern[str] | None = None

    def learn(self, text: str) -> None:
        """Note the hosts and names that a line speaks of: from then on they are hidden wherever they stand."""
        before = len(self._hosts) + len(self._names) + len(self._people)
        prompt = _PROMPT.match(text) if "@" in text or "㉿" in text or ":" in text or "curl" in text else None
        if "hosts" in self._kinds:
            typed = [prompt["host"] or prompt["where"]] if prompt is not None else []
            spoken = [match["dotted"] or match["single"] for match in _HOST.finditer(text)]
            for host in map(str.lower, [*typed, *spoken, *_unproxied(text)]):
                if host not in self._hosts and host not in _WORDS and not _NO_HOST.fullmatch(host):
                    self._hosts[host] = self._stand_in(host)
        if "names" in self._kinds:
            for match in _NAME.finditer(text) if "=" in text else ():
                self._name(match["name"])
            people = [match["name"] for match in _USER.finditer(text)]
            if prompt is not None and (person := prompt["name"] or prompt["who"]):
                people.append(person)
            for name in people:
                if name not in _NOBODY and self._name(name) != name:
                    self._people.add(name)
        if before != len(self._hosts) + len(self._names) + len(self._people):
            everywhere = [*self._hosts, *(name for name in self._names if " " in name)]
            known = [_one_of(everywhere)] if everywhere else []
            if self._people:
                known.append(f"{_SPOKEN_OF}(?-i:{_one_of(self._people)})")
            place = r"(?:(?<![\w-])(?<![\w-]\.)|(?<=\s-x))"  # `-x` may have its value without a blank
            self._everywhere = (
                re.compile(rf"{place}(?:{'|'.join(known)})(?![\w-]|\.\w)", re.IGNORECASE) if known else None
            )

    def hide(self, text: str, *, marks: tuple[str, str] = ("", "")) -> str:
        """Return a text with what is known of replaced, each stand-in between the marks."""
        before, behind = marks

        def marked(spoken: str, told: str) -> str:
            return f"{before}{told}{behind}" if told != spoken else spoken

        def person(one: re.Match[str]) -> str:
            name = one["name"]
            if not name or name in _NOBODY:
                return one[0]
            start, end = (place - one.start() for place in one.span("name"))
            return one[0][:start] + marked(name, self._name(name).replace(" ", "-")) + one[0][end:]

        if "names" in self._kinds:
            if "@" in text:
                text = _MAIL.sub(lambda one: marked(one[0], self._name(one[0][:-1]).replace(" ", "-") + "@"), text)
            for who in (_PROMPT, _USER):
                text = who.sub(person, text)
            if "=" in text:
                text = _NAME.sub(lambda one: one["key"] + marked(one["name"], self._name(one["name"])), text)
        if self._everywhere is not None:
            text = self._everywhere.sub(lambda one: marked(one[0], self._known(one[0])), text)
        if "addresses" in self._kinds:
            if "." in text:
                text = _IPV4.sub(lambda one: marked(one[0], self._address(one[0])), text)
            if "::" in text or text.count(":") >= 7:
                text = _IPV6.sub(lambda one: marked(one[0], self._address(one[0])), text)
        return text

    def hide_all(self, value: Any) -> Any:
        """Return dicts, lists and texts with every text hidden; keys stay."""
        if isinstance(value, str):
            return self.hide(value)
        if isinstance(value, dict):
            return {key: self.hide_all(one) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.hide_all(one) for one in value]
        return value

    def _known(self, spoken: str) -> str:
        told = self._hosts.get(spoken.lower()) or self._names.get(spoken) or spoken
        return told.replace(" ", "-") if spoken in self._people else told

    def _stand_in(self, host: str) -> str:
        labels = host.split(".")
        wildcard = ["*"] if labels[0] == "*" else []
        labels = labels[len(wildcard) :]
        told = [
            f"host-{self._labels.setdefault('.'.join(labels[index:]), len(self._labels) + 1)}"
            for index in range(max(1, len(labels) - 1))
        ]
        return ".".join([*wildcard, *told, *(["example"] if len(labels) > 1 else [])])

    def _address(self, address: str) -> str:
        number = len(self._addresses) + 1
        if ":" in address:
            return self._addresses.setdefault(address.lower(), f"2001:db8::{number:x}")
        network = ("192.0.2", "198.51.100", "203.0.113")[min(2, (number - 1) // 254)]
        return self._addresses.setdefault(address, f"{network}.{(number - 1) % 254 + 1}")

    def _name(self, name: str) -> str:
        if name in self._names.values() or _KNOWN.search(name) or re.fullmatch(_DOTTED, name):
            return name
        return self._names.setdefault(name, f"name {len(self._names) + 1}")


def _unproxied(text: str) -> Iterator[str]:
    """Yield the hosts of a list of those that are asked without a proxy: a mark stands before the first only."""
    for listed in _UNPROXIED.finditer(text):
        yield from (
            one["dotted"] or one["single"] for one in map(_ONE.fullmatch, listed["hosts"].split(",")) if one is not None
        )


def _one_of(spoken: Collection[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(spoken, key=len, reverse=True))) + ")"
