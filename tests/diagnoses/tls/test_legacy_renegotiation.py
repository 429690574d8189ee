from pathlib import Path

import curlx

FIXTURES = Path(__file__).parents[3] / "fixtures" / "diagnoses" / "tls-legacy-renegotiation"


def test_its_commands_are_of_one_line_and_so_can_be_pasted_however_far_they_are_indented():
    finding = curlx.explain((FIXTURES / "fires-openssl-3.log").read_bytes()).findings[0]
    commands = [command for remedy in finding.remedies for command in remedy.commands]
    assert any("UnsafeLegacyServerConnect" in command for command in commands)
    assert not any("\n" in command for command in commands)
