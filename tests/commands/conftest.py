"""Files that the commands are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from .checking import REFUSED
from .running import FINE, MISSING, PROSE


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "health.log"
    path.write_bytes(MISSING)
    return str(path)


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "1.log").write_bytes(REFUSED % b"api.example.com")
    (logs / "2.log").write_bytes(FINE)
    (logs / "3.log").write_bytes(REFUSED % b"www.example.com")
    (logs / "4.txt").write_bytes(PROSE)
    return logs


@pytest.fixture
def many(tmp_path: Path) -> Path:
    logs = tmp_path / "many"
    logs.mkdir()
    for index in range(3_000):
        (logs / f"{index:04}.log").write_bytes(FINE * 4)  # four runs
    return logs
