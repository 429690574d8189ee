"""The exchanges as an HTTP Archive, for the tools that read one.

The format is HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/). curlx keeps no times of a log: every timing is
-1, and the start is the server's `Date:`, or 1970 where there is none. What was never answered has status 0, as
browsers write it. TLS is under `_tls`.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from curlx.advice.repeating import url_of
from curlx.renderers.wording import CERTAINTIES, all_well, headline, last_answer, verdict_of
from curlx.report import Report
from curlx.timeline import Body, Certificate, Connection, Exchange, Header, Request, Response, Tls, Transfer, authority

_NO_DATE = "1970-01-01T00:00:00.000Z"
_URL_SAFE = "%/:?#[]@!$&'()*+,;=-._~"
"""Reserved and unreserved characters (RFC 3986, 2) and `%`: everything else is percent-encoded."""


def render(report: Report) -> str:
    """Return the archive as indented JSON in ASCII."""
    from curlx import __version__

    told: dict[int, str] = {}
    for finding in report.findings:
        if finding.severity == "error":
            told.setdefault(finding.transfer, f"error[{finding.code}]: {finding.title}")
    entries = []
    for index, transfer in enumerate(report.timeline.transfers):
        entries += _entries(transfer, told.get(index))
    log: dict[str, Any] = {"version": "1.2", "creator": {"name": "curlx", "version": __version__}}
    if report.curl.version is not None:
        log["browser"] = {"name": "curl", "version": report.curl.version}
    document = {"log": {**log, "entries": entries, "comment": _verdict(report)}}
    return json.dumps(document, indent=2).replace("\x7f", "\\u007f") + "\n"


def _verdict(report: Report) -> str:
    verdict = verdict_of(report)
    if verdict is None:
        return f"{headline(report)}. {last_answer(report)}".strip()
    well = f"{all_well(report)}. " if report.outcome == "success" else ""
    return f"{well}{verdict.severity}[{verdict.code}]: {verdict.title} ({CERTAINTIES[verdict.certainty]})"


def _entries(transfer: Transfer, told: str | None) -> list[dict[str, Any]]:
    """Return the exchanges of a transfer, those with its proxies too; a call that never got to one is one entry."""
    connects = [
        (connection, connection.proxy.connect)
        for connection in transfer.connections
        if connection.proxy is not None and connection.proxy.connect is not None and not connection.reused
    ]
    exchanges = [*connects, *((transfer.connection_of(one), one) for one in transfer.exchanges)]
    exchanges.sort(key=lambda pair: pair[1].first_line)
    if not exchanges and transfer.url is None and not transfer.connections and not transfer.complaints:
        return []
    if not exchanges:
        exchanges = [(transfer.last_connection, Exchange(-1, transfer.first_line, transfer.last_line))]
    entries = [_entry(transfer, connection, exchange) for connection, exchange in exchanges]
    if told is not None:
        entries[-1]["comment"] = f"{entries[-1]['comment']}; {told}"
    return entries


def _entry(transfer: Transfer, connection: Connection | None, exchange: Exchange) -> dict[str, Any]:
    response = exchange.response
    date = response.header("date") if response is not None else None
    started = _iso(date.value) if date is not None else None
    comment = f"lines {exchange.first_line} to {exchange.last_line} of the log"
    comment += "; started: the server's Date" if started else "; started: the log does not say"
    entry: dict[str, Any] = {
        "startedDateTime": started or _NO_DATE,
        "time": 0,  # the sum of the timings that are available
        "request": _request(transfer, connection, exchange),
        "response": _response(response),
        "cache": {},
        "timings": dict.fromkeys(("blocked", "dns", "connect", "send", "wait", "receive", "ssl"), -1),
        "comment": comment if exchange.request is not None else f"{comment}; the log shows no request",
        "_lines": [exchange.first_line, exchange.last_line],
    }
    if response is None and transfer.complaints:
        entry["_error"] = transfer.complaints[-1].text
    if connection is not None:
        address = connection.connected.value if connection.connected is not None else ""
        if _is_address(address):
            entry["serverIPAddress"] = address
        if connection.number is not None:
            entry["connection"] = str(connection.number)
        to_proxy = exchange.request is not None and exchange.request.for_a_tunnel
        tls = connection.proxy_tls if to_proxy else connection.tls
        if tls is not None:
            entry["_tls"] = _tls(tls)
    return entry


def _request(transfer: Transfer, connection: Connection | None, exchange: Exchange) -> dict[str, Any]:
    request = exchange.request
    url = _url(transfer, connection, request)
    try:
        query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    except ValueError:  # a broken IPv6 literal; too many fields
        query = []
    length = request.header("content-length") if request is not None else None
    return {
        "method": request.method if request is not None else "",
        "url": url,
        "httpVersion": _version(request.version) if request is not None else "",
        "cookies": [],
        "headers": _headers(request.headers if request is not None else ()),
        "queryString": [{"name": name, "value": value} for name, value in query],
        "headersSize": -1,
        "bodySize": int(length.value) if length is not None and _is_size(length.value) else -1,
    }


def _response(response: Response | None) -> dict[str, Any]:
    body = response.body if response is not None else Body()
    kind = response.header("content-type") if response is not None else None
    location = response.header("location") if response is not None else None
    content: dict[str, Any] = {
        "size": body.announced if body.announced is not None else body.seen,
        "mimeType": kind.value if kind is not None else "x-unknown",
    }
    if body.sample:
        content["text"] = body.sample
        content["comment"] = "the beginning of the body, as the log shows it"
    return {
        "status": response.status if response is not None else 0,
        "statusText": response.reason if response is not None else "",
        "httpVersion": _version(response.version) if response is not None else "",
        "cookies": [],
        "headers": _headers(response.headers if response is not None else ()),
        "content": content,
        "redirectURL": location.value if location is not None else "",
        "headersSize": -1,
        "bodySize": body.announced if body.announced is not None else -1,
    }


def _url(transfer: Transfer, connection: Connection | None, request: Request | None) -> str:
    """Return the absolute URL of a request, as far as the log shows it; for CONNECT that of the proxy."""
    if request is None:
        return _encoded(url_of(transfer) or "http://unknown.invalid/")
    if request.for_a_tunnel and connection is not None:
        scheme = "https" if connection.proxy_tls is not None else "http"
        proxy = authority(connection.host, connection.port) if connection.host else request.target
        return _encoded(f"{scheme}://{proxy}")
    if request.target.lower().startswith(("http://", "https://")):
        return _encoded(request.target)
    host = request.header("host") or request.header(":authority")
    given = (transfer.url or "").partition("://")
    secure = connection.tls is not None if connection is not None else given[0] == "https"
    where = host.value if host is not None else given[2].partition("/")[0] if given[1] else ""
    target = request.target if request.target.startswith("/") else f"/{request.target}"
    return _encoded(f"{'https' if secure else 'http'}://{where or 'unknown.invalid'}{target}")


def _encoded(url: str) -> str:
    url = url if "://" in url else f"http://{url}"  # curl's own default (curl.1, "URL")
    return quote(url, safe=_URL_SAFE, errors="replace")


def _headers(headers: tuple[Header, ...]) -> list[dict[str, str]]:
    return [{"name": header.name, "value": header.value} for header in headers]


def _version(version: str) -> str:
    """Spell the version as on the wire: `HTTP/1.1`, `HTTP/2`."""
    return version if not version or version.upper().startswith("HTTP") else f"HTTP/{version}"


def _tls(tls: Tls) -> dict[str, Any]:
    client = tls.client_certificate
    return {
        "version": tls.version.value if tls.version is not None else None,
        "cipher": tls.cipher.value if tls.cipher is not None else None,
        "alpn": tls.alpn.value if tls.alpn is not None else None,
        "serverCertificate": {"verdict": tls.verdict, **_certificate(tls.certificate)},
        "clientCertificate": {"requested": client.requested, "sent": client.sent},
    }


def _certificate(certificate: Certificate | None) -> dict[str, str | None]:
    if certificate is None:
        return {}
    return {
        "subject": certificate.subject.value if certificate.subject is not None else None,
        "issuer": certificate.issuer.value if certificate.issuer is not None else None,
        "notBefore": certificate.not_before_at,
        "notAfter": certificate.not_after_at,
    }


def _iso(date: str) -> str | None:
    """Return an HTTP date (RFC 9110, 5.6.7) in ISO 8601; None where it is none."""
    from datetime import UTC
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(date).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _is_address(text: str) -> bool:
    from ipaddress import ip_address

    try:
        ip_address(text)
    except ValueError:
        return False
    return "%" not in text  # a zone is no part of an address for JSON schema's `ipv6`


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
