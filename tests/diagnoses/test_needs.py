"""A diagnosis that is not asked, because the log shows too little trouble for it, would have found nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from curlx.assembler import assemble
from curlx.diagnoses import known, shown
from curlx.lines import split
from curlx.reader import read

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
FOLDERS = [*sorted(path for path in FIXTURES.glob("*/*") if path.is_dir()), FIXTURES / "logs", FIXTURES / "wrapped"]
CUTS = (1.0, 0.8, 0.6, 0.3)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_who_is_not_asked_has_nothing_to_say(folder: Path) -> None:
    missed = []
    for path in sorted(folder.glob("*.log")):
        data = path.read_bytes()
        for cut in CUTS:
            timeline = assemble(read(split([data[: int(len(data) * cut)]])))
            signs = shown(timeline)
            unasked = [entry for entry in known().values() if entry.diagnosis.needs not in signs]
            found = [entry.diagnosis.code for entry in unasked if any(one.evidence for one in entry.diagnose(timeline))]
            missed += [(path.name, cut, code) for code in found]
    assert missed == []


def test_few_are_asked_of_a_log_without_trouble() -> None:
    timeline = assemble(read(split([b"* Trying 192.0.2.1:80...\n> GET / HTTP/1.1\n> \n< HTTP/1.1 200 OK\n< \n"])))
    assert shown(timeline) == ("",)
    assert sum(entry.diagnosis.needs == "" for entry in known().values()) <= 14
