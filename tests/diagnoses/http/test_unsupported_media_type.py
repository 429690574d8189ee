import pytest

import curlx
from curlx.diagnoses.http.unsupported_media_type import diagnose


def test_curls_default_type_is_named_as_such(answered):
    sent = {"Host": "api.example.com", "Content-Type": "application/x-www-form-urlencoded"}
    (finding,) = diagnose(answered(415, method="POST", sent=sent, got={"accept-post": "application/json"}))
    assert "It takes application/json." in finding.summary
    assert "default" in finding.causes[0]
    assert [proof.line for proof in finding.evidence] == [14, 12, 15]


def test_another_type_is_not_called_the_default(answered):
    (finding,) = diagnose(answered(415, sent={"Content-Type": "text/xml"}))
    assert "default" not in finding.causes[0]


@pytest.mark.parametrize(("sent", "step", "commands"), [
    ("text/xml", "for JSON as below", 1),
    ("application/json", "application/json is what was refused", 0),
    ("application/json; charset=utf-8", "try it without what follows", 1),
])  # fmt: skip
def test_a_type_that_was_refused_is_not_advised(answered, sent: str, step: str, commands: int) -> None:
    (finding,) = diagnose(answered(415, method="POST", sent={"Content-Type": sent}))
    assert step in finding.remedies[0].steps[0]
    assert len(finding.remedies[0].commands) == commands


@pytest.mark.parametrize(("method", "sent"), [
    ("GET", {"Host": "api.example.com", "Accept": "*/*"}),
    ("POST", {"Host": "api.example.com", "Content-Length": "0"}),
])  # fmt: skip
def test_without_data_no_type_of_it_is_at_fault(answered, method: str, sent: dict) -> None:
    (finding,) = diagnose(answered(415, method=method, sent=sent))
    assert f"The {method} carried no data." in finding.summary
    assert len(finding.causes) == 1
    assert "Content-Type" not in str(finding)


def test_a_format_that_was_asked_for_may_be_what_is_not_known(answered) -> None:
    (finding,) = diagnose(answered(415, sent={"Host": "api.example.com", "Accept": "application/vnd.shop.v9+json"}))
    assert "`Accept`" in finding.causes[1]


def test_what_the_log_does_not_show_is_not_called_missing() -> None:
    (finding, *_) = curlx.explain("< HTTP/1.1 415 Unsupported Media Type\n< Content-Length: 0\n< \n").findings
    assert not finding.causes


def test_nothing_is_below_where_no_command_is() -> None:
    log = (
        "$ curl -X POST -H 'Content-Type:text/plain' -d a localhost:8080 -v\n< HTTP/1.1 415 Unsupported Media Type\n\n"
    )
    (finding, *_) = curlx.explain(log).findings
    assert [(each.commands, "below" in " ".join(each.steps)) for each in finding.remedies] == [((), False)]
