from __future__ import annotations

import curlx
from curlx.diagnoses.network.transfer_interrupted import diagnose


def test_the_announced_size_is_cited(log):
    (finding,) = diagnose(log(("transfer-interrupted", "response", ""), status=200, announced=5000, seen=180))
    assert "5000 bytes" in finding.summary
    assert 31 in [proof.line for proof in finding.evidence]


def test_an_answer_that_is_whole_was_not_interrupted(log):
    assert not list(diagnose(log(("transfer-interrupted", "response", ""), status=200, announced=180, seen=180)))


def test_tls_that_ended_is_not_called_less_than_was_announced(log):
    said = "GnuTLS recv error (-9): A TLS packet with unexpected length was received."
    (finding,) = diagnose(log(("transfer-interrupted", "response", said), status=200))
    assert finding.evidence[0].shows == "TLS ended here, without its farewell"


def test_git_is_told_in_its_own_words_and_nothing_is_said_of_a_length_that_nobody_announced():
    log = (
        "fatal: unable to access 'https://git.example/me/notes.git/': HTTP/2 stream 1 was not closed cleanly before "
        "end of the underlying stream\n"
    )
    finding = curlx.explain(log).findings[0]
    assert finding.code == "network-transfer-interrupted"
    assert "announced" not in finding.evidence[0].shows
    commands = [command for remedy in finding.remedies for command in remedy.commands]
    assert "git ls-remote https://git.example/me/notes.git/" in commands
    assert any("http.version" in command for command in commands)
