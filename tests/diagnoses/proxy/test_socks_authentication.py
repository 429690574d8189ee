from __future__ import annotations

from curlx.diagnoses.proxy.socks_authentication import diagnose


def test_no_user_is_told_from_a_wrong_one(log):
    words = "No authentication method was acceptable."
    (none,) = diagnose(log(("socks-authentication", "proxy", words), kind="socks"))
    (wrong,) = diagnose(log(("socks-authentication", "proxy", "User was rejected by the SOCKS5 server"), kind="socks"))
    assert "no user and password" in none.causes[0]
    assert "wrong or expired" in wrong.causes[0]
