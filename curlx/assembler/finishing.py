"""What a transfer has come to once all lines have been read: its draft becomes the value that diagnoses read."""

from __future__ import annotations

from curlx import events
from curlx.assembler.connections import ConnectionDraft
from curlx.assembler.exchanges import MessageDraft
from curlx.assembler.handshakes import OPENSSL_WORDS, Around, TlsDraft
from curlx.assembler.securing import give_up_over_the_name
from curlx.assembler.transfers import TransferDraft
from curlx.patterns import Pattern
from curlx.ports import HTTP_PORT, HTTPS_PORT
from curlx.statuses import UNAUTHORIZED, is_final, is_redirection
from curlx.timeline import CHALLENGED, Fact, Phase, Transfer, authority

_AUTHORITY = Pattern(r"[^/?#@]{1,300}(?=[/?#]|$)")
_LEAD = 40
"""Lines before the first of a handshake among which somebody may have taken some of its own out."""


def finished(transfer: TransferDraft) -> Transfer:
    """Return the transfer."""
    give_up_over_the_name(transfer)
    over = _ended(transfer) or (not transfer.stopped and _silent_end(transfer))
    if _sets_out(transfer):
        transfer.exchanges[-1].superseded = True
    insecure = _insecure(transfer)
    connections = tuple(
        connection.freeze([_around(transfer, connection, tls, over, insecure) for tls in connection.tls])
        for connection in transfer.connections
    )
    position = {id(connection): index for index, connection in enumerate(transfer.connections)}
    return Transfer(
        first_line=transfer.first_line,
        last_line=transfer.last_line,
        url=_url(transfer),
        connections=connections,
        exchanges=tuple(
            exchange.freeze(position.get(id(exchange.connection), -1), failed=bool(transfer.complaints))
            for exchange in transfer.exchanges
        ),
        complaints=tuple(told.complaint for told in transfer.complaints),
        warnings=tuple(transfer.warnings),
        exit=transfer.exit,
        command=transfer.command,
        arguments=transfer.arguments,
        way=transfer.facts.way if transfer.facts else (),
        follows=transfer.facts is not None and transfer.facts.location,
        asks_for_heads=transfer.asks_for_heads(),
        names_head=transfer.facts is not None and transfer.facts.method == "HEAD" and not transfer.facts.head,
        windows=transfer.windows,
        cmd=transfer.cmd,
        program=transfer.asked_by(),
        phase="done" if over and (transfer.answered() or _page_shown(transfer)) else _phase(transfer, over=over),
        finished=over,
        stopped=None if transfer.done else transfer.stopped,
        parted=(transfer.done or transfer.followed_by_other) and not transfer.pending,
        insecure=insecure,
        login=transfer.login,
        negotiation=transfer.negotiation,
        passphrase=transfer.passphrase,
        doubt=transfer.doubt,
        greeting=transfer.greeting,
        retried=transfer.retried,
        mirrored=transfer.mirrored,
        came=transfer.came,
        overcome=transfer.overcome,
        mixed=transfer.mixed,
        went_well=transfer.went_well,
    )


def _phase(transfer: TransferDraft, *, over: bool) -> Phase:
    """How far it got: a log may end where curl says what it asks for, before the line of the request is whole."""
    connection = transfer.connection
    if over or transfer.phase not in ("connect", "tls") or connection is None or connection.reused:
        return transfer.phase
    return connection.got_to or transfer.phase


def _ended(transfer: TransferDraft) -> bool:
    """Whether the log shows the end of the transfer."""
    if transfer.exit or (transfer.followed_by_other and (transfer.done or not transfer.stopped)):
        return True
    if transfer.exchanges and not transfer.answered() and not transfer.complaints:
        return False  # a request that nothing came of, and no word why
    return transfer.done and not transfer.pending and not _challenged(transfer)


def _sets_out(transfer: TransferDraft) -> bool:
    """Whether curl threw the body of a redirect away: it does when it follows (`Curl_http_header`, lib/http.c)."""
    response = transfer.last_response
    if response is None or transfer.complaints or transfer.exit:
        return False
    return response.ignored and is_redirection(transfer.exchanges[-1].status)


def _silent_end(transfer: TransferDraft) -> bool:
    """A log without curl's closing line (a terminal, a paste) is over when the answer or a failure is there."""
    if transfer.pending or _challenged(transfer):
        return False
    # What was said of a connection before is overcome where curl goes on with another.
    here = (one.complaint.kind for one in transfer.complaints if one.connection in (None, transfer.connection))
    told = any(kind not in ("connection-died", "send-failed") for kind in here)
    return told or _page_shown(transfer) or (transfer.answered() and not transfer.exchanges[-1].expects_body())


def _page_shown(transfer: TransferDraft) -> bool:
    """Whether the final answer's page is there to its end: then its headers are over too, however shortened."""
    last = transfer.last_exchange
    return bool(last and last.response and is_final(last.status) and last.response.body.ends_a_page())


def _challenged(transfer: TransferDraft) -> bool:
    """Whether the last answer is the challenge that curl waits for before it logs in (RFC 7616, RFC 4559)."""
    last = transfer.last_exchange
    waits = transfer.login is not None and transfer.login.value in CHALLENGED and not transfer.negotiation
    if last is None or last.status != UNAUTHORIZED or not waits:
        return False
    return last.request is not None and last.request.header("authorization") is None


def _insecure(transfer: TransferDraft) -> Fact[str] | None:
    if transfer.command and transfer.facts and transfer.facts.insecure:
        return Fact("-k in the command", transfer.command.line)
    lines = (tls.unchecked() for connection in transfer.connections for tls in connection.tls if tls.role == "origin")
    line = next((line for line in lines if line is not None), None)
    return Fact("the log says so", line) if line is not None else None


def _around(
    transfer: TransferDraft, connection: ConnectionDraft, tls: TlsDraft, over: bool, insecure: Fact[str] | None
) -> Around:
    """Collect what decides the meaning of a handshake."""
    of_proxy = tls.role == "proxy"
    page, page_line = (None, None) if of_proxy else _page(transfer, connection)
    complaints = tuple((one.complaint.kind, one.complaint.line) for one in transfer.complaints if one.tls is tls)
    until = (connection.connect_line if of_proxy else connection.request_line) or transfer.last_line
    configured = None
    if transfer.command and transfer.facts and transfer.facts.cert and not of_proxy:
        configured = Fact(transfer.facts.cert, transfer.command.line)
    return Around(
        ended=over,
        request_line=connection.connect_line if of_proxy else connection.request_line,
        complaints=complaints,
        page=page,
        page_line=page_line,
        insecure=insecure is not None and not of_proxy,
        configured=configured,
        openssl=any(text in one.complaint.text for one in transfer.complaints for text in OPENSSL_WORDS),
        elided=any(tls.first_line - _LEAD <= line <= max(tls.last_line, until) for line in transfer.elided),
    )


def _page(transfer: TransferDraft, connection: ConnectionDraft) -> tuple[str | None, int | None]:
    """What a page of the server's says about the client certificate."""
    for exchange in transfer.exchanges:
        if exchange.connection is connection and exchange.response:
            for mark in exchange.response.body.marks:
                if mark.value.name in events.NGINX_PAGES and not mark.value.embedded:
                    return mark.value.name, mark.line
    return None, None


def _is_secure(transfer: TransferDraft, connection: ConnectionDraft | None, host: str) -> bool:
    """Whether a request went to https://: TLS shows it, or the command, or port 443 without a word of it in Host.

    Only the standard port of the URL's scheme is left out there (RFC 9110, 7.2).
    """
    if connection is not None and any(not one.only_named() for one in connection.tls):
        return True
    port = None
    if connection is not None:
        port = connection.target_port if connection.proxy else connection.port
    urls = transfer.facts.urls[:1] if transfer.facts else ()
    asked = tuple(f"https://{where}/" for where in (host, host.removesuffix(f":{HTTPS_PORT}")))
    return (port == HTTPS_PORT and ":" not in host) or any(f"{url}/".startswith(asked) for url in urls)


def _is_unseen(transfer: TransferDraft, connection: ConnectionDraft | None) -> bool:
    """Whether neither connection nor command is shown: then HTTP/2 tells of TLS, without which curl must be told to."""
    return transfer.command is None and (connection is None or connection.connected is None)


def _host(transfer: TransferDraft, request: MessageDraft, connection: ConnectionDraft | None) -> str | None:
    """Return what the header Host names; where the log ends within it, what the command or the connection tells."""
    host = request.header("host")
    if transfer.facts and connection is not None and dict(transfer.facts.way).get("header"):
        # `-H Host:` names whom to ask for there, not where that is.
        there, port = connection.target_host or connection.host, connection.target_port or connection.port
        return authority(there, port) if there else host
    if not host or request.ended:
        return host
    for url in transfer.facts.urls[:1] if transfer.facts else ():
        if (named := _place(url)).startswith(host):
            return named
    port = (connection.target_port or connection.port) if connection is not None and host.endswith(":") else None
    return f"{host}{port}" if port else host.rstrip(":")


def _place(url: str) -> str:
    """Return the host and port of a URL, which a command may give without its scheme."""
    before, _, behind = url.partition("://")
    named = _AUTHORITY.match(behind or before)
    return named[0] if named else ""


def _url(transfer: TransferDraft) -> str | None:
    """As far as the log shows it."""
    if transfer.url:
        return transfer.url
    for exchange in transfer.exchanges:
        start = exchange.request.start if exchange.request else None
        if type(start) is events.RequestLine and exchange.request and not start.for_a_tunnel:
            if "://" in start.target and not start.target.startswith("/"):
                return start.target  # a proxy gets the whole URL (RFC 9112, 3.2.2); a path may carry another's
            host = _host(transfer, exchange.request, exchange.connection)
            secure = _is_secure(transfer, exchange.connection, host or "")
            secure = secure or (start.version[:1] in ("2", "3") and _is_unseen(transfer, exchange.connection))
            scheme, usual = ("https", HTTPS_PORT) if secure else ("http", HTTP_PORT)
            return f"{scheme}://{host.removesuffix(f':{usual}')}{start.target}" if host else None
    return _of_the_command(transfer, transfer.facts.urls) if transfer.facts and transfer.facts.urls else None


def _of_the_command(transfer: TransferDraft, urls: tuple[str, ...]) -> str:
    """Return the URL that a command gives; of several, each a transfer, the one with the host that curl speaks of."""
    hosts = {one.complaint.subject for one in transfer.complaints} | {one.host for one in transfer.connections}
    return next((url for url in urls if _place(url).partition(":")[0] in hosts), urls[0])
