from __future__ import annotations

import pytest

from curlx.findings import Finding
from curlx.renderers import formats, render
from curlx.report import make_report
from curlx.timeline import Timeline


def test_formats_are_found_by_the_names_of_their_files() -> None:
    assert {"json", "terminal"} <= set(formats())


@pytest.mark.parametrize("format", ["yaml", "", "json.decoder", "../secrets"])
def test_a_format_that_does_not_exist_is_refused_with_the_ones_that_do(format: str, founding_case: Timeline) -> None:
    with pytest.raises(ValueError, match="terminal"):
        render(make_report(founding_case, ()), format)


@pytest.mark.parametrize("format", formats())
def test_every_format_names_the_verdict_and_ends_its_last_line(
    format: str, founding_case: Timeline, missing: Finding
) -> None:
    text = render(make_report(founding_case, (missing,)), format)
    assert "client-certificate-missing" in text
    assert text.endswith("\n")
