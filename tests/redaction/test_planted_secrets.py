"""Secrets planted in logs: none of them gets into any output, in no form, unless it is asked for."""

from __future__ import annotations

import base64
import importlib.util
import re
from pathlib import Path
from urllib.parse import quote

import pytest

import curlx
from curlx.lines import split
from curlx.redaction import Redactor
from curlx.redaction.copy import copy
from curlx.renderers import batch, formats
from curlx.rows import make_row

_spec = importlib.util.spec_from_file_location("planted_secrets", Path(__file__).with_name("planted_secrets.py"))
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
PLANTED: dict[str, tuple[bytes, tuple[str, ...]]] = _module.PLANTED

_ROW = re.compile(r"\n(?:api-1  \| )?[0-9a-f]{4}: ?")
_HEX = re.compile(r"((?:[0-9a-f]{2} ){1,16}) *(.*)")


def shown(secrets: tuple[str, ...], text: str) -> list[str]:
    """Which of the secrets a text shows: as they are, encoded, or spread over the rows of a dump."""
    lowered = text.lower()
    cells = "".join(match[1].replace(" ", "") for line in _ROW.split(text) if (match := _HEX.match(line)))
    column = "".join(match[2] for line in _ROW.split(text) if (match := _HEX.match(line)))
    flat = _ROW.sub("", text) + column + text.replace("\n", "").replace("\x1b[1m", "")
    return [
        secret
        for secret in secrets
        if secret in flat
        or quote(secret, safe="") in text
        or secret.encode().hex() in lowered.replace(" ", "")
        or secret.encode().hex() in cells
        or base64.b64encode(secret.encode()).decode().rstrip("=") in text
    ]


def test_there_are_many_kinds() -> None:
    assert len(PLANTED) > 900
    unseen = [
        name
        for name, (data, secrets) in PLANTED.items()
        if name.startswith("U") is False and not shown(secrets, data.decode("utf-8", "replace"))
    ]
    assert [name for name in unseen if "UTF-16" not in name] == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_secret_is_hidden_at_the_door(name: str) -> None:
    data, secrets = PLANTED[name]
    redactor = Redactor()
    text = "\n".join(redactor.hide(line).text for line in split([data]))
    assert shown(secrets, text) == []
    assert redactor.secrets
    showing = Redactor(show=True)
    lines = list(split([data]))
    assert [showing.hide(line) for line in lines] == lines


def decoded(name: str, data: bytes) -> str:
    """A log as text, in the encoding that its name tells."""
    if name.startswith("UTF-16"):
        return data.decode("utf-16-be" if "without" in name else "utf-16-le")
    return data.decode("cp1252" if name == "Latin-1" else "utf-8")


def is_kept(given: str, copied: str) -> bool:
    """Whether a copy differs in placeholders only, or, in a dump, in masked characters only."""
    if "‹" not in copied:
        return len(given) == len(copied) and all(
            one == other or other in "x." for one, other in zip(given, copied, strict=True)
        )
    pieces = re.split("‹[^›]*›", copied)
    position = 0
    for piece in pieces[:-1]:
        if (found := given.find(piece, position)) < 0 or (not position and found):
            return False
        position = found + len(piece)
    return given.endswith(pieces[-1]) and len(given) - len(pieces[-1]) >= position


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_secret_is_not_in_the_copy_and_all_else_is(name: str) -> None:
    data, secrets = PLANTED[name]
    given, copied = decoded(name, data), decoded(name, b"".join(copy([data])))
    assert shown(secrets, copied) == []
    assert shown(secrets, copied.replace("\x1b[1m", "")) == []
    assert is_kept(given, copied)


@pytest.mark.parametrize("format", formats())
def test_no_format_of_explain_shows_a_planted_secret(format: str) -> None:
    for name, (data, secrets) in PLANTED.items():
        assert shown(secrets, curlx.render(curlx.explain(data, source="a.log"), format)) == [], name


@pytest.mark.parametrize("format", batch.formats())
def test_no_format_of_check_shows_a_planted_secret(format: str) -> None:
    rows, planted = [], []
    for data, secrets in PLANTED.values():
        report = curlx.explain(data, source="a.log")
        rows.append(make_row(report, document=curlx.render(report, "json").replace("\n", "")))
        planted += secrets
    assert shown(tuple(set(planted)), "".join(batch.render(rows, format))) == []
