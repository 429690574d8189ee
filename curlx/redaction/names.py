"""The names that secrets go by: of headers, parameters, fields and variables. All for use with `re.IGNORECASE`."""

from __future__ import annotations

HEADERS = r"(?:[a-z0-9]{1,20}-){0,4}authorization(?:-\d{1,3})?|cookie2?|set-cookie2?"
"""Headers that are nothing else: wherever they stand in a line, their value is a secret."""

ENDS = (
    r"api-?_?key|access-?_?key(?:-?_?id)?|secret-?_?key|auth-?_?key|account-?_?key|shared-?_?key"
    r"|(?:subscription|functions|encryption|application|customer|project|appwrite|clickhouse|admin|app|server)-key|master-?_?key|private-?_?key"
    r"|resumption psk"
    r"|token|secret|passwd|password|passphrase|pwd|credentials?|signature|session-?_?id|sessionid|sessid|jwt|assertion|verifier"
    r"|device_code|[-_]pass|[-_]auth|[-_]session|hmac|dpop|authentication|art-api|honeycomb-team|jenkins-crumb|samlresponse|samlrequest"
)
"""What the names below end in."""

NAMES = rf"(?:[a-z0-9]{{1,20}}[-_.]){{0,8}}[a-z0-9]{{0,20}}(?:{ENDS})(?:-\d{{1,4}})?"
"""Names that mean a secret as header, parameter, field or variable alike."""

CODES = r"(?:2fa|access|auth|backup|mfa|pass|pin|recovery|security|sms|tan|t?otp|two[-_]?factor|verification)[-_]?code"
"""Names of what somebody types in behind a password; `code` alone may be the code of an error."""

PINS = r"(?:(?:card|new|old|user)[-_]?)?pin|puk|t?otp(?:[-_]?attempt)?|tan|cv[cv]2?"
"""The same in short, which are words as well."""

FACTORS = r"[2mt]fa|authy"
"""What such a code is for: a number behind it is one, a word (`"mfa": "required"`) tells how somebody logs in."""

PLACED = rf"{NAMES}|x-(?:[a-z0-9]{{1,20}}-){{0,3}}(?:{CODES}|{PINS}|{FACTORS})"
"""Names that mean a secret as that of a header; without an `x-` those of codes may be words."""

FIELDS = rf"{NAMES}|{CODES}|{PINS}|pass|pw"
"""Names that mean a secret as that of a field: of JSON, of XML, of a form."""

WORDS = (
    rf"code|{CODES}|{PINS}|key|sig|sid|ticket|auth|pass|pw|session|state_token|x-amz-credential|x-goog-credential"
    r"|(?:proxy-)?authorization"
)
"""Names that mean a secret as a parameter of a URL, and may mean anything elsewhere."""
