"""Every diagnosis fires on its own logs, keeps quiet on its near-misses, and rests on its decisive line."""

from __future__ import annotations

from pathlib import Path

import pytest

import curlx
import curlx.diagnoses
from curlx.diagnoses import known
from curlx.findings import Finding

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "diagnoses"
FIRES = sorted(FIXTURES.glob("*/fires-*.log"))
QUIET = sorted(FIXTURES.glob("*/quiet-*.log"))
HEADINGS = ("## What it means", "## How curlx knows", "## What to do", "## When it is something else")
SURE = ("certain", "likely", "possible")


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def found(data: bytes, code: str) -> Finding | None:
    return next((finding for finding in curlx.explain(data).findings if finding.code == code), None)


@pytest.mark.parametrize("path", FIRES, ids=named)
def test_it_fires_on_its_log(path: Path) -> None:
    assert found(path.read_bytes(), path.parent.name)


@pytest.mark.parametrize(
    "path", [path for path in FIRES if known()[path.parent.name].diagnosis.severity == "error"], ids=named
)
def test_it_is_the_verdict_on_its_log(path: Path) -> None:
    assert curlx.explain(path.read_bytes()).findings[0].code == path.parent.name


@pytest.mark.parametrize("path", QUIET, ids=named)
def test_it_keeps_quiet_on_its_near_miss(path: Path) -> None:
    assert not found(path.read_bytes(), path.parent.name)


@pytest.mark.parametrize("path", FIRES, ids=named)
def test_without_its_decisive_line_it_is_silent_or_less_sure(path: Path) -> None:
    """A log often says the same twice (an alert and the library's words, a status and curl's): then each is cited.

    So the decisive line is taken out again and again; every time another line must carry the finding, until none does.
    """
    data = path.read_bytes()
    whole = found(data, path.parent.name)
    assert whole
    less: Finding | None = whole
    # `log-not-curl` rests on what is not there: it holds to the last line.
    while data.strip() and less is not None and SURE.index(less.certainty) <= SURE.index(whole.certainty):
        shorter = without(data, less.evidence[0].line - 1)
        assert len(shorter) < len(data)
        data, less = shorter, found(shorter, path.parent.name)


def without(data: bytes, number: int) -> bytes:
    """The log without a line, and without the others that say the same words (curl's `* ` and `curl: (NN)` lines)."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    sentence = spoken(lines[number])
    return b"".join(
        line for index, line in enumerate(lines) if index != number and (not sentence or sentence not in line)
    )


def spoken(line: bytes) -> bytes:
    """The words of a line, without curl's mark."""
    text = line.strip()
    for mark in (b"* ", b"< ", b"> ", b"== Info: "):
        text = text.removeprefix(mark)
    if text.startswith(b"curl: ("):
        text = text.partition(b") ")[2]
    return text.strip()


@pytest.mark.parametrize("code", known())
def test_it_has_a_log_on_which_it_fires_and_a_near_miss(code: str) -> None:
    assert any(path.parent.name == code for path in FIRES)
    assert any(path.parent.name == code for path in QUIET)


@pytest.mark.parametrize("code", known())
def test_its_code_is_its_folder_and_its_file(code: str) -> None:
    module = known()[code].diagnose.__module__.removeprefix("curlx.diagnoses.")
    assert module.replace(".", "-").replace("_", "-") == code


@pytest.mark.parametrize("code", known())
def test_its_page_has_the_agreed_headings_in_order(code: str) -> None:
    positions = [known()[code].page.find(heading) for heading in HEADINGS]
    assert -1 not in positions
    assert positions == sorted(positions)


@pytest.mark.parametrize("path", FIRES, ids=named)
def test_no_stand_in_for_a_host_gets_into_a_sentence(path: Path) -> None:
    for finding in curlx.explain(path.read_bytes()).findings:
        remedies = [text for remedy in finding.remedies for text in (remedy.title, *remedy.steps)]
        for text in (finding.title, finding.summary, *finding.causes, *remedies):
            assert "HOST" not in text.split(), text


@pytest.mark.parametrize("path", FIRES, ids=named)
def test_it_never_advises_to_switch_verification_off(path: Path) -> None:
    for finding in curlx.explain(path.read_bytes()).findings:
        for remedy in finding.remedies:
            for command in remedy.commands:
                words = command.split()
                assert not (words and words[0].startswith("curl") and {"-k", "--insecure"} & set(words)), command


def test_every_file_in_a_folder_is_a_diagnosis() -> None:
    files = Path(curlx.diagnoses.__file__).parent.glob("*/*.py")
    named = {f"{path.parent.name}-{path.stem}".replace("_", "-") for path in files if path.name != "__init__.py"}
    assert named == set(known())
