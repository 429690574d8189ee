"""The steps that reach the peer: the name, the connection, the proxy."""

from __future__ import annotations

from collections.abc import Iterator

from curlx.sections.exchanging import status_line
from curlx.sections.section import Detail, Section, Status
from curlx.timeline import Connection, Exchange, Proxy, authority

_NAMED = 3


def connecting(connection: Connection, carried: list[Exchange]) -> Iterator[Section]:
    """Tell of the name and of the connection; `carried` are the exchanges on it, which prove that it came up."""
    if connection.resolved is not None:
        line = connection.resolved.line
        yield Section("resolve", line, line, f"Name looked up: {connection.resolved.value}", "ok")
    if connection.reused and not connection.attempts and connection.connected is None:
        host = connection.host or connection.target_host or "the same host"
        yield Section("connection", connection.first_line, connection.first_line,
                      f"Connection{_number(connection)} to {host} used again", "ok")  # fmt: skip
        return
    if connection.attempts or connection.connected is not None:
        yield _reaching(connection, carried)


def _reaching(connection: Connection, carried: list[Exchange]) -> Section:
    """Tell of the attempts on one connection: newer builds say after TLS that it is up, so later steps prove it."""
    lines = [attempt.line for attempt in connection.attempts]
    lines += [attempt.failure.line for attempt in connection.attempts if attempt.failure is not None]
    up = connection.tls or connection.proxy_tls or (connection.proxy and connection.proxy.connect) or carried
    if connection.connected is not None and (not lines or not up):
        lines.append(connection.connected.line)
    answered = connection.connected is not None or bool(up)
    failed = [attempt for attempt in connection.attempts if attempt.failure is not None]
    open_attempts = [attempt for attempt in connection.attempts if attempt.failure is None]
    address = open_attempts[-1].address if open_attempts else failed[-1].address if failed else None
    if connection.connected is not None and connection.connected.value:
        address = connection.connected.value
    status: Status = "ok" if answered else "problem" if failed and not open_attempts else "unknown"
    if status == "problem" and connection.connected is None:
        address = _listed([attempt.address for attempt in failed])
    where = address or connection.host or "an address that the log does not show"
    port = connection.port or next((attempt.port for attempt in reversed(connection.attempts) if attempt.port), None)
    if not where.startswith("/") and port is not None:
        where = f"{where} port {port}"
    peer = " (the proxy)" if connection.proxy is not None else ""
    over = "QUIC" if _over_quic(connection, carried, answered=answered) else "TCP"
    title = f"{over} connection to {where}{peer}"
    if where.startswith("/"):
        title = f"Connection to the Unix socket {where}"
    if status == "problem":
        title = f"{title} failed"
    details = tuple(
        Detail("tried", f"{attempt.address}: {attempt.reason or attempt.failure.value}", attempt.failure.line)
        for attempt in failed
        if attempt.failure is not None
    )
    return Section("connection", min(lines), max(lines), title, status, details=details)


def _listed(addresses: list[str]) -> str:
    """Name the addresses that were tried; only how many more there are, behind the first."""
    several = list(dict.fromkeys(addresses))
    rest = len(several) - _NAMED
    return ", ".join(several[:_NAMED]) + (f" and {rest} more," if rest > 0 else "")


def _over_quic(connection: Connection, carried: list[Exchange], *, answered: bool) -> bool:
    """Tell whether a connection is one of HTTP/3 (RFC 9114): by what it carried, or by how its attempts failed."""
    if any(one.response is not None and one.response.version == "3" for one in carried):
        return True
    failures = [attempt.failure.value for attempt in connection.attempts if attempt.failure is not None]
    return not answered and bool(failures) and all(failure == "quic" for failure in failures)


def _number(connection: Connection) -> str:
    return f" #{connection.number}" if connection.number is not None else ""


def proxying(connection: Connection, proxy: Proxy) -> Iterator[Section]:
    """Tell of the proxy and of whether it let curl through."""
    name = _place(proxy.host or connection.host, proxy.port or connection.port) or "a proxy"
    target = _place(connection.target_host, connection.target_port)
    first = last = proxy.first_line
    if proxy.from_environment is not None or first < connection.first_line:  # it is named before anything is tried
        if proxy.connect is not None:
            first = proxy.connect.first_line
        elif proxy.established is not None and proxy.from_environment is None:
            first = last = proxy.established.line
        else:
            return
    status: Status = "unknown"
    details = []
    if proxy.from_environment is not None:
        details.append(Detail("named by", proxy.from_environment.value, proxy.from_environment.line))
    if proxy.connect is not None:
        last = max(last, proxy.connect.last_line)
        if proxy.connect.response is not None:
            answer = proxy.connect.response
            details.append(Detail("answer", status_line(answer), answer.first_line))
    if proxy.established is not None:
        status = "ok" if proxy.established.value else "problem"
        last = max(last, proxy.established.line)
    words = {"tunnel": "Tunnel through", "forward": "Request through", "socks": "SOCKS through"}
    title = f"{words[proxy.kind]} {name}" + (f" to {target}" if target else "")
    if status == "problem":
        title += ": refused"
    elif proxy.kind == "forward":
        status = "ok"
    yield Section("proxy", first, last, title, status, details=tuple(details))


def _place(host: str | None, port: int | None) -> str:
    return authority(host, port) if host else ""
