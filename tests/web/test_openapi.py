"""The description of the API says what the API does."""

from __future__ import annotations

import re
from typing import Any

from starlette.testclient import TestClient


def inside(value: Any) -> list[Any]:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(found for child in children for found in inside(child))]


def test_every_reference_leads_to_a_schema_with_a_name_that_is_allowed(client: TestClient) -> None:
    description = client.get("/api/openapi.json").json()
    schemas = description["components"]["schemas"]
    references = {one["$ref"] for one in inside(description) if isinstance(one, dict) and "$ref" in one}
    assert "#/components/schemas/Report" in references
    assert references <= {f"#/components/schemas/{name}" for name in schemas}
    assert [name for name in schemas if not re.fullmatch(r"[A-Za-z0-9._-]+", name)] == []  # OpenAPI 3.1, 4.8.7


def test_a_report_has_the_fields_that_are_described(client: TestClient, founding: bytes) -> None:
    schemas = client.get("/api/openapi.json").json()["components"]["schemas"]
    report = client.post("/api/explain", content=founding).json()
    assert set(report) == set(schemas["Report"]["properties"])
    assert set(report["findings"][0]) == set(schemas["Finding"]["properties"])


def test_every_refusal_is_described(client: TestClient) -> None:
    responses = client.get("/api/openapi.json").json()["paths"]["/api/explain"]["post"]["responses"]
    for status, request in {
        "400": {"content": b""},
        "403": {"content": b"x", "headers": {"Origin": "https://evil.example"}},
        "413": {"content": b"x" * (2 << 20)},
        "415": {"content": b"x", "headers": {"Content-Type": "application/json"}},
        "421": {"content": b"x", "headers": {"Host": "evil.example"}},
    }.items():
        assert str(client.post("/api/explain", **request).status_code) == status
        assert "application/problem+json" in responses[status]["content"]
