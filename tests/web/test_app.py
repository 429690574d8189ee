"""The page and the API as a program sees them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

import curlx
from curlx.renderers import comparison as renderers
from curlx.web.problems import Problem
from curlx.web.uploads import FILES

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
HTML = {"Accept": "text/html"}
SECRET = b"> Authorization: Bearer opensesame-opensesame\n"


def problem_of(response: object) -> Problem:
    assert response.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    return msgspec.json.decode(response.content, type=Problem)  # type: ignore[attr-defined]


# --- the API ----------------------------------------------------------------------------------------------------------


def test_the_api_answers_with_the_document_of_the_command_line(
    client: TestClient, founding: bytes, tmp_path: Path
) -> None:
    (tmp_path / "a.log").write_bytes(founding)
    ran = subprocess.run(
        [sys.executable, "-m", "curlx", "explain", "a.log", "--format", "json"], cwd=tmp_path, capture_output=True
    )
    response = client.post("/api/explain?name=a.log", content=founding, headers={"Content-Type": "text/plain"})
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert response.content == ran.stdout


def test_the_api_takes_a_body_without_a_type(client: TestClient, founding: bytes) -> None:
    assert client.post("/api/explain", content=founding).json()["outcome"] == "failure"


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_the_api_refuses_another_type_and_says_which_it_takes(client: TestClient, founding: bytes, kind: str) -> None:
    response = client.post("/api/explain", content=founding, headers={"Content-Type": kind})
    assert response.status_code == 415
    assert "text/plain" in problem_of(response).detail


def test_prose_is_not_a_log_and_no_error_either(client: TestClient) -> None:
    assert client.post("/api/explain", content=b"Dear all,\n").json()["outcome"] == "not-curl"


def test_an_empty_body_is_refused(client: TestClient) -> None:
    response = client.post("/api/explain", content=b"")
    assert (response.status_code, problem_of(response).status) == (400, 400)


def test_a_body_over_the_limit_is_refused(client: TestClient) -> None:
    response = client.post("/api/explain", content=b"x" * ((1 << 20) + 1))
    assert response.status_code == 413
    assert "1 MB" in problem_of(response).detail


def test_a_body_over_the_limit_is_refused_also_where_it_does_not_say_its_length(client: TestClient) -> None:
    response = client.post("/api/explain", content=(b"x" * 65536 for _ in range(40)))
    assert response.status_code == 413


def test_a_body_at_the_limit_is_explained(client: TestClient) -> None:
    assert client.post("/api/explain", content=b"x" * (1 << 20)).json()["source"]["bytes"] == 1 << 20


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/explain", 405), ("POST", "/api/nothing", 404)])
def test_what_is_not_there_is_said_so_in_json(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert (response.status_code, problem_of(response).status) == (status, status)


# --- the page ---------------------------------------------------------------------------------------------------------


def test_a_pasted_log_leads_to_its_explanation(client: TestClient, founding: bytes) -> None:
    # What a browser makes of the ends of lines.
    response = client.post(
        "/explain", data={"log": founding.decode().replace("\n", "\r\n")}, files={"files": ("", b"")}, headers=HTML
    )
    assert response.status_code == 303
    page = client.get(response.headers["location"]).text
    assert "No client certificate was sent" in page
    saved = client.get(f"{response.headers['location']}/report.json").content
    assert saved.decode() == curlx.render(curlx.explain(founding, source="pasted log"), "json")


def test_a_page_shows_every_piece_of_evidence_and_both_ways_between_it_and_the_log(
    client: TestClient, founding: bytes
) -> None:
    page = _explained(client, founding)
    for line in (3, 4, 5, 7, 10, 13):
        assert f'<tr id="L{line}" class="marked error">' in page
        assert f'href="#E{line}"' in page
        assert f'<tr id="E{line}"' in page
        assert f'href="#L{line}"' in page


def test_a_finding_beside_the_verdict_has_its_ways_too(client: TestClient, founding: bytes) -> None:
    page = _explained(client, founding)
    assert 'href="#F1"' in page
    assert '<li id="F1"' in page


def test_the_files_are_what_the_command_line_writes(client: TestClient, founding: bytes) -> None:
    where = _sent(client, founding + SECRET)
    report = curlx.explain(founding + SECRET, source="x.log")
    for name, format in (("report.html", "html"), ("report.json", "json")):
        saved = client.get(f"{where}/{name}")
        assert saved.text == curlx.render(report, format)
        assert saved.headers["content-disposition"].startswith("attachment")
    redacted = client.get(f"{where}/redacted.log")
    ran = subprocess.run(
        [sys.executable, "-m", "curlx", "redact"], input=founding + SECRET, capture_output=True, check=True
    )
    assert redacted.content == ran.stdout
    assert b"opensesame" not in redacted.content


def test_a_secret_is_nowhere_on_the_page(client: TestClient, founding: bytes) -> None:
    page = _explained(client, founding + SECRET)
    assert "opensesame" not in page
    assert "‹authorization 1›" in page


def test_the_name_of_a_saved_file_says_of_which_log_it_is(client: TestClient, founding: bytes) -> None:
    where = _sent(client, founding, name="C:\\logs\\ü x.log")
    disposition = client.get(f"{where}/redacted.log").headers["content-disposition"]
    assert disposition == "attachment; filename=\"redacted.log\"; filename*=UTF-8''%C3%BC%20x-redacted.log"


def test_several_logs_get_an_overview_and_a_page_each(client: TestClient, founding: bytes) -> None:
    fine = b"> GET / HTTP/1.1\n> Host: www.example.com\n>\n< HTTP/1.1 204 No Content\n<\n"
    files = [("files", ("bad.log", founding)), ("files", ("fine.log", fine)), ("files", ("empty.log", b""))]
    where = client.post("/explain", files=files, headers=HTML).headers["location"]
    overview = client.get(where).text
    assert "2 logs explained" in overview
    assert '<a href="1">bad.log</a>' in overview
    assert "client-certificate-missing" in overview
    assert "fine.log" in client.get(f"{where}2").text
    assert client.get(f"{where}3", headers=HTML).status_code == 404


def test_a_program_gets_the_place_of_the_result(client: TestClient, founding: bytes) -> None:
    response = client.post("/explain", files={"files": ("x.log", founding)}, headers={"Accept": "application/json"})
    assert response.status_code == 201
    assert response.json()["result"] == response.headers["location"]


def test_a_form_without_a_log_is_refused_with_a_page_that_says_so(client: TestClient) -> None:
    response = client.post("/explain", data={"log": " \r\n"}, files={"files": ("", b"")}, headers=HTML)
    assert response.status_code == 400
    assert "There is no log in it" in response.text


@pytest.mark.parametrize("count", [FILES, FILES + 2])
def test_so_many_logs_are_taken_and_no_more(client: TestClient, count: int) -> None:
    files = [("files", (f"{number}.log", b"x")) for number in range(count)]
    assert client.post("/explain", files=files, headers=HTML).status_code == (303 if count <= FILES else 400)


def test_a_form_that_is_none_is_refused(client: TestClient) -> None:
    response = client.post("/explain", content=b"--x\r\n", headers={"Content-Type": "multipart/form-data", **HTML})
    assert response.status_code == 400
    assert client.post("/explain", content=b"log=x", headers=HTML).status_code == 415


def test_a_form_over_the_limit_is_refused(client: TestClient) -> None:
    big = b"x" * (700 << 10)
    files = [("files", ("a", big)), ("files", ("b", big))]
    assert client.post("/explain", files=files, headers=HTML).status_code == 413
    assert client.post("/explain", data={"log": "x" * (2 << 20)}, files=files[:1], headers=HTML).status_code == 413


def test_a_result_that_is_not_kept_is_said_so(client: TestClient) -> None:
    response = client.get("/results/unknown/1", headers=HTML)
    assert response.status_code == 404
    assert "not kept any more" in response.text


@pytest.mark.parametrize("number", ["0", "2", "-1", "01", "\u0661", "x", "9" * 5_000])
def test_a_number_that_no_log_has_is_said_so(client: TestClient, founding: bytes, number: str) -> None:
    where = client.post("/explain", files={"files": ("x.log", founding)}, headers=HTML).headers["location"]
    assert client.get(where).status_code == 200
    for end in ("", "/report.html"):
        assert client.get(f"{where[:-1]}{number}{end}").status_code == 404


def test_a_log_full_of_markup_stays_text(client: TestClient, founding: bytes) -> None:
    hostile = b"< X: </textarea></td><script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m{{ 7*7 }}\n"
    page = _explained(client, founding.replace(b"< Content-Type", hostile + b"< Content-Type"), name="<b>x</b>.log")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>x" not in page
    assert "{{ 7*7 }}" in page
    assert "\x1b" not in page


GOOD, BAD = ((FIXTURES / "diff" / "credentials-missing" / f"{side}.log").read_bytes() for side in ("good", "bad"))


def test_two_logs_are_compared_as_the_command_line_compares_them(client: TestClient) -> None:
    response = client.post("/compare", data={"good": GOOD.decode()}, files={"bad": ("bad.log", BAD)}, headers=HTML)
    assert response.status_code == 303
    where = response.headers["location"]
    comparison = curlx.compare(GOOD, BAD, sources=("pasted log", "bad.log"))
    for end, format in (("html", "html"), ("json", "json")):
        assert client.get(f"{where}/comparison.{end}").text == renderers.render(comparison, format)
    page = client.get(where).text
    assert "This explains the failure" in page
    assert client.get(f"{where}/report.json").status_code == 404


@pytest.mark.parametrize("fields", [{"good": "x"}, {"bad": "x"}, {"good": " ", "bad": "x"}, {}])
def test_to_compare_takes_two_logs(client: TestClient, fields: dict[str, str]) -> None:
    response = client.post("/compare", data=fields, files={"bad": ("", b"")}, headers=HTML)
    assert response.status_code == 400
    assert "takes two logs" in response.text


def test_only_the_verdict_is_told(client: TestClient, told: list[str], founding: bytes) -> None:
    told.clear()
    _sent(client, founding, name="very-private.log")
    client.post("/api/explain?name=very-private", content=founding)
    client.post("/api/explain", content=b"Dear all,\n")
    assert told == ["client-certificate-missing", "client-certificate-missing", "log-not-curl"]


def _sent(client: TestClient, log: bytes, name: str = "x.log") -> str:
    response = client.post("/explain", files={"files": (name, log)}, headers=HTML)
    assert response.status_code == 303
    return str(response.headers["location"])


def _explained(client: TestClient, log: bytes, name: str = "x.log") -> str:
    return client.get(_sent(client, log, name)).text
