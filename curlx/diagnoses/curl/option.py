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
_CAUSES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("read config", "reading a file"), (_FILE,)),
    (("only select one",), (_EXCLUSIVE,)),
    (("no url ",), (_NO_URL,)),
    (("incompatible with curl_sslversion",), (_VERSIONS,)),
    (("verification is disabled",), (_UNCHECKED,)),
    (("cipher", "curves", "signature algorithm"), (_CIPHERS,)),
    (("is unknown",), (_MISSPELT, _OLDER)),
    (("is ambiguous",), (_SHORTENED,)),
    (("isn't a boolean", "reverse"), (_SWITCH,)),
    (("requires parameter",), (_MISSING,)),
    (("numerical parameter", "too large number"), (_NUMBER,)),
    (("parameter", "badly used", "requires"), (_VALUE,)),
    (("support", "built", "engine"), (_WITHOUT,)),
)
"""Words of curl's (`param2text`, src/tool_helpers.c, 7.29 to 8.22), and what lies behind them."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the option that curl rejected."""
    for trouble in ended_by(timeline, "option"):
        yield DIAGNOSIS.found(
            "certain",
            _summary(trouble.complaint),
            [trouble.says("curl rejects what it was told to do")],
            transfer=trouble.index,
            causes=_causes(trouble.complaint.text.lower()),
            remedies=(
                Remedy(
                    "client",
                    "Correct the option",
                    ("Compare the command with curl's manual. The command below shows version and features.",),
                    ("curl -V",),
                ),
            ),
        )


def _summary(complaint: Complaint) -> str:
    text, name = complaint.text.lower(), complaint.subject
    if "read config" in text:
        return f"curl cannot read the config file {name or 'that it was given'}, and stopped."
    if text.startswith("no url "):
        return "curl was given options but no URL, and stopped."
    if "only select one" in text or "verification is disabled" in text:
        return "curl was given options that exclude each other, and stopped."
    return f"curl cannot use {f'the option {name}' if name else 'an option'} it was given, and stopped."


def _causes(text: str) -> tuple[str, ...]:
    known = (causes for words, causes in _CAUSES if any(word in text for word in words))
    return next(known, (_MISSPELT, _VALUE, _OLDER, _WITHOUT))
