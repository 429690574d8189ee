"""What programs with libcurl print in curl's manner, between its lines: Insomnia's timeline."""

from __future__ import annotations

from curlx.events import CurlVersion
from curlx.grammar.message import Message, Values
from curlx.grammar.sketches import chatter


def _version(values: Values) -> CurlVersion:
    return CurlVersion(values["version"], values["library"])


MESSAGES: tuple[Message, ...] = (
    Message("Using libcurl/7.57.0-DEV OpenSSL/1.0.2o zlib/1.2.11 libssh2/1.7.0_DEV",
            r"Using libcurl/(?P<version>\d\S{1,30})(?: (?P<library>\S{1,40}/\S{1,30}))?.*", _version),
    *chatter("program", """
        Preparing request to …
        Current time is #-*
        Enable automatic URL encoding
        Disable automatic URL encoding
        Enable automatic URL parsing
        Using default HTTP version
        Using HTTP #
        Enable SSL validation
        Disable SSL validation
        Enable cookie sending with jar of # cookie
        Enable cookie sending with jar of # cookies
        Disable cookie sending due to user setting
        Adding SSL PEM certificate
        Adding SSL P12 certificate
        Adding SSL KEY certificate
        Adding SSL KEY passphrase
        Enable network proxy for …
        Enable timeout of #ms
        Disable timeout
        Saved # cookie
        Saved # cookies
        Received # B chunk
        Received # KB chunk
    """),
)  # fmt: skip
