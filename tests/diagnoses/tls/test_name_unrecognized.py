from __future__ import annotations

from collections.abc import Callable

import curlx
from curlx.diagnoses.tls.name_unrecognized import diagnose
from curlx.timeline import Timeline


def test_an_address_in_the_url_means_that_no_name_was_sent(tls_log: Callable[..., Timeline]) -> None:
    timeline = tls_log(
        ("tls-alert", "unrecognized name"), alerts=(("in", 112, "unrecognized name"),), url="https://203.0.113.14/"
    )
    (finding,) = diagnose(timeline)
    assert "sent no host name" in finding.summary
    assert "--resolve" in finding.remedies[0].commands[0]


def test_where_the_log_names_no_host_none_is_made_up() -> None:
    (finding,) = curlx.explain(
        b"curl: (35) TLS connect error: error:0A000458:SSL routines::tlsv1 unrecognized name\n"
    ).findings
    assert finding.summary == "The server that answered says that it does not serve the name."
