"""Who may ask, and what a browser may do with the answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from curlx.web.app import make_app
from curlx.web.guard import Guard

OWN = "http://127.0.0.1:8024"


@pytest.fixture(scope="module")
def opened() -> Iterator[TestClient]:
    """The application when it listens on all addresses of a machine."""
    with TestClient(make_app(host="0.0.0.0", jobs=1), base_url="http://192.0.2.7:8024") as one:  # noqa: S104
        yield one


@pytest.mark.parametrize("host", ["127.0.0.1:8024", "127.0.0.1", "localhost:9999", "LOCALHOST", "[::1]:8024"])
def test_the_names_of_loopback_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example@127.0.0.1",
        "127.0.0.1#.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8024",
        "192.0.2.7:8024",
        "",
        "localhost@evil.example",
        "[",
        "[::",
    ],
)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/", headers={"Host": host})
    assert response.status_code == 421
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize("hosts", [[], ["127.0.0.1:8024", "evil.example"]])
def test_a_request_names_one_host(client: TestClient, hosts: list[str]) -> None:
    refused = Guard(client.app)._refusal("GET", Headers(raw=[(b"host", host.encode()) for host in hosts]))
    assert refused is not None
    assert refused[0] == 421


def test_a_page_for_all_answers_to_addresses_but_not_to_foreign_names(opened: TestClient) -> None:
    assert opened.get("/").status_code == 200
    assert opened.get("/", headers={"Host": "localhost:8024"}).status_code == 200
    assert opened.get("/", headers={"Host": "evil.example:8024"}).status_code == 421


def test_a_page_on_a_named_host_answers_to_that_name(founding: bytes) -> None:
    with TestClient(make_app(host="helpdesk.example", jobs=1), base_url="http://helpdesk.example:8024") as one:
        assert one.get("/").status_code == 200
        headers = {"Origin": "http://helpdesk.example:8024"}
        assert one.post("/api/explain", content=founding, headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/explain", "/api/explain"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://["},
        {"Origin": "http://127.0.0.1:8024@evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost:8024"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_post_from_another_page_is_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    response = client.post(path, content=b"x", headers=headers)
    assert response.status_code == 403


@pytest.mark.parametrize(
    "headers", [{"Origin": OWN}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {}]
)
def test_a_post_from_the_page_itself_or_from_a_program_is_taken(
    client: TestClient, headers: dict[str, str], founding: bytes
) -> None:
    assert client.post("/api/explain", content=founding, headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/", "/style.css", "/page.js", "/icon.svg", "/api/openapi.json", "/nothing"])
def test_every_answer_carries_the_safety_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert (headers["referrer-policy"], headers["x-frame-options"]) == ("same-origin", "DENY")


def test_a_saved_report_may_do_nothing_should_a_browser_show_it(client: TestClient, founding: bytes) -> None:
    sent = client.post("/explain", files={"files": ("x", founding)})
    policy = client.get(f"{sent.headers['location']}/report.html").headers["content-security-policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy


def test_the_page_has_no_script_and_no_style_of_its_own(client: TestClient, founding: bytes) -> None:
    where = client.post("/explain", files={"files": ("x", founding)}).headers["location"]
    for path in ("/", where):
        page = client.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert page.count("<script") == page.count('<script src="/page.js" defer></script>') == 1
