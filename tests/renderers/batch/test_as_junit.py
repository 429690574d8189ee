from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from curlx.renderers.batch.as_junit import render
from curlx.renderers.harmless import harmless
from curlx.rows import Row

# What junit-10.xsd of Jenkins' xUnit plugin allows of an element: attributes, those that it needs, and children.
ALLOWED: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, set(), {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname", "id", "package",
         "file", "log", "url"},
        {"name", "tests", "failures", "errors"},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name", "time", "classname", "group"},
        {"name"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "skipped": ({"type", "message"}, set(), set()),
    "error": ({"type", "message"}, set(), set()),
    "failure": ({"type", "message"}, set(), set()),
    "system-out": (set(), set(), set()),
}  # fmt: skip


def allowed(root: ElementTree.Element) -> None:
    for element in root.iter():
        attributes, needed, children = ALLOWED[element.tag]
        assert needed <= {*element.keys()} <= attributes
        assert {child.tag for child in element} <= children
        assert not (element.tag.startswith("test") and (element.text or "").strip())


def facts(case: ElementTree.Element) -> dict[str, str]:
    told = [line.partition(": ") for line in (case.findtext("system-out") or "").splitlines()]
    return {name: value for name, _, value in told}


def parsed(rows: list[Row], **look: str) -> ElementTree.Element:
    return ElementTree.fromstring("".join(render(rows, **look)).encode())


def test_each_log_is_a_testcase_with_what_became_of_it(rows: list[Row]) -> None:
    suite = parsed(rows)[0]
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "5", "failures": "1", "errors": "1", "skipped": "1",
    }  # fmt: skip
    outcomes = [[child.tag for child in case if child.tag != "system-out"] for case in suite.iter("testcase")]
    assert outcomes == [["failure"], [], [], ["skipped"], ["error"]]
    warned = [*suite.iter("testcase")][2]
    assert f"{rows[2].severity}[{rows[2].code}]" in (warned.findtext("system-out") or "")


def test_a_failure_tells_the_verdict_and_the_lines_that_prove_it(rows: list[Row]) -> None:
    case = next(parsed(rows).iter("testcase"))
    failure = case.find("failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == (rows[0].code, rows[0].title)
    assert "logs/a.log:13: < HTTP/1.1 400 Bad Request" in (failure.text or "")
    assert "also note[http-bad-request] (likely): Malformed" in (failure.text or "")
    told = facts(case)
    assert (told["host"], told["exit_code"], told["same"]) == ("api.example.com", "0", "3")


def test_a_run_is_a_testcase_of_its_own_name_at_its_line(rows: list[Row]) -> None:
    one, two = (structs.replace(rows[1], run=run, first_line=9 * run) for run in (1, 2))
    assert [(case.get("name"), facts(case)["first_line"]) for case in parsed([one, two]).iter("testcase")] == [
        ("/var/log/fine.log (run 1)", "9"),
        ("/var/log/fine.log (run 2)", "18"),
    ]


@pytest.mark.parametrize(("fail_on", "failures"), [("error", "1"), ("warning", "2"), ("note", "2"), ("never", "1")])
def test_what_fails_is_what_the_exit_code_is_about(rows: list[Row], fail_on: str, failures: str) -> None:
    assert parsed(rows, fail_on=fail_on).get("failures") == failures


def test_no_log_is_an_empty_suite() -> None:
    assert parsed([]).get("tests") == "0"


@given(data=st.data())
def test_hostile_rows_come_back_as_they_were_made_harmless(
    data: st.DataObject, hostile_rows: st.SearchStrategy[list[Row]]
) -> None:
    rows = data.draw(hostile_rows)
    cases = list(parsed(rows).iter("testcase"))
    assert [case.get("name") for case in cases] == [harmless(row.name) for row in rows]
    for row, case in zip(rows, cases, strict=True):
        failure = case.find("failure")
        assert (failure is not None) == (row.severity == "error")
        assert failure is None or harmless(row.title) in (failure.text or "")
    allowed(parsed(rows))


def test_it_is_what_the_strictest_reader_allows(rows: list[Row]) -> None:
    for some in (rows, []):
        allowed(parsed(some))


def test_junitparser_reads_it(rows: list[Row], tmp_path: Path) -> None:
    junitparser = pytest.importorskip("junitparser")
    path = tmp_path / "logs.xml"
    path.write_text("".join(render(rows)), encoding="utf-8")
    read = junitparser.JUnitXml.fromfile(str(path))
    assert (read.tests, read.failures, read.errors, read.skipped) == (5, 1, 1, 1)
    cases = [case for suite in read for case in suite]
    assert [case.name for case in cases] == [row.name for row in rows]
    assert [len(case.result) for case in cases] == [1, 0, 0, 1, 1]
