from __future__ import annotations

import curlx


def test_a_command_without_the_k_of_the_call_says_so_before_it_is_run() -> None:
    asked = """$ curl -v{} https://shop.example/a
* Connected to shop.example (192.0.2.10) port 443
* unable to set private key file: 'k.key' type PEM
* Closing connection
curl: (58) unable to set private key file: 'k.key' type PEM
"""
    steps = [[step for remedy in curlx.explain(asked.format(option)).findings[0].remedies for step in remedy.steps]
             for option in ("k", "")]  # fmt: skip
    assert [any("--cacert" in step and "-k" in step for step in each) for each in steps] == [True, False]


def _steps(log: str) -> str:
    return " ".join(step for remedy in curlx.explain(log).findings[0].remedies for step in remedy.steps)


_UNTRUSTED = """* Connected to shop.example (192.0.2.10) port 443
* SSL certificate problem: unable to get local issuer certificate
* Closing connection
"""


def test_a_command_of_openssl_that_cannot_go_through_the_proxy_says_so() -> None:
    through = [_steps(f"$ curl -v {option}https://shop.example/a\n{_UNTRUSTED}")
               for option in ("--socks5-hostname 192.0.2.1:1080 ", "-x http://192.0.2.1:3128 ", "")]  # fmt: skip
    assert ["knows no SOCKS proxy" in steps for steps in through] == [True, False, False]


def test_on_windows_it_is_said_where_openssl_is() -> None:
    prompts = ("PS C:\\> curl.exe", "$ curl")
    steps = [_steps(f"{prompt} -v https://shop.example/a\n{_UNTRUSTED}") for prompt in prompts]
    assert ["Windows has no openssl" in each for each in steps] == [True, False]
