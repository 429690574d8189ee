"""What to know before a command is run that is not quite the call of the log: said once, where the first one stands."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.advice.commands import PLACEHOLDER, UNKNOWN_URL, before_repeating, endpoint_of, placed_by_tls
from curlx.advice.programs import in_own_words
from curlx.client_files.naming import OWN_FILES, names_files
from curlx.diagnoses.http.shared.asking import address, carried
from curlx.findings import BUNDLE_FILE, CERTIFICATE_FILE, KEY_FILE, Finding, Remedy, transfer_of
from curlx.ports import HTTPS_PORT
from curlx.redaction import MASK
from curlx.timeline import Timeline, Transfer

_NO_K = (
    "Your call had -k, and this command has not: if it stops at the server's certificate, name that certificate's CA "
    "with --cacert, or add your -k again for this trial (then anybody may answer: send no password or token)."
)
_UNOPENED = (
    "Your call gave the key's passphrase (--pass), and this command does not: it asks for it, which also shows whether "
    "the one that you know is right."
)
_NO_LOGIN = (
    "Your call sent {names}, and this command does not: add what your call had for that, or the server may answer "
    "something else."
)
_LOGINS = (" -u ", "--user ", "Authorization:", "--netrc", "--oauth2-bearer")
"""Where a command of a finding has one, what it lacks is what the finding is about."""
_NO_PROXY = (
    "`openssl s_client` knows no SOCKS proxy and no HTTPS proxy: it goes straight to the server, and gets no answer "
    "where only your proxy lets you out."
)
_NO_OPENSSL = (
    "Windows has no openssl of its own; Git for Windows brings one, in `C:\\Program Files\\Git\\usr\\bin`: add that "
    "folder to PATH."
)
_INSIDE = (
    "Your curl ran by way of `{inside}`: run the commands there too, with that in front, for other machines have "
    "another network."
)
_IN_AN_IMAGE = "Your curl ran in a container of its own: write `{inside}` in the place of `curl`."
_OF_ITS_OWN = " Mind that the container has another network than its host."
_NETWORK_OF_HOST = ("--network host", "--network=host", "--net host", "--net=host")
_OWN_KEY = (
    f"`{KEY_FILE}` stands for the file of the key, which the log does not name. If the key is in the certificate's own "
    "file, write that one here, too."
)
_LEFT_OPEN = (
    "`{name}` went to the server as it stands: write what it stands for in its place. A shell fills in a variable only "
    "if it is set there, and not within single quotes."
)
_NO_HOST = f"`{PLACEHOLDER}` stands for the host that your call asked, and which the log does not show."
_NO_PORT = f"The log shows no port: write yours in the place of {HTTPS_PORT}, where it is another."
_STAND_INS = {
    f" {UNKNOWN_URL}": f"`{UNKNOWN_URL}` stands for the address of your call, which the log does not show.",
    f"{PLACEHOLDER}:PORT": "`PORT` stands for the port that your call asked.",
    "-u USER": "`USER` stands for your user name: curl asks for the password.",
    "-user USER": "`USER` stands for your user name at the proxy: curl asks for the password.",
    "@FILE": "`FILE` stands for a file with the data that your call sent.",
    "Bearer TOKEN": "`TOKEN` stands for your token.",
}
"""What stands in commands for what no log shows whole, or this one does not; told where no step names it."""
_HIDDEN_HOST = "A part of the name `{host}` was hidden in the log: write the real name in its place."
_HIDING = ("*", "\N{HORIZONTAL ELLIPSIS}")
"""What people write over a part of a name."""
_OWN_BUNDLE = f"`{BUNDLE_FILE}` stands for your own file: write its name in the place of that one."
_POLICY = " In Kubernetes a NetworkPolicy may keep a pod from an address."
_RUNS, _SEPARATORS = ("exec", "run", "rsh"), (";", "&&", "||", "|")
_ELSEWHERE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("docker", "podman", "nerdctl", "kubectl", "oc", "lxc", "crictl"), _RUNS),
    **dict.fromkeys(("docker-compose", "podman-compose"), _RUNS),
    "ip": ("exec",), "ssh": (), "nsenter": (), "lxc-attach": (), "wsl": (),
}  # fmt: skip
"""Programs that run a command elsewhere than where they were typed, and the words of which one tells so."""


def with_caveats(finding: Finding, timeline: Timeline) -> Finding:
    """Return a finding whose remedies say what their commands leave out of the call, or need besides."""
    transfer = transfer_of(timeline.transfers, finding)
    if transfer is None:
        return finding
    for words, step in _caveats(finding, transfer):
        first = next((each for each in finding.remedies if each.who == "client" and _uses(each, words)), None)
        finding = _with_step(finding, first, step)
    if transfer.program and transfer.command is None and not transfer.git:  # git has remedies of its own
        own = [
            each for each in finding.remedies if each.who == "client" and in_own_words(transfer.program, _texts(each))
        ]
        step = in_own_words(transfer.program, [text for each in own for text in _texts(each)])
        finding = _with_step(finding, own[0] if own else None, step)
    return finding


def _with_step(finding: Finding, remedy: Remedy | None, step: str) -> Finding:
    if remedy is None or step in remedy.steps:
        return finding
    warned = msgspec.structs.replace(remedy, steps=(*remedy.steps, step))
    remedies = tuple(warned if each is remedy else each for each in finding.remedies)
    return msgspec.structs.replace(finding, remedies=remedies)


def _texts(remedy: Remedy) -> tuple[str, ...]:
    return (remedy.title, *remedy.steps, *remedy.commands)


def _caveats(finding: Finding, transfer: Transfer) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield words that a command must have, and what to know of it then."""
    of_server = finding.code.startswith("server-certificate-")  # the trial is about that, and over before the request
    if transfer.insecure is not None and not of_server:
        yield ("curl", "-v ", "https://"), _NO_K
        yield ("curl", " -L ", "http://"), _NO_K  # a redirect may lead to https
    if transfer.option("pass", "proxy-pass") is not None:
        yield ("curl", "-v ", "cert "), _UNOPENED
    origin, names = _known_by(transfer)
    if names and not of_server and not any(_uses(each, (word,)) for each in finding.remedies for word in _LOGINS):
        yield ("curl", origin), _NO_LOGIN.format(names=" and ".join(names))
    caution = before_repeating(transfer.last_exchange.request) if transfer.last_exchange is not None else None
    if caution is not None:
        yield ("curl", caution[0]), caution[1]
    left = _left_open(transfer)
    if left:
        yield ("curl", left), _LEFT_OPEN.format(name=left)
    yield from _stand_ins(finding, transfer)
    inside = _inside(transfer)
    if inside:
        policy = _POLICY if inside.startswith(("kubectl", "oc")) and finding.code.startswith("network-") else ""
        alone = inside.endswith("/curl")
        network = "" if not alone or any(option in inside for option in _NETWORK_OF_HOST) else _OF_ITS_OWN
        yield (), (_IN_AN_IMAGE if alone else _INSIDE).format(inside=inside) + network + policy
    if _goes_through_other_proxy(transfer):
        yield ("openssl s_client ", "-connect"), _NO_PROXY
    if transfer.windows:
        yield ("openssl ",), _NO_OPENSSL


def _left_open(transfer: Transfer) -> str:
    """Return the name in braces that the request's target still has: `${id}`, `{account}`."""
    request = transfer.last_exchange.request if transfer.last_exchange is not None else None
    before, brace, rest = request.target.partition("{") if request is not None else ("", "", "")
    name, end, _ = rest.partition("}")
    return f"{'$' * before.endswith('$')}{brace}{name}{end}" if end and name.replace("-", "_").isidentifier() else ""


def _stand_ins(finding: Finding, transfer: Transfer) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words that stand for what the log does not show, and what to write there."""
    commands = "\n".join(command for each in finding.remedies for command in each.commands)
    if PLACEHOLDER in commands or any(sign in commands for sign in _HIDING):
        host = endpoint_of(transfer).host
        if host == PLACEHOLDER:
            yield (PLACEHOLDER,), _NO_HOST
        elif any(sign in host for sign in _HIDING):
            yield (host,), _HIDDEN_HOST.format(host=host)
    for words, told in _STAND_INS.items():
        if words in commands and not _explains(finding, told.split("`")[1]):
            yield (words,), told
    if _lacks_port(transfer):
        yield (f":{HTTPS_PORT}",), _NO_PORT
    made = any(_uses(each, (f"-out {CERTIFICATE_FILE}",)) for each in finding.remedies)
    both = not made and not names_files(transfer)
    if both:
        yield (CERTIFICATE_FILE,), OWN_FILES
        yield (BUNDLE_FILE,), _OWN_BUNDLE
    if not made and not (both and CERTIFICATE_FILE in commands) and not _tells_of(KEY_FILE, finding, transfer):
        yield (KEY_FILE,), _OWN_KEY


def _explains(finding: Finding, name: str) -> bool:
    """Whether a step says what a word in a command stands for."""
    steps = (step for each in finding.remedies for step in each.steps)
    return any(f"`{name}`" in step or f"eplace {name}" in step for step in steps)


def _tells_of(name: str, finding: Finding, transfer: Transfer) -> bool:
    """Whether a step of the finding or the log itself says what a file is."""
    said = (*(step for each in finding.remedies for step in each.steps), *transfer.arguments)
    return any(name in each for each in (*said, *(complaint.text for complaint in transfer.complaints)))


def _lacks_port(transfer: Transfer) -> bool:
    """Whether nothing tells the port: neither the URL, nor a connection, nor a request, nor why TLS failed."""
    if transfer.url is not None or placed_by_tls(transfer) is not None:
        return False
    each = transfer.connections
    told = any(one.port or one.target_port or any(attempt.port for attempt in one.attempts) for one in each)
    return not told and not any(one.request for one in transfer.exchanges)


def _inside(transfer: Transfer) -> str:
    """Return the words by which the command ran curl elsewhere: `kubectl exec web --`; with an image's own name."""
    if transfer.command is None:
        return ""
    words = transfer.command.value.split()
    own = next((index for index, word in enumerate(words) if word == "curl"), None)
    if own is None:
        own = next((index for index, word in enumerate(words) if word.endswith("/curl")), 0)
    begun = max((index + 1 for index, word in enumerate(words[:own]) if word.endswith(_SEPARATORS)), default=0)
    first = next((index for index in range(begun, own) if words[index] in _ELSEWHERE), own)
    wanted, before = _ELSEWHERE.get(words[first], ()) if words else (), words[first:own]
    if not before or MASK in " ".join(before) or (wanted and not any(word in wanted for word in before)):
        return ""
    if words[own] == "curl":
        return " ".join(before)
    # An image is named behind what it is run with; with `exec` a path to curl is.
    return " ".join(words[first : own + 1]) if "run" in before and not words[own].startswith("/") else ""


def _known_by(transfer: Transfer) -> tuple[str, list[str]]:
    """Return scheme, host and port that were asked last, and the headers by which the server knew who asks."""
    exchange = transfer.last_exchange
    if exchange is None or exchange.request is None:
        return "", []
    origin = "/".join(address(transfer, exchange).split("/")[:3])
    return origin, carried(exchange.request) if origin else []


def _goes_through_other_proxy(transfer: Transfer) -> bool:
    """Whether the way there leads through a proxy that is not one of plain HTTP."""
    proxy = transfer.last_connection.proxy if transfer.last_connection is not None else None
    if proxy is not None:
        return proxy.kind == "socks" or proxy.secure
    return any(
        name.startswith("socks") or (name in ("proxy", "preproxy") and value.startswith(("socks", "https://")))
        for name, value in transfer.way
    )


def _uses(remedy: Remedy, words: tuple[str, ...]) -> bool:
    return any(all(word in command for word in words) for command in remedy.commands)
