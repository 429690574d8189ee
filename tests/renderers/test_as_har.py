from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curlx.findings import Finding
from curlx.pipeline import explain
from curlx.renderers.as_har import render
from curlx.report import Report, make_report
from curlx.timeline import Timeline

LOG = """\
* Trying 203.0.113.14:443...
* Connected to shop.example (203.0.113.14) port 443 (#2)
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* ALPN: server accepted http/1.1
* Server certificate:
*  subject: CN=shop.example
*  expire date: Sep 19 08:42:02 2027 GMT
*  SSL certificate verify ok.
> POST /orders?id=7&empty= HTTP/1.1
> Host: shop.example
> Content-Length: 11
>
< HTTP/1.1 302 Found
< Date: Mon, 23 Nov 2026 09:03:10 GMT
< Location: /done
< Content-Type: text/plain
< Content-Length: 0
<
* Connection #2 to host shop.example left intact
"""
REFUSED = """\
* Trying 203.0.113.60:443...
* connect to 203.0.113.60 port 443 failed: Connection refused
* Failed to connect to down.example port 443: Connection refused
* Closing connection 0
curl: (7) Failed to connect to down.example port 443: Connection refused
"""
# The fields that HAR 1.2 demands, and their types (software is hard, "HAR 1.2 Spec").
REQUIRED: dict[str, dict[str, type | tuple[type, ...]]] = {
    "log": {"version": str, "creator": dict, "entries": list},
    "creator": {"name": str, "version": str},
    "entry": {"startedDateTime": str, "time": (int, float), "request": dict, "response": dict, "cache": dict,
              "timings": dict},
    "request": {"method": str, "url": str, "httpVersion": str, "cookies": list, "headers": list, "queryString": list,
                "headersSize": int, "bodySize": int},
    "response": {"status": int, "statusText": str, "httpVersion": str, "cookies": list, "headers": list,
                 "content": dict, "redirectURL": str, "headersSize": int, "bodySize": int},
    "content": {"size": int, "mimeType": str},
    "timings": {"send": (int, float), "wait": (int, float), "receive": (int, float)},
}  # fmt: skip


def has_all(kind: str, value: dict[str, Any]) -> None:
    for name, of in REQUIRED[kind].items():
        assert isinstance(value[name], of), (kind, name, value.get(name))


def valid(text: str) -> dict[str, Any]:
    """Read an archive and check what the specification demands of every part of it."""
    log: dict[str, Any] = json.loads(text)["log"]
    has_all("log", log)
    has_all("creator", log["creator"])
    assert log["version"] == "1.2"
    for entry in log["entries"]:
        for kind, value in (("entry", entry), ("request", entry["request"]), ("response", entry["response"]),
                            ("content", entry["response"]["content"]), ("timings", entry["timings"])):  # fmt: skip
            has_all(kind, value)
        datetime.strptime(entry["startedDateTime"], "%Y-%m-%dT%H:%M:%S.%fZ")
        assert "://" in entry["request"]["url"]
        assert entry["request"]["url"].isascii()
        for pair in [*entry["request"]["headers"], *entry["response"]["headers"], *entry["request"]["queryString"]]:
            assert set(pair) == {"name", "value"}
    return log


def test_an_exchange_is_an_entry_with_what_the_log_shows_of_it() -> None:
    [entry] = valid(render(explain(LOG)))["entries"]
    assert entry["startedDateTime"] == "2026-11-23T09:03:10.000Z"
    assert entry["request"]["method"] == "POST"
    assert entry["request"]["url"] == "https://shop.example/orders?id=7&empty="
    assert entry["request"]["queryString"] == [{"name": "id", "value": "7"}, {"name": "empty", "value": ""}]
    assert entry["request"]["bodySize"] == 11
    assert (entry["response"]["status"], entry["response"]["redirectURL"]) == (302, "/done")
    assert entry["response"]["content"] == {"size": 0, "mimeType": "text/plain"}
    assert (entry["serverIPAddress"], entry["connection"]) == ("203.0.113.14", "2")


def test_times_that_the_log_does_not_give_are_minus_one() -> None:
    [entry] = valid(render(explain(LOG)))["entries"]
    assert set(entry["timings"].values()) == {-1}
    assert entry["time"] == 0


def test_tls_is_told_under_its_own_name() -> None:
    [entry] = valid(render(explain(LOG)))["entries"]
    assert entry["_tls"]["version"] == "TLSv1.3"
    assert entry["_tls"]["serverCertificate"] == {
        "verdict": "accepted", "subject": "CN=shop.example", "issuer": None, "notBefore": None,
        "notAfter": "2027-09-19T08:42:02Z",
    }  # fmt: skip


def test_a_call_that_never_sent_a_request_is_an_entry_without_an_answer() -> None:
    [entry] = valid(render(explain(REFUSED)))["entries"]
    assert (entry["request"]["method"], entry["response"]["status"]) == ("", 0)
    assert entry["_error"] == "Failed to connect to down.example port 443: Connection refused"
    assert "the log shows no request" in entry["comment"]
    assert "network-refused" in entry["comment"]
    assert entry["startedDateTime"].startswith("1970")


def test_the_answer_of_a_proxy_is_an_entry_of_its_own() -> None:
    log = """\
* Connected to proxy.corp.example (10.20.30.1) port 3128 (#0)
* Establish HTTP proxy tunnel to shop.example:443
> CONNECT shop.example:443 HTTP/1.1
> Host: shop.example:443
>
< HTTP/1.1 407 Proxy Authentication Required
< Content-Length: 0
<
* CONNECT tunnel failed, response 407
"""
    [entry] = valid(render(explain(log)))["entries"]
    assert (entry["request"]["method"], entry["response"]["status"]) == ("CONNECT", 407)
    assert entry["request"]["url"] == "http://proxy.corp.example:3128"


def test_the_archive_says_what_the_verdict_is(founding_case: Timeline, missing: Finding) -> None:
    log = valid(render(make_report(founding_case, (missing,))))
    assert log["comment"].startswith("error[client-certificate-missing]: The server requires")
    assert "certain" in log["comment"]
    assert valid(render(make_report(Timeline(), ())))["entries"] == []


@given(st.text(max_size=60))
def test_any_text_of_the_log_gives_a_valid_archive_in_ascii(report_full_of: Callable[[str], Report], text: str) -> None:
    archive = render(report_full_of(text))
    assert all(" " <= character <= "~" or character == "\n" for character in archive)
    assert len(valid(archive)["entries"]) == 6


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Nov 2026 09:03:10 GMT", "Mon, 23 Nov 99999 09:03:10 GMT"])
def test_a_date_that_is_none_is_left_out(date: str) -> None:
    [entry] = valid(render(explain(LOG.replace("Mon, 23 Nov 2026 09:03:10 GMT", date))))["entries"]
    assert entry["startedDateTime"] == "1970-01-01T00:00:00.000Z"


def test_another_reader_of_archives_reads_it() -> None:
    haralyzer = pytest.importorskip("haralyzer")
    parser = haralyzer.HarParser(json.loads(render(explain(LOG))))
    assert parser.har_data["entries"][0]["response"]["status"] == 302
    assert haralyzer.HarEntry(parser.har_data["entries"][0]).request.url.startswith("https://shop.example/")


@pytest.mark.parametrize("log", [LOG, REFUSED, ""])
def test_the_schema_finds_nothing_wrong(log: str, har_errors: Callable[[Any], Iterator[str]]) -> None:
    assert list(har_errors(json.loads(render(explain(log))))) == []


def test_the_schema_finds_nothing_wrong_with_captured_logs(har_errors: Callable[[Any], Iterator[str]]) -> None:
    logs = sorted((Path(__file__).parent.parent.parent / "fixtures" / "logs").glob("*.log"))[::20]
    wrong = {log.name: list(har_errors(json.loads(render(explain(log.read_bytes()))))) for log in logs}
    assert wrong == {log.name: [] for log in logs}
    assert list(har_errors({"log": {}}))


def test_ten_times_the_transfers_take_about_ten_times_as_long() -> None:
    def seconds(transfers: int) -> float:
        report = explain(b"curl: (60) SSL certificate problem\n" * transfers)
        start = process_time()
        render(report)
        return process_time() - start

    assert seconds(20_000) < 30 * max(seconds(2_000), 0.05)
