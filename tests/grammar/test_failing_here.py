"""What curl says of trouble on its own machine."""

from __future__ import annotations

import pytest

from curlx.events import Complaint
from curlx.grammar import understand


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("URL rejected: No host part in the URL", "url-malformed"),
        ("URL using bad/illegal format or missing URL", "url-malformed"),
        ("No host part in the URL", "url-malformed"),
        ('Protocol "htps" not supported', "protocol-unsupported"),
        ("option --cacert: is badly used here", "option"),
        ("Unsupported proxy syntax in 'http://['", "option"),
        ("failed setting cipher list: nope", "option"),
        ("Failure writing output to destination, passed 16384 returned 0", "write-failed"),
        ("Failed writing body (0 != 16384)", "write-failed"),
        ("Failed to open/read local data from file/application", "read-failed"),
        ("Exceeded the maximum allowed file size (1000)", "size-limit"),
        ("Callback aborted", "aborted"),
        ("Out of memory", "other"),
        ("symbol lookup error: curl: undefined symbol: curl_mime_init", "other"),
    ],
)
def test_trouble_on_this_machine_is_told_apart(text: str, kind: str) -> None:
    event = understand(text)
    assert isinstance(event, Complaint)
    assert event.kind == kind


def test_a_url_is_rejected_for_a_reason_of_curls() -> None:
    assert not isinstance(understand("URL rejected: is what my colleague gets"), Complaint)
