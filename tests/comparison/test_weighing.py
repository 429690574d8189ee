from __future__ import annotations

from typing import get_args

import pytest

from curlx.comparison.comparison import Topic
from curlx.comparison.weighing import LINKS, at_most, can_explain, weigh
from curlx.diagnoses import known
from curlx.findings import Certainty, Diagnosis, Evidence, Finding


def failure(code: str, certainty: Certainty = "certain") -> Finding:
    return Diagnosis(code, "It failed").found(certainty, "", [Evidence(1, "", "")])


def test_every_link_names_diagnoses_and_topics_that_exist() -> None:
    codes = list(known())
    for link in LINKS:
        assert set(link.topics) <= set(get_args(Topic))
        for name in link.codes:
            assert name in codes or (name.endswith("-") and any(code.startswith(name) for code in codes)), name


def test_no_link_is_hidden_behind_one_before_it() -> None:
    for place, link in enumerate(LINKS):
        hiding = [
            before
            for before in LINKS[:place]
            if set(link.topics) <= set(before.topics)
            and all(any(code == one or (one.endswith("-") and code.startswith(one)) for one in before.codes)
                    for code in link.codes)
            and before.good in ("", link.good) and before.bad in ("", link.bad)
            and (not before.names or (set(link.names) and set(link.names) <= set(before.names)))
        ]  # fmt: skip
        assert not hiding, (link, hiding)


@pytest.mark.parametrize("certainty", ["certain", "likely", "possible"])
def test_what_the_verdict_is_about_is_as_sure_as_the_verdict(certainty: Certainty) -> None:
    cause = failure("client-certificate-missing", certainty)
    assert weigh("client-certificate-sent", "", "yes", "no", cause)[0] == certainty


def test_a_certificate_that_only_bad_sent_does_not_explain_that_one_is_missing_for_sure() -> None:
    assert weigh("client-certificate-sent", "", "no", "yes", failure("client-certificate-untrusted"))[0] == "likely"


def test_a_difference_is_no_cause_only_because_it_is_one() -> None:
    telling, why = weigh("cipher", "Cipher suite", "A", "B", failure("http-not-found"))
    assert (telling, why) == ("unclear", "Nothing known links this to what went wrong in BAD.")


@pytest.mark.parametrize("code", ["http-bad-gateway", "http-gateway-timeout", "http-unavailable", "http-server-error"])
def test_what_was_asked_for_hardly_explains_that_the_server_failed(code: str) -> None:
    assert weigh("method", "Method", "GET", "PUT", failure(code))[0] == "possible"
    assert weigh("method", "Method", "GET", "PUT", failure("http-bad-request"))[0] == "likely"


def test_without_a_failure_nothing_is_explained() -> None:
    assert weigh("client-certificate-sent", "", "yes", "no", None)[0] == "unclear"


def test_how_it_ended_is_a_result_whatever_failed() -> None:
    assert weigh("status", "Answer", "200", "400", failure("http-bad-request"))[0] == "result"
    assert weigh("response-header", "Answer header Location (request 2)", "a", "b", None)[0] == "result"


@pytest.mark.parametrize(
    ("title", "telling"),
    [
        ("Request header Authorization", "certain"),
        ("Request header Authorization (request 2)", "certain"),
        ("Request header Proxy-Authorization", "possible"),
        ("Request header X-Api-Key", "likely"),
        ("Request header Key-Of-All", "possible"),
    ],
)
def test_a_header_counts_by_its_whole_name(title: str, telling: str) -> None:
    assert weigh("request-header", title, "a", "none", failure("http-unauthorized"))[0] == telling


def test_the_name_of_the_program_is_no_credential() -> None:
    assert weigh("command", "Option --user-agent", "a", "b", failure("http-unauthorized"))[0] == "possible"
    assert weigh("command", "Option --user", "a", "b", failure("http-unauthorized"))[0] == "likely"


def test_a_certificate_that_could_not_be_loaded_is_not_told_as_one_that_was_forgotten() -> None:
    telling, why = weigh("client-certificate-sent", "", "yes", "no", failure("client-certificate-key-mismatch"))
    assert telling == "likely"
    assert "could not use the files" in why


def test_doubt_weakens_an_explanation_and_nothing_else() -> None:
    assert [at_most(one, "possible") for one in ("certain", "likely", "possible", "result", "unclear")] == [
        "possible", "possible", "possible", "result", "unclear"
    ]  # fmt: skip


def test_an_unknown_side_may_be_anything_that_makes_a_difference() -> None:
    missing = failure("client-certificate-missing")
    assert can_explain("client-certificate-sent", "", None, "no", missing)
    assert not can_explain("proxy", "", "none", None, failure("network-refused"))
    assert not can_explain("client-certificate-sent", "", None, "no", None)


def test_no_reason_says_of_a_good_log_that_it_ended_well() -> None:
    assert not any(words in link.why for link in LINKS for words in ("GOOD works", "was let in"))
