from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from curlx.renderers.batch.as_sarif import message, render, uri_of
from curlx.renderers.harmless import harmless
from curlx.rows import Row

PAGE = "No client certificate was sent\n\n## What it means\n\nThe server asked."
# Every property that may be there, and whether it must: chapter 3 of the standard, and its schema.
SHAPE: dict[str, dict[str, bool]] = {
    "log": {"$schema": False, "version": True, "runs": True},
    "run": {"columnKind": False, "results": False, "artifacts": False, "invocations": False, "tool": True,
            "properties": False},
    "driver": {"name": True, "version": False, "semanticVersion": False, "rules": False},
    "rule": {"id": True, "name": False, "shortDescription": False, "help": False, "defaultConfiguration": False,
             "properties": False},
    "result": {"ruleId": False, "ruleIndex": False, "level": False, "message": True, "locations": False,
               "partialFingerprints": False, "occurrenceCount": False, "properties": False},
    "artifact": {"location": False, "description": False, "length": False, "roles": False, "properties": False},
    "invocation": {"executionSuccessful": True, "toolExecutionNotifications": False},
    "notification": {"descriptor": False, "level": False, "message": True, "locations": False},
}  # fmt: skip


def parsed(rows: list[Row]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads("".join(render(rows, page_of=lambda _: PAGE)))
    return document


def check(document: dict[str, Any]) -> None:
    """Check the structure, and that every index points at what it names."""
    shaped("log", document)
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    shaped("run", run)
    shaped("driver", run["tool"]["driver"])
    rules, artifacts = run["tool"]["driver"]["rules"], run["artifacts"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len({json.dumps(artifact) for artifact in artifacts}) == len(artifacts), "uniqueItems"
    for rule in rules:
        shaped("rule", rule)
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["help"]["text"]
    for artifact in artifacts:
        shaped("artifact", artifact)
        assert artifact["length"] >= -1
        reference(artifact["location"]["uri"])
    for result in run["results"]:
        shaped("result", result)
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        placed(result["locations"][0]["physicalLocation"], artifacts)
    for invocation in run["invocations"]:
        shaped("invocation", invocation)
        for notification in invocation["toolExecutionNotifications"]:
            shaped("notification", notification)
            placed(notification["locations"][0]["physicalLocation"], artifacts)


def shaped(kind: str, found: dict[str, Any]) -> None:
    assert found.keys() <= SHAPE[kind].keys()
    assert {name for name, needed in SHAPE[kind].items() if needed} <= found.keys()


def placed(location: dict[str, Any], artifacts: list[dict[str, Any]]) -> None:
    place = location["artifactLocation"]
    assert artifacts[place["index"]]["location"]["uri"] == place["uri"]
    assert location.get("region", {"startLine": 1})["startLine"] >= 1


def reference(uri: str) -> None:
    """Check that it is of the characters that RFC 3986 allows (2.2 to 2.4)."""
    allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"
    assert set(uri) <= set(allowed)
    assert all(len(part) >= 2 and int(part[:2], 16) >= 0 for part in uri.split("%")[1:])
    urlsplit(uri)


def test_findings_are_results_at_their_lines(rows: list[Row]) -> None:
    document = parsed(rows)
    check(document)
    results = document["runs"][0]["results"]
    assert [(one["ruleId"], one["level"]) for one in results] == [
        ("client-certificate-missing", "error"),
        ("http-bad-request", "note"),
        ("client-certificate-missing", "warning"),
    ]
    location = results[0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "logs/a.log", "index": 0}
    assert location["region"] == {"startLine": 13, "snippet": {"text": "< HTTP/1.1 400 Bad Request"}}
    assert results[0]["message"]["text"].startswith("No client certificate was sent. The server wanted")
    assert results[0]["occurrenceCount"] == 3
    assert results[0]["properties"]["exit_code"] == 0


def test_a_diagnosis_is_a_rule_once_with_its_page_and_as_bad_as_its_worst_finding(rows: list[Row]) -> None:
    rules = parsed(rows[::-1])["runs"][0]["tool"]["driver"]["rules"]
    first = rules[0]
    assert [rule["id"] for rule in rules] == ["client-certificate-missing", "http-bad-request"]
    assert first["defaultConfiguration"] == {"level": "error"}
    assert first["shortDescription"] == {"text": "No client certificate was sent"}
    assert first["help"]["markdown"].startswith("## What it means\n\nThe server asked.")
    assert "curlx why client-certificate-missing" in first["help"]["text"]


def test_what_has_no_result_is_told_as_a_notification(rows: list[Row]) -> None:
    invocation = parsed(rows)["runs"][0]["invocations"][0]
    told = [(one["descriptor"]["id"], one["level"]) for one in invocation["toolExecutionNotifications"]]
    assert told == [("not-curl", "note"), ("unreadable", "error")]
    assert not invocation["executionSuccessful"]
    assert parsed(rows[:4])["runs"][0]["invocations"][0]["executionSuccessful"]


def test_no_log_is_a_valid_log_without_results() -> None:
    document = parsed([])
    check(document)
    assert document["runs"][0]["results"] == []


def test_a_log_that_is_named_twice_is_there_twice(rows: list[Row]) -> None:
    check(parsed([*rows, *rows]))


def test_the_runs_of_a_log_are_one_artifact(rows: list[Row]) -> None:
    first, second = (structs.replace(rows[0], run=run, line=line) for run, line in ((1, 13), (2, 33)))
    document = parsed([first, second, rows[1], structs.replace(second, name="logs/other.log")])
    check(document)
    (run,) = document["runs"]
    assert [one["location"]["uri"] for one in run["artifacts"]] == [
        "logs/a.log", "file:///var/log/fine.log", "logs/other.log",
    ]  # fmt: skip
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert [(one["artifactLocation"]["index"], one["region"]["startLine"]) for one in places[::2]] == [
        (0, 13), (0, 33), (2, 33),
    ]  # fmt: skip


def test_results_are_written_as_their_rows_come(rows: list[Row]) -> None:
    coming = iter(rows)
    written = render(coming)
    next(written)
    next(written)
    assert next(coming) == rows[1]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("logs/a b.log", "logs/a%20b.log"),
        ("/var/log/ü.log", "file:///var/log/%C3%BC.log"),
        ("./a:b.log", "a%3Ab.log"),
        ("s3://bucket/a b.log", "s3://bucket/a%20b.log"),
        ("http://h.example/100%.log?x=%20", "http://h.example/100%25.log?x=%20"),
        ("//share/x.log", "file://share/x.log"),
    ],
)
def test_a_name_is_an_address(name: str, uri: str) -> None:
    assert uri_of(name) == uri


def test_a_message_holds_no_link_and_no_placeholder() -> None:
    assert message("see [this](javascript:1) {0}\x1b") == "see [this] (javascript:1) {{0}}\\x1b"


@given(data=st.data())
def test_hostile_rows_are_results_all_the_same(data: st.DataObject, hostile_rows: st.SearchStrategy[list[Row]]) -> None:
    rows = data.draw(hostile_rows)
    document = parsed(rows)
    check(document)
    results = document["runs"][0]["results"]
    assert len(results) == sum(1 + len(row.also) for row in rows if row.severity)
    texts = [one["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] for one in results]
    assert texts == [harmless(text) for row in rows if row.severity
                     for text in (row.text, *(one.text for one in row.also))]  # fmt: skip


def test_the_schema_finds_nothing_wrong(rows: list[Row], sarif_errors: Callable[[Any], Iterator[str]]) -> None:
    run = structs.replace(rows[0], run=2, first_line=30, last_line=40)
    assert list(sarif_errors(parsed([*rows, run]))) == []
    assert list(sarif_errors(parsed([]))) == []
    assert list(sarif_errors({"version": "2.1.0", "runs": [{}]})) == ["'tool' is a required property"]


@settings(deadline=None, max_examples=30)  # the schema is long
@given(data=st.data())
def test_the_schema_finds_nothing_wrong_with_hostile_rows(
    data: st.DataObject, hostile_rows: st.SearchStrategy[list[Row]], sarif_errors: Callable[[Any], Iterator[str]]
) -> None:
    assert list(sarif_errors(parsed(data.draw(hostile_rows)))) == []
