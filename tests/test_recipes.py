"""The recipes of docs/batch.md, run as they stand there, with the engines that are installed."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from curlx import explain

PAGE = (Path(__file__).parent.parent / "docs" / "batch.md").read_text(encoding="utf-8")
LOGS = sorted((Path(__file__).parent.parent / "fixtures" / "logs").glob("mtls-*.log"))[:30]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    for log in LOGS:
        shutil.copy(log, folder)
    return folder


def expected() -> Counter[tuple[str, str]]:
    reports = [explain(log.read_bytes()) for log in LOGS]
    return Counter((report.outcome, report.findings[0].code if report.findings else "") for report in reports)


def block(language: str, engine: str = "") -> str:
    """Return a block of code from the page."""
    return next(code for code in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) if code.startswith(engine))


def run(engine: str, folder: Path, **surroundings: str) -> None:
    if importlib.util.find_spec({"spark": "pyspark"}.get(engine, engine)) is None:
        pytest.skip(f"{engine} is not installed")
    script = folder / "recipe.py"
    script.write_text(block("python", f"# {engine}"), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, str(script)], cwd=folder, capture_output=True, text=True, timeout=240, check=False,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, **surroundings},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


@pytest.mark.usefixtures("logs")
def test_spark_explains_logs(tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    run("spark", tmp_path, SPARK_LOCAL_IP="127.0.0.1")
    rows = [row for part in (tmp_path / "found").glob("*.csv") for row in csv.DictReader(part.open(encoding="utf-8"))]
    assert {(row["outcome"], row["code"] or ""): int(row["count"]) for row in rows} == expected()


@pytest.mark.usefixtures("logs")
def test_ray_explains_logs(tmp_path: Path) -> None:
    run("ray", tmp_path, RAY_USAGE_STATS_ENABLED="0", RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO="0")
    documents = [json.loads(line) for line in (tmp_path / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [Path(document["source"]["name"]).name for document in documents] == [log.name for log in LOGS]
    assert Counter(
        (document["outcome"], document["findings"][0]["code"] if document["findings"] else "") for document in documents
    ) == expected()  # fmt: skip


def test_duckdb_asks_the_reports(logs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    checking = next(line for line in block("sh", "curlx check logs/ --format jsonl").splitlines())
    subprocess.run([sys.executable, "-m", *checking.split()], cwd=tmp_path, check=False)
    monkeypatch.chdir(tmp_path)
    counting = re.search(r'duckdb -c "(.*)"', PAGE)
    assert counting is not None
    counted = dict(duckdb.sql(counting[1]).fetchall())
    codes = Counter[str | None]()
    for (_, code), number in expected().items():
        codes[code or None] += number
    assert counted == codes
    told = duckdb.sql(block("sql")).fetchall()
    reports = [(f"logs/{log.name}", explain(log.read_bytes())) for log in LOGS]
    assert told == sorted(
        (name, one.code, one.severity, one.evidence[0].line) for name, report in reports for one in report.findings
    )
    assert logs.exists()
