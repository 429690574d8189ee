"""The sequence of a call as a Mermaid diagram: what GitHub and GitLab draw from a fence that is called `mermaid`.

What was never sent is a broken arrow that ends in a cross. Texts keep only characters without a meaning in Mermaid;
every other one is written as its number (mermaid.js.org, "Entity codes to escape characters").
"""

from __future__ import annotations

from curlx.renderers.sequence import Party, Sequence, Step
from curlx.renderers.wording import clipped

_ROOM = 72
"""Characters of a text: Mermaid does not wrap the text of an arrow, it makes the picture wider."""
_PLAIN = frozenset(" .,/:-_()=?+*'")
_TROUBLE = {"problem": "✖ ", "note": "● "}


def diagram(sequence: Sequence) -> str:
    """Return the diagram, without the fence."""
    names = {party: f"p{number}" for number, party in enumerate(sequence.parties)}
    rows = ["sequenceDiagram"]
    rows += [f"    participant {name} as {_title(party)}" for party, name in names.items()]
    rows += [f"    {_drawn(step, names)}" for step in sequence.steps]
    return "\n".join(rows)


def _title(party: Party) -> str:
    if party.role == "client":
        return _escaped(party.name)
    return f"{party.role}<br/>{_escaped(party.name)}" if party.name else party.role


def _drawn(step: Step, names: dict[Party, str]) -> str:
    sender, receiver = names[step.sender], names[step.receiver]
    text = _TROUBLE.get(step.status, "") + _escaped(step.text)
    if step.manner == "remark":
        return f"Note over {sender}: {text}"
    if step.manner == "missing":
        return f"{sender}--x{receiver}: {text}"
    return f"{sender}->>{receiver}: {text}"


def _escaped(text: str) -> str:
    return "".join(
        character if character.isalnum() or character in _PLAIN else f"#{ord(character)};"
        for character in clipped(text, _ROOM)
    )
