"""Hold the client's files against the log: were they valid at the time of the call, and do they explain its verdict?"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from curlx.client_files import CertificateFacts, ClientFiles, JudgedAt, Remark
from curlx.client_files.concluding import conclusion, with_causes
from curlx.client_files.naming import with_names
from curlx.client_files.remarks import ordinal, own
from curlx.findings import Finding, cause_of, transfer_of
from curlx.grammar.dates import parse_date
from curlx.grammar.names import parse_name
from curlx.timeline import Timeline, Tls, Transfer


def judge(
    files: ClientFiles, timeline: Timeline, findings: tuple[Finding, ...]
) -> tuple[ClientFiles, tuple[Finding, ...]]:
    """Return the files with what the log adds to them, and the findings with what the files add to the verdict.

    Today's clock (`files.read_at`) counts only where the log has no time of its own, and that is said.
    """
    verdict = cause_of(findings)
    transfer = transfer_of(timeline.transfers, verdict)
    judged_at = _time(timeline, transfer, files.read_at)
    told = [*files.remarks]
    for index, one in enumerate(files.certificates):
        told += _validity(one, index, own(files), judged_at)
    if files.certificates:
        told += _log(files, transfer)
    files = msgspec.structs.replace(files, remarks=tuple(told), judged_at=judged_at if files.certificates else None)
    files = msgspec.structs.replace(files, conclusion=conclusion(files, verdict))
    findings = with_names(files, timeline, findings)
    return files, with_causes(files, findings) if verdict is not None else findings


# --- the time of the call ---------------------------------------------------------------------------------------------


def _time(timeline: Timeline, transfer: Transfer | None, now: str) -> JudgedAt:
    """Return when the call was: by the server's own clock, by what curl accepted, or only before now."""
    for exchange in transfer.exchanges if transfer is not None else ():
        header = exchange.response.header("date") if exchange.response is not None else None
        date = parse_date(header.value) if header is not None else None
        if header is not None and date is not None:
            return JudgedAt("date-header", date, date, header.line)
    if timeline.clock is not None:
        return JudgedAt("date-header", timeline.clock.value, timeline.clock.value, timeline.clock.line)
    tls = _tls(transfer)
    if tls is not None and tls.verdict == "accepted" and tls.certificate is not None and tls.certificate.not_before:
        start, end = tls.certificate.not_before_at, tls.certificate.not_after_at
        if start is not None and end is not None and start < now:
            return JudgedAt("server-certificate", start, min(end, now), tls.certificate.not_before.line)
    return JudgedAt("clock", None, now)


def _tls(transfer: Transfer | None) -> Tls | None:
    connection = transfer.last_connection if transfer is not None else None
    return connection.tls if connection is not None else None


def _validity(one: CertificateFacts, index: int, first: int, at: JudgedAt) -> Iterator[Remark]:
    """Judge the dates: where the time of the call is known only roughly, only what holds for all of it."""
    whose = "It" if index == first == 0 else f"The {ordinal(index)} certificate ({one.subject})"
    start, end = _day(one.not_before), _day(one.not_after)
    if at.earliest is not None and one.not_after < at.earliest:
        yield Remark("validity", "problem", f"{whose} expired on {end}, before the call, which was made {_when(at)}.")
    elif at.latest < one.not_before:
        yield Remark(
            "validity", "problem", f"{whose} is valid only from {start}, after the call, which was made {_when(at)}."
        )
    elif index != first:
        return
    elif at.earliest is not None and one.not_before <= at.earliest and at.latest <= one.not_after:
        yield Remark("validity", "ok", f"It was valid at the time of the call, {_when(at)}.")
    elif at.earliest is None and at.latest <= one.not_after:
        text = (f"It has not expired (it began {start} and ends {end}). That is judged against today's clock, for the "
                "log has no time of its own.")  # fmt: skip
        yield Remark("validity", "ok", text)
    elif at.earliest is None:
        text = (f"It has expired by now ({end}), judged against today's clock, for the log has no time of its own. "
                "Whether it had expired when the call was made is not known.")  # fmt: skip
        yield Remark("validity", "unknown", text)
    else:
        text = f"It is valid from {start} to {end}. That may or may not hold the time of the call, {_when(at)}."
        yield Remark("validity", "unknown", text)


def _when(at: JudgedAt) -> str:
    if at.by == "date-header":
        return f"{_moment(at.latest)} by the server's clock (line {at.line})"
    if at.by == "clock" or at.earliest is None:
        return f"before {_moment(at.latest)} by today's clock, for the log has no time of its own"
    # The end is that of the certificate, or today: no call is made later than it is read.
    return (f"no earlier than {_day(at.earliest)}, when the server certificate that curl accepted began "
            f"(line {at.line}), and no later than {_day(at.latest)}")  # fmt: skip


def _day(moment: str) -> str:
    return moment[:10]


def _moment(moment: str) -> str:
    return f"{moment[:16].replace('T', ' ')} UTC"


# --- the log ----------------------------------------------------------------------------------------------------------


def _log(files: ClientFiles, transfer: Transfer | None) -> Iterator[Remark]:
    """Tell where the log names the same file, or another; and whether the issuer comes up in it."""
    leaf = files.certificates[0]
    tls = _tls(transfer)
    if tls is None:
        return
    configured = tls.client_certificate.configured
    if configured is not None and _base(configured.value) != _base(files.file):
        text = (f"The log names another file, {configured.value} (line {configured.line}): perhaps this is not the one "
                "that was sent.")  # fmt: skip
        yield Remark("log", "note", text)
    shown = tls.client_certificate.certificate
    if shown is not None and shown.subject is not None and _differs(shown.subject.value, leaf.subject):
        text = f"The log shows that another certificate was sent: {shown.subject.value} (line {shown.subject.line})."
        yield Remark("log", "problem", text)
    issuer = tls.certificate.issuer if tls.certificate is not None else None
    if issuer is not None and not leaf.is_self_signed:
        if _same(issuer.value, leaf.issuer):
            text = f"A CA of the same name issued the server's certificate (line {issuer.line})."
            yield Remark("issuer", "note", text)
        else:
            text = ("Whether the server trusts its issuer is not in the log: curl prints no list of the CAs that a "
                    "server accepts.")  # fmt: skip
            yield Remark("issuer", "unknown", text)


def _base(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _differs(printed: str, name: str) -> bool:
    """Whether two names are surely not one: they have common names, and not the same ones."""
    one, other = ([value for kind, value in parse_name(text) if kind.upper() == "CN"] for text in (printed, name))
    return bool(one and other) and one != other


def _same(printed: str, name: str) -> bool:
    """Whether two spellings are one name: libraries order and separate its parts each in its own way."""
    return sorted(parse_name(printed)) == sorted(parse_name(name))
