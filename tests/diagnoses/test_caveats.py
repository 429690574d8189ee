from __future__ import annotations

import pytest

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


_GET = """* Connected to shop.example (192.0.2.10) port 80
> GET /a HTTP/1.1
> Host: shop.example
{}>
"""
_TROUBLES = {
    "network-reset": "* Recv failure: Connection reset by peer\ncurl: (56) Recv failure: Connection reset by peer\n",
    "http-unavailable": "< HTTP/1.1 503 Service Unavailable\n< Content-Length: 0\n<\n"
    "* Connection #0 to host shop.example left intact\n",
}


@pytest.mark.parametrize("code", _TROUBLES)
@pytest.mark.parametrize(("sent", "named"), [
    ("", ""),
    ("> Authorization: Bearer abc\n", "Your call sent Authorization, and"),
    ("> Authorization: Basic YTpi\n> Cookie: a=b\n", "Your call sent Authorization and Cookie, and"),
])  # fmt: skip
def test_a_command_without_the_login_of_the_call_is_given_and_says_so(code: str, sent: str, named: str) -> None:
    finding = curlx.explain(_GET.format(sent) + _TROUBLES[code]).findings[0]
    (remedy,) = (each for each in finding.remedies if any("http://shop.example/a" in one for one in each.commands))
    assert finding.code == code
    assert ["Your call sent" in step for step in remedy.steps].count(True) == bool(named)
    assert named in " ".join(remedy.steps)


def test_where_a_command_logs_in_no_login_is_missed() -> None:
    refused = '< HTTP/1.1 401 Unauthorized\n< WWW-Authenticate: Basic realm="a"\n< Content-Length: 0\n<\n'
    log = _GET.format("> Authorization: Basic YTpi\n") + refused
    assert any(" -u " in one for each in curlx.explain(log).findings[0].remedies for one in each.commands)
    assert "Your call sent" not in _steps(log)


def test_a_trial_of_the_servers_certificate_needs_no_login() -> None:
    log = f"""* Connected to shop.example (192.0.2.10) port 443
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
*  SSL certificate verify result: self signed certificate (18), continuing anyway.
{_GET.format("> Authorization: Basic YTpi" + chr(10))}< HTTP/1.1 200 OK
< Content-Length: 0
<
"""
    (found,) = (each for each in curlx.explain(log).findings if each.code == "server-certificate-unverified")
    assert any(each.commands for each in found.remedies)
    assert not any("Your call sent" in step for each in found.remedies for step in each.steps)


@pytest.mark.parametrize(("method", "said"), [("GET", False), ("DELETE", True)])
def test_before_a_command_repeats_what_may_change_something_a_step_says_so(method: str, said: bool) -> None:
    log = f"""* Connected to shop.example (192.0.2.10) port 443
* TLSv1.2 (IN), TLS handshake, Request CERT (13):
* TLSv1.2 (OUT), TLS handshake, Certificate (11):
* SSL connection using TLSv1.2 / ECDHE-RSA-AES256-GCM-SHA384
> {method} /a HTTP/1.1
> Host: shop.example
>
< HTTP/1.1 400 Bad Request
< Content-Type: text/html
< Content-Length: 50
<
<center>No required SSL certificate was sent</center>
* Connection #0 to host shop.example left intact
"""
    assert ("run it only if that may be carried out twice" in _steps(log)) == said


@pytest.mark.parametrize(("command", "inside"), [
    ("$ kubectl -n web1 exec web-0 -- curl -v 192.0.2.65", "`kubectl -n web1 exec web-0 --`: run the commands there"),
    ("$ sudo docker exec -it web curl -v 192.0.2.65", "`docker exec -it web`: run the commands there"),
    ("$ ssh -p 2222 db1.example curl -v 192.0.2.65", "`ssh -p 2222 db1.example`: run the commands there"),
    ("$ sudo ip netns exec blue curl -v 192.0.2.65", "`ip netns exec blue`: run the commands there"),
    ("$ docker-compose exec web curl -v 192.0.2.65", "`docker-compose exec web`: run the commands there"),
    ("$ docker run --rm net/tools curl -v 192.0.2.65", "`docker run --rm net/tools`: run the commands there"),
    ("$ docker run --rm library/curl -v 192.0.2.65", "write `docker run --rm library/curl` in the place of `curl`"),
    ("$ docker exec web /usr/bin/curl -v 192.0.2.65", ""),
    ("$ docker run web; curl -v 192.0.2.65", ""),
    ("$ curl -v 192.0.2.65", ""),
])  # fmt: skip
def test_commands_are_for_the_place_that_curl_ran_in(command: str, inside: str) -> None:
    why = "Failed to connect to 192.0.2.65 port 80 after 135435 ms: Couldn't connect to server"
    steps = _steps(f"{command}\n*   Trying 192.0.2.65:80...\n* {why}\n* Closing connection 0\ncurl: (28) {why}\n")
    assert inside in steps
    assert ("Your curl ran" in steps) == bool(inside)
    assert ("NetworkPolicy" in steps) == command.startswith("$ kubectl")


@pytest.mark.parametrize(("option", "told"), [("vk", 1), ("v", 0)])
def test_a_redirect_to_https_is_not_followed_without_the_k_of_the_call_unsaid(option: str, told: int) -> None:
    answer = "< HTTP/1.1 301 Moved Permanently\n< Location: https://192.0.2.10/\n< Content-Length: 0\n< \n"
    asked = "* Connected to 192.0.2.10 (192.0.2.10) port 80\n> GET / HTTP/1.1\n> Host: 192.0.2.10\n> \n"
    log = f"$ curl -{option} http://192.0.2.10/\n{asked}{answer}* Connection #0 to host 192.0.2.10 left intact\n"
    assert _steps(log).count("Your call had -k") == told


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("", "`client.pem` and `client.key` stand for your own files"),
        ("$ curl -v --cert client.pem --key client.key https://shop.example/\n", ""),
    ],
)
def test_names_that_stand_for_the_readers_own_files_are_said_to(command: str, said: str) -> None:
    log = f"""{command}* Connected to shop.example (192.0.2.10) port 443
> GET / HTTP/1.1
> Host: shop.example
>
< HTTP/1.1 400 Bad Request
<
<html><head><title>400 No required SSL certificate was sent</title></head>
"""
    assert said in _steps(log)
    assert bool(said) == ("stand for your own" in _steps(log))


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("curl: (28) SSL connection timeout\n", "`HOST` stands for the host"),
        (_UNTRUSTED.replace("shop.example", "api.***.example"), "A part of the name `api."),
        (_UNTRUSTED, ""),
    ],
)
def test_a_host_that_the_log_does_not_show_or_hides_is_for_the_reader_to_write(log: str, said: str) -> None:
    assert said in _steps(log)
    assert bool(said) == ("stands for the host" in _steps(log) or "was hidden in the log" in _steps(log))


@pytest.mark.parametrize(("port", "said"), [("", True), ("* Connected to shop.example (192.0.2.1) port 8443\n", False)])
def test_a_port_that_the_log_does_not_show_is_not_taken_for_known(port: str, said: bool) -> None:
    log = f"""{port}* SSL: certificate subject name 'a.example' does not match target host name 'shop.example'
* Closing connection 0
"""
    assert ("The log shows no port" in _steps(log)) is said


def test_a_port_with_which_tls_failed_is_known() -> None:
    log = "curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to shop.example:443 \n"
    assert "The log shows no port" not in _steps(log)


@pytest.mark.parametrize(("option", "told"), [("", True), ("--network host ", False), ("--net=host ", False)])
def test_a_container_in_the_network_of_its_host_has_no_other(option: str, told: bool) -> None:
    steps = _steps(f"""$ docker run --rm {option}example/curl -v http://127.0.0.1:9/x
*   Trying 127.0.0.1:9...
* connect to 127.0.0.1 port 9 from 127.0.0.1 port 58126 failed: Connection refused
* Failed to connect to 127.0.0.1 port 9 after 0 ms: Could not connect to server
* closing connection #0
""")
    assert "a container of its own" in steps
    assert ("another network than its host" in steps) == told


@pytest.mark.parametrize(("log", "told"), [
    ("* Connected to a.example (192.0.2.1) port 443\n* could not load PEM client certificate from c.pem, OpenSSL error "
     "error:80000002:system library::No such file or directory, (no key found, wrong passphrase, or wrong file "
     "format?)\n* closing connection #0\n", "`client.key` stands for the file of the key"),
    ("curl: (35) error:1408F10B:SSL routines:ssl3_get_record:wrong version number\n", "`PORT` stands for the port"),
    ("curl: (58) unable to set private key file: 'k.key' type PEM\n", "`URL` stands for the address"),
    (_GET.format("> Authorization: Basic YTpi\n") + '< HTTP/1.1 401 Unauthorized\n< WWW-Authenticate: Basic realm="a"\n'
     "< Content-Length: 0\n<\n", "`USER` stands for your user name"),
])  # fmt: skip
def test_what_stands_in_a_command_for_something_else_is_told_once(log: str, told: str) -> None:
    assert _steps(log).count(told) == 1


@pytest.mark.parametrize(
    ("target", "left"), [("/n/${id}", "${id}"), ("/{account}/x", "{account}"), ("/n/7", ""), ("/{a,b}", "")]
)
def test_a_name_that_nobody_filled_in_is_told(target: str, left: str) -> None:
    log = f"* Connected to a.example (192.0.2.1) port 80 (#0)\n> GET {target} HTTP/1.1\n> Host: a.example\n>\n"
    steps = _steps(f"{log}* Recv failure: Operation timed out\ncurl: (56) Recv failure: Operation timed out\n")
    assert ("went to the server as it stands" in steps) is bool(left)
    assert f"`{left}` went" in steps or not left
