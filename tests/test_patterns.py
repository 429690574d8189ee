import re

import pytest

from curlx.patterns import Pattern


def test_a_pattern_does_what_the_compiled_expression_does():
    lazy, compiled = Pattern(r"(?P<name>\w+)=(\d+)", re.IGNORECASE), re.compile(r"(?P<name>\w+)=(\d+)", re.IGNORECASE)
    text = "a=1, B=22"
    assert lazy.match(text)["name"] == compiled.match(text)["name"] == "a"
    assert lazy.search(text, 3)[0] == compiled.search(text, 3)[0]
    assert lazy.fullmatch(text) is None
    assert lazy.findall(text) == compiled.findall(text)
    assert [match.span() for match in lazy.finditer(text)] == [match.span() for match in compiled.finditer(text)]
    assert lazy.sub(r"\2", text) == compiled.sub(r"\2", text)
    assert lazy.pattern == compiled.pattern


def test_a_pattern_is_compiled_when_it_is_first_used():
    broken = Pattern("(")
    with pytest.raises(re.error):
        broken.match("")


def test_a_pattern_has_no_other_attributes():
    with pytest.raises(AttributeError):
        _ = Pattern("a").split
