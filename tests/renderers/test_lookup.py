from __future__ import annotations

from pathlib import Path

import pytest

from curlx.renderers.lookup import formats_in, renderer

HERE = [str(Path(__file__).parents[2] / "curlx" / "renderers" / "comparison")]


def test_formats_are_files_that_begin_with_as() -> None:
    assert formats_in(HERE) == ("html", "json", "markdown", "terminal")


def test_a_name_that_is_no_format_imports_nothing() -> None:
    with pytest.raises(ValueError, match="there is no format 'wording'; there are html, json"):
        renderer("curlx.renderers.comparison", HERE, "wording")
