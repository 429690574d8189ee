"""curl was given an option that it cannot use.

## What it means

Something on the command line (or in `.curlrc`) is wrong: an option that this version does not know, a value that is
missing or makes no sense, or a file that an option names and that is not there. curl stopped before it contacted
anybody.

## How curlx knows

curl's own words about an option (exit code 2 and some others): `option ...: is unknown`, `is badly used here`, `not
supported`.

## What to do

Read the option that curl names. Look for a dash that a text program made longer, for a missing value before the
next option, and whether the option is newer than this curl.

## When it is something else

An option that names a certificate or key which cannot be loaded has its own diagnosis: see
`client-certificate-not-loaded`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.complaints import Detail
from curlx.diagnoses.network.shared.trouble import ended_by
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Complaint, Timeline

DIAGNOSIS = Diagnosis(code="curl-option", title="curl cannot use an option it was given", needs="complaint")

_MISSPELT = "The option is misspelt, or its dashes or quotes were changed by a text program."
_OLDER = "This curl is older than the option."
_MISSING = "The option needs a value, and nothing follows it."
_NUMBER = "The option needs a number, and what follows it is none, or one that is too large or too small."
_VALUE = "The option needs a value (or a file that exists), and what follows it is none."
_FILE = "The file that the option names does not exist, is looked for in another folder, or may not be read."
_WITHOUT = "This curl was built without what the option needs."
_NO_TLS_TO_PROXY = (
    "The proxy's address begins with https://, and this build cannot speak TLS with a proxy. Nearly every proxy is "
    "spoken to in plain HTTP, whatever the URL is: TLS with the server goes through it."
)
_SHORTENED = "The name is shortened, and several options begin with it: write it out."
_SWITCH = "Only an option that is switched on and off can be written with --no- before it."
_NO_URL = "The URL is missing, or was taken for the value of the option before it."
_EXCLUSIVE = (
    "Two options ask for different methods: -d for POST, -F for a form, -I for HEAD, -T for PUT. Leave one out; with "
    "-G, the data of -d goes into the URL."
)
_VERSIONS = (
    "--tls-max names an older version than the oldest one that is allowed (--tlsv1.3, --tlsv1.2, or their like in "
    ".curlrc): none is left."
)
_UNCHECKED = (
    "-k (or the program's setting for it) and a CA file (--cacert, or the environment variable CURL_CA_BUNDLE): an "
    "older curl with Secure Transport (macOS) takes only one of them. Leave out -k."
)
_CIPHERS = (
    "The names are not those of curl's TLS library (each spells its own), or are of TLS 1.3, whose ciphers "
    "--tls13-ciphers takes and --ciphers does not."
)
_CAUSES: dict[Detail, tuple[str, ...]] = {
    "config-file": (_FILE,), "data-file": (_FILE,), "one-method": (_EXCLUSIVE,), "no-url": (_NO_URL,),
    "tls-max": (_VERSIONS,), "ca-without-check": (_UNCHECKED,), "cipher-names": (_CIPHERS,),
    "unknown-option": (_MISSPELT, _OLDER), "ambiguous": (_SHORTENED,), "no-switch": (_SWITCH,),
    "no-value": (_MISSING,), "no-number": (_NUMBER,), "unfit-value": (_VALUE,), "not-built-in": (_WITHOUT,),
    "no-tls-to-proxy": (_NO_TLS_TO_PROXY,),
}  # fmt: skip
_ANY = (_MISSPELT, _VALUE, _OLDER, _WITHOUT)

_CORRECT = Remedy(
    "client",
    "Correct the option",
    ("Compare the command with curl's manual. The command below shows version and features.",),
    ("curl -V",),
)
_REWRITE = Remedy(
    "client",
    "Write the proxy's address with http:// in the place of https://",
    (
        "It stands where the proxy is named: behind `-x`, in .curlrc, in the environment variable https_proxy or "
        "all_proxy, or in the program's own settings.",
        "If the proxy does want TLS from its clients, it takes a libcurl whose features include HTTPS-proxy.",
    ),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the option that curl rejected."""
    for trouble in ended_by(timeline, "option"):
        yield DIAGNOSIS.found(
            "certain",
            _summary(trouble.complaint),
            [trouble.says("curl rejects what it was told to do")],
            transfer=trouble.index,
            causes=trouble.complaint.meaning(_CAUSES, _ANY),
            remedies=(_REWRITE if trouble.complaint.tells("no-tls-to-proxy") else _CORRECT,),
        )


def _summary(complaint: Complaint) -> str:
    name = complaint.subject
    if complaint.tells("no-tls-to-proxy"):
        return "curl cannot use a proxy by https://, and stopped."
    if complaint.tells("config-file"):
        return f"curl cannot read the config file {name or 'that it was given'}, and stopped."
    if complaint.tells("no-url"):
        return "curl was given options but no URL, and stopped."
    if complaint.tells("one-method", "ca-without-check"):
        return "curl was given options that exclude each other, and stopped."
    return f"curl cannot use {f'the option {name}' if name else 'an option'} it was given, and stopped."
