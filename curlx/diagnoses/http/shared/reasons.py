"""The words in which an answer's own text gives the reason."""

from __future__ import annotations

from http import HTTPStatus

from curlx.timeline import Body, Fact, Response

_PHRASES = {status.phrase.lower() for status in HTTPStatus}


def is_phrase(sentence: str) -> bool:
    """Whether a sentence is that of a status, and says no more than its number does."""
    return sentence.lstrip("0123456789 ").rstrip(".").lower() in _PHRASES


def reason_of(body: Body, response: Response | None) -> Fact[str] | None:
    """Return the sentence that JSON, XML or git has for it, or a plain text that is one line."""
    if body.sentence is not None or body.marks or body.first_line is None or response is None:
        return body.sentence
    kind = response.header("content-type")
    text = body.sample.strip()
    # Behind a body that is shorter, or of a length that nobody told, curl's or somebody else's words may stand.
    whole = "\n" not in text and len(text.encode()) <= (body.announced or 0) <= len(body.sample.encode()) + _END
    plain = kind is not None and kind.value.lower().startswith("text/plain") and text[:1] not in ("{", "<")
    return Fact(text, body.first_line) if whole and plain and " " in text else None


_END = 2
"""The end of a line."""
