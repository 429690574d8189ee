"""curl could not load the client certificate.

## What it means

The file (or the entry of the certificate store) that was given as the client certificate does not exist, cannot be
read, or is not what curl takes it for. curl gave up before it spoke TLS with the server.

## How curlx knows

curl says so: `could not load PEM client certificate from ...`, `unable to use client certificate`, `unable to load
client cert`, `Failed to get certificate location`, `client cert not found in cert store`, `error reading X.509 ...
file`. OpenSSL's reason is often behind it: `No such file or directory`, `Permission denied`, `no start line` (it is not
a PEM file).

## What to do

Check the path from where the program runs, the rights of its user, and the format: PEM is text that begins with
`-----BEGIN CERTIFICATE-----`; for PKCS#12 say `--cert-type P12`, for DER `--cert-type DER`. Windows builds of curl
(Schannel) take a certificate from the store (`CurrentUser\\MY\\<thumbprint>`) or a PKCS#12 file, not PEM; other
builds take no store paths.

## When it is something else

* curl with GnuTLS speaks of the key file also when it is the certificate that it cannot read:
  `client-certificate-key-not-loaded` says so.
* curl with NSS goes on without a certificate that it does not find: `client-certificate-missing`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.complaints import Detail
from curlx.diagnoses.client_certificate.shared.files import (
    Trouble,
    by_command,
    is_key,
    of_a_known_type,
    show_certificate,
    show_key,
    troubles,
    unusable,
)
from curlx.diagnoses.client_certificate.shared.remedies import again, is_bundle
from curlx.findings import BUNDLE_FILE, CERTIFICATE_FILE, KEY_FILE, Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(
    code="client-certificate-not-loaded",
    title="curl could not load the client certificate",
    needs="complaint",
    explains=("http-", "network-", "tls-", "curl-", "client-certificate-missing"),
)

_CAUSES = (
    "The path is wrong from where the program runs, or its user may not read the file.",
    "The file is not in the format that curl expects (PEM unless --cert-type says otherwise).",
)

_REASONS: dict[Detail, str] = {
    "no-such-file": "There is no file at this path, seen from the directory in which the program runs.",
    "not-permitted": "The user that the program runs as may not read the file.",
    "not-pem": "The file is not PEM, which curl expects: it is DER or PKCS#12 without the --cert-type for it, or no "
               "certificate at all.",
    "not-asn1": "The file is not DER, although --cert-type says so.",
    "unknown-file-type": "--cert-type has a value that curl does not know: it takes PEM, DER and P12.",
    "not-pkcs12": "The file was read, and is no PKCS#12: curl with Schannel takes no PEM.",
    "store-path": "It is no path in the Windows certificate store (CurrentUser\\MY\\<thumbprint>) and no PKCS#12 file "
                  "that exists, and curl with Schannel takes nothing else.",
    "no-such-entry": "There is no file of this name, so curl with Secure Transport (macOS) took it for the name of a "
                     "Keychain entry, and there is none either.",
    "in-keychain": "The code -25299 says that the Keychain has this item already. It may also be that the file is none "
                   "that curl with Secure Transport (macOS) takes: it takes PKCS#12, and no PEM.",
    "of-secure-transport": "curl with Secure Transport (macOS) takes a PKCS#12 file, or the name of an entry in the "
                           "Keychain, and no PEM file.",
    "legacy-encryption": "The PKCS#12 file is encrypted in an old way (RC2-40, for instance), which OpenSSL 3 reads "
                         "only with its legacy provider.",
    "in-store": "The certificate store has none with this thumbprint, or it is not the store of this user.",
}  # fmt: skip

_BLOB = "CURLOPT_SSLCERT_BLOB"
"""Stands in curl's sentence where a program gave no file (`lib/vtls/openssl.c`)."""

_READABLE = "Give curl a certificate that it can read"
_PATH, _PATH_OF_WINDOWS = "/path/to/", "C:\\path\\to\\"
"""Stand for the directory of a file that is not where the log names it."""

_STORES = ("currentuser", "localmachine", "currentservice", "services", "users", "currentusergrouppolicy",
           "localmachinegrouppolicy", "localmachineenterprise")  # fmt: skip
"""The stores that a path for Schannel begins with (curl(1), --cert)."""


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find certificates that curl could not load."""
    for trouble in troubles(timeline, "client-certificate-not-loaded", "client-certificate-not-found"):
        if trouble.side.exchange and trouble.complaint.kind == "client-certificate-not-found":
            continue  # NSS goes on without one: client-certificate-missing
        name = trouble.certificate
        reason = _reason(trouble)
        text = f"curl could not load the client certificate{f' {name}' if name else ''}. {reason}".strip()
        if trouble.complaint.tells("unknown-file-type"):
            yield unusable(DIAGNOSIS, timeline, trouble, text, of_a_known_type(trouble))
            continue
        if _takes_the_key_for_it(trouble):
            text = (f"curl could not load the client certificate {name}: there is none in this file, which by its name "
                    "is the private key.")  # fmt: skip
            if _are_swapped(trouble):
                text += f" The command seems to have the two swapped: it names {trouble.key} with --key."
            also = by_command(timeline, trouble)
            yield unusable(DIAGNOSIS, timeline, trouble, text, _right_way_round(trouble), also=also)
            continue
        yield unusable(DIAGNOSIS, timeline, trouble, text, _remedy(trouble), causes=() if reason else _CAUSES)


def _takes_the_key_for_it(trouble: Trouble) -> bool:
    """Whether the file is PEM or text without a certificate, and by its name the key."""
    return is_key(trouble.certificate) and _is_not_pem(trouble)


def _is_not_pem(trouble: Trouble) -> bool:
    return trouble.complaint.tells("not-pem")


def _are_swapped(trouble: Trouble) -> bool:
    return trouble.key not in ("", trouble.certificate) and not is_key(trouble.key)


def _right_way_round(trouble: Trouble) -> Remedy:
    certificate = trouble.key if _are_swapped(trouble) else CERTIFICATE_FILE
    return Remedy(
        "client",
        "Name the certificate with --cert, and the key with --key",
        ("The first command must print the certificate's subject, the second that the key is readable.",),
        (
            show_certificate(trouble.way, certificate),
            show_key(trouble.way, trouble.certificate),
            again(trouble.side, certificate=certificate, key=trouble.certificate),
        ),
    )


def _reason(trouble: Trouble) -> str:
    """Say why, where the log does."""
    if _in_a_store(trouble.certificate) and not trouble.complaint.tells("of-schannel"):
        return ("This is a path in the Windows certificate store. Only curl with Schannel understands one; this build "
                "took it for the name of a file.")  # fmt: skip
    known = trouble.complaint.meaning(_REASONS, "")
    if trouble.certificate == _BLOB and not known:
        return "The program handed it over in memory, and the TLS library does not say what is wrong with it."
    return known


def _export(trouble: Trouble) -> str:
    """Return the command that makes a PKCS#12 file of the files that the command names, or of stand-ins."""
    quoted, named = trouble.way.quote, trouble.certificate
    known = "" if _in_a_store(named) or named == _BLOB or is_bundle(named) else named
    certificate, key = known or CERTIFICATE_FILE, (trouble.key if known else "") or KEY_FILE
    inkey = "" if key == certificate else f" -inkey {quoted(key)}"
    return f"openssl pkcs12 -export -in {quoted(certificate)}{inkey} -out {BUNDLE_FILE}"


def _in_a_store(name: str) -> bool:
    return name.replace("/", "\\").partition("\\")[0].lower() in _STORES and name.count("\\") + name.count("/") > 1


def _remedy(trouble: Trouble) -> Remedy:
    side, name = trouble.side, trouble.certificate
    if trouble.complaint.tells("of-schannel"):
        return Remedy(
            "client",
            _READABLE,
            (
                "The first command lists the certificates of the user, with their thumbprints; write the store path as "
                "CurrentUser\\MY\\<thumbprint>.",
                "Or make a PKCS#12 file of certificate and key (second command), and name it with --cert-type P12.",
            ),
            (
                "certutil -user -store My",
                _export(trouble),
                again(side, certificate=BUNDLE_FILE),
            ),
        )
    if trouble.complaint.tells("no-such-entry", "of-secure-transport"):
        steps = ["Make a PKCS#12 file of certificate and key with a password, and give curl the password with --pass."]
        if is_bundle(name):
            steps = ["Check the path of the PKCS#12 file, from the directory in which the program runs."]
        steps.append('If it is in the Keychain, name the entry in place of a file: `--cert "NAME IN THE KEYCHAIN"`.')
        made = again(side, certificate=BUNDLE_FILE)
        return Remedy("client", _READABLE, tuple(steps), () if is_bundle(name) else (_export(trouble), made))
    if trouble.complaint.tells("legacy-encryption"):
        return Remedy(
            "client",
            "Export the certificate and its key again",
            (f"The first command writes both into {CERTIFICATE_FILE}, the key in clear: keep that file to yourself.",),
            (
                f"openssl pkcs12 -legacy -in {side.way.quote(name or BUNDLE_FILE)} -nodes -out {CERTIFICATE_FILE}",
                again(side, "--cert-type", "PEM", certificate=CERTIFICATE_FILE, key=CERTIFICATE_FILE),
            ),
        )
    is_file = name not in ("", _BLOB) and not _in_a_store(name)
    if is_file and trouble.complaint.tells("no-such-file"):
        return _find(trouble)
    if is_file and _is_not_pem(trouble) and not side.transfer.git and not is_bundle(name):
        return _perhaps_der(trouble)
    if not name and _is_not_pem(trouble) and not side.transfer.git:
        return _perhaps_a_bundle(trouble)
    return _look(trouble)


def _look(trouble: Trouble) -> Remedy:
    """Tell what to look at where the log leaves open what is wrong with the file."""
    side, name = trouble.side, trouble.certificate
    steps = [
        "Check the path (from the directory in which the program runs) and that its user may read the file.",
        "The file must be PEM, text that begins with -----BEGIN CERTIFICATE-----, unless --cert-type says P12 or DER.",
    ]
    if side.transfer.git:
        steps[1] = (
            "The file must be PEM, text that begins with -----BEGIN CERTIFICATE-----. git's settings for it and for "
            "its key are http.sslCert and http.sslKey."
        )
    if name == _BLOB:
        name = ""
        steps = ["The program handed the certificate over in memory: write those bytes to a file and look at them."]
    if _in_a_store(name):
        name = ""
        steps = ["Name a PEM file, or use a curl built with Schannel (`curl -V` names the library)."]
    shown = show_certificate(side.way, name)
    if is_bundle(name):
        shown = f"openssl pkcs12 -in {side.way.quote(name)} -info -noout"
    return Remedy("client", _READABLE, tuple(steps), (shown, again(side, certificate=name or CERTIFICATE_FILE)))


def _find(trouble: Trouble) -> Remedy:
    """Tell how to find a file that is not at its path: what reads it there, or gives it to curl, fails again."""
    side, way = trouble.side, trouble.way
    parts = trouble.certificate.replace("\\", "/") if way.windows else trouble.certificate
    path = f"{_PATH_OF_WINDOWS if way.windows else _PATH}{parts.rpartition('/')[2]}"
    command = again(side, certificate=path, key=path if trouble.key == trouble.certificate else trouble.key)
    return Remedy(
        "client",
        "Name the path at which the certificate is",
        (
            "The first command must list the file. Run it in the directory in which the program runs, as its user.",
            f"If it does not, find the file. `{path}` stands for its whole path, which is the same from everywhere.",
        ),
        (f"{'dir' if way.windows else 'ls -l --'} {way.quote(trouble.certificate)}", command),
    )


def _perhaps_der(trouble: Trouble) -> Remedy:
    """Tell how to see whether a file that is no PEM is DER, and how to say so: the same command would fail again."""
    side, name = trouble.side, trouble.certificate
    key = trouble.key if trouble.key != name else ""  # DER has room for the certificate alone
    of_proxy = "--proxy-" if side.is_proxy else "--"
    return Remedy(
        "client",
        _READABLE,
        (
            "If the first command prints a subject, the file is DER. Then say so, as the second does; the key stays in "
            "a file of its own.",
            "If it prints an error, name another file: PEM, text that begins with -----BEGIN CERTIFICATE-----, or "
            "PKCS#12 with --cert-type P12.",
        ),
        (
            f"{show_certificate(side.way, name)} -inform DER",
            again(side, f"{of_proxy}cert-type", "DER", certificate=name, key=key or KEY_FILE),
        ),
    )


def _perhaps_a_bundle(trouble: Trouble) -> Remedy:
    """Tell how to see whether a file that the log does not name is PKCS#12, as most that are no PEM, and to say so."""
    of_proxy = "--proxy-" if trouble.side.is_proxy else "--"
    return Remedy(
        "client",
        _READABLE,
        (
            "If the first command reads the file, perhaps with a password, it is PKCS#12 (.p12, .pfx). Then say so, as "
            f"the second does, and give its password with {of_proxy}pass. A program sets CURLOPT_SSLCERTTYPE to `P12`.",
            "If it prints an error, name another file: PEM, text that begins with -----BEGIN CERTIFICATE-----. With "
            f"{of_proxy}cert-type DER it may be DER.",
        ),
        (
            f"openssl pkcs12 -in {BUNDLE_FILE} -info -noout",
            again(trouble.side, certificate=BUNDLE_FILE),
        ),
    )
