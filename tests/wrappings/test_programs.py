"""Other programs that print what libcurl tells them."""

from __future__ import annotations

from .log import LOG, unwrapped


def test_the_types_of_a_debug_callback_become_marks() -> None:
    log = ["INFO text_buff = cURL:type[0]-Connected to example.com (192.0.2.1) port 80 (#2)",
           "INFO text_buff = cURL:type[2]-GET / HTTP/1.1",
           "INFO text_buff = cURL:type[1]-HTTP/1.1 407 Proxy Auth"]  # fmt: skip
    assert unwrapped(log) == (
        ["* Connected to example.com (192.0.2.1) port 80 (#2)", "> GET / HTTP/1.1", "< HTTP/1.1 407 Proxy Auth"],
        ("debug-callback",),
    )


def test_git_prints_curls_trace_in_its_own_words() -> None:
    log = [
        "10:00:00.000001 http.c:845              == Info: Connected to example.com (192.0.2.1) port 443 (#0)",
        "10:00:00.000002 http.c:792              => Send header, 0000000211 bytes (0x000000d3)",
        "10:00:00.000003 http.c:804              => Send header: GET /r.git HTTP/2",
        "10:00:00.000004 http.c:804              => Send header: Host: example.com",
        "10:00:00.000005 http.c:804              => Send header:",
        "10:00:00.000006 http.c:792              <= Recv header, 0000000017 bytes (0x00000011)",
        "10:00:00.000007 http.c:804              <= Recv header: HTTP/2 200",
    ]
    texts, quirks = unwrapped(log)
    assert quirks == ("timestamps", "git-trace")
    assert texts == ["* Connected to example.com (192.0.2.1) port 443 (#0)", "", "> GET /r.git HTTP/2",
                     "> Host: example.com", "> ", "", "< HTTP/2 200"]  # fmt: skip


def test_error_records_of_powershell_are_taken_off() -> None:
    log = [
        "curl.exe : *   Trying 192.0.2.1:443...",
        "At line:1 char:1",
        "+ curl.exe -v https://example.com 2>&1 | Out-File log.txt",
        "+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
        "    + CategoryInfo          : NotSpecified: (*   Trying 192.0.2.1:443...:String) [], RemoteException",
        "    + FullyQualifiedErrorId : NativeCommandError",
        " ",
        *LOG[4:],
    ]
    texts, quirks = unwrapped(log)
    assert quirks == ("powershell",)
    assert texts[:7] == [LOG[3], "", "curl.exe -v https://example.com 2>&1 | Out-File log.txt", "", "", "", " "]
    assert texts[7:] == LOG[4:]


def test_an_error_record_of_powershells_own_curl_is_left_as_it_is() -> None:
    log = [
        "curl : The remote server returned an error: (400) Bad Request.",
        "    + CategoryInfo          : InvalidOperation: (System.Net.HttpWebRequest:HttpWebRequest) [Invoke-WebRequest], WebException",
        "    + FullyQualifiedErrorId : WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand",
    ]
    assert unwrapped(log) == (log, ())


def test_arrows_of_r_become_marks() -> None:
    log = ["-> GET /a HTTP/1.1", "-> Host: example.com", "-> ", "<- HTTP/1.1 404 Not Found", "<- ", "<<  gone"]
    assert unwrapped(log) == (
        ["> GET /a HTTP/1.1", "> Host: example.com", "> ", "< HTTP/1.1 404 Not Found", "< ", "gone"],
        ("debug-callback",),
    )


def test_the_callback_of_pycurls_documentation_becomes_marks() -> None:
    log = [r"debug(0): b'  Trying 192.0.2.1:80...\n'", r"debug(2): b'GET / HTTP/1.1\r\nHost: example.com\r\n\r\n'",
           r"debug(1): b'HTTP/1.1 200 OK\r\n'"]  # fmt: skip
    texts = ["*   Trying 192.0.2.1:80...", "> GET / HTTP/1.1", "> Host: example.com", "> ", "< HTTP/1.1 200 OK"]
    assert unwrapped(log) == (texts, ("debug-callback",))
