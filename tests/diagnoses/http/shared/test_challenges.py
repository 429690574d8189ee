import pytest

from curlx.diagnoses.http.shared.challenges import parameter
from curlx.diagnoses.http.shared.statuses import answers


@pytest.mark.parametrize(("challenge", "found"), [
    ('Bearer error="invalid_token"', "invalid_token"),
    ("Bearer realm=x, error=invalid_token, scope=a", "invalid_token"),
    ('Bearer realm="what error=7 means"', ""),
    ('Bearer x_error="no"', ""),
    ('Bearer error="cut in its mid', "cut in its mid"),
    ("Bearer error=", ""),
])  # fmt: skip
def test_a_parameter_is_read_and_not_looked_for_within_the_text_of_another(answered, challenge, found):
    (answer,) = answers(answered(401, got={"www-authenticate": challenge}))
    assert parameter(answer, "error") == found
