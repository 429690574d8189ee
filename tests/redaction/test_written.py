"""Secrets that `--write-out` prints. Every one here is invented."""

from __future__ import annotations

import pytest

from curlx.lines import Line
from curlx.redaction import Redactor


def last(*texts: str) -> str:
    redactor = Redactor()
    return [redactor.hide(Line(number, text, len(text))).text for number, text in enumerate(texts, 1)][-1]


@pytest.mark.parametrize(
    ("form", "printed", "hidden"),
    [
        (r"%{http_code} %header{x-auth-token}\n", "200 sesame-open-9f", "200 ‹api-key 1›"),
        (r"%header{X-Api-Key}", "sesame", "‹api-key 1›"),
        (r"%{http_code}\n%header{x-session-token:all:,}|%{time_total}\n", "sesame,open|0.21", "‹api-key 1›|0.21"),
        (
            r"key=%header{x-api-key} at %{url}\n",
            "key=sesame at https://a.example/",
            "key=‹api-key 1› at https://a.example/",
        ),
        (r"%{http_code} %header{location}\n", "302 https://a.example/b", "302 https://a.example/b"),
        (r"%{http_code} %header{x-auth-token}\n", "* Connected to a.example", "* Connected to a.example"),
        (r"%header{x-auth-token}\n", "* Connected to a.example", "* Connected to a.example"),
        (r"%{stderr}%header{x-auth-token}\n", "sesame", "‹api-key 1›"),
        (r"%output{a.txt}%header{x-auth-token}\n", "sesame", "‹api-key 1›"),
        (r"100%% %header{x-auth-token}\n", "100% sesame", "100% ‹api-key 1›"),
        (r"%header{set-cookie:all:; }", "a=b; sid=sesame", "a=‹cookie 1›; sid=‹cookie 2›"),
        (r"%header{content-type}%header{x-auth-token}|\n", "text/htmlsesame|", "‹api-key 1›|"),
        (r"%header{set-cookie}%header{x-auth-token}", "a=b; Path=/sesame", "‹api-key 1›"),
    ],
)
def test_a_header_that_is_a_secret_is_hidden_where_a_command_prints_it(form: str, printed: str, hidden: str) -> None:
    assert last(f"$ curl -s -o /dev/null -w '{form}' https://a.example/", printed) == hidden
    assert last("$ curl -s -o /dev/null \\", f'  -w "{form}" \\', "  https://a.example/", printed) == hidden


def test_the_next_command_prints_what_it_prints() -> None:
    first = "$ curl -s -w '%header{x-api-key}' https://a.example/"
    assert last(first, "$ curl -s https://a.example/", "sesame") == "sesame"


def test_a_format_without_quotes_and_one_with_escaped_quotes_are_read() -> None:
    assert last("$ curl -s -o /dev/null -w %header{x-api-key} https://a.example/", "sesame") == "‹api-key 1›"
    escaped = r'$ curl -s -o /dev/null -w "t=\"%header{x-api-key}\"\n" https://a.example/'
    assert last(escaped, 't="sesame"') == 't="‹api-key 1›"'


def test_a_format_that_holds_a_line_end_is_read() -> None:
    command = ('$ curl -s -o /dev/null -w "%header{x-api-key}', '" https://a.example/')
    assert last(*command) == command[1]
    assert last(*command, "sesame") == "‹api-key 1›"


def test_what_stands_behind_a_body_without_a_line_end_is_hidden() -> None:
    command = r"$ curl -s -w '%header{x-api-key}\n' https://a.example/"
    assert last(command, '{"ok":1}sesame') == '{"ok":1}‹api-key 1›'
    assert last(command, "<p>ok</p>sesame") == "<p>ok</p>‹api-key 1›"
    assert last(command, "{", ' "ok": 1', "}sesame") == "}‹api-key 1›"
    assert last(command, "}") == "}"
    assert last(command, '{"ok":1}') == '{"ok":1}'


def test_a_format_in_a_file_of_options_is_read() -> None:
    shown = r'write-out = "%header{x-api-key}\n"'
    assert last("$ cat .curlrc", shown) == shown
    assert last(shown, "$ curl -s -o /dev/null https://a.example/", "sesame") == "‹api-key 1›"
    assert last(shown, "$ curl -s -w '%{url}' https://a.example/", "sesame") == "sesame"


@pytest.mark.parametrize(
    "command",
    [
        'PS C:\\x> curl.exe -s -o NUL -w "%header{x-api-key}`n" https://a.example/',
        r"$ curl -s -o /dev/null -w %header{x-api-key}\\n https://a.example/",
        "$ curl -s -o x -w '%{http_code}' -w '%header{x-api-key}' https://a.example/",
        "$ curl -s -o x -w '%{url.password}' https://a.example/",
        'C:\\x>curl -s -o NUL -w "%%header{x-api-key}" https://a.example/',
        "$ curl -s -o x -K - https://a.example/ <<< 'write-out = \"%header{x-api-key}\"'",
        "$ printf 'write-out=\"%header{x-api-key}\"' | curl -s -o x -K - https://a.example/",
    ],
)
def test_a_secret_is_hidden_in_the_format_that_counts_in_any_shell(command: str) -> None:
    assert last(command, "sesame") == "‹api-key 1›"


def test_a_format_in_a_file_that_the_log_shows_is_read() -> None:
    shown = ("$ cat fmt.txt", r"key=%header{x-api-key}\n")
    assert last(*shown, "$ curl -s -o /dev/null -w @fmt.txt https://a.example/", "key=sesame") == "key=‹api-key 1›"
    below = "$ curl -s -o /dev/null -w @- https://a.example/ <<'EOF'"
    assert last(below, "key %header{x-api-key}", "EOF", "key sesame") == "key ‹api-key 1›"


def test_a_format_on_the_line_behind_its_option_is_read() -> None:
    command = ("$ curl -s -o /dev/null \\", "  --write-out \\", "  '%header{x-api-key}' \\", "  https://a.example/")
    assert last(*command, "sesame") == "‹api-key 1›"


def test_two_backslashes_that_a_shell_makes_one_of_are_read() -> None:
    assert last(r'$ curl -s -o x -w "a\\b%header{x-api-key}" https://a.example/', r"a\bsesame") == r"a\b‹api-key 1›"


def test_a_status_tells_where_a_text_without_a_line_end_is_over() -> None:
    command = "$ curl -s -w '%{http_code} %header{x-api-key}' https://a.example/"
    assert last(command, "hello200 open-sesame-9f") == "hello200 ‹api-key 1›"
    assert last(command, "it took 200 steps") == "it took 200 steps"
    alone = "$ curl -s -w '%header{x-api-key}' https://a.example/"
    assert last(alone, "hello200 open-sesame-9f") == "‹api-key 1›"


@pytest.mark.parametrize(
    "lines",
    [
        ("$ FMT='%header{x-api-key}\\n'", '$ curl -so /dev/null -w "$FMT" https://a.example/'),
        ("$ echo '%header{x-api-key}' > f.txt", "$ curl -so /dev/null -w @f.txt https://a.example/"),
        ("$ printf '%%header{x-api-key}' | curl -so /dev/null -w @- https://a.example/",),
        ("$ curl -so /dev/null -w \"$(printf '%%header{x-api-key}')\" https://a.example/",),
        ("$ curl -so /dev/null --WRITE-OUT '%header{x-api-key}' https://a.example/",),
        ("$ curl -so /dev/null --expand-write-out '%header{x-api-key}' https://a.example/",),
        ("$ curl -so /dev/null -K - https://a.example/ <<< '-w \"%header{x-api-key}\"'",),
        ('$ docker exec c sh -c "curl -so /dev/null -w \\"%header{x-api-key}\\" https://a.example/"',),
    ],
)
def test_a_format_is_found_wherever_a_shell_keeps_it(lines: tuple[str, ...]) -> None:
    assert last(*lines, "sesame") == "‹api-key 1›"
