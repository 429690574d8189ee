"""What can be said of the client's files without the log: their form and order, the key, the purpose, the strength."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.client_files import CertificateFacts, ClientFiles, Remark

_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_WEAK_DIGESTS = ("md5", "md2", "sha1")
_LEAST_RSA = 2048
_LEAST_EC = 224
"""Bits that OpenSSL's security level 2 wants: its default since 3.2, and Debian's for long."""


def remarks(files: ClientFiles, said: tuple[Remark, ...], key_file: str, tried: bool) -> ClientFiles:
    """Return the files with all remarks; `said` are those of the reading, `tried` whether a passphrase was given."""
    told = [*said, *_container(files), *_passphrase(files, key_file, tried)]
    known = any(one.topic == "key" for one in told)
    if files.certificates:
        told += [
            *_chain(files),
            *(() if known and files.key is None else _pair(files, key_file)),
            *_purpose(files.certificates[own(files)]),
            *_strength(files),
        ]
    return msgspec.structs.replace(files, remarks=tuple(dict.fromkeys(told)))


def own(files: ClientFiles) -> int:
    """Return the index of the client's own certificate: by the key, or the only one that is no CA's; else the first."""
    if files.container == "PKCS#12" or (files.key is not None and files.key.belongs_to == 0):
        return 0
    if files.key is not None and files.key.belongs_to is not None:
        return files.key.belongs_to
    others = [index for index, one in enumerate(files.certificates) if not one.is_authority]
    return others[0] if len(others) == 1 else 0


def ordinal(index: int) -> str:
    """Return `first` for 0, and so on."""
    return _ORDINALS[index] if index < len(_ORDINALS) else f"{index + 1}th"


def _container(files: ClientFiles) -> Iterator[Remark]:
    if files.container == "DER" and files.certificates:
        text = (f"{files.file} is DER: with OpenSSL, curl reads it only with `--cert-type DER`. It can hold no "
                "intermediate.")  # fmt: skip
        yield Remark("format", "note", text)
    elif files.container == "PKCS#12":
        text = (f"{files.file} is PKCS#12: with OpenSSL, curl reads it only with `--cert-type P12`; not every build of "
                "curl can.")  # fmt: skip
        yield Remark("format", "note", text)


def _passphrase(files: ClientFiles, key_file: str, tried: bool) -> Iterator[Remark]:
    if files.needs_passphrase:
        whose = files.file if files.container == "PKCS#12" else f"The private key in {key_file}"
        why = ("the passphrase given does not open it (or it is damaged)" if tried else
               "no passphrase was given, so it was not checked")  # fmt: skip
        text = f"{whose} is encrypted, and {why}. curl needs the passphrase too (--pass)."
        yield Remark("key", "problem" if tried else "unknown", text)
    elif files.key is not None and files.key.is_encrypted:
        yield Remark("key", "note", f"{files.key.file} is encrypted: curl needs its passphrase too (--pass).")


def _chain(files: ClientFiles) -> Iterator[Remark]:
    """Judge the order, as TLS wants it: the client's own first, each one signed by the next (RFC 8446, 4.4.2)."""
    leaf, *rest = files.certificates
    first = own(files)
    if first:
        subject = files.certificates[first].subject
        text = (f"The certificates in {files.file} are in the wrong order: curl sends the first one ({leaf.subject}) "
                f"as the client's own, and that is the {ordinal(first)} ({subject}).")  # fmt: skip
        yield Remark("chain", "problem", text)
        return
    if leaf.is_authority and not leaf.is_self_signed:
        text = f"{leaf.subject} is the certificate of a CA (CA:TRUE), which few servers take from a client."
        yield Remark("chain", "note", text)
    if leaf.is_self_signed:
        text = (f"{leaf.subject} is self-signed: only a server that has been given this very certificate can trust "
                "it.")  # fmt: skip
        yield Remark("chain", "note", text)
        return
    path = _path(files.certificates)
    if leaf.signed_by is None and rest:
        text = (f"None of the other certificates in {files.file} signed the first: its issuer, {leaf.issuer}, is "
                "missing.")  # fmt: skip
        yield Remark("chain", "problem", text)
    elif leaf.signed_by is None:
        text = (f"{files.file} holds no intermediate. That is right if the server trusts {leaf.issuer} itself; if "
                "that is an intermediate, it must be in the file, behind the certificate.")  # fmt: skip
        yield Remark("chain", "unknown", text)
    elif path != sorted(path):
        text = (f"The intermediates in {files.file} are not in order; each should sign the one before. Some servers "
                "refuse that.")  # fmt: skip
        yield Remark("chain", "note", text)
    else:
        last = files.certificates[path[-1]]
        top = "up to a root" if last.is_self_signed else f"up to {last.subject}, which {last.issuer} issued"
        yield Remark("chain", "ok", f"The chain is in order: {len(path)} certificates, {top}.")


def _path(certificates: tuple[CertificateFacts, ...]) -> list[int]:
    """Return the way from the first certificate upwards, as indices."""
    path = [0]
    while (above := certificates[path[-1]].signed_by) is not None and above not in path:
        path.append(above)
    return path


def _pair(files: ClientFiles, key_file: str) -> Iterator[Remark]:
    key = files.key
    if key is None:
        if key_file == files.file:
            text = f"{files.file} holds no private key, and none was given with --key: it was not checked."
            yield Remark("key", "unknown", text)
        else:
            yield Remark("key", "problem", f"There is no private key in {key_file}: curl needs one.")
    elif key.belongs_to is None:
        text = f"The private key in {key.file} does not belong to the certificate in {files.file}."
        yield Remark("key", "problem", text)
    elif key.belongs_to == 0:
        yield Remark("key", "ok", "The private key belongs to the certificate.")


def _purpose(leaf: CertificateFacts) -> Iterator[Remark]:
    fine = True
    if leaf.purposes is not None and not {"clientAuth", "anyExtendedKeyUsage"} & set(leaf.purposes):
        fine = False
        text = (f"Its extended key usage is {', '.join(leaf.purposes) or 'empty'}, without clientAuth: it may not be "
                "used by a client.")  # fmt: skip
        yield Remark("purpose", "problem", text)
    if leaf.usages is not None and "digital_signature" not in leaf.usages:
        fine = False
        # RFC 8446, 4.4.2.2, and RFC 5246, 7.4.6: a certificate that signs the handshake must allow it.
        text = "Its key usage does not allow digital signatures, with which a client proves in TLS that it has the key."
        yield Remark("purpose", "problem", text)
    if fine:
        how = "names clientAuth" if leaf.purposes and "clientAuth" in leaf.purposes else "does not restrict it"
        yield Remark("purpose", "ok", f"It may be used by a client: its extended key usage {how}.")


def _strength(files: ClientFiles) -> Iterator[Remark]:
    """Judge as OpenSSL does (SSL_CTX_set_security_level(3)): the signature on a self-signed one does not count."""
    for index, one in enumerate(files.certificates):
        whose = "Its" if index == 0 else f"The {ordinal(index)} certificate's"
        least = _LEAST_RSA if one.key.startswith(("RSA", "DSA")) else _LEAST_EC
        if one.bits is not None and one.bits < least:
            text = f"{whose} key is short ({one.key}): OpenSSL refuses it by default since 3.2, on Debian before."
            yield Remark("strength", "problem", text)
        if one.digest in _WEAK_DIGESTS and not one.is_self_signed:
            text = f"{whose} signature uses {one.digest.upper()}, which OpenSSL 3 refuses by default."
            yield Remark("strength", "problem", text)
