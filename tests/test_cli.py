"""The command line as a user meets it: a process with its streams and its exit code."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from curlx.advice.exit_codes import meaning
from curlx.diagnoses import known

MISSING = b"""\
* SSL connection using TLSv1.2 / ECDHE-RSA-AES256-GCM-SHA384
* Server certificate:
*  subject: CN=engine.sandbox
*  start date: Jan 21 04:01:41 2026 GMT
*  expire date: Apr 20 04:01:40 2026 GMT
*  SSL certificate verify ok.
> GET /v4/admin/health HTTP/1.1
> Host: engine.sandbox
> Authorization: Bearer opensesame-opensesame
>\x20
< HTTP/1.1 400 Bad Request
< Server: nginx
< Content-Type: text/html
< Connection: close
<\x20
<html>
<head><title>400 No required SSL certificate was sent</title></head>
<body>
<center><h1>400 Bad Request</h1></center>
<center>No required SSL certificate was sent</center>
<hr><center>nginx</center>
</body>
</html>
* Closing connection 0
"""
FINE = b"""\
* Connected to www.example.com (203.0.113.10) port 80 (#0)
> GET / HTTP/1.1
> Host: www.example.com
>\x20
< HTTP/1.1 204 No Content
< Date: Mon, 23 Nov 2026 09:03:19 GMT
<\x20
* Connection #0 to host www.example.com left intact
"""
HINT = b" (curl -v writes to standard error; did you mean `curl -v ... 2>&1 | curlx`?)\n"
PROSE = b"Dear all,\n\nthe meeting is moved to Thursday.\n"


def curlx(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "curlx", *arguments],
        input=stdin,
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **environment},
    )


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "health.log"
    path.write_bytes(MISSING)
    return str(path)


def test_a_pipe_is_explained_without_any_argument() -> None:
    ran = curlx(stdin=MISSING)
    assert b"error[client-certificate-missing]" in ran.stdout
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_a_pipe_gets_no_colour_and_eighty_columns() -> None:
    text = curlx(stdin=MISSING).stdout.decode()
    assert "\x1b" not in text
    assert "✖ broke here" in text


def test_a_log_in_which_nothing_went_wrong_exits_with_0() -> None:
    ran = curlx(stdin=FINE)
    assert b"ok: no problem found" in ran.stdout
    assert ran.returncode == 0


@pytest.mark.parametrize("spelling", [("explain",), (), ("explain", "--format", "terminal")])
def test_a_file_is_explained_the_same_however_it_is_asked(spelling: tuple[str, ...], saved: str) -> None:
    ran = curlx(*spelling, saved)
    assert (ran.stdout, ran.returncode) == (curlx("explain", saved).stdout, 1)
    assert b"health.log" in ran.stdout


@pytest.mark.parametrize("spelling", [("-",), ("-", "--format", "terminal")])
def test_a_dash_alone_is_standard_input(spelling: tuple[str, ...]) -> None:
    assert curlx(*spelling, stdin=MISSING).stdout == curlx(stdin=MISSING).stdout


def test_a_file_that_is_not_there_is_not_called_a_command() -> None:
    ran = curlx("missing.log")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"neither a command nor a file 'missing.log'" in ran.stderr


def test_a_folder_alone_gets_the_command_that_is_meant(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    ran = subprocess.run(
        [sys.executable, "-m", "curlx", "logs"], cwd=tmp_path, capture_output=True, timeout=60,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert ran.returncode == 2
    assert b"`curlx check logs`" in ran.stderr


def test_json_is_the_document_of_the_contract(saved: str) -> None:
    ran = curlx("explain", saved, "--format", "json")
    document = json.loads(ran.stdout)
    assert (document["format"], document["outcome"], ran.returncode) == (1, "failure", 1)
    assert document["source"]["name"] == saved


@pytest.mark.parametrize("format", ["json", "terminal"])
def test_what_is_not_from_curl_exits_with_3_and_one_sentence(format: str) -> None:
    ran = curlx("explain", "-", "--format", format, stdin=PROSE)
    assert ran.returncode == 3
    assert ran.stderr == b"curlx: standard input: there is no output of curl -v or --trace in it" + HINT
    assert (b'"not-curl"' in ran.stdout) is (format == "json")


@pytest.mark.parametrize("spelling", [(), ("explain",), ("explain", "--format", "json"), ("redact",)])
def test_an_empty_input_exits_with_3(spelling: tuple[str, ...]) -> None:
    ran = curlx(*spelling)
    assert (ran.returncode, ran.stdout, ran.stderr) == (3, b"", b"curlx: standard input is empty" + HINT)


@pytest.mark.parametrize("command", ["explain", "redact"])
def test_a_missing_file_exits_with_3_and_says_so(command: str) -> None:
    ran = curlx(command, "none.log")
    assert (ran.returncode, ran.stderr) == (3, b"curlx: cannot read none.log: there is no such file\n")


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on_decides_about_the_exit_code(fail_on: str, code: int, saved: str) -> None:
    assert curlx("explain", saved, "--fail-on", fail_on).returncode == code


def test_reply_is_the_format_of_this_name(saved: str) -> None:
    ran = curlx("explain", saved, "--reply")
    assert (ran.stdout, ran.returncode) == (curlx("explain", saved, "--format", "reply").stdout, 1)
    assert ran.stdout.startswith(b"Hello,\n")


def test_reply_and_another_format_exclude_each_other(saved: str) -> None:
    assert curlx("explain", saved, "--reply", "--format", "html").returncode == 2


@pytest.mark.parametrize("format", ["markdown", "html", "har", "reply"])
def test_no_format_shows_a_secret(format: str, saved: str) -> None:
    ran = curlx("explain", saved, "--format", format)
    assert b"client-certificate-missing" in ran.stdout
    assert b"opensesame" not in ran.stdout


def test_a_report_can_be_written_to_a_file(saved: str, tmp_path: Path) -> None:
    ran = curlx("explain", saved, "--format", "json", "--output", str(tmp_path / "report.json"))
    assert (ran.stdout, ran.returncode) == (b"", 1)
    assert json.loads((tmp_path / "report.json").read_bytes())["format"] == 1


def test_a_report_that_cannot_be_written_is_a_usage_error(saved: str, tmp_path: Path) -> None:
    ran = curlx("explain", saved, "--output", str(tmp_path / "none" / "report.txt"))
    assert ran.returncode == 2
    assert b"cannot write" in ran.stderr
    assert b"there is no such folder" in ran.stderr


@pytest.mark.parametrize("arguments", [["explain", "--format", "yaml"], ["nonsense"], ["explain", "--nonsense"]])
def test_a_wrong_command_line_exits_with_2(arguments: list[str]) -> None:
    assert curlx(*arguments).returncode == 2


def test_secrets_are_shown_only_when_asked_for(saved: str) -> None:
    assert b"opensesame" not in curlx("explain", saved, "--format", "json").stdout
    assert b"opensesame" in curlx("explain", saved, "--format", "json", "--show-secrets").stdout


def test_check_shows_secrets_only_when_asked_for(saved: str) -> None:
    assert b"opensesame" not in curlx("check", saved, "--format", "jsonl").stdout
    assert b"opensesame" in curlx("check", saved, "--format", "jsonl", "--show-secrets").stdout


@pytest.mark.parametrize("command", [("explain", "--format", "json"), ("check", "--format", "jsonl"), ("redact",)])
def test_hide_hides_the_host_in_every_command(command: tuple[str, ...], saved: str) -> None:
    hidden = curlx(command[0], saved, *command[1:], "--hide", "hosts,addresses,names")
    assert b"engine.sandbox" not in hidden.stdout
    assert b"host-1.example" in hidden.stdout
    assert hidden.returncode == curlx(command[0], saved, *command[1:]).returncode


def test_hide_knows_three_kinds(saved: str) -> None:
    ran = curlx("redact", saved, "--hide", "hosts,people")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"people" in ran.stderr


def test_redact_hides_the_secret_and_nothing_else(saved: str) -> None:
    ran = curlx("redact", saved)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"opensesame" not in ran.stdout
    kept = [line for line in MISSING.split(b"\n") if b"Authorization" not in line]
    assert [line for line in ran.stdout.split(b"\n") if b"Authorization" not in line] == kept


def test_redact_writes_to_a_file_what_it_would_print(saved: str, tmp_path: Path) -> None:
    ran = curlx("redact", saved, "--output", str(tmp_path / "copy.log"))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    assert (tmp_path / "copy.log").read_bytes() == curlx("redact", saved).stdout


def test_a_copy_keeps_the_bytes_of_a_log_in_any_encoding() -> None:
    log = (FINE + b"\x1b[31mf\xfcr\x00\r\n\r").replace(b"Host: ", b"Cookie: a=opensesame\r\n> Host: ")
    ran = curlx("redact", stdin=log)
    assert ran.stdout == log.replace(b"opensesame", "‹cookie 1›".encode("cp1252"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "command",
    [
        ("explain",),
        ("explain", "-", "--format", "json"),
        ("redact",),
        ("why",),
        ("why", "http-not-found"),
        ("--version",),
        ("--help",),
        ("explain", "--help"),
    ],
)
def test_a_full_disk_is_said_and_fails(command: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "curlx", *command], input=FINE, stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert (ran.returncode, ran.stderr) == (2, b"curlx: cannot write standard output: no space left on device\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh")
@pytest.mark.parametrize("command", ["explain", "explain - --format json", "redact", "why", "why http-not-found"])
def test_a_standard_output_that_is_closed_is_said(command: str) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m curlx {command} >&-', sys.executable],
        input=FINE,
        stderr=subprocess.PIPE,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (2, b"curlx: cannot write standard output: it is closed\n")


def test_a_copy_that_cannot_be_made_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "copy.log").write_bytes(b"old")
    assert curlx("redact", str(tmp_path / "none.log"), "--output", str(tmp_path / "copy.log")).returncode == 3
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_why_prints_the_page_of_a_diagnosis() -> None:
    ran = curlx("why", "client-certificate-missing")
    assert ran.returncode == 0
    assert ran.stdout.startswith(b"# client-certificate-missing\n")
    assert b"## What to do" in ran.stdout


def test_why_takes_a_code_in_capitals() -> None:
    assert curlx("why", "HTTP-Not-Found").stdout == curlx("why", "http-not-found").stdout


def test_why_lists_every_diagnosis() -> None:
    listed = curlx("why").stdout.decode()
    assert [code for code in known() if f"\n  {code} " not in listed] == []


def test_why_lists_a_family() -> None:
    listed = curlx("why", "client").stdout.decode().splitlines()
    assert listed[0] == "client certificate"
    assert [line.split()[0] for line in listed[1:]] == [code for code in known() if code.startswith("client-")]
    assert curlx("why", "TLS-").stdout == curlx("why", "tls").stdout != b""


def test_why_suggests_what_may_have_been_meant() -> None:
    ran = curlx("why", "client-certificate-mising")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"Did you mean client-certificate-missing" in ran.stderr


def test_why_finds_what_is_no_code_in_the_pages() -> None:
    def found(word: str) -> list[str]:
        return [line.split()[0] for line in curlx("why", word).stdout.decode().splitlines() if line.startswith("  ")]

    assert found("client-cert") == [code for code in known() if code.startswith("client-cert")]
    for word in ("mtls", "496"):
        assert "client-certificate-missing" in found(word)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("60", "server-certificate-expired"),
        ("58", "client-certificate-key-mismatch"),
        ("35", "tls-version-mismatch"),
        ("22", "http-not-found"),
        ("43", "curl-error"),
    ],
)
def test_why_tells_what_an_exit_code_of_curl_means(number: str, code: str) -> None:
    ran = curlx("why", number)
    assert ran.stdout.decode().replace("\n", " ").startswith(f"Exit code {number} of curl: {meaning(int(number))}.")
    assert f"\n  {code} " in ran.stdout.decode()


def test_help_and_version_are_there() -> None:
    assert curlx("--version").stdout.startswith(b"curlx ")
    assert b"2>&1 | curlx" in curlx("--help").stdout
    for command in ("explain", "why", "redact"):
        assert b"Example:" in curlx(command, "--help").stdout


def test_help_can_be_asked_for_as_a_command() -> None:
    assert curlx("help").stdout == curlx("--help").stdout
    assert curlx("help", "check").stdout == curlx("check", "--help").stdout
    assert curlx("help", "nothing").returncode == 2


@pytest.mark.parametrize("command", ["explain", "check", "diff", "why", "redact", "serve"])
def test_help_breaks_no_word_at_80_columns(command: str) -> None:
    shown = curlx(command, "--help", TERMINAL_WIDTH="80").stdout.decode()
    assert not re.search(r"[a-z]\|[a-z]", shown)  # no list of formats, which breaks where the column ends
    assert all(len(line) <= 80 for line in shown.splitlines())


@pytest.mark.parametrize("body", [b"", b"<html>a page</html>\n"])
def test_a_pipe_without_standard_error_is_told_how_to_get_it(body: bytes, tmp_path: Path) -> None:
    ran = curlx(stdin=body)
    assert ran.returncode == 3
    assert b"`curl -v ... 2>&1 | curlx`" in ran.stderr
    (tmp_path / "page.html").write_bytes(body)
    assert b"2>&1" not in curlx("explain", str(tmp_path / "page.html")).stderr


@pytest.mark.parametrize("command", ["explain", "redact"])
def test_what_is_packed_is_for_check(command: str, tmp_path: Path) -> None:
    packed = tmp_path / "trace.log.gz"
    packed.write_bytes(gzip.compress(FINE))
    ran = curlx(command, str(packed))
    assert (ran.returncode, ran.stdout) == (3, b"")
    assert b"`curlx check` reads what is in it" in ran.stderr
    with tarfile.open(tmp_path / "logs.tar", "w") as archive:
        (tmp_path / "a.log").write_bytes(FINE)
        archive.add(tmp_path / "a.log", "a.log")
    assert curlx(command, str(tmp_path / "logs.tar")).returncode == 3


def test_completion_does_not_wait_for_a_log() -> None:
    ran = curlx(_CURLX_COMPLETE="complete_bash", COMP_WORDS="curlx why client-certificate-mis", COMP_CWORD="2",
                _TYPER_COMPLETE_ARGS="curlx why client-certificate-mis")  # fmt: skip
    assert b"client-certificate-missing" in ran.stdout


def test_a_console_without_unicode_gets_ascii(saved: str) -> None:
    ran = curlx("explain", saved, PYTHONIOENCODING="ascii")
    assert ran.stdout.isascii()
    assert b"x broke here" in ran.stdout


def test_a_console_without_unicode_gets_placeholders_and_arrows_that_can_be_read(saved: str, tmp_path: Path) -> None:
    (tmp_path / "good.log").write_bytes(FINE)
    ran = curlx("diff", str(tmp_path / "good.log"), saved, PYTHONIOENCODING="ascii")
    assert b"Answer: 204 No Content -> 400 Bad Request" in ran.stdout
    (tmp_path / "token.log").write_bytes(FINE.replace(b"GET / ", b"GET /?access_token=opensesame-opensesame "))
    assert (
        b"GET /?access_token=<parameter 1>"
        in curlx("explain", str(tmp_path / "token.log"), PYTHONIOENCODING="ascii").stdout
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head")
def test_a_reader_that_has_gone_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "long.log"
    path.write_bytes(FINE * 2_000)
    for command in (("explain", str(path), "--format", "json"), ("redact", str(path))):
        process = subprocess.Popen(
            [sys.executable, "-m", "curlx", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stderr.close()
        assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_asks_for_a_paste_and_gets_colour_unless_it_says_no(
    environment: dict[str, str], coloured: bool
) -> None:
    import pty

    variables = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "curlx"], stdin=inner, stdout=inner, stderr=subprocess.PIPE,
        env={**variables, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip
    os.close(inner)
    os.write(outer, MISSING + b"\x04")
    shown = b""
    while True:
        try:
            piece = os.read(outer, 4096)
        except OSError:  # Linux ends a pseudo-terminal with EIO
            break
        if not piece:
            break
        shown += piece
    assert process.stderr is not None
    asked = process.stderr.read()
    process.stderr.close()
    os.close(outer)
    assert process.wait(60) == 1
    assert b"paste the output of curl -v" in asked
    assert "✖ broke here".encode() in shown
    assert (b"\x1b[1;31m" in shown) is coloured


@pytest.fixture
def identity(tmp_path: Path) -> tuple[Path, Path]:
    """A client certificate that expired in 2025, and its key, as files."""
    from datetime import UTC, datetime

    import trustme

    authority = trustme.CA()
    made = authority.issue_cert("alice@example.com", not_before=datetime(2024, 1, 1, tzinfo=UTC),
                                not_after=datetime(2025, 1, 1, tzinfo=UTC))  # fmt: skip
    certificate, key = tmp_path / "client.pem", tmp_path / "client.key"
    made.cert_chain_pems[0].write_to_path(certificate)
    made.private_key_pem.write_to_path(key)
    return certificate, key


@pytest.mark.parametrize("format", ["terminal", "markdown", "html", "reply", "json"])
def test_every_format_for_people_tells_of_the_clients_files(identity: tuple[Path, Path], format: str) -> None:
    certificate, key = identity
    done = curlx("explain", "-", "--cert", str(certificate), "--key", str(key), "-f", format, stdin=MISSING)
    assert done.returncode == 1, done.stderr
    said = " ".join(done.stdout.decode().split())
    assert "expired on 2025-01-01, before the call" in said
    assert "Mend them before you send them" in said
    assert key.read_text().splitlines()[1] not in said


def test_the_clients_files_that_cannot_be_read_get_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "huge").write_bytes(b"-" * ((1 << 20) + 1))
    for name, words in (
        ("", "it is a directory"),
        ("none.pem", "there is no such file"),
        ("huge", "it is larger than 1 MB"),
    ):
        done = curlx("explain", "-", "--cert", str(tmp_path / name), stdin=MISSING)
        assert done.returncode == 3
        assert done.stdout == b""
        assert (
            done.stderr.decode()
            .strip()
            .endswith(words + (", which no certificate or key is" if name == "huge" else ""))
        )
        assert done.stderr.count(b"\n") == 1


def test_a_passphrase_behind_the_files_name_is_taken_as_curl_takes_it_and_never_printed(
    identity: tuple[Path, Path], tmp_path: Path
) -> None:
    done = curlx("explain", "-", "--cert", f"{identity[0]}:geheim", "-f", "json", stdin=MISSING)
    assert json.loads(done.stdout)["client_files"]["file"] == str(identity[0])
    gone = curlx("explain", "-", "--cert", f"{tmp_path / 'none.pem'}:geheim", stdin=MISSING)
    assert gone.returncode == 3
    assert b"geheim" not in done.stdout + done.stderr + gone.stdout + gone.stderr


def test_a_passphrase_comes_from_the_environment_too(identity: tuple[Path, Path]) -> None:
    from cryptography.hazmat.primitives import serialization

    certificate, key = identity
    opened = serialization.load_pem_private_key(key.read_bytes(), None)
    key.write_bytes(
        opened.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"geheim"),
        )
    )
    arguments = ("explain", "-", "--cert", str(certificate), "--key", str(key), "-f", "json")
    assert json.loads(curlx(*arguments, stdin=MISSING).stdout)["client_files"]["needs_passphrase"] is True
    opened_now = json.loads(curlx(*arguments, stdin=MISSING, CURLX_PASS="geheim").stdout)["client_files"]
    assert opened_now["key"]["belongs_to"] == 0


def test_a_key_without_a_certificate_is_a_wrong_usage(identity: tuple[Path, Path]) -> None:
    done = curlx("explain", "-", "--key", str(identity[1]), stdin=MISSING)
    assert done.returncode == 2
    assert b"--key wants the certificate too" in done.stderr


def test_the_plain_path_does_not_pay_for_certificates() -> None:
    code = "import sys; from curlx.console import explain; explain('-'); sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], input=FINE, capture_output=True, timeout=60).returncode == 0


def test_diff_tells_what_explains_the_failure_and_exits_with_1(tmp_path: Path) -> None:
    (tmp_path / "good.log").write_bytes(FINE)
    bad = FINE.replace(b"204 No Content", b"405 Method Not Allowed").replace(b"GET /", b"DELETE /")
    (tmp_path / "bad.log").write_bytes(bad)
    result = curlx("diff", str(tmp_path / "good.log"), str(tmp_path / "bad.log"))
    assert result.returncode == 1
    assert "Method: GET in GOOD, DELETE in BAD. This explains the failure" in result.stdout.decode()


def test_diff_of_what_only_noise_tells_apart_exits_with_0(tmp_path: Path) -> None:
    (tmp_path / "good.log").write_bytes(FINE)
    result = curlx("diff", str(tmp_path / "good.log"), "-", stdin=FINE.replace(b"09:03:19", b"10:11:12"))
    assert result.returncode == 0
    assert "Nothing differs but what differs in any two calls" in result.stdout.decode()


def test_diff_writes_every_format_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "good.log").write_bytes(FINE)
    for format in ("html", "json", "markdown", "terminal"):
        written = tmp_path / f"comparison.{format}"
        result = curlx("diff", str(tmp_path / "good.log"), "-", "-f", format, "-o", str(written), stdin=MISSING)
        assert (result.returncode, result.stdout) == (1, b"")
        assert "client-certificate-missing" in written.read_text(encoding="utf-8")
    assert json.loads((tmp_path / "comparison.json").read_bytes())["format"] == 1


def test_diff_hides_secrets_unless_it_is_told_to_show_them(tmp_path: Path) -> None:
    (tmp_path / "good.log").write_bytes(FINE)
    for arguments, seen in (((), False), (("--show-secrets",), True)):
        result = curlx("diff", str(tmp_path / "good.log"), "-", "-f", "json", *arguments, stdin=MISSING)
        assert (b"opensesame" in result.stdout) is seen


def test_powershells_alias_is_called_so_and_exits_with_3() -> None:
    result = curlx("explain", "-", stdin=b"curl : The remote server returned an error: (400) Bad Request.\n")
    assert (result.returncode, result.stdout) == (3, b"")
    assert "curl.exe -sSv URL" in " ".join(result.stderr.decode().split())


def test_diff_takes_only_one_log_from_standard_input() -> None:
    result = curlx("diff", "-", "-", stdin=FINE)
    assert result.returncode == 2
    assert b"only one of the two logs" in result.stderr


@pytest.mark.parametrize("place", [0, 1])
def test_diff_of_a_log_that_is_none_exits_with_3_and_says_which(place: int, tmp_path: Path) -> None:
    (tmp_path / "fine.log").write_bytes(FINE)
    (tmp_path / "prose.txt").write_bytes(PROSE)
    logs = [str(tmp_path / "fine.log"), str(tmp_path / "prose.txt")]
    result = curlx("diff", *(logs if place else reversed(logs)))
    assert (result.returncode, result.stdout) == (3, b"")
    assert "prose.txt: there is no output of curl" in " ".join(result.stderr.decode().split())
    assert curlx("diff", logs[0], str(tmp_path / "gone.log")).returncode == 3
