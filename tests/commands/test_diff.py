"""`curlx diff`: what differs, and its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .running import FINE, MISSING, PROSE, curlx


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
