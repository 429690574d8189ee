import pytest

from curlx.diagnoses.http.client_error import diagnose


@pytest.mark.parametrize(("status", "meaning"), [(410, "most likely for good"), (416, "range"), (499, "nginx")])
def test_known_numbers_have_a_meaning(answered, status, meaning):
    (finding,) = diagnose(answered(status))
    assert meaning in finding.summary


def test_an_unknown_number_is_said_to_be_none_of_a_standard(answered):
    (finding,) = diagnose(answered(460))
    assert "which no standard defines" in finding.summary
    assert finding.causes == ()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 407, 413, 415, 417, 421, 422, 429, 431, 494, 500])
def test_those_with_a_diagnosis_of_their_own_are_not_its_business(answered, status):
    assert not list(diagnose(answered(status)))
