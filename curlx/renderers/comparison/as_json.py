"""The comparison as JSON: the contract that other programs build on (`docs/comparison.schema.json`)."""

from __future__ import annotations

from curlx.comparison import Comparison
from curlx.renderers.as_json import document


def render(comparison: Comparison) -> str:
    """Return the comparison as one indented JSON document, fields in the order of the schema, with a final newline."""
    return document(comparison)
