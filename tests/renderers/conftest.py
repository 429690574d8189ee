"""Reports in which everything that a log can fill in is the same hostile text."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from curlx.client_files import CertificateFacts, ClientFiles, KeyFacts, Remark
from curlx.findings import Diagnosis, Evidence, Remedy
from curlx.report import Report, make_report
from curlx.timeline import (
    Alert,
    Attempt,
    Body,
    Certificate,
    ClientCertificate,
    Complaint,
    Connection,
    Exchange,
    Exit,
    Fact,
    HandshakeMessage,
    Header,
    Proxy,
    Request,
    Response,
    Timeline,
    Tls,
    Transfer,
)


def _report(text: str) -> Report:
    certificate = Certificate("server", 5, 6, subject=Fact(text, 5), issuer=Fact(text, 6), not_after=Fact(text, 6))
    tls = Tls(
        "origin", 4, 7, True, completed=Fact(True, 7), version=Fact(text, 4), cipher=Fact(text, 4), alpn=Fact(text, 4),
        messages=(HandshakeMessage("out", 1, text, 4), HandshakeMessage("in", 13, text, 5)),
        alerts=(Alert("in", 40, text, 7),), certificate=certificate, verdict="rejected", verdict_line=6,
        client_certificate=ClientCertificate("yes", "no", 5, 6, configured=Fact(text, 1)),
    )  # fmt: skip
    header = Header(text, text, 9)
    response = Response(418, text, text, 10, 11, (header, Header("Location", text, 11), Header("Date", text, 11)),
                        Body(sample=text))  # fmt: skip
    connect = Exchange(0, 3, 4, Request("CONNECT", text, text, 3, 3), response=Response(200, text, text, 4, 4))
    exchange = Exchange(0, 8, 11, Request(text, text, text, 8, 9, (header, Header("Host", text, 9))), (), response)
    transfer = Transfer(
        1,
        14,
        url=text,
        command=Fact(text, 1),
        connections=(
            Connection(
                2, 12, host=text, port=1, target_host=text, resolved=Fact(text, 2), connected=Fact(text, 3), tls=tls,
                attempts=(Attempt(text, 1, 2, Fact("connect-refused", 2), text), Attempt(text, 1, 3)),
                proxy=Proxy("tunnel", 3, text, 1, connect, Fact(True, 4), Fact(text, 3)),
            ),
        ),
        exchanges=(exchange, Exchange(0, 12, 12, Request(text, text, text, 12, 12))),
        complaints=(Complaint("reset", text, 13, "response", subject=text),),
        exit=Exit(56, text, 14),
    )  # fmt: skip
    finding = Diagnosis("curl-error", text).found(
        "likely", f"{text}\n{text}", [Evidence(13, text, text), Evidence(11, text, text)], causes=[text, text],
        remedies=[Remedy(who, text, (text, text), (text, f"curl -v {text}")) for who in ("client", "gateway")],
    )  # fmt: skip
    other = Diagnosis("http-error", text, "warning").found("possible", text, [Evidence(9, text, text)])
    timeline = Timeline((transfer, transfer), lines=14, size=99, curl_lines=9)
    own = CertificateFacts(text, text, text, text, text, text, text, digest=text, usages=(text,), purposes=(text,))
    files = ClientFiles(text, "PEM", (own, own), KeyFacts(text, text), remarks=(Remark("chain", "problem", text),),
                        conclusion=text)  # fmt: skip
    return make_report(timeline, (finding, other), text, files)


@pytest.fixture(scope="session")
def report_full_of() -> Callable[[str], Report]:
    """Return what makes a report out of one text."""
    return _report


def _schemas(package: str) -> dict[str, Any]:
    """Return the JSON schemas of a package of npm, by their identifiers; without them the test is skipped."""
    where = os.environ.get("CURLX_SCHEMAS")  # .ci/run installs them
    if not where:
        pytest.skip("CURLX_SCHEMAS does not say where npm has installed @microsoft/jest-sarif and har-schema")
    documents = [json.loads(path.read_bytes()) for path in (Path(where) / package / "lib").rglob("*.json")]
    return {document["$id" if "$id" in document else "id"]: document for document in documents}


@pytest.fixture(scope="session")
def sarif_errors() -> Callable[[Any], Iterator[str]]:
    """Give what is wrong with a log by the schema of SARIF 2.1.0."""
    jsonschema = pytest.importorskip("jsonschema")
    (schema,) = _schemas("@microsoft/jest-sarif").values()
    validator = jsonschema.Draft4Validator(schema)
    return lambda document: (error.message for error in validator.iter_errors(document))


@pytest.fixture(scope="session")
def har_errors() -> Callable[[Any], Iterator[str]]:
    """Give what is wrong with an archive by the schemas of HAR 1.2, which har-validator uses."""
    jsonschema, referencing = pytest.importorskip("jsonschema"), pytest.importorskip("referencing")
    schemas = _schemas("har-schema")
    resources = [(name, referencing.Resource.from_contents(schema)) for name, schema in schemas.items()]
    registry = referencing.Registry().with_resources(resources)
    kind = jsonschema.Draft6Validator  # with formats: an address is of IPv4 or of IPv6, not of both
    validator = kind(schemas["har.json#"], registry=registry, format_checker=kind.FORMAT_CHECKER)
    return lambda document: (error.message for error in validator.iter_errors(document))
