"""What curl says: the messages of all topics, looked up by their first word."""

from __future__ import annotations

from functools import cache, lru_cache

from curlx.events import Complaint, Event, Unrecognized
from curlx.grammar.message import Message, first_word


@cache
def _by_first_word() -> dict[str, tuple[Message, ...]]:
    from curlx.grammar import (  # imported where used first
        certificates,
        chatter,
        chatter_files,
        chatter_programs,
        chatter_protocols,
        client_files,
        connecting,
        exchanging,
        failing,
        failing_here,
        failing_inside,
        failing_tls,
        handshaking,
        proxying,
        resolving,
        transferring,
    )

    topics = (resolving, connecting, proxying, handshaking, certificates, client_files, exchanging, transferring,
              failing, failing_tls, failing_here, failing_inside,
              chatter, chatter_files, chatter_protocols, chatter_programs)  # fmt: skip
    index: dict[str, list[Message]] = {}
    for topic in topics:
        for message in topic.MESSAGES:
            for start in message.starts:
                index.setdefault(start, []).append(message)
    return {word: tuple(messages) for word, messages in index.items()}


@lru_cache(maxsize=8192)
def understand(text: str) -> Event:
    """Return what a line of curl's says; `text` is the line without its mark (`* `). Never raises."""
    index = _by_first_word()
    for message in index.get(first_word(text), ()):
        event = message.read(text)
        if event is not None:
            return event
    for message in index.get("", ()):
        event = message.read(text)
        if event is not None:
            return event
    if text.startswith("[CONN-"):  # debug builds of 7.88 to 8.1 number what they trace
        _, filtered, said = text.partition("][CF-SSL] ")
        if filtered and said.startswith(("TLSv1", "SSLv3", "(304)", "ALPN", "SSL connection")):
            return understand(said)
        return understand(f"[{text[6:].lstrip('0123456789').lstrip('-')}")
    return Unrecognized(text)


def understand_begun(text: str) -> Complaint | None:
    """Return what the beginning of a line of curl's complains about, whose end somebody left out.

    None if no complaint begins so, or several that are of different kinds.
    """
    messages = (each for each in _by_first_word().get(first_word(text), ()) if each.sample.startswith(text))
    found = [told for each in messages if each.begun is not None and (told := each.begun({"text": text})) is not None]
    return found[0] if len({told.kind for told in found}) == 1 else None
