from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from typing import Any

import pytest

from curlx.sources import Unreadable
from curlx.sources.packed import IsArchive, members, read
from curlx.sources.places import Place, places

LOG = b"* Trying 203.0.113.7:443...\n" * 1000


@pytest.fixture
def store() -> Any:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]
    for path, data in {"/logs/b/2.log": LOG, "/logs/a.log.gz": gzip.compress(LOG), "/logs/c.txt": b"x"}.items():
        memory.pipe(path, data)
    return memory


def names(*wanted: str) -> list[str]:
    return [place.name for place in places(wanted)]


@pytest.mark.usefixtures("store")
def test_an_address_is_what_is_below_it_by_name() -> None:
    assert names("memory://logs") == [f"memory:///logs/{path}" for path in ("a.log.gz", "b/2.log", "c.txt")]
    assert names("memory://logs/**/*.log") == ["memory:///logs/b/2.log"]
    assert names("memory://logs/c.txt") == ["memory:///logs/c.txt"]


@pytest.mark.usefixtures("store")
def test_what_is_at_an_address_is_read_and_unpacked() -> None:
    packed, plain, _ = places(["memory://logs"])
    assert b"".join(read(packed)) == b"".join(read(plain)) == LOG
    assert (plain.size, plain.modified is not None) == (len(LOG), True)


def test_archives_in_a_store_give_their_logs(store: Any) -> None:
    tar, zipped = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as archive:
        info = tarfile.TarInfo("1.log")
        info.size = len(LOG)
        archive.addfile(info, io.BytesIO(LOG))
    with zipfile.ZipFile(zipped, "w") as archive_of_zip:
        archive_of_zip.writestr("1.log", LOG)
    for data in (tar, zipped):
        store.pipe("/archive", data.getvalue())
        (place,) = places(["memory://archive"])
        with pytest.raises(IsArchive):
            list(read(place))
        (member,) = members(place)
        assert (member.name, member.data) == ("memory:///archive/1.log", LOG)


@pytest.mark.usefixtures("store")
def test_what_a_store_cannot_give_is_a_problem_and_no_error() -> None:
    def problem(where: str) -> str:
        (place,) = places([where])
        return place.problem

    assert problem("memory://none.log") == "there is no such file"
    assert problem("memory://none/*.log") == "nothing is there"
    assert problem("nonsense://bucket/x")


@pytest.mark.usefixtures("store")
def test_what_vanishes_from_a_store_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="no such file"):
        list(read(Place("x", "memory://gone.log")))


def test_without_the_extra_an_address_says_what_to_install() -> None:
    try:
        import fsspec  # noqa: F401
    except ImportError:
        (place,) = places(["s3://bucket/logs"])
        assert 'pip install ".[cluster]"' in place.problem
