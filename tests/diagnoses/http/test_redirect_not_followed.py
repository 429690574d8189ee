import pytest
from msgspec.structs import replace

import curlx
from curlx.diagnoses.http.redirect_not_followed import diagnose

TO = {"Location": "https://www.example.com/"}


def test_a_redirect_at_the_end_is_a_note(answered):
    (finding,) = diagnose(answered(301, got=TO))
    assert finding.severity == "note"
    assert [proof.line for proof in finding.evidence] == [14, 15]
    assert finding.remedies[0].commands == ("curl -v -L https://api.example.com/v1/things",)


@pytest.mark.parametrize(("slashes", "severity"), [("/", "error"), ("//", "error"), ("///", "error"), ("////", "note")])
def test_an_address_is_compared_as_curl_reads_its_slashes(answered, slashes, severity):
    (finding,) = diagnose(answered(302, got={"Location": f"https:{slashes}api.example.com/v1/things"}))
    assert finding.severity == severity


def test_a_redirect_that_was_followed_is_none(several):
    assert not list(diagnose(several({"status": 301, "got": TO, "superseded": True}, {"status": 200})))


@pytest.mark.parametrize("status", [200, 304])
def test_other_statuses_are_no_redirects(answered, status):
    assert not list(diagnose(answered(status, got=TO)))


@pytest.mark.parametrize("status", [300, 302])
def test_without_a_location_there_is_nothing_to_follow(answered, status):
    (finding,) = diagnose(answered(status))
    assert finding.severity == "note"
    assert "names no address" in finding.title
    assert any(remedy.who == "server" for remedy in finding.remedies) is (status == 302)


def test_a_log_that_is_cut_after_the_redirect_does_not_say_that_curl_ended_there(answered):
    timeline = answered(302, got=TO)
    (transfer,) = timeline.transfers
    cut = replace(transfer, finished=False, exchanges=(replace(transfer.exchanges[0], complete=False),))
    (finding,) = diagnose(replace(timeline, transfers=(cut,)))
    assert finding.certainty == "possible"
    assert "nothing behind this answer" in finding.summary
    both = diagnose(replace(timeline, transfers=(cut, transfer)))
    assert [each.transfer for each in both] == [1], "another call stands behind the first"


def test_a_transfer_that_curl_gave_up_on_has_another_diagnosis(several):
    assert not list(diagnose(several({"status": 302, "got": TO}, complaints=({"kind": "redirect-loop"},))))


def test_with_the_option_to_follow_curl_stopped_for_another_reason(several):
    assert not list(diagnose(several({"status": 302, "got": TO}, follows=True)))


def test_after_redirects_that_were_followed_curl_stopped_for_another_reason(several):
    assert not list(diagnose(several({"status": 301, "got": TO, "superseded": True}, {"status": 302, "got": TO})))


def test_a_post_is_sent_to_the_new_address_and_not_turned_into_a_get(answered):
    sent = {"Content-Type": "application/json", "Content-Length": "7"}
    (finding,) = diagnose(answered(301, method="POST", sent=sent, got={"Location": "/v2/things"}))
    assert finding.title.endswith("-L alone would drop its data")
    assert "POST has most likely not been carried out" in finding.summary
    assert "`--post301`" in finding.remedies[0].steps[1]
    assert finding.remedies[0].commands == (
        "curl -v -H 'Content-Type: application/json' --data-binary @FILE https://api.example.com/v2/things",
    )


def test_after_303_the_post_was_taken(answered):
    (finding,) = diagnose(answered(303, method="POST", got=TO))
    assert "was taken" in finding.summary
    assert not any("--data" in command for remedy in finding.remedies for command in remedy.commands)


def test_data_that_went_over_plain_http_is_spoken_of(answered):
    timeline = answered(308, method="PUT", sent={"Content-Length": "7"}, got={"Location": "https://api.example.com/b"})
    (transfer,) = timeline.transfers
    plain = replace(transfer, url="http://api.example.com/v1/things")
    (finding,) = diagnose(replace(timeline, transfers=(plain,)))
    assert "has gone over http:// once" in finding.remedies[0].steps[-1]
    (finding,) = diagnose(timeline)
    assert "http://" not in " ".join(finding.remedies[0].steps)


def test_a_post_with_credentials_gets_no_command(answered):
    (finding,) = diagnose(answered(301, method="POST", sent={"Authorization": "Basic [hidden]"}, got=TO))
    assert finding.remedies[0].commands == ()


def test_of_a_head_that_somebody_cut_short_below_a_command_it_is_possible():
    report = curlx.explain(
        "```bash\ncurl -v http://localhost:8092/number\n```\n\n```\n"
        "< HTTP/1.1 308 Permanent Redirect\n< Location: https://localhost/number\n< Server: Caddy\n```\n\nWhy?\n"
    )
    (finding,) = (each for each in report.findings if each.code == "http-redirect-not-followed")
    assert finding.certainty == "possible"


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("curl: (22) The requested URL returned error: 302", "curl gave up"),
        ("error: RPC failed; HTTP 307 curl 22 The requested URL returned error: 307", "git gave up"),
        ("fatal: unable to access 'https://code.example/a.git/': The requested URL returned error: 301", "git gave up"),
    ],
)
def test_to_give_up_at_a_redirect_is_an_error(said, who):
    (finding,) = curlx.explain(f"{said}\n".encode()).findings
    assert (finding.code, finding.severity) == ("http-redirect-not-followed", "error")
    assert who in finding.summary
    assert any("git remote" in command for each in finding.remedies for command in each.commands) is ("git" in who)


@pytest.mark.parametrize(
    ("head", "severity", "told"),
    [
        ("Server: nginx", "error", "never comes"),
        ("Set-Cookie: seen=1", "note", "sends back the cookie that"),
    ],
)
def test_a_page_that_redirects_to_itself_has_not_worked_unless_its_cookie_ends_it(head, severity, told):
    report = curlx.explain(
        f"$ curl -i https://page.example/\nHTTP/1.1 301 Moved Permanently\n{head}\n"
        "Location: https://page.example/\nContent-Length: 0\n\n$ \n"
    )
    finding = next(each for each in report.findings if each.code == "http-redirect-not-followed")
    assert (finding.title, finding.severity) == ("A redirect to itself", severity)
    assert told in finding.summary
    assert ("worked" in curlx.render(report, "reply")) is (severity == "note")


def test_a_form_that_sends_its_sender_back_to_itself_goes_in_no_circle(answered):
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "7"}
    to = {"Location": "https://api.example.com/v1/things"}
    (finding,) = diagnose(answered(303, method="POST", sent=sent, got=to))
    assert "was taken" in finding.summary


@pytest.mark.parametrize(
    ("length", "drops"), [("", False), ("> Content-Length: 0\n", False), ("> Content-Length: 9\n", True)]
)
def test_a_post_without_data_has_none_that_l_could_drop(length, drops):
    log = (
        f"> POST /queue/cancel?id=7 HTTP/1.1\n> Host: build.example\n> Accept: */*\n{length}>\n"
        "< HTTP/1.1 302 Found\n< Location: http://build.example/queue/\n< Content-Length: 0\n<\n"
        "* Connection #0 to host build.example left intact\n"
    )
    (finding,) = curlx.explain(log).findings
    assert ("drop its data" in finding.title) is drops
    assert ("drops the data" in " ".join(finding.remedies[0].steps)) is drops
