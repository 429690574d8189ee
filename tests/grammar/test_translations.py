"""What the system and GnuTLS say in the user's language means what it means in English.

`of_glibc.json` and `of_gnutls.json` have what Debian 12 prints, by what it is in English and by language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from curlx.events import AttemptFailed, Complaint
from curlx.grammar import understand
from curlx.grammar.detailing import details
from curlx.grammar.failing import MESSAGES as FAILING
from curlx.grammar.failing_tls import MESSAGES as FAILING_TLS
from curlx.grammar.translations import _PIECES, _WHOLE, in_english

_PLACES = (
    "Recv failure: {}",
    "Send failure: {}",
    "  Trying 203.0.113.14... {}",
    "connect to 203.0.113.14 port 443 failed: {}",
    "connect to /run/app.sock port 0 failed: {}",
    "connect to 203.0.113.14 port 443 from 192.0.2.7 port 45154 failed: {}",
    "connect failed: {}",
    "Immediate connect fail for 203.0.113.14: {}",
    "Failed to connect to a.example port 443: {}",
    "Failed to connect to a.example port 443 after 3 ms: {}",
    "Failed connect to a.example:443; {}",
    "OpenSSL SSL_connect: {} in connection to a.example:443 ",
    "OpenSSL SSL_read: {}, errno 0",
    "OpenSSL SSL_write: {}, errno 32",
    "SSL_connect: {}",
)
"""Where curl prints what the system says."""


def _translations(name: str) -> Iterator[object]:
    table: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / name).read_text("utf-8"))
    for english, texts in table.items():
        for language, text in texts.items():
            yield pytest.param(english, text, id=f"{language}-{english}")


def _meaning(text: str) -> object:
    event = understand(text)
    if isinstance(event, Complaint):
        return event.kind, event.number, details(event.kind, event.text)
    return (event.kind, details(event.kind, event.reason)) if isinstance(event, AttemptFailed) else type(event)


@pytest.mark.parametrize(("english", "text"), [*_translations("of_glibc.json")])
def test_a_message_of_the_system_means_what_it_does_in_english(english: str, text: str) -> None:
    for place in _PLACES:
        assert _meaning(place.format(text)) == _meaning(place.format(english))


@pytest.mark.parametrize(("english", "text"), [*_translations("of_gnutls.json")])
def test_a_message_of_gnutls_means_what_it_does_in_english(english: str, text: str) -> None:
    for place in ("gnutls_handshake() failed: {}", "GnuTLS recv error (-110): {}"):
        assert _meaning(place.format(text)) == _meaning(place.format(english))


@pytest.mark.parametrize(("text", "kind"), [
    ("Recv failure: 连接被对方重置", "reset"),  # as newer builds of glibc have it
    ("gnutls_handshake() failed: Die TLS-Verbindung wurde nicht richtig beendet.", "tls-closed"),  # and older of GnuTLS
    ("connect to 203.0.113.14 port 443 failed: 連線逾時", "connect-timeout"),
])  # fmt: skip
def test_other_builds_word_it_otherwise(text: str, kind: str) -> None:
    event = understand(text)
    assert isinstance(event, Complaint | AttemptFailed)
    assert event.kind == kind


@pytest.mark.parametrize(("text", "english"), [
    ("Erreur de la fonction «\xa0pull\xa0».", "Error in the pull function"),
    ("Operace neskončila v\xa0řádném čase", "The operation timed out"),
    ("Chyba v\xa0certifikátu.", "Error in the certificate"),
    ("Помилка під час спроби встановлення з\u2019єднання.", "Handshake failed"),
    ("S\u2019ha denegat el permís", "Permission denied"),
    ("**Interne programmafout**", "Internal error"),
])  # fmt: skip
def test_blanks_apostrophes_and_stars_may_have_become_plain_on_the_way(text: str, english: str) -> None:
    plain = text.replace("\xa0", " ").replace("\u2019", "'").replace("*", "")
    assert in_english(text).rstrip(" .") == in_english(plain).rstrip(" .") == english


def test_every_piece_can_be_met() -> None:
    for piece, english in chain(_PIECES, _WHOLE.items()):
        assert in_english(piece) == english


def test_what_is_in_english_stays_as_it_is() -> None:
    for message in chain(FAILING, FAILING_TLS):
        assert in_english(message.sample) == message.sample
