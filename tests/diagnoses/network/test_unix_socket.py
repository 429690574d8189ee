from __future__ import annotations

from curlx.diagnoses.network.refused import diagnose as refused
from curlx.diagnoses.network.unix_socket import diagnose


def test_the_socket_file_is_named_and_no_port_is_blamed(log):
    told = log(("connect-failed", "connect", "Could not connect"), attempts=(("nope.sock", "unix-socket-failed"),))
    (finding,) = diagnose(told)
    assert "nope.sock: the reason" in finding.summary
    assert finding.remedies[0].commands == ("ls -l -- nope.sock",)
    assert not list(refused(told))


def test_the_attempt_alone_is_enough(log):
    assert list(diagnose(log(attempts=(("nope.sock", "unix-socket-failed"),))))
