"""What the class of a status means."""

from __future__ import annotations

import pytest

from curlx.statuses import is_final, is_interim, is_redirection, is_success, refuses


@pytest.mark.parametrize(("status", "classes"), [
    (0, ()), (100, (is_interim,)), (101, (is_interim,)), (199, (is_interim,)), (200, (is_final, is_success)),
    (299, (is_final, is_success)), (300, (is_final, is_redirection)), (399, (is_final, is_redirection)),
    (400, (is_final, refuses)), (599, (is_final, refuses)), (999, (is_final, refuses)),
])  # fmt: skip
def test_a_status_is_of_its_class_alone(status: int, classes: tuple[object, ...]) -> None:
    every = (is_interim, is_final, is_success, is_redirection, refuses)
    assert tuple(each for each in every if each(status)) == classes
