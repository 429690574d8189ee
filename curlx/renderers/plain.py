"""Half a sentence for each word of the trade that a customer may not know, and the place to say it: the first time.

The list is meant for people who can run a command and have never read a specification.
"""

from __future__ import annotations

import re

_TERMS = {
    "ALPN": "how both sides agree on a version of HTTP",
    "CA": "an authority that signs certificates",
    "CAs": "the authorities that sign certificates",
    "CONNECT": "the request for a way through a proxy",
    "DNS": "the phone book that turns names into addresses",
    "HTTP/2": "the second version of the web's protocol",
    "HTTP/3": "the third version of the web's protocol",
    "NTP": "the service that sets clocks",
    "OCSP": "a way to ask whether a certificate was withdrawn",
    "PEM": "a text file that begins with -----BEGIN",
    "PKCS#12": "one file with a certificate and its key, often .p12 or .pfx",
    "SNI": "the name that a client asks for when it opens TLS",
    "SOCKS": "a simple kind of proxy",
    "TCP": "the plain connection underneath everything else",
    "TLS": "the encryption behind https",
    "alert": "TLS's own error message",
    "certificate": "a signed file that proves who somebody is",
    "client certificate": "a file that proves to the server who is calling",
    "extended key usage": "the list of what a certificate may be used for",
    "fingerprint": "a short number that tells one certificate from all others",
    "gateway": "a machine on the way that passes traffic on, and may look into it",
    "handshake": "the first messages, in which both sides agree on how to encrypt",
    "header": "a line of extra information on a request or an answer",
    "headers": "lines of extra information on a request or an answer",
    "intermediate": "a certificate between yours and the authority's",
    "intermediates": "the certificates between yours and the authority's",
    "issuer": "who signed a certificate",
    "keystore": "the file in which a program keeps its certificates",
    "passphrase": "the password of a key file",
    "port": "the number of a door of the server; https normally uses 443",
    "private key": "the secret file that belongs to a certificate; never send it to anybody",
    "proxy": "the computer that passes your web traffic on to the outside",
    "redirect": "an answer that points to another address",
    "redirects": "answers that point to another address",
    "server's certificate": "the file with which a server proves who it is",
    "tunnel": "a way through a proxy that it cannot look into",
}
_WORDS = re.compile(
    r"(?<![\w./:@=-])(?:" + "|".join(map(re.escape, sorted(_TERMS, key=len, reverse=True))) + r")(?![\w/:@=-]|\.\w)"
)
_ROOM = 3
"""Words that are explained within one paragraph: more would bury what it says."""
_PAUSES = (".", ",", ";", ":", "\n", "")
"""What follows a word behind which a sentence has room for a bracket."""


class Explainer:
    """Explains each word once: where it comes up first, or in the list at the end of what did not fit."""

    def __init__(self) -> None:
        """Begin with no word explained."""
        self._said: set[str] = set()
        self._owed: dict[str, None] = {}

    def explain(self, prose: str) -> str:
        """Return prose with the new words in it explained in brackets, where it has room for them."""
        told: list[str] = []
        end = explained = 0
        for found in _WORDS.finditer(prose):
            word = found.group()
            if _kin(word) <= self._said:
                continue
            before = prose[: found.start()]
            inside = before.count("(") > before.count(")") or before.count('"') % 2 == 1
            if explained == _ROOM or inside or prose[found.end() : found.end() + 1] not in _PAUSES:
                self._owed[word] = None
                continue
            self._said |= _kin(word)
            told += [prose[end : found.end()], f" ({_TERMS[word]})"]
            end = found.end()
            explained += 1
        return "".join([*told, prose[end:]])

    def rest(self) -> list[str]:
        """Return the words that came up and were not explained, each with its half-sentence."""
        rest = []
        for word in self._owed:
            if not _kin(word) <= self._said:
                rest.append(f"{word}: {_TERMS[word]}")
                self._said |= _kin(word)
        return rest


def _kin(word: str) -> set[str]:
    """Return the words that need no explanation any more once this one has it: a plural, the shorter name."""
    single = word.removesuffix("s")
    kin = {single if single in _TERMS else word}
    return kin | {"certificate"} if word.endswith(" certificate") else kin
