from __future__ import annotations

from collections.abc import Callable

from curlx.diagnoses.server_certificate.staple_missing import diagnose
from curlx.timeline import Timeline


def test_an_answer_that_came_and_is_too_old_is_not_called_missing(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(("certificate-staple-missing", "OCSP response has expired")))
    assert "sent one" in finding.summary
    assert not any("not switched on" in cause for cause in finding.causes)
