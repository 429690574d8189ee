"""Words by which answers tell their status: codes of S3's and of container registries, the phrases of RFC 9110."""

from __future__ import annotations

OF_S3 = {
    "AccessDenied": 403, "AccountProblem": 403, "AllAccessDisabled": 403, "InvalidAccessKeyId": 403,
    "InvalidObjectState": 403, "NotSignedUp": 403, "RequestTimeTooSkewed": 403, "SignatureDoesNotMatch": 403,
    "NoSuchBucket": 404, "NoSuchKey": 404, "NoSuchUpload": 404, "NoSuchVersion": 404, "MethodNotAllowed": 405,
    "InternalError": 500, "NotImplemented": 501, "SlowDown": 503, "ServiceUnavailable": 503,
}  # fmt: skip
"""Codes of Amazon S3 and the statuses they come with (S3 API reference, "Error responses"); others serve them too."""
OF_REGISTRIES = {
    "UNAUTHORIZED": 401, "DENIED": 403, "BLOB_UNKNOWN": 404, "MANIFEST_UNKNOWN": 404, "NAME_UNKNOWN": 404,
    "TOOMANYREQUESTS": 429,
}  # fmt: skip
"""Codes of container registries (OCI distribution specification 1.1, "Error codes"; Docker's HTTP API V2)."""

OF_OAUTH = {
    "invalid_request": 400, "invalid_grant": 400, "invalid_scope": 400, "unauthorized_client": 400,
    "unsupported_grant_type": 400, "invalid_token": 401, "insufficient_scope": 403,
}  # fmt: skip
"""Codes of `"error"` and the statuses they come with (RFC 6749, 5.2; RFC 6750, 3.1)."""

STATUS_OF_CODE = {**OF_S3, **OF_REGISTRIES, **OF_OAUTH}

_PHRASES = {
    "moved permanently": 301, "temporary redirect": 307, "permanent redirect": 308,
    "bad request": 400, "unauthorized": 401, "forbidden": 403, "not found": 404, "method not allowed": 405,
    "not acceptable": 406, "gone": 410, "payload too large": 413, "content too large": 413,
    "request entity too large": 413, "unsupported media type": 415, "unprocessable entity": 422,
    "unprocessable content": 422, "too many requests": 429, "internal server error": 500, "not implemented": 501,
    "bad gateway": 502, "service unavailable": 503, "gateway timeout": 504, "gateway time-out": 504,
    # Go (net/http), GitHub, Amazon API Gateway
    "page not found": 404, "bad credentials": 401, "missing authentication token": 403,
    "endpoint request timed out": 504,
    "no route matched with those values": 404,  # Kong (kong/runloop/handler.lua)
}  # fmt: skip
_LONGEST = 80


def status_of_phrase(text: str) -> int | None:
    """Return the status of an answer that says its phrase; behind the number it may say more than that."""
    words = text.strip(" \t\"'`.!").lower()
    number, rest = words[:3], words[3:]
    if number.isdecimal():
        words = rest.lstrip(" :-")
    status = _PHRASES.get(words)
    if status is None and number.isdecimal() and len(words) < _LONGEST:
        status = next((code for phrase, code in _PHRASES.items() if phrase in words and code == int(number)), None)
    return status if status is not None and (not number.isdecimal() or int(number) == status) else None
