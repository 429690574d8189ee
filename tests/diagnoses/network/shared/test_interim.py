import pytest

import curlx

_HEARD = """$ curl -v -T empty.bin http://store.example:1096/x
*   Trying 203.0.113.5:1096...
* Connected to store.example (203.0.113.5) port 1096 (#0)
> PUT /x HTTP/1.1
> Host: store.example:1096
> Content-Length: 0
> Expect: 100-continue
>
< HTTP/1.1 100 Continue
< Connection: Close
"""
_TIMED_OUT = "* Operation timed out after 34001 milliseconds with 0 bytes received\ncurl: (28) Operation timed out\n"


@pytest.mark.parametrize(
    ("end", "code"), [(_TIMED_OUT, "network-response-timeout"), ("^C\n", "log-unfinished")], ids=["limit", "stopped"]
)
def test_who_said_go_on_is_not_called_silent(end: str, code: str) -> None:
    finding = curlx.explain(_HEARD + end).findings[0]
    assert finding.code == code
    assert "No byte" not in finding.summary
    assert "100-continue" in finding.causes[0]
    assert not any("firewall" in cause or "packets" in cause for cause in finding.causes)
    assert 9 in [proof.line for proof in finding.evidence]
    assert "-H 'Expect:'" in finding.remedies[0].steps[0]


def test_what_was_not_asked_for_is_not_blamed() -> None:
    finding = curlx.explain(_HEARD.replace("> Expect: 100-continue\n", "") + _TIMED_OUT).findings[0]
    assert not any("Expect" in text for text in (*finding.causes, *(each.title for each in finding.remedies)))
