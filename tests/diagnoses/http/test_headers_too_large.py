import pytest

from curlx.diagnoses.http.headers_too_large import diagnose
from curlx.events import PageMark


@pytest.mark.parametrize("status", [431, 494])
def test_the_status_alone_says_so(answered, status):
    (finding,) = diagnose(answered(status))
    assert finding.code == "http-headers-too-large"


def test_nginx_says_so_in_the_title_of_a_400(answered):
    (finding,) = diagnose(answered(400, marks=(PageMark("page-title", "400 Request Header Or Cookie Too Large"),)))
    assert finding.evidence[1].line == 18


def test_another_400_does_not_say_so(answered):
    assert not list(diagnose(answered(400, marks=(PageMark("page-title", "400 Bad Request"),))))


def test_a_very_long_header_is_cited(answered):
    (finding,) = diagnose(answered(431, sent={"Host": "api.example.com", "Cookie": "s=" + "a" * 9000}))
    assert [proof.line for proof in finding.evidence] == [14, 12]


def test_curls_own_limit_is_about_the_answers_headers(complained):
    (finding,) = diagnose(complained("headers-too-large", "Too large response headers: 307226 > 307200"))
    assert finding.title == "The headers of the answer are too large for curl"
