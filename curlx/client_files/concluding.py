"""What the verdict and the client's files say together: a likely reason, what is ruled out, or a contradiction."""

from __future__ import annotations

import msgspec

from curlx.client_files import ClientFiles, Remark, Topic
from curlx.client_files.causes import ENCRYPTED, without_ruled_out
from curlx.client_files.naming import with_right_key
from curlx.findings import Finding

_FAMILY = "client-certificate-"
_FITTING: dict[str, tuple[Topic, ...]] = {
    # A key that does not fit cannot be the reason of a server: curl itself goes no further with one.
    "rejected": ("validity", "purpose", "chain", "strength"),
    "expired": ("validity",),
    "untrusted": ("chain",),
    "unsuitable": ("purpose",),
    "weak": ("strength",),
    "key-mismatch": ("key", "chain"),
    "not-loaded": ("format", "key"),
    "key-not-loaded": ("format", "key"),
    "passphrase": ("key",),
}
"""Which faults of a file can be the reason for which verdict."""
_OTHERWISE = {
    "expired": "At that time it was valid by its dates. So curl sent another file, or the server's clock is wrong, or "
    "its revocation list (CRL) is out of date.",
    "untrusted": "Which CAs the server trusts is not in the file: ask its owner whether the issuer is among them.",
    "unsuitable": "By its extensions a client may use it. So curl sent another file, or the server wants "
    "more than TLS does.",
    "weak": "Neither key nor signature is weak. So curl was given another file, or the security level here is higher.",
    "key-mismatch": "These two belong together. So curl was given other files than these.",
    "not-loaded": "The file can be read here. So curl was given another one, could not get at it, or wants "
    "another --cert-type.",
    "key-not-loaded": "The key can be read here. So curl was given another one, or could not get at it.",
    "passphrase": "The key opens here. So curl was given another passphrase, or another file.",
}
"""What a verdict means where the file has no fault that fits it."""

_LOCKED = (
    "What is encrypted was not opened here. curl cannot use it without the right passphrase (--pass); give that to "
    "curlx too (--pass), and it tells whether key and certificate belong together."
)
_OF_KEYS = ("key-mismatch", "not-loaded", "key-not-loaded", "passphrase")


def with_causes(files: ClientFiles, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Put what is wrong with the file, and fits the verdict, before the causes that the log alone leaves open."""
    verdict = findings[0]
    faults = _faults(files, verdict.code)
    of_key = any(one.topic == "key" for one in faults)
    # What is said of a key names its own file; and it is proven, so what else might keep curl from the key is no cause.
    causes = tuple(one.text if one.topic == "key" else f"In {files.file}: {one.text}" for one in faults)
    if not of_key:
        rest = without_ruled_out(files, verdict.causes)
        # That the key is encrypted is known of this file: it is what to look at first.
        causes += (ENCRYPTED,) if files.needs_passphrase and ENCRYPTED in rest else ()
        causes += tuple(each for each in rest if each not in causes)
    remedies = verdict.remedies
    key = files.key
    if files.certificates and key is not None and key.belongs_to is None and key.file != files.file:
        # Whatever the verdict: curl goes no further with this key, so no command with it can work.
        remedies = tuple(with_right_key(key.file, one, is_reason=bool(faults)) for one in remedies)
    return (msgspec.structs.replace(verdict, causes=causes, remedies=remedies), *findings[1:])


def _faults(files: ClientFiles, code: str) -> list[Remark]:
    topics = _FITTING.get(code.removeprefix(_FAMILY), ()) if code.startswith(_FAMILY) else ()
    return [one for one in files.remarks if one.status == "problem" and one.topic in topics]


def conclusion(files: ClientFiles, verdict: Finding | None) -> str:
    """Return what both say together, in a sentence or three."""
    wrong = [one for one in files.remarks if one.status == "problem"]
    if any(one.topic == "log" for one in wrong):
        return "These files are not the ones of this call, so they say nothing about it."
    if verdict is None:
        return "The log shows no error." + (" What is wrong with these files played no part in it." if wrong else "")
    if not verdict.code.startswith(_FAMILY):
        return (f"The verdict on the log ({verdict.code}) is not about the client certificate. "
                + ("Whether what is wrong here has to do with it, the log does not show." if wrong else
                   "Nothing in these files makes the client certificate the reason."))  # fmt: skip
    kind = verdict.code.removeprefix(_FAMILY)
    if kind in ("missing", "not-requested", "post-handshake"):
        none = "None was sent in this call, as far as the log shows, so the server has not judged these files."
        if wrong:
            return f"{none} Mend them before you send them: the problems above would come next."
        if not files.certificates or files.key is None:
            return f"{none} They could not be checked in full; what was checked is fine."
        return f"{none} No fault was found in them: give them to curl (--cert, --key)."
    fitting = _faults(files, verdict.code)
    if fitting:
        return "That is the likely reason for what the log shows, if this is the file that curl was given."
    rest = (
        f" What is wrong here ({', '.join(dict.fromkeys(one.topic for one in wrong))}) is another matter."
        if wrong
        else ""
    )
    otherwise = _LOCKED if files.needs_passphrase and kind in _OF_KEYS else _OTHERWISE.get(kind)
    return (otherwise or _ruled_out(files)) + rest


def _ruled_out(files: ClientFiles) -> str:
    """Say what a refusal without a reason cannot be about, by this file, and what stays open."""
    names: dict[Topic, str] = {"validity": "its dates", "purpose": "its purpose", "chain": "its chain"}
    fine = [name for topic, name in names.items()
            if any(one.topic == topic and one.status == "ok" for one in files.remarks)]  # fmt: skip
    if files.certificates and not any(one.topic == "strength" for one in files.remarks):
        fine.append("its strength")
    if not fine:
        return "These files do not show why the server refused it."
    listed = f"{', '.join(fine[:-1])} and {fine[-1]}" if len(fine) > 1 else fine[0]
    return (f"If this is the file that was sent, {listed} cannot be why the server refused it. Whether the server "
            "trusts its issuer, has it revoked, or knows its owner, only the server's log tells.")  # fmt: skip
