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

from curlx.diagnoses.network.trouble import ended_by
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="curl-option", title="curl cannot use an option it was given", needs="complaint")

_MISSPELT = "The option is misspelt, or its dashes or quotes were changed by a text program."
_OLDER = "This curl is older than the option."
_VALUE = "The option needs a value (or a file that exists), and what follows it is none."
_WITHOUT = "This curl was built without what the option needs."


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find the option that curl rejected."""
    for trouble in ended_by(timeline, "option"):
        name = trouble.complaint.subject
        yield DIAGNOSIS.found(
            "certain",
            f"curl cannot use {f'the option {name}' if name else 'an option'} it was given, and stopped.",
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


def _causes(text: str) -> tuple[str, ...]:
    if "is unknown" in text:
        return (_MISSPELT, _OLDER)
    if "parameter" in text or "badly used" in text or "requires" in text:
        return (_VALUE,)
    if "support" in text or "built" in text:
        return (_WITHOUT,)
    return (_MISSPELT, _VALUE, _OLDER, _WITHOUT)
