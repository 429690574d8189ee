import pytest

from curlx.advice.clouds import CLOUDS
from curlx.advice.products import answer_remedies, server_remedies, server_seen
from curlx.advice.servers import SERVERS
from curlx.events import PageMark
from curlx.timeline import Body, Fact, Header, Response


def response(*headers: tuple[str, str], marks: tuple[str, ...] = (), sample: str = "", status: int = 400) -> Response:
    return Response(
        status=status,
        reason="",
        version="1.1",
        first_line=1,
        last_line=9,
        headers=tuple(Header(name, value, 2 + at) for at, (name, value) in enumerate(headers)),
        body=Body(first_line=10, sample=sample, marks=tuple(Fact(PageMark(mark), 11) for mark in marks)),
    )


def names(answer: Response | None) -> list[str]:
    return [seen.vendor.name for seen in server_seen(answer)]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("nginx", "nginx"),
        ("nginx/1.22.1", "nginx"),
        ("openresty/1.25.3.1", "nginx"),
        ("Apache", "Apache httpd"),
        ("Apache/2.4.71 (Debian) OpenSSL/3.0.22", "Apache httpd"),
        ("Apache-Coyote/1.1", "Tomcat or another Java server"),
        ("Jetty(9.4.51)", "Tomcat or another Java server"),
        ("istio-envoy", "Envoy (also inside Istio)"),
        ("Caddy", "Caddy"),
        ("Microsoft-IIS/10.0", "IIS"),
        ("lighttpd/1.4.69", "lighttpd"),
        ("awselb/2.0", "AWS Application Load Balancer"),
        ("Microsoft-Azure-Application-Gateway/v2", "Azure Application Gateway"),
        ("cloudflare", "Cloudflare"),
        ("AkamaiGHost", "Akamai"),
        ("BigIP", "F5 BIG-IP"),
    ],
)
def test_the_server_header_names_the_product(value, name):
    (seen,) = server_seen(response(("Server", value)))
    assert (seen.vendor.name, seen.line) == (name, 2)


@pytest.mark.parametrize("value", ["", "gunicorn", "nginx-clone/1.0", "not nginx", "Apachee", "squid/5.7"])
def test_another_server_header_names_none(value):
    assert names(response(("server", value))) == []


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (("via", "1.1 0a1b2c.cloudfront.net (CloudFront)"), "Amazon CloudFront"),
        (("x-cache", "Error from cloudfront"), "Amazon CloudFront"),
        (("via", "1.1 google"), "Google Cloud Load Balancing"),
        (("x-amz-apigw-id", "abc="), "AWS API Gateway"),
        (("cf-ray", "8f00-AMS"), "Cloudflare"),
        (("set-cookie", "BIGipServerpool=1; path=/"), "F5 BIG-IP"),
        (("x-envoy-upstream-service-time", "3"), "Envoy (also inside Istio)"),
    ],
)
def test_other_headers_point_at_products_too(header, name):
    assert names(response(header)) == [name]


def test_a_cache_without_a_makers_name_points_at_none():
    assert names(response(("x-cache", "MISS from cache1.example.com"))) == []


def test_a_cookie_that_only_mentions_a_product_points_at_none():
    assert names(response(("set-cookie", "theme=BIGipServer"))) == []


def test_the_sentence_of_nginx_points_at_nginx_or_what_is_built_on_it():
    (seen,) = server_seen(response(marks=("no-required-certificate",)))
    assert (seen.vendor.name, seen.line) == ("nginx", 11)
    assert "built on it" in seen.reason


def test_an_origin_behind_a_cdn_is_seen_beside_it():
    both = response(("server", "cloudflare"), marks=("no-required-certificate",))
    assert names(both) == ["nginx", "Cloudflare"]


def test_nothing_is_seen_without_an_answer():
    assert server_seen(None) == ()


@pytest.mark.parametrize("problem", ["missing", "rejected"])
def test_without_a_product_the_advice_holds_for_any_server(problem):
    (remedy,) = server_remedies(None, "api.example.com", problem=problem)
    assert remedy.who == "server"
    assert "api.example.com" in remedy.title
    for vendor in (*SERVERS, *CLOUDS):
        assert vendor.name not in str(remedy)


def test_the_general_advice_for_a_refused_certificate_names_trust_depth_and_name():
    (remedy,) = server_remedies(None, "", problem="rejected")
    text = " ".join(remedy.steps)
    assert "trusted client CAs" in text
    assert "depth" in text
    assert "CN" in text


def test_a_product_that_is_seen_replaces_the_general_advice():
    (remedy,) = server_remedies(response(("server", "nginx")), "api.example.com", problem="missing")
    assert "nginx" in remedy.title
    assert any("ssl_verify_client" in step for step in remedy.steps)


def test_a_product_without_such_advice_leaves_the_general_one():
    remedies = server_remedies(response(("server", "gunicorn")), "api.example.com", problem="missing")
    assert [remedy.title for remedy in remedies] == [
        remedy.title for remedy in server_remedies(None, "api.example.com", problem="missing")
    ]


def test_what_a_status_means_to_a_product_comes_with_its_log():
    (remedy,) = answer_remedies(response(("server", "nginx"), status=504), 504)
    assert "upstream timed out" in remedy.steps[0]
    assert "error_log" in remedy.steps[-1]


def test_a_hostile_header_names_nothing():
    assert names(response(("server", "nginx" * 20_000), ("via", "(" * 100_000))) == []


def test_a_refusal_that_the_application_explains_is_not_looked_up_in_the_web_server() -> None:
    def answered(status: int, *more: Header) -> Response:
        return Response(status, "", "1.1", 1, 9, (Header("Server", "nginx/1.22.1", 2), *more))

    challenge = Header("WWW-Authenticate", 'Bearer error="insufficient_scope"', 3)
    assert answer_remedies(answered(403), 403)
    assert not answer_remedies(answered(403, challenge), 403)
    assert not answer_remedies(answered(422), 422)
    assert answer_remedies(answered(500), 500)


def test_the_page_of_what_a_product_is_built_on_is_its_own():
    page = {"marks": ("no-required-certificate",)}
    assert names(response(("Server", "Microsoft-Azure-Application-Gateway/v2"), **page)) == [
        "Azure Application Gateway"
    ]
    assert names(response(("Server", "cloudflare"), **page)) == ["nginx", "Cloudflare"]


def test_who_stands_in_front_of_the_server_is_told_first():
    answer = response(("Server", "cloudflare"), marks=("no-required-certificate",))
    titles = [remedy.title for remedy in server_remedies(answer, "shop.example", problem="missing")]
    assert [title.split(" for ")[0] for title in titles] == ["On Cloudflare", "On nginx"]


@pytest.mark.parametrize(("status", "steps"), [(403, 1), (404, 2)])
def test_a_log_is_named_once(status: int, steps: int) -> None:
    (remedy,) = answer_remedies(response(("Server", "nginx/1.22.1"), status=status), status)
    assert sum("error_log" in step for step in remedy.steps) == 1
    assert len(remedy.steps) == steps
