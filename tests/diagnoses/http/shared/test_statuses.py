import pytest

import curlx
from curlx.diagnoses.http.shared.statuses import answers
from curlx.diagnoses.trying_again import unanswered
from curlx.events import PageMark
from curlx.timeline import Connection, Exchange, Proxy, Response, Timeline, Transfer


def statuses(timeline):
    return [answer.status for answer in answers(timeline)]


def test_an_error_status_is_an_answer(answered):
    assert statuses(answered(404)) == [404]


@pytest.mark.parametrize("status", [200, 204, 302, 304, 407])
def test_success_redirects_and_the_proxys_407_are_none(answered, status):
    assert statuses(answered(status)) == []


def test_an_answer_that_curl_went_on_from_does_not_count(several):
    assert statuses(several({"status": 401, "superseded": True}, {"status": 200})) == []


def test_the_last_of_several_tries_counts(several):
    found = list(answers(several({"status": 502, "superseded": True}, {"status": 502})))
    assert [answer.decisive.line for answer in found] == [15]


def test_curls_own_sentence_stands_for_a_missing_status_line(complained):
    found = list(answers(complained("http-status", "The requested URL returned error: 404", number=404)))
    assert [(answer.status, answer.decisive.line, answer.certainty) for answer in found] == [(404, 50, "certain")]


def test_a_status_that_git_concludes_from_and_does_not_print_is_only_likely(complained):
    found = list(answers(complained("http-status", "Authentication failed for 'https://a.example/x.git/'", number=401)))
    assert [(answer.status, answer.certainty) for answer in found] == [(401, "likely")]
    assert "git" in found[0].decisive.shows


def test_curls_own_sentence_is_not_told_twice(several):
    timeline = several({"status": 404}, complaints=({"kind": "http-status", "number": 404},))
    assert statuses(timeline) == [404]


def test_a_status_that_curl_does_not_name_is_not_guessed(complained):
    assert statuses(complained("http-status")) == []


def test_the_answer_to_connect_is_not_the_servers():
    connect = Exchange(0, 2, 5, response=Response(403, "", "1.1", 4, 5))
    tunnel = Connection(1, 9, proxy=Proxy("tunnel", 2, connect=connect))
    from curlx.timeline import Complaint

    said = Complaint("http-status", "The requested URL returned error: 403", 6, "proxy", number=403)
    timeline = Timeline(transfers=(Transfer(1, 9, connections=(tunnel,), complaints=(said,)),))
    assert statuses(timeline) == []


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("504 Gateway Time-out", 504),
        ("HTTP Status 404 – Not Found", 404),
        ("Error 403", 403),
        ("413 Request Entity Too Large", 413),
        ("500 recipes for the winter", None),
        ("5040 Gateway", None),
        ("200 OK", None),
        ("٤٠٤ Not Found", None),
        ("", None),
    ],
)
def test_a_page_without_its_log_is_known_by_its_title(pasted, title, status):
    found = list(answers(pasted(title)))
    assert [answer.status for answer in found] == ([] if status is None else [status])
    assert all(answer.certainty == "likely" for answer in found)


@pytest.mark.parametrize(
    "title",
    [
        "400 Bad Request", "401 Authorization Required", "402 Payment Required", "403 Forbidden", "404 Not Found",
        "405 Not Allowed", "406 Not Acceptable", "408 Request Time-out", "409 Conflict", "410 Gone",
        "411 Length Required", "412 Precondition Failed", "413 Request Entity Too Large", "414 Request-URI Too Large",
        "415 Unsupported Media Type", "416 Requested Range Not Satisfiable", "417 Expectation Failed",
        "421 Misdirected Request", "429 Too Many Requests", "500 Internal Server Error", "501 Not Implemented",
        "502 Bad Gateway", "503 Service Temporarily Unavailable", "504 Gateway Time-out",
        "505 HTTP Version Not Supported", "507 Insufficient Storage",
    ],
)  # fmt: skip
def test_a_bare_error_page_is_explained_by_its_title(title):
    page = f"<html>\n<head><title>{title}</title></head>\n<body>\n<center><h1>{title}</h1></center>\n</body>\n</html>\n"
    (finding,) = curlx.explain(page).findings
    assert (finding.severity, finding.certainty) == ("error", "likely")


def test_envoys_sentence_alone_is_a_503():
    from curlx.timeline import Body, Fact

    page = Body(marks=(Fact(PageMark("envoy-upstream", "connection failure"), 1),))
    assert statuses(Timeline(loose=page)) == [503]


def test_no_answer_means_none_that_began_after_the_line(several):
    transfer = several({"status": 200}).transfers[0]
    assert not unanswered(transfer, 3)
    assert unanswered(transfer, 40)


def test_an_answer_that_retries_did_not_change_is_not_answered_with_more_retries(several):
    (answer,) = answers(several({"status": 503, "superseded": True}, {"status": 503}))
    assert answer.later().commands == ()
    assert "already tried 2 times" in answer.later().steps[0]


def test_the_beginning_of_the_answers_text_is_shown_unless_it_is_markup(answered):
    (json,) = answers(answered(500, sample='{"error": "no disk"}'))
    (page,) = answers(answered(500, sample="<html>"))
    assert [proof.line for proof in json.page()] == [18]
    assert page.page() == ()


def test_retry_is_advised_only_for_what_it_repeats(answered):
    (transient,) = answers(answered(503))
    (other,) = answers(answered(525))
    assert transient.later().commands == ("curl -v --retry 5 https://api.example.com/v1/things",)
    assert other.later().commands == ()
    assert "--retry" not in str(other.later().steps)


def told(timeline):
    (answer,) = answers(timeline)
    return answer


def test_the_sentence_of_the_answer_is_quoted_and_cited(answered):
    answer = told(answered(403, sentence='User "x" may not.'))
    assert answer.said() == 'The answer\'s own text says: "User "x" may not".'
    assert [proof.line for proof in answer.page()] == [18]


@pytest.mark.parametrize("sentence", ["Forbidden", "Not Found", "Method Not Allowed.", "AccessDenied"])
def test_what_says_no_more_than_the_status_is_not_quoted(answered, sentence):
    assert told(answered(403, sentence=sentence)).said() == ""


def test_a_long_sentence_is_cut(answered):
    assert len(told(answered(403, sentence="no " * 200)).said()) < 300


@pytest.mark.parametrize(
    ("rest", "says"), [({}, "standard output"), ({"method": "HEAD"}, "no text"), ({"sample": "No."}, "from line 18")]
)
def test_where_the_text_is_to_be_read_depends_on_what_there_is(answered, rest, says):
    assert says in told(answered(403, **rest)).reading()


def test_the_answers_own_text_may_stand_before_its_head() -> None:
    log = """> POST /orders HTTP/1.1
> Host: api.shop.example
> Content-Length: 9
>
} [9 bytes data]
<html>
<pre>no field total</pre>
</html>
< HTTP/1.1 400 Bad Request
< Transfer-Encoding: chunked
<
{ [116 bytes data]
* Connection #0 to host api.shop.example:443 left intact
"""
    (finding,) = curlx.explain(log.encode()).findings
    assert any("line 6 of the log" in step for remedy in finding.remedies for step in remedy.steps)


@pytest.mark.parametrize(("length", "behind", "told"), [
    (0, "user@host:~$", "no text"), (0, "and that is all", "no text"),
    (18, "* Connection #0 t", "does not show it"), (18, "This was forbidden", "Read line 7"),
])  # fmt: skip
def test_what_stands_behind_an_answer_without_a_text_is_not_its_text(length: int, behind: str, told: str) -> None:
    head = f"> GET /a HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 422 No\n< Content-Length: {length}\n<\n"
    (finding, *_) = curlx.explain(f"{head}{behind}").findings
    assert told in finding.remedies[0].steps[0]


def test_the_text_of_an_answer_is_quoted_and_not_what_curl_says_behind_it_in_the_same_line():
    (finding, *_) = curlx.explain(
        "* Connected to a.example (192.0.2.1) port 80 (#0)\n> GET /x HTTP/1.1\n> Host: a.example\n>\n"
        "< HTTP/1.1 500 Oops\n< Content-Length: 15\n<\n* Connection #0 to host a.example left intact\n"
        '{"status":"OK"}* Closing connection 0\n'
    ).findings
    assert [proof.text for proof in finding.evidence if proof.line == 9] == ['{"status":"OK"}']
