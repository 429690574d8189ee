"""SARIF 2.1.0 (OASIS) for code scanning and editors: findings as results at the lines of the logs that decide them.

The rules are the diagnoses that were met, each with its page. Results are written as they come; what has to point at
them or count them stands behind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from os import sep
from typing import Any
from urllib.parse import quote

from curlx.findings import SEVERITIES, Severity
from curlx.renderers.as_json import line_of
from curlx.renderers.batch.held import Held
from curlx.renderers.harmless import harmless
from curlx.rows import Also, Row

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PROPERTIES = ("host", "url", "issuer", "exit_code", "curl", "tls_library", "seen", "transfers", "failed")
"""Fields of `Row` that a verdict tells besides."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+-]+://")
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class _Rule:
    """A diagnosis that was met, under the number that results know it by."""

    def __init__(self, index: int, title: str, severity: Severity) -> None:
        self.index = index
        self.title = title
        self.severity: Severity = severity


def render(rows: Iterable[Row], *, page_of: Callable[[str], str] = lambda _: "") -> Iterator[str]:
    """Yield the log; `page_of` gives the page of a diagnosis, in Markdown, its title as the first line."""
    rules: dict[str, _Rule] = {}
    artifacts, notifications = Held(), Held()
    outcomes: Counter[str] = Counter()
    name, place = "", dict[str, Any]()
    yield f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{{"columnKind":"unicodeCodePoints","results":['
    comma = "\n"
    for row in rows:
        outcomes[row.outcome] += row.same
        if row.run <= 1 or row.name != name:  # the runs of a log are one artifact
            name = row.name
            place = {"uri": uri_of(row.name), "index": artifacts.number}
            _append(artifacts, _artifact(row, place["uri"], artifacts.number))
        if row.outcome in ("unreadable", "not-curl"):
            _append(notifications, _notification(row, place))
            continue
        for result in _results(row, place, rules):
            yield f"{comma}{line_of(result)}"
            comma = ",\n"
    yield '\n],"artifacts":['
    yield from artifacts.text()
    successful = "false" if outcomes["unreadable"] else "true"  # a log that was not read may hold anything
    yield f'\n],"invocations":[{{"executionSuccessful":{successful},"toolExecutionNotifications":['
    yield from notifications.text()
    counted = line_of(dict(sorted(outcomes.items())))
    yield f'\n]}}],"tool":{line_of(_tool(rules, page_of))},"properties":{{"outcomes":{counted}}}}}]}}\n'


def uri_of(name: str) -> str:
    """Return the address of a log (RFC 3986); a relative one for a relative path."""
    if _ADDRESS.match(name):
        return _STRAY.sub("%25", _percent(name, "/:;?@&=+$,~%"))
    path = name.replace("\\", "/") if sep == "\\" else name
    if sep == "\\" and _DRIVE.match(name):
        return f"file:///{_percent(path, '/:')}"
    if path.startswith("//"):  # a share of Windows
        return f"file:{_percent(path)}"
    if path.startswith("/"):
        return f"file://{_percent(path)}"
    return _percent(path.removeprefix("./"))


def _percent(text: str, safe: str = "/") -> str:
    return quote(text.encode("utf-8", "backslashreplace"), safe=safe)


def _append(held: Held, document: dict[str, Any]) -> None:
    held.add(f"{',' if held.number else ''}\n{line_of(document)}")


def _results(row: Row, place: dict[str, Any], rules: dict[str, _Rule]) -> Iterator[dict[str, Any]]:
    """Yield a result for each finding of a log, the verdict first: it tells more than the others."""
    if not row.severity or not row.certainty:
        return
    facts = {field: getattr(row, field) for field in _PROPERTIES}
    told = {name: harmless(fact) if isinstance(fact, str) else fact for name, fact in facts.items()
            if fact not in (None, "")}  # fmt: skip
    verdict = Also(row.code, row.severity, row.certainty, row.title, row.line, row.text)
    yield _result(row, verdict, f"{row.title.rstrip('.')}. {row.summary}".rstrip(), place, rules, told)
    for one in row.also:
        yield _result(row, one, one.title, place, rules, {})


def _result(
    row: Row, found: Also, words: str, place: dict[str, Any], rules: dict[str, _Rule], facts: dict[str, Any]
) -> dict[str, Any]:
    rule = rules.setdefault(found.code, _Rule(len(rules), found.title, found.severity))
    rule.severity = min(rule.severity, found.severity, key=SEVERITIES.index)  # as bad as its worst finding
    location: dict[str, Any] = {"artifactLocation": place}
    if found.line > 0:
        location["region"] = {"startLine": found.line, "snippet": {"text": harmless(found.text)}}
    result = {
        "ruleId": found.code,
        "ruleIndex": rule.index,
        "level": found.severity,
        "message": {"text": message(words)},
        "locations": [{"physicalLocation": location}],
        "properties": {"certainty": found.certainty, **facts},
    }
    if row.story:
        result["partialFingerprints"] = {"curlxStory/v1": row.story}
    if row.same > 1:
        result["occurrenceCount"] = row.same
    return result


def message(words: str) -> str:
    """Return prose for a message: braces doubled (3.11.5), and nothing in it a link (3.11.6)."""
    said = "\n".join(map(harmless, words.splitlines()))
    return said.replace("{", "{{").replace("}", "}}").replace("](", "] (") or "-"


def _artifact(row: Row, uri: object, index: int) -> dict[str, Any]:
    # No two artifacts may be equal (3.14.15), and a log can be named twice.
    return {
        "location": {"uri": uri},
        "description": {"text": message(row.name)},
        "length": row.size if row.size > 0 else -1,
        "roles": ["analysisTarget"],
        "properties": {"number": index + 1, **({} if row.run else {"outcome": row.outcome})},
    }


def _notification(row: Row, place: dict[str, Any]) -> dict[str, Any]:
    return {
        "descriptor": {"id": row.outcome},
        "level": "error" if row.outcome == "unreadable" else "note",
        "message": {"text": message(row.error)},
        "locations": [{"physicalLocation": {"artifactLocation": place}}],
    }


def _tool(rules: dict[str, _Rule], page_of: Callable[[str], str]) -> dict[str, Any]:
    from curlx import __version__

    told = [_described(code, rule, page_of(code)) for code, rule in rules.items()]
    return {"driver": {"name": "curlx", "version": __version__, "semanticVersion": __version__, "rules": told}}


def _described(code: str, rule: _Rule, page: str) -> dict[str, Any]:
    title, _, text = page.strip().partition("\n")
    help = f"{text.strip()}\n\n`curlx why {code}` prints the page of this diagnosis.".strip()
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in code.split("-")),
        "shortDescription": {"text": message(title or rule.title)},
        "help": {"text": help, "markdown": help},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"page": f"docs/diagnoses/{code}.md", "tags": [code.partition("-")[0]]},
    }
