"""A sentence of curl's, and behind it what is somebody else's."""

from __future__ import annotations

import time

import pytest

from curlx.grammar.within import complaint_within

SAID = "Operation timed out after 9 milliseconds with 0 out of 0 bytes received"


@pytest.mark.parametrize(
    "behind",
    [
        "[debug_info:array (", ' | attempt 3', '",0,"https://a.example/v1"', '\\",\\"n\\":3}', "</message>", "<br>again",
        "** when I call it", "“ als Antwort", " at /srv/a.rb:42:in `get'", " attempt=3",
        " 0 0 0 0 0 0 0 0 --:--:--", "\\",
    ],
)  # fmt: skip
def test_what_nothing_of_curls_goes_on_with_is_cut_off(behind: str) -> None:
    told = complaint_within(SAID + behind)
    assert told is not None
    assert told.kind == "timeout"


def test_a_bracket_that_belongs_to_the_sentence_is_kept() -> None:
    said = "Problem with the SSL CA cert (path? access rights?)"
    told = complaint_within(f"{said}<br>")
    assert told is not None
    assert told.text == said


@pytest.mark.parametrize("behind", [" again and again", ", said the server", ": no"])
def test_a_sentence_that_goes_on_in_words_is_another(behind: str) -> None:
    assert complaint_within(SAID + behind) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("could not load PEM client certificate ...", "client-certificate-not-loaded"),
        ("could not load PEM client certificate…", "client-certificate-not-loaded"),
        (
            "could not parse PKCS12 file ...",
            "client-certificate-not-loaded",
        ),  # the reason may be another than a password
        ("HTTP/2 stream 1 was not closed ...", None),  # two sentences begin so
        ("Unknown SSL protocol error in connection ...", None),
        ("Failed to connect to ...", None),  # others say so as well
        ("could not load PEM client certificate", None),
    ],
)
def test_of_a_sentence_that_ends_in_dots_the_beginning_tells(said: str, kind: str | None) -> None:
    told = complaint_within(said)
    assert (told and told.kind) == kind


@pytest.mark.parametrize("unit", ["<", " a=", " at /", "(", "] ", " 1 2 3 4 5", '\\"'])
def test_hostile_lines_take_no_longer_than_others(unit: str) -> None:
    start = time.perf_counter()
    complaint_within(SAID + unit * (60_000 // len(unit)))
    assert time.perf_counter() - start < 1
