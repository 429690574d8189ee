from __future__ import annotations

import pytest

from curlx.advice.distinguished_names import common_name, words


@pytest.mark.parametrize(
    "name", ["C=NL; O=Acme, Inc.; CN=a.example", "C=NL,O=Acme,CN=a.example", "/C=NL/O=Acme/CN=a.example"]
)
def test_the_common_name_is_found_in_every_librarys_spelling(name: str) -> None:
    assert common_name(name) == "a.example"


def test_a_name_without_cn_has_no_common_name() -> None:
    assert common_name("C=NL; O=Acme") is None
    assert common_name("O=Acme,CN=a.example") == "a.example"


def test_words_are_found_whole() -> None:
    assert " cato " in words("Cato Networks")
    assert " cato " not in words("Educators")
