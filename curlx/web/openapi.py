"""The description of the API (OpenAPI 3.1); its schemas are made from the types of the report."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from curlx import __version__
from curlx.report import Report
from curlx.web.problems import Problem

TAKEN = ("text/plain", "application/octet-stream")
"""Media types that a log can be sent as."""
_REFUSALS = {
    "400": "The body is empty, or did not come to its end.",
    "403": "The request comes from a page of another site.",
    "408": "The log did not come in time.",
    "413": "The log is bigger than the limit.",
    "415": "The body is of another media type.",
    "421": "The Host is not a name of this server.",
    "422": "The log takes too long to explain, or too much memory.",
    "500": "curlx failed on the log.",
    "503": "Too many logs are waiting. The header Retry-After says when to try again.",
}


@cache
def openapi() -> dict[str, Any]:
    """Return the whole description."""
    (report, problem), schemas = msgspec.json.schema_components(
        [Report, Problem], ref_template="#/components/schemas/{name}"
    )
    refused = {"application/problem+json": {"schema": problem}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "curlx",
            "version": __version__,
            "summary": "Explain what curl -v or --trace printed.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": {
            "/api/explain": {
                "post": {
                    "operationId": "explain",
                    "summary": "Explain one log; secrets in it are hidden.",
                    "parameters": [
                        {
                            "name": "name",
                            "in": "query",
                            "description": "What the log is called in the report (source.name).",
                            "schema": {"type": "string", "default": ""},
                        }
                    ],
                    "requestBody": {
                        "description": "The log as curl wrote it, in any encoding that `curlx explain` reads.",
                        "required": True,
                        "content": {kind: {"schema": {"type": "string"}} for kind in TAKEN},
                    },
                    "responses": {
                        "200": {
                            "description": "What `curlx explain --format json` writes of this log.",
                            "content": {"application/json": {"schema": report}},
                        },
                        **{code: {"description": why, "content": refused} for code, why in _REFUSALS.items()},
                    },
                }
            }
        },
        "components": {"schemas": schemas},
    }
