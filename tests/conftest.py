"""The founding case as values, for the tests of what is done with a timeline once it is there."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from curlx.events import PageMark
from curlx.findings import Diagnosis, Evidence, Finding, Remedy
from curlx.timeline import (
    Body,
    Certificate,
    ClientCertificate,
    Connection,
    Exchange,
    Fact,
    Header,
    Request,
    Response,
    Timeline,
    Tls,
    Transfer,
)

PAGE = "<head><title>400 No required SSL certificate was sent</title></head>"

# What a machine finds by chance belongs to whoever runs the tests by hand: the same commit gives the same result in CI.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture
def founding_case() -> Timeline:
    """nginx answers 400 because the client certificate is missing; the server's certificate is fine."""
    tls = Tls(
        role="origin",
        first_line=1,
        last_line=5,
        shows_handshake=False,
        completed=Fact(True, 1),
        cipher=Fact("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", 1),
        certificate=Certificate(
            party="server",
            first_line=2,
            last_line=5,
            subject=Fact("CN=engine.sandbox", 3),
            not_before=Fact("Jan 21 04:01:41 2026 GMT", 4),
            not_after=Fact("Apr 20 04:01:40 2026 GMT", 5),
        ),
        client_certificate=ClientCertificate(requested="yes", sent="no", requested_line=14, sent_line=14),
        verdict="accepted",
        verdict_line=7,
    )
    request = Request("GET", "/v4/admin/health", "HTTP/1.1", 7, 8, (Header("Host", "engine.sandbox", 8),))
    response = Response(
        status=400,
        reason="Bad Request",
        version="HTTP/1.1",
        first_line=10,
        last_line=12,
        headers=(Header("Server", "nginx", 11), Header("Content-Type", "text/html", 12)),
        body=Body(
            seen=200,
            first_line=13,
            last_line=20,
            sample=PAGE,
            marks=(Fact(PageMark("nginx-no-certificate", "No required SSL certificate was sent"), 14),),
        ),
    )
    return Timeline(
        transfers=(
            Transfer(
                first_line=1,
                last_line=20,
                url="https://engine.sandbox/v4/admin/health",
                connections=(Connection(first_line=1, last_line=20, target_host="engine.sandbox", tls=tls),),
                exchanges=(Exchange(connection=0, first_line=7, last_line=20, request=request, response=response),),
                phase="response",
            ),
        ),
        lines=20,
        size=612,
        curl_lines=11,
        elided=(6, 9),
        quotes={
            3: "*  subject: CN=engine.sandbox",
            7: "> GET /v4/admin/health HTTP/1.1",
            10: "< HTTP/1.1 400 Bad Request",
            14: PAGE,
        },
    )


@pytest.fixture
def missing() -> Finding:
    """The verdict on the founding case."""
    return Diagnosis("client-certificate-missing", "The server requires a client certificate and got none").found(
        "certain",
        "nginx is set up for mutual TLS: it asked for a client certificate during the handshake, curl had none to "
        "give, and so nginx refused the request with its own page. The server's certificate is not the problem: "
        "curl accepted it and sent the request.",
        [
            Evidence(14, PAGE, "nginx says that it got no client certificate"),
            Evidence(10, "< HTTP/1.1 400 Bad Request", "the request was refused, not the connection"),
            Evidence(3, "*  subject: CN=engine.sandbox", "this is the server's own certificate, and it is fine"),
        ],
        causes=[
            "curl was run without --cert and --key.",
            "A gateway that inspects TLS ends the client's handshake itself, and has no client certificate to pass on.",
        ],
        remedies=[
            Remedy(
                "client",
                "Give curl a client certificate and its key",
                steps=(
                    "Ask those who run engine.sandbox for a client certificate, or which authority must sign yours.",
                    "Run curl again with the certificate and its private key.",
                ),
                commands=(
                    "curl -v --cert client.pem --key client.key --cacert a-rather-long-name-of-a-file.pem "
                    "https://engine.sandbox/v4/admin/health",
                ),
            ),
            Remedy(
                "gateway",
                "Let the gateway pass the handshake through untouched",
                steps=("Exempt the host from TLS inspection and from authentication.",),
                commands=(
                    "define condition engine_mtls\n  url.domain=engine.sandbox\nend\n"
                    "condition=engine_mtls detect_protocol(no) authenticate(no) ALLOW",
                ),
            ),
        ],
    )
