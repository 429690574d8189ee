import pytest

import curlx
from curlx.diagnoses.http.redirect_loop import diagnose

GAVE_UP = ({"kind": "redirect-loop", "text": "Maximum (3) redirects followed"},)


def moved(to, **rest):
    return {"status": 302, "superseded": True, "got": {"Location": to, **rest}}


def test_an_address_that_comes_twice_is_a_circle(several):
    (finding,) = diagnose(several(*(moved("https://api.example.com/loop"),) * 2, complaints=GAVE_UP))
    assert "round in a circle" in finding.summary
    assert [proof.line for proof in finding.evidence] == [50, 6, 16]


@pytest.mark.parametrize(("chain", "circle"), [
    (("https://b.example/", "/home", "https://c.example/", "/home"), False),
    (("/in", "https://b.example/", "/in"), False),
    (("?step=1", "/", "https://b.example/?step=1", "?step=1"), True),
    (("https://b.example/home", "/out", "/home"), True),
    (("/in", "/out", "/in"), True),
    (("/in", "https://[b.example/", "/in"), False),
])  # fmt: skip
def test_the_same_path_is_an_address_of_its_own_on_each_host(several, chain, circle):
    (finding,) = diagnose(several(*(moved(to) for to in chain), complaints=GAVE_UP))
    assert ("round in a circle" in finding.summary) is circle


@pytest.mark.parametrize(("scheme", "named"), [("https", False), ("http", True)])
def test_a_circle_of_plain_http_is_not_blamed_on_who_ends_tls(several, scheme, named):
    (finding,) = diagnose(several(*(moved(f"{scheme}://api.example.com/loop"),) * 2, complaints=GAVE_UP))
    told = str(finding.remedies)
    assert ("rule that redirects to http://api.example.com/loop" in told) is named
    assert ("X-Forwarded-Proto" in told) is not named


def test_a_long_chain_is_not_called_a_circle(several):
    (finding,) = diagnose(several(moved("/1"), moved("/2"), complaints=GAVE_UP))
    assert "circle" not in finding.summary


def test_http_and_https_in_turn_point_at_the_load_balancer(several):
    chain = (moved("http://api.example.com/"), moved("https://api.example.com/"))
    (finding,) = diagnose(several(*chain, complaints=GAVE_UP))
    assert "load balancer" in finding.causes[0]


def test_a_repeated_417_is_no_redirect_loop(several):
    refused = {"status": 417, "superseded": True}
    assert not list(diagnose(several(refused, refused, complaints=GAVE_UP)))


def test_curls_sentence_alone_is_enough(complained):
    (finding,) = diagnose(complained("redirect-loop", "Maximum (50) redirects followed"))
    assert finding.certainty == "certain"


def test_a_limit_below_curls_own_is_told(several):
    said = ({"kind": "redirect-loop", "text": "Maximum (3) redirects followed", "number": 3},)
    (finding,) = diagnose(several(moved("/1"), moved("/2"), complaints=said))
    assert "limit of 3" in finding.summary
    assert "may only be longer" in finding.causes[0]
    assert finding.title == "More redirects than curl may follow"


@pytest.mark.parametrize(("limit", "circle"), [(0, False), (5, False), (30, True), (50, True)])
def test_a_chain_of_many_steps_is_a_circle_before_it_is_only_long(complained, limit, circle):
    (finding,) = diagnose(complained("redirect-loop", f"Maximum ({limit}) redirects followed", number=limit))
    assert ("circle" in finding.causes[0]) is circle


def test_where_only_the_command_tells_the_address_one_step_is_asked_for_without_following():
    report = curlx.explain("$ curl -L https://take.example/docs/\ncurl: (47) Maximum (50) redirects followed\n")
    assert report.findings[0].remedies[0].commands == ("curl -v https://take.example/docs/",)
    assert "curl -v https://take.example/docs/ 2>&1 |" in curlx.render(report, "reply")
