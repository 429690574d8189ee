"""The numbers of TLS by their names: messages of the handshake, and alerts.

RFC 8446, 4 and 6 (B.2, B.3); RFC 5246, 7.2 and 7.4; IANA's registry of TLS parameters.
"""

from __future__ import annotations

from enum import IntEnum


class HandshakeType(IntEnum):
    """The messages of a handshake from which curlx concludes something."""

    HELLO_REQUEST = 0
    CLIENT_HELLO = 1
    SERVER_HELLO = 2
    NEW_SESSION_TICKET = 4
    ENCRYPTED_EXTENSIONS = 8
    CERTIFICATE = 11
    SERVER_KEY_EXCHANGE = 12
    CERTIFICATE_REQUEST = 13
    SERVER_HELLO_DONE = 14
    CERTIFICATE_VERIFY = 15
    CLIENT_KEY_EXCHANGE = 16
    FINISHED = 20
    KEY_UPDATE = 24


class AlertDescription(IntEnum):
    """What an alert says."""

    CLOSE_NOTIFY = 0
    UNEXPECTED_MESSAGE = 10
    BAD_RECORD_MAC = 20
    DECRYPTION_FAILED = 21
    RECORD_OVERFLOW = 22
    DECOMPRESSION_FAILURE = 30
    HANDSHAKE_FAILURE = 40
    NO_CERTIFICATE = 41
    BAD_CERTIFICATE = 42
    UNSUPPORTED_CERTIFICATE = 43
    CERTIFICATE_REVOKED = 44
    CERTIFICATE_EXPIRED = 45
    CERTIFICATE_UNKNOWN = 46
    ILLEGAL_PARAMETER = 47
    UNKNOWN_CA = 48
    ACCESS_DENIED = 49
    DECODE_ERROR = 50
    DECRYPT_ERROR = 51
    EXPORT_RESTRICTION = 60
    PROTOCOL_VERSION = 70
    INSUFFICIENT_SECURITY = 71
    INTERNAL_ERROR = 80
    INAPPROPRIATE_FALLBACK = 86
    USER_CANCELED = 90
    NO_RENEGOTIATION = 100
    MISSING_EXTENSION = 109
    UNSUPPORTED_EXTENSION = 110
    CERTIFICATE_UNOBTAINABLE = 111
    UNRECOGNIZED_NAME = 112
    BAD_CERTIFICATE_STATUS_RESPONSE = 113
    BAD_CERTIFICATE_HASH_VALUE = 114
    UNKNOWN_PSK_IDENTITY = 115
    CERTIFICATE_REQUIRED = 116
    NO_APPLICATION_PROTOCOL = 120
    ECH_REQUIRED = 121


ALERT_NAMES: dict[int, str] = {each.value: each.name.lower() for each in AlertDescription}
"""As the RFCs write them: `certificate_required`."""

UNTOLD_ALERT = -1
"""Stands for the number of an alert that the build of curl does not tell (before 7.65)."""

CLIENT_CERTIFICATE_ALERTS = (
    AlertDescription.NO_CERTIFICATE, AlertDescription.BAD_CERTIFICATE, AlertDescription.UNSUPPORTED_CERTIFICATE,
    AlertDescription.CERTIFICATE_REVOKED, AlertDescription.CERTIFICATE_EXPIRED,
    AlertDescription.CERTIFICATE_UNKNOWN, AlertDescription.UNKNOWN_CA, AlertDescription.CERTIFICATE_REQUIRED,
)  # fmt: skip
"""Alerts with which a server refuses, or misses, the certificate of the client (RFC 8446, 6.2)."""
UNDER_REQUEST = (
    *CLIENT_CERTIFICATE_ALERTS, AlertDescription.HANDSHAKE_FAILURE, AlertDescription.ILLEGAL_PARAMETER,
    AlertDescription.ACCESS_DENIED, AlertDescription.DECRYPT_ERROR,
)  # fmt: skip
"""Alerts that servers use for the client's certificate once they have asked for one."""
MALFORMED = (
    AlertDescription.UNEXPECTED_MESSAGE, AlertDescription.BAD_RECORD_MAC, AlertDescription.DECRYPTION_FAILED,
    AlertDescription.RECORD_OVERFLOW, AlertDescription.DECOMPRESSION_FAILURE, AlertDescription.ILLEGAL_PARAMETER,
    AlertDescription.DECODE_ERROR, AlertDescription.DECRYPT_ERROR, AlertDescription.MISSING_EXTENSION,
    AlertDescription.UNSUPPORTED_EXTENSION,
)  # fmt: skip
"""Alerts that call the other side's messages broken or out of place (RFC 8446, 6.2; RFC 5246, 7.2.2)."""
