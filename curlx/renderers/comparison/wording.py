"""The words that the formats of a comparison share."""

from __future__ import annotations

from curlx.comparison import Comparison, Difference, Incomparable, Log, Pair, Row, Telling
from curlx.renderers.wording import clipped, count
from curlx.report import Section

_SURE: dict[Telling, str] = {
    "certain": "This explains the failure", "likely": "This probably explains the failure",
    "possible": "This may have to do with the failure",
}  # fmt: skip
_GROUPS: tuple[tuple[Telling, str], ...] = (
    *_SURE.items(),
    ("result", "How the failure shows"),
    ("unclear", "Also different, but nothing known links it to the failure"),
)
_VALUE = 60
_FEW = 2
PARTING = "here the paths part"
SAME = "the same"
MISSING = "not in this log"


def urls(pair: Pair) -> str:
    """Return what both calls of a pair asked for, once where it is the same; empty where neither log tells."""
    return " → ".join(dict.fromkeys(filter(None, (pair.good_url, pair.bad_url))))


def groups(comparison: Comparison) -> list[tuple[Telling, str, list[Difference]]]:
    """Return the differences by how telling they are, each group with its heading; empty ones are left out."""
    found = []
    for telling, heading in _GROUPS:
        held = [one for one in comparison.differences if one.telling == telling]
        if held and telling in ("result", "unclear") and not comparison.bad.code:
            heading = "How they end" if telling == "result" else "What differs"
        if held:
            found.append((telling, heading, held))
    return found


def headline(comparison: Comparison) -> str:
    """Return the whole comparison in one line."""
    first = comparison.differences[0] if comparison.differences else None
    if first is not None and first.telling in _SURE:
        good, bad = clipped(first.good.value, _VALUE), clipped(first.bad.value, _VALUE)
        return f"{title_of(first, comparison)}: {good} in GOOD, {bad} in BAD. {_SURE[first.telling]}"
    if comparison.bad.code and _open(comparison):
        return f"Nothing that differs explains the failure, but the logs do not tell all: {_open(comparison)}"
    if comparison.bad.code and first is not None:
        return "Nothing that differs explains the failure"
    if first is None:
        return "Nothing differs but what differs in any two calls"
    return f"{count(len(comparison.differences), 'difference')}, and no failure to explain"


def title_of(difference: Difference, comparison: Comparison) -> str:
    """Return the title of a difference, and of which transfer it is where there are several."""
    which = f" (transfer {difference.pair + 1})" if len(comparison.pairs) > 1 else ""
    return f"{difference.title}{which}"


def lead(comparison: Comparison) -> Telling:
    """Return how telling the most telling difference is."""
    return comparison.differences[0].telling if comparison.differences else "unclear"


def state(log: Log) -> str:
    """Return how a log ends, in words."""
    if log.code:
        sure = "" if log.certainty == "certain" else f", {log.certainty}"
        return f"fails: {log.title} ({log.code}{sure})"
    return {"success": "works", "unfinished": "does not show how it ended"}.get(log.outcome, "holds no output of curl")


def name(log: Log) -> str:
    """Return the name of a log."""
    return log.name if log.name.strip() else "a log without a name"


def unknown(comparison: Comparison) -> list[tuple[str, str]]:
    """Return what cannot be compared, as pairs of what it is and why not; what may matter comes first."""
    reasons: dict[str, list[Incomparable]] = {}
    for one in comparison.incomparable:
        side = {"good": "GOOD does not tell", "bad": "BAD does not tell", "both": "Neither log tells"}[one.silent]
        reasons.setdefault(f"{side}: {one.why}", []).append(one)
    return [(_listed(group), why) for why, group in reasons.items()]


def _listed(group: list[Incomparable]) -> str:
    """Return what it is about, and what the other log says where that does not take too long."""
    if len(group) > _FEW:
        return ", ".join(dict.fromkeys(one.title for one in group))
    teller = {"good": " in BAD", "bad": " in GOOD", "both": ""}
    values = [f" ({clipped(one.known.value, _VALUE)}{teller[one.silent]})" if one.known.value else "" for one in group]
    return "; ".join(f"{one.title}{value}" for one, value in zip(group, values, strict=True))


def still_open(comparison: Comparison) -> str:
    """Say which unknown could still be the reason; empty where there is none, or a better reason is known."""
    unknown_ones = _open(comparison)
    return f"What is not known can still be the reason: {unknown_ones}." if unknown_ones else ""


def _open(comparison: Comparison) -> str:
    found = [one.title.lower() for one in comparison.incomparable if one.matters]
    return "" if lead(comparison) == "certain" else ", ".join(dict.fromkeys(found))


def told(row: Row, step: Section | None) -> str:
    """Return one side of a row: the step, and those of its details that differ."""
    if step is None:
        return MISSING
    details = [f"{detail.label}: {detail.value}" for detail in step.details if detail.label in row.changed]
    return "; ".join([step.title, *details])
