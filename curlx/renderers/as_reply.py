"""The answer to the person who sent the log: what happened, what is needed, what to run next, what to send back.

Plain text for an e-mail or a chat, in words that need no knowledge of the trade. It promises no more than the report
does: how sure the explanation is stands right behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from curlx.advice.commands import before_repeating, way_of
from curlx.advice.repeating import following, once_more, unchecked, url_of
from curlx.client_files import ClientFiles
from curlx.findings import Actor, Certainty, Finding, Remedy, transfer_of
from curlx.redaction import MASK
from curlx.renderers.harmless import harmless
from curlx.renderers.plain import Explainer
from curlx.renderers.wording import (
    all_well,
    causes_heading,
    clipped,
    headline,
    last_answer,
    pieces,
    remarks,
    verdict_of,
)
from curlx.report import Report
from curlx.statuses import is_success
from curlx.timeline import Request, Transfer

_WIDTH = 78
_SUMMARY = 480
_EVIDENCE = 160
_SURE: dict[Certainty, str] = {
    "certain": "We are sure of this: your log says so itself.",
    "likely": "This is the most likely explanation. The log does not prove it, so please tell us if it does not fit.",
    "possible": "This is only one possible explanation: the log is not enough to decide.",
}
_OTHERS: dict[Actor, str] = {
    "client": "you",
    "server": "those who run the server",
    "gateway": "those who run the proxy or gateway",
    "network": "those who run the network",
}
_REMEDIES = 2
"""Things that one mail asks for."""
_ABOUT_THE_LOG = ("log-unfinished", "log-not-curl")
"""Verdicts that ask for nothing but another log: how to make one is said in any case."""
_ABOUT_SECRETS = "log-secrets"
_ATTACH = (
    'Then attach the file log-for-the-ticket.txt to your answer. "curlx redact" hides passwords, tokens and cookies '
    'before anybody sees them. Without curlx, leave "| curlx redact" out, and remove them by hand before you send the '
    "file."
)
_CURL_TELLS = '"-v" makes curl tell what it does.'
_GIT_TELLS = "Run it in a shell in which GIT_CURL_VERBOSE is set to 1: that makes git tell what it does."
_HIDE = "2>&1 | curlx redact > log-for-the-ticket.txt"

_OF_CURL = ("curl -v ", "curl.exe -v ")
_OF_GIT = ("git -c ",)


def render(report: Report) -> str:
    """Return the answer as plain text."""
    verdict = verdict_of(report)
    if verdict is not None and verdict.code == _ABOUT_SECRETS:
        verdict = None  # the log has been sent: what is left to do about it stands at the end
    explainer = Explainer()
    blocks = ["Hello,", "thank you for the log. This is what it shows."]
    if verdict is None:
        blocks += _well(report)
    else:
        blocks.append(f"(Our reference: {verdict.code}, {verdict.certainty})")
        blocks += _happened(report, verdict, explainer)
        if report.client_files is not None:
            blocks += _files(report.client_files, explainer)
        if verdict.code not in _ABOUT_THE_LOG:
            blocks += _needed(verdict, _retry(report, verdict), explainer)
    words = explainer.rest()
    if words:
        blocks.append(f"{_heading('Words used above')}\n\n" + "\n".join(map(_item, words)))
    blocks += _send(report, verdict)
    return "\n\n".join(blocks) + "\n"


def _well(report: Report) -> Iterator[str]:
    yield _heading("What happened")
    if report.outcome != "success":
        yield _paragraph(f"{headline(report)}, so we cannot tell yet what happened.")
        return
    yield _paragraph(f"{all_well(report)}: the call worked. {_answer(report)}")
    for note in report.findings:
        if note.severity == "note" and any(remedy.who == "client" for remedy in note.remedies):
            yield _paragraph(f"This stands out all the same: {note.title}. {_plain(_opening(note.summary))}")
    yield _paragraph("If something is wrong all the same, it happens after this call or in another one: please send "
                     "us a log of a call that goes wrong, and tell us what you expected to see.")  # fmt: skip


def _answer(report: Report) -> str:
    statuses = report.summary.http_statuses
    if not statuses:
        return ""
    if is_success(statuses[-1]):
        return f"The server answered with {statuses[-1]}, which means success."
    return last_answer(report)


def _happened(report: Report, verdict: Finding, explainer: Explainer) -> Iterator[str]:
    yield _heading("What happened")
    yield _paragraph(explainer.explain(f"{verdict.title}."))
    yield _paragraph(explainer.explain(_plain(_opening(verdict.summary))))
    if verdict.severity == "error":
        yield _paragraph(_SURE[verdict.certainty])
    elif report.outcome == "success":
        yield _paragraph(f"{all_well(report)}: the call itself worked.")
    if verdict.severity == "error" and verdict.evidence and verdict.evidence[0].text.strip():
        proof = verdict.evidence[0]
        yield f"It is line {proof.line} of your log that tells us:\n\n    {clipped(proof.text.strip(), _EVIDENCE)}"
    if verdict.causes:
        several = f"{'What is behind it' if verdict.certainty == 'certain' else 'It'} could be one of these"
        yield f"{several if len(verdict.causes) > 1 else causes_heading(verdict)}:\n\n" + "\n".join(
            _item(explainer.explain(_plain(cause))) for cause in verdict.causes
        )


def _files(files: ClientFiles, explainer: Explainer) -> Iterator[str]:
    """Tell of the files only what is wrong with them: the rest is of no use in a letter."""
    yield _heading("Your certificate file")
    wrong = [_item(explainer.explain(_plain(text))) for status, text in remarks(files) if status == "problem"]
    if wrong:
        yield "We have also looked at the file, and found this:\n\n" + "\n".join(wrong)
    else:
        yield _paragraph("We have also looked at the file, and found nothing wrong with it.")
    if files.conclusion:
        yield _paragraph(explainer.explain(_plain(files.conclusion)))


def _opening(summary: str) -> str:
    """Return the first paragraph of a summary, and whole further ones while there is room."""
    told = ""
    for paragraph in summary.splitlines():
        if told and len(told) + len(paragraph) > _SUMMARY:
            break
        told = f"{told} {paragraph}".strip()
    return told


def _needed(verdict: Finding, retry: str, explainer: Explainer) -> Iterator[str]:
    mine = [remedy for remedy in verdict.remedies if remedy.who == "client"]
    theirs = [remedy for remedy in verdict.remedies if remedy.who != "client"]
    yield _heading("What we need from you")
    for number, remedy in enumerate(mine[:_REMEDIES], 1):
        yield from _remedy(number if len(mine) > 1 else 0, remedy, retry, explainer)
    if not mine:
        yield _paragraph("Nothing on your computer has to change, as far as the log shows.")
    if theirs:
        start = "What is not in your hands is for others; please" if mine else "Please"
        yield f"{start} pass this on:"
        yield "\n".join(
            _item(f"To {_OTHERS[remedy.who]}: {explainer.explain(_plain(remedy.title))}") for remedy in theirs
        )


def _remedy(number: int, remedy: Remedy, retry: str, explainer: Explainer) -> Iterator[str]:
    title = explainer.explain(_plain(remedy.title))
    yield _paragraph(f"{number}. {title}." if number else f"{title}.")
    if remedy.steps:
        yield "\n".join(_item(explainer.explain(_plain(step))) for step in remedy.steps)
    commands = [command for command in remedy.commands if command != retry]
    if commands:
        yield "Look at each command before you run it:"
        yield from map(_command, commands)


def _retry(report: Report, verdict: Finding | None) -> str:
    """Return the call to run next: the first one that a remedy gives in full, or the same once more."""
    transfer = transfer_of(report.timeline.transfers, verdict)
    by_git = transfer is not None and transfer.git
    for remedy in verdict.remedies if verdict is not None else ():
        for command in remedy.commands:
            if remedy.who == "client" and command.startswith(_OF_GIT if by_git else _OF_CURL) and "\n" not in command:
                return command
    shown = transfer is not None and transfer.command is not None and not by_git
    if transfer is not None and shown and (verdict is None or verdict.code in _ABOUT_THE_LOG):
        return once_more(transfer, "-v")
    url = url_of(transfer) if transfer is not None and not by_git else None
    if transfer is None or not url:
        return ""
    own = (*following(transfer), *unchecked(transfer))
    return way_of(transfer, transfer.last_connection, _asked(transfer)).curl(harmless(url), "-v", *own)


def _asked(transfer: Transfer | None) -> Request | None:
    """Return the request for the address of a call: the first one."""
    return transfer.first_request if transfer is not None else None


def _send(report: Report, verdict: Finding | None) -> Iterator[str]:
    yield _heading("What to run next, and what to send back")
    retry, transfer = _retry(report, verdict), transfer_of(report.timeline.transfers, verdict)
    by_git = transfer is not None and transfer.git
    if report.outcome == "success" and verdict is None:
        yield "To make a log of a call that goes wrong, run it like this:"
    elif verdict is not None and verdict.code in _ABOUT_THE_LOG:
        yield "We need the whole of what curl says. Run your own call once more, like this:"
    elif by_git:
        yield "When that is done, run this:"
    elif retry:
        yield _paragraph("When that is done, run this. Keep the address and the other options (method, headers, data) "
                         "of your own call:")  # fmt: skip
    else:
        yield "Run your own call once more, like this, with its options and its address:"
    call = retry or ("git YOUR-COMMAND" if by_git else "curl -v YOUR-OPTIONS YOUR-URL")
    yield _command(f"{call} {_HIDE}")
    caution = before_repeating(_asked(transfer))
    if caution is not None and caution[0] in call:
        yield _paragraph(caution[1])
    if MASK in call:
        yield _paragraph(
            "What stands between ‹ and › is a secret that is hidden here: put your own value in its place."
        )
    yield _paragraph(f"{_GIT_TELLS if by_git else _CURL_TELLS} {_ATTACH}")
    if any(finding.code == _ABOUT_SECRETS for finding in report.findings):
        yield _paragraph("The log that you sent shows passwords, tokens or the like. Whoever got to see it can use "
                         "them: change them, or have them withdrawn.")  # fmt: skip
    yield _paragraph("Please never send us a private key or a password.")


def _plain(prose: str) -> str:
    """Return prose with its code in quotation marks: a mail knows no backticks."""
    return "".join(f'"{text}"' if is_code else text for text, is_code in pieces(" ".join(prose.split())))


def _heading(text: str) -> str:
    return f"{text}\n{'-' * len(text)}"


def _paragraph(text: str) -> str:
    return "\n".join(_wrapped(text, "", ""))


def _item(text: str) -> str:
    return "\n".join(_wrapped(text, "- ", "  "))


def _wrapped(text: str, first: str, rest: str) -> Iterable[str]:
    return wrap(harmless(" ".join(text.split())), _WIDTH, initial_indent=first, subsequent_indent=rest,
                break_long_words=False, break_on_hyphens=False)  # fmt: skip


def _command(command: str) -> str:
    return "\n".join(f"    {harmless(row)}" for row in command.split("\n"))
