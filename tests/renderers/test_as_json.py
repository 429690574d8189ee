from __future__ import annotations

import json

import msgspec

from curlx.findings import Finding
from curlx.renderers.as_json import render
from curlx.report import Report, make_report
from curlx.timeline import Timeline, Transfer


def test_the_document_has_the_fields_that_others_build_on(founding_case: Timeline, missing: Finding) -> None:
    document = json.loads(render(make_report(founding_case, (missing,), "a.log")))
    assert document["format"] == 1
    assert document["outcome"] == "failure"
    assert document["source"]["name"] == "a.log"
    assert document["summary"]["client_certificate"] == {"requested": "yes", "sent": "no"}
    assert document["summary"]["server_certificate"] == "accepted"
    assert document["findings"][0]["evidence"][0]["line"] == 14
    assert {"kind", "first_line", "last_line", "title", "status"} <= set(document["timeline"]["sections"][0])


def test_the_document_reads_back_as_the_same_report(founding_case: Timeline, missing: Finding) -> None:
    report = make_report(founding_case, (missing,), "a.log")
    assert msgspec.json.decode(render(report), type=Report) == report


def test_the_same_report_gives_the_same_bytes(founding_case: Timeline, missing: Finding) -> None:
    report = make_report(founding_case, (missing,))
    assert render(report) == render(report)


def test_control_and_bidi_characters_are_escaped_and_still_the_same_text() -> None:
    url = "https://example.com/\u202e\x9b2J\x7f\U000e0041世"
    text = render(make_report(Timeline(transfers=(Transfer(1, 1, url=url),)), ()))
    assert all(character.isprintable() or character == "\n" for character in text)
    assert json.loads(text)["timeline"]["transfers"][0]["url"] == url
