from __future__ import annotations

import time

import pytest

from curlx.grammar.programs import read_program

UNRESOLVED = "Could not resolve host: a.example"


def test_what_goes_on_behind_the_name_is_somebodys_sentence() -> None:
    assert read_program(f"Error in curl_fetch_memory(url) : {UNRESOLVED}") is not None
    assert read_program(f" ***Error in curl::curl_fetch_disk(url, x$path): {UNRESOLVED}***") is not None
    assert read_program(f"Error in curl_fetch_memory(url) : {UNRESOLVED} is what you see then") is None


def test_git_counts_what_it_still_awaits() -> None:
    for indent in ("", "    "):
        told = read_program(f"{indent}error: 3805 bytes of body are still expected")
        assert told is not None
        assert told.program == "git"
        assert told.complaint is not None
        assert (told.complaint.kind, told.complaint.number) == ("transfer-interrupted", 3805)


@pytest.mark.parametrize(
    ("line", "code", "text", "url"),
    [
        (f"cURL error 6: {UNRESOLVED} (see https://curl.haxx.se/libcurl/c/libcurl-errors.html)", 6, UNRESOLVED, None),
        (f"x: cURL error 6: {UNRESOLVED} (see https://curl.se/libcurl) for https://a.example/v1 in x.php", 6,
         UNRESOLVED, "https://a.example/v1"),
        (f"  curl error 6 while downloading https://a.example/p.json: {UNRESOLVED}", 6, UNRESOLVED,
         "https://a.example/p.json"),
        ("  - Curl error (60): Peer certificate cannot be authenticated for https://a.example/x [SSL problem]", 60,
         "SSL problem", "https://a.example/x"),
        ("  - Curl error (60): Peer certificate cannot be authenticated [SSL problem]", 60, "SSL problem", None),
        ("  - Curl error (3): No URL for http://<li>a: <a href=\"[http://a.example/\">http</a>](http://a.example/) "
         "[Port number ended with ' ']", 3, "Port number ended with ' '", None),
        ('  Error from server https://a.example - 35 - "SSL connect error"', 35, "SSL connect error",
         "https://a.example"),
        ('  Error from server https://a.example - 35 - "SSL connect', 35, "SSL connect", "https://a.example"),
        ('  Error from server https://a.example - 7 - "Couldn\'t', 7, "Couldn't", "https://a.example"),
        ('[Errno 14] curl#7 - "Failed connect to a.example:80; Connection refused"', 7,
         "Failed connect to a.example:80; Connection refused", None),
        (f'http://a.example/repomd.xml: [Errno 14] curl#6 - "{UNRESOLVED}; Unknown error"', 6, UNRESOLVED,
         "http://a.example/repomd.xml"),
        (f"  [6] Could not resolve hostname ({UNRESOLVED})", 6, UNRESOLVED, None),
        ("warning: spurious network error (2 tries remaining): [7] Couldn't connect to server; class=Net (12)", 7,
         "Couldn't connect to server", None),
        ("warning: spurious network error (1 try remaining): [28] Timeout was reached", 28, "Timeout was reached", None),
        ("error: (52, 'Empty reply from server')", 52, "Empty reply from server", None),
        (f"error: unable to download 'https://a.example/i': Couldn't resolve host name (6) {UNRESOLVED}", 6,
         UNRESOLVED, "https://a.example/i"),
        ("error: unable to download 'https://a.example/i': Problem with the SSL CA cert (path? access rights?) (77)", 77,
         "", "https://a.example/i"),
        ("[error] [AWS Log: ERROR](CurlHttpClient)Curl returned error code 28", 28, "", None),
        ("critical libmamba Download error (60) SSL peer certificate was not OK [https://a.example/r.json]", 60,
         "SSL peer certificate was not OK", "https://a.example/r.json"),
        (f"fatal: unable to access 'https://me@a.example/x.git/': {UNRESOLVED}", None, UNRESOLVED,
         "https://a.example/x.git/"),
        (f"error: failed retrieving file 'core.db' from a.example : {UNRESOLVED}", None, UNRESOLVED, None),
    ],
)  # fmt: skip
def test_what_a_program_tells_of_an_error_is_read_with_its_url(
    line: str, code: int | None, text: str, url: str | None
) -> None:
    told = read_program(line)
    assert told is not None
    assert (told.code, told.text, told.url) == (code, text, url)
    assert (told.program == "git") is line.startswith("fatal")


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("Download error (28) Timeout was reached [https://a.example/x.conda]", "timeout", None),
        (f"curl_easy_perform() failed: (6) {UNRESOLVED}", "host-not-found", None),
        ("a.errors.RasterioIOError: HTTP response code: 403", "http-status", 403),
        ("a._err.CPLE_HttpResponseError: HTTP response code: 404", "http-status", 404),
        ("a: Error executing an HTTP request: HTTP response code 403 with body '{", "http-status", 403),
        ("a: libcurl code 28 meaning 'Timeout was reached', error details: Resolving timed out after 9 milliseconds",
         "resolve-timeout", 9),
        ('  The "https://a.example/p.json" file could not be downloaded (HTTP/2 404 )', "http-status", 404),
        ("  failed to get 200 response from `https://a.example/d`, got 403", "http-status", 403),
        ("error: https://a.example/x.tgz: failed: status code 404", "http-status", 404),
        ('Error in open.connection(con, "rb") : HTTP error 404.', "http-status", 404),
        ("# Error in curl::curl_download(url, path) : HTTP error 403.", "http-status", 403),
        ("error: unable to download 'https://a.example/i': HTTP error 200 ('') (curl error: Transferred a partial file)",
         "transfer-interrupted", None),
        ("Cannot perform request: Timeout was reached", "timeout", None),
        ("WARNING:  Message: Timeout was reached", "timeout", None),
        ("x: Client error: `PUT https://a.example/f` resulted in a `417 Expectation Failed` response: <?xml", "http-status",
         417),
        ("Server error: POST https://a.example/f resulted in a 502 Bad Gateway response:", "http-status", 502),
        ("Client error response [url] https://a.example/f [status code] 404 [reason phrase] Not Found", "http-status", 404),
        ("3 | <class 'pycurl.error'> (28, 'Resolving timed out after 9 milliseconds')", "resolve-timeout", 9),
        (f"pycurl.error(6, '{UNRESOLVED}')", "host-not-found", None),
        (f"例外pycurl.error: (6, '{UNRESOLVED}')", "host-not-found", None),
    ],
)  # fmt: skip
def test_what_programs_make_of_a_failure_is_known_by_their_own_words(line: str, kind: str, number: int | None) -> None:
    told = read_program(line)
    assert told is not None
    assert told.complaint is not None
    assert (told.complaint.kind, told.complaint.number) == (kind, number)


def test_git_that_was_broken_behind_its_url_has_no_reason_yet() -> None:
    told = read_program("fatal: unable to access 'https://a.example/x.git/':")
    assert told is not None
    assert (told.complaint, told.program) == (None, "git")


@pytest.mark.parametrize("url", ["xxx.git/", "***", "<the URL>", "[hidden]/x.git"])
def test_a_url_that_somebody_shortened_is_one_of_git(url: str) -> None:
    told = read_program(f"fatal: unable to access '{url}': {UNRESOLVED}")
    assert told is not None
    assert told.complaint is not None
    assert (told.complaint.kind, told.program, told.url) == ("host-not-found", "git", None)


@pytest.mark.parametrize(
    "line",
    ["[60] items (and more)", "error: (1, 2)", "an error 60: SSL", "unable to access 'x': no",
     "fatal: unable to access 'cfg/x': Permission denied", "error: error setting a value", "error setting certificate",
     '1. https://a.example/ - 22 - "A good read"', '2. https://a.example/ - 35 - SSL for beginners'],
)  # fmt: skip
def test_errors_of_other_kinds_are_left_alone(line: str) -> None:
    assert read_program(line) is None


@pytest.mark.parametrize(
    "unit",
    ["curl error 6 ", "[6] SSL (", "curl#6 - ", "cURL error 6: a (see https://", "unable to access '",
     "Curl error (6): a for https://a [", " while downloading http://a: ", "Download error (6) SSL a [",
     "Curl error (6): a [", 'https://a.example - 35 - "SSL ', "https://a - ",
     "Client error: `GET https://a.example/` resulted in a `404 expect raise "],
)  # fmt: skip
def test_hostile_lines_take_no_longer_than_others(unit: str) -> None:
    start = time.perf_counter()
    read_program(unit * (60_000 // len(unit)))
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("behind", [" (see https://curl.se/libcurl)", ').", E_USER_ERROR);'])
def test_names_are_read_without_typographic_quotes(behind: str) -> None:
    told = read_program(
        "x (cURL error 51: SSL: certificate subject name ‘*.farm.example’ does not match target host name "
        f"‘plugins.example’{behind}"
    )
    assert told is not None
    assert told.complaint is not None
    assert told.complaint.subject == "plugins.example"


GUZZLES = "Client error: `GET https://a.example/` resulted in a `404 Not Found` response"


@pytest.mark.parametrize(
    ("line", "mentioned"),
    [
        (GUZZLES, False),
        (f'{GUZZLES}: {{"hint": "ask again when it is there"}}', False),
        (f"PHP Fatal error: Uncaught {GUZZLES} in /srv/call.php:12", False),
        (f"error={GUZZLES}", False),
        (f'$this->expectExceptionMessage("{GUZZLES}");', True),
        (f"[INFO] expected: {GUZZLES}", True),
        (f"A {GUZZLES} is thrown when the page lacks.", True),
        (f"pycurl.error (6, '{UNRESOLVED}')", False),
        (f"except pycurl.error: (6, '{UNRESOLVED}')", True),
        (f"    raise pycurl.error(6, '{UNRESOLVED}')", True),
        (f"get.side_effect=pycurl.error(6, '{UNRESOLVED}')", True),
    ],
)
def test_source_code_and_sentences_only_mention_an_error(line: str, mentioned: bool) -> None:
    told = read_program(line)
    assert told is not None
    assert told.mentioned is mentioned
