"""What a `WWW-Authenticate` challenge says: `Bearer error="invalid_token"` (RFC 9110, 11.6.1; RFC 6750, 3)."""

from __future__ import annotations

from urllib.parse import urlencode

from curlx.diagnoses.http.shared.statuses import Answer
from curlx.redaction import MASK
from curlx.timeline import Header

_LONGEST = 200


def challenges(answer: Answer) -> tuple[Header, ...]:
    """Return the challenges of an answer."""
    return answer.response.all_of("www-authenticate") if answer.response is not None else ()


def parameter(answer: Answer, name: str) -> str:
    """Return a parameter of the challenges of an answer; empty where none has it."""
    values = (_of(header.value, name) for header in challenges(answer))
    return next((value for value in values if value), "")


def reason(answer: Answer) -> str:
    """Say what the challenges give as the reason, in a sentence; empty where they give none."""
    error, described, scope = (parameter(answer, name) for name in ("error", "error_description", "scope"))
    if described and described in answer.said():
        described = ""  # the finding quotes it already
    said = ", ".join(part for part in (f"`{error}`" if error else "", f'"{described}"' if described else "") if part)
    wanted = f" (scope `{scope}`)" if scope and error == "insufficient_scope" else ""
    return f" The challenge gives the reason: {said}{wanted}." if said else ""


def token_service(answer: Answer) -> str:
    """Return the URL at which the challenge of a container registry says that tokens are given out; else nothing.

    distribution.github.io, "Token Authentication Specification": `Bearer realm="https://...",service="...",scope="..."`.
    """
    for header in challenges(answer):
        if header.value[:7].lower() == "bearer ":
            realm, service, scope = (_of(header.value, name) for name in ("realm", "service", "scope"))
            if realm.startswith("https://") and realm.isprintable() and not {" ", MASK} & set(realm) and service:
                asked = {"service": service, **({"scope": scope} if scope else {})}
                return f"{realm}{'&' if '?' in realm else '?'}{urlencode(asked, safe=':/,')}"
    return ""


def _of(challenge: str, name: str) -> str:
    lowered, at = challenge.lower(), 0
    while (at := lowered.find(f"{name}=", at)) >= 0:
        start, before = at + len(name) + 1, challenge[:at]
        at = start
        # Within quotes it is part of another parameter's text.
        if (before and before[-1] not in " ,\t") or before.count('"') % 2:
            continue
        if challenge[start : start + 1] == '"':
            return challenge[start + 1 :].partition('"')[0][:_LONGEST]
        return challenge[start:].partition(",")[0].strip()[:_LONGEST]
    return ""
