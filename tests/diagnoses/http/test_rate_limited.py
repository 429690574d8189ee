from curlx.diagnoses.http.rate_limited import diagnose


def test_the_time_to_wait_is_told(answered):
    (finding,) = diagnose(answered(429, got={"retry-after": "30", "x-ratelimit-limit": "100"}))
    assert "30 seconds" in finding.summary
    assert [proof.line for proof in finding.evidence] == [14, 15, 16]


def test_a_date_to_wait_for_is_told_as_it_is(answered):
    (finding,) = diagnose(answered(429, got={"retry-after": "Mon, 23 Nov 2026 10:00:00 GMT"}))
    assert "Mon, 23 Nov 2026 10:00:00 GMT." in finding.summary


def test_without_retry_after_no_time_is_made_up(answered):
    (finding,) = diagnose(answered(429))
    assert "does not say how long" in finding.summary


def test_a_long_time_to_wait_is_told_in_minutes_and_hours_too(answered):
    for seconds, words in (("90", "90 seconds."), ("900", "(15 minutes)"), ("86400", "(about 24 hours)"),
                           ("9" * 5000, "9 seconds.")):  # fmt: skip
        (finding,) = diagnose(answered(429, got={"retry-after": seconds}))
        assert words in finding.summary


def test_retrying_is_not_advised_where_it_would_hang_for_as_long(answered):
    for seconds, repeats in (("30", True), ("3600", False), ("Mon, 23 Nov 2026 10:00:00 GMT", False)):
        (finding,) = diagnose(answered(429, got={"retry-after": seconds}))
        steps = " ".join(finding.remedies[0].steps)
        assert ("`--retry 5` repeats it" in steps) is repeats
        assert ("waits no less" in steps) is not repeats
        assert "longer wait" not in steps


def test_a_part_of_a_second_is_no_date(answered):
    (finding,) = diagnose(answered(429, got={"retry-after": "10.752"}))
    assert "10.752 seconds" in finding.summary
