from __future__ import annotations

from collections.abc import Callable

import msgspec

from curlx.diagnoses.server_certificate.name_mismatch import diagnose
from curlx.timeline import Certificate, Fact, Timeline

SAID = ("certificate-name-mismatch", "no alternative certificate subject name matches target host name '203.0.113.14'")


def test_the_name_in_the_certificate_is_told(tls_log: Callable[..., Timeline], shop_certificate: Certificate) -> None:
    (finding,) = diagnose(tls_log(SAID, url="https://203.0.113.14/ok", certificate=shop_certificate))
    assert "It is for shop.example." in finding.summary
    assert finding.remedies[0].commands == (
        "curl -v --connect-to shop.example:443:203.0.113.14:443 https://shop.example/ok",
    )


def test_without_names_in_the_log_none_is_invented(tls_log: Callable[..., Timeline]) -> None:
    (finding,) = diagnose(tls_log(SAID))
    assert "It is for" not in finding.summary
    assert all("--connect-to" not in command for remedy in finding.remedies for command in remedy.commands)


def test_a_hostile_name_is_quoted(tls_log: Callable[..., Timeline], shop_certificate: Certificate) -> None:
    evil = msgspec.structs.replace(shop_certificate, names=(Fact("a.example$(reboot)", 10),))
    (finding,) = diagnose(tls_log(SAID, certificate=evil))
    assert "'https://a.example$(reboot)/v1/items'" in finding.remedies[0].commands[0]
