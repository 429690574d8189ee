from __future__ import annotations

import ast
from pathlib import Path

import curlx
from curlx.findings import BUNDLE_FILE, CERTIFICATE_FILE, KEY_FILE, Finding, transfer_of
from curlx.timeline import Transfer

STAND_INS = (CERTIFICATE_FILE, KEY_FILE, BUNDLE_FILE)


def test_a_finding_is_about_its_transfer_and_without_one_the_last_counts() -> None:
    first, last = Transfer(1, 9), Transfer(10, 19)
    found = Finding("http-forbidden", "error", "certain", "", "", (), transfer=0)
    assert transfer_of((first, last), found) is first
    assert transfer_of((first, last), None) is last


def test_a_page_that_was_pasted_alone_is_of_no_transfer() -> None:
    assert transfer_of((), Finding("http-forbidden", "error", "certain", "", "", ())) is None
    assert transfer_of((), None) is None


def test_the_stand_ins_of_the_clients_files_are_written_once() -> None:
    """Their names are put in place word by word (`client_files/naming.py`): a spelling of its own would be left."""
    strings = set()
    for folder in ("advice", "client_files", "diagnoses"):
        for module in (Path(curlx.__file__).parent / folder).rglob("*.py"):
            tree = ast.parse(module.read_text("utf-8"))
            said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings and comments
            strings |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in said}
    assert not [text for text in strings if isinstance(text, str) and any(name in text for name in STAND_INS)]
