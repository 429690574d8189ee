import pytest

import curlx
from curlx.advice.clouds import CLOUDS
from curlx.advice.products import server_remedies
from curlx.advice.vendor import Step
from curlx.timeline import Header, Response

BY_NAME = {vendor.name: vendor for vendor in CLOUDS}


def test_what_is_not_confirmed_is_worded_as_a_possibility():
    assert Step("Look there.", verified=False).wording.startswith("Possibly (not confirmed")
    assert Step("Look there.").wording == "Look there."


def test_the_wording_reaches_the_remedy():
    answer = Response(401, "", "1.1", 1, 3, headers=(Header("server", "BigIP", 2),))
    (remedy,) = server_remedies(answer, "api.example.com", problem="missing")
    assert any(step.startswith("Possibly") for step in remedy.steps)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("AWS Application Load Balancer", "tls_verify_status"),
        ("Amazon CloudFront", "ClientCertMissing"),
        ("Azure Application Gateway", "sslClientVerify"),
        ("Google Cloud Load Balancing", "client_cert_not_provided"),
        ("Cloudflare", "cf.tls_client_auth.cert_verified"),
        ("Kong", "No required TLS certificate was sent"),
    ],
)
def test_a_missing_certificate_is_looked_up_where_the_cloud_explains_it(name, where):
    assert any(where in step.text for step in BY_NAME[name].missing)


def test_behind_cloudflare_nginxs_page_is_about_the_leg_to_the_origin():
    assert any("refused Cloudflare, not you" in step.text for step in BY_NAME["Cloudflare"].missing)


def test_impervas_page_is_known_and_its_incident_sends_to_those_who_run_the_site():
    log = (b"> GET / HTTP/1.1\n> Host: shop.example\n> \n< HTTP/1.1 403 Forbidden\n< Content-Length: 58\n< \n"
           b"{ [58 bytes data]\n* Connection #0 to host shop.example left intact\n"
           b"<p>Request unsuccessful. Incapsula incident ID: 12-34</p>\n")  # fmt: skip
    verdict = curlx.explain(log).findings[0]
    assert any("incident ID" in step for remedy in verdict.remedies for step in remedy.steps)
