"""Codes by which answers tell their status in words of their own, as S3 and container registries do."""

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

STATUS_OF_CODE = {**OF_S3, **OF_REGISTRIES}
