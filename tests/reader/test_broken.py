"""A last word that broke in two is put together; one that is whole takes nothing of what another program says next."""

from __future__ import annotations

import pytest

from curlx.events import Exit, ProgramFailed
from curlx.grammar.marks import claim
from curlx.reader.broken import breaks_off, mended


def put_together(*pieces: str) -> str | None:
    first = claim(pieces[0]).event
    if not breaks_off(first):
        return None
    _, event = next(mended(pieces, first), (0, None))
    return event.complaint.kind if isinstance(event, Exit | ProgramFailed) and event.complaint is not None else None


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        (("curl: (7) Failed to connect to shop.exam\\", "ple port 443: Connection timed out"), "connect-timeout"),
        (
            ("curl: (35) error:1407742E:SSL ", "routines:SSL23_GET_SERVER_HELLO:tlsv1 alert protocol version"),
            "tls-alert",
        ),
        (("curl: (7) Failed to connect to a.example port 443:", "Connection refused"), "connect-refused"),
        (
            ("fatal: unable to access 'https://a.exam", "ple/x.git/': Recv failure: Connection reset by peer"),
            "reset",
        ),
        (
            ("fatal: unable to access 'https://a.example/a", "/x.git/': Could not resolve host: a.exampl", "e"),
            "host-not-found",
        ),
        (
            ("fatal: unable to access", "  'https://a.example/x.git/': Could not resolve host: a.example"),
            "host-not-found",
        ),
        (
            (
                "fatal: unable to access ",
                "'https://a.example/x.git/': gnutls_handshake() failed:",
                "The TLS connection was non-properly terminated.",
            ),
            "tls-error",
        ),
        (('Error from server https://a.example/long - 6 - "Could not resolve', '  hostname"'), "host-not-found"),
        (
            (
                "curl error 7 while downloading https://a.example/a/long/name-of-a-fi",
                "le.json: Empty reply from server",
            ),
            "empty-reply",
        ),
        (("curl error 52 while downloading https://a.example/x:", "Empty reply from server"), "empty-reply"),
        (("curl: (60) SSL certificate problem: unable to get local", "issuer certificate"), "certificate-untrusted"),
        (("curl: (60) SSL certificate problem: unable to get", "local issuer certificate"), "certificate-untrusted"),
        (
            ("curl: (60) SSL certificate problem: self-signed certificate", "in certificate chain"),
            "certificate-self-signed-in-chain",
        ),
    ],
)
def test_a_broken_last_word_goes_on_in_the_next_line(pieces: tuple[str, ...], kind: str) -> None:
    assert put_together(*pieces) == kind


@pytest.mark.parametrize(
    "pieces",
    [
        (
            "curl: (7) Failed to connect to a.example port 443 after 12 ms: Couldn't connect to server",
            "ssh: connect to host b.example port 22: Connection refused",
        ),
        ("curl: (35) TLS connect error", "verify error:num=18:self-signed certificate"),
        ("curl: (60) SSL certificate problem: self-signed certificate", "certificate has expired"),
        ("curl: (60) SSL certificate problem: some new reason", "certificate has expired"),
        ("curl: (60) SSL certificate problem: some new reason", "see below", "certificate has expired"),
        ("fatal: unable to access", "when the disk is full, as it was here."),
        ("fatal: unable to access", "  '/home/me/.config/git/attributes': Permission denied"),
        ("curl: (6) Could not resolve host:", "Error: Process completed with exit code 6."),
        ("curl: (60) SSL certificate problem:", "Error: Process completed with exit code 60."),
    ],
)
def test_what_another_program_says_next_is_not_curls(pieces: tuple[str, ...]) -> None:
    assert put_together(*pieces) is None
