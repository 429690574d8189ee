from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from curlx.sources import Unreadable, compressed, packed
from curlx.sources.packed import IsArchive, members, read
from curlx.sources.places import Place

LOG = b"* Trying 203.0.113.7:443...\n" * 100
PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


def place(path: Path, data: bytes | None = None) -> Place:
    if data is not None:
        path.write_bytes(data)
    return Place(path.name, str(path), path.stat().st_size)


def content(one: Place) -> bytes:
    return b"".join(read(one))


def zipped(path: Path, **files: bytes) -> Place:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return place(path)


def tarred(path: Path, mode: str = "w", **files: bytes) -> Place:
    with tarfile.open(path, mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_700_000_000
            archive.addfile(info, io.BytesIO(data))
    return place(path)


def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (compressed, packed):
        monkeypatch.setattr(module, "ALWAYS", 1 << 20)


@pytest.mark.parametrize("name", PACKERS)
def test_a_compressed_log_is_read_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    pack = PACKERS[name]
    assert content(place(tmp_path / "a.log", pack(LOG))) == LOG
    assert content(place(tmp_path / "b.log", pack(LOG) + pack(b"* more\n"))) == LOG + b"* more\n"


@pytest.mark.parametrize("name", PACKERS)
def test_long_output_of_short_input_comes_in_pieces(name: str, tmp_path: Path) -> None:
    pieces = list(read(place(tmp_path / "a.log", PACKERS[name](bytes(3_000_000)))))
    assert sum(map(len, pieces)) == 3_000_000
    assert max(map(len, pieces)) <= 1 << 18


@pytest.mark.parametrize("name", PACKERS)
def test_compressed_data_that_end_early_or_are_damaged_are_said_to_be(name: str, tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(200_000)
    whole = PACKERS[name](noise)
    with pytest.raises(Unreadable, match="ends early"):
        content(place(tmp_path / "half", whole[: len(whole) // 2]))
    damaged = bytearray(whole)
    damaged[len(whole) // 2 : len(whole) // 2 + 2000] = bytes(2000)
    with pytest.raises(Unreadable):
        content(place(tmp_path / "damaged", bytes(damaged)))


@pytest.mark.parametrize("name", PACKERS)
def test_a_bomb_is_not_unpacked_to_its_end(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    little_room(monkeypatch)
    bomb = place(tmp_path / "bomb", PACKERS[name](bytes(100_000_000)))
    given: list[int] = []
    with pytest.raises(Unreadable, match="bomb"):
        given.extend(map(len, read(bomb)))
    assert sum(given) < max(2 << 20, (packed.RATIO + 1) * bomb.size)


def test_what_unpacks_a_lot_but_not_too_much_is_read(tmp_path: Path) -> None:
    log = LOG * 5_000  # 14 MB, 300 times its packed size
    assert content(place(tmp_path / "long.log", gzip.compress(log))) == log


def test_zstd_is_read_or_refused_with_what_it_needs(tmp_path: Path) -> None:
    try:
        import zstandard
    except ImportError:
        frame = b"\x28\xb5\x2f\xfd" + bytes(20)
        try:
            import compression.zstd  # noqa: F401
        except ImportError:
            with pytest.raises(Unreadable, match="zstandard"):
                content(place(tmp_path / "a.zst", frame))
        return
    frame = zstandard.ZstdCompressor().compress(LOG)
    assert content(place(tmp_path / "a.zst", frame + frame)) == LOG + LOG


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_gives_its_files_in_order(mode: str, tmp_path: Path) -> None:
    archive = tarred(tmp_path / "logs", mode, **{"b/1.log": LOG, "a.log": b"* a\n", "empty": b""})
    with pytest.raises(IsArchive):
        content(archive)
    found = list(members(archive))
    assert [one.name for one in found] == ["logs/b/1.log", "logs/a.log", "logs/empty"]
    assert [content(one) for one in found] == [LOG, b"* a\n", b""]
    assert found[0].modified == 1_700_000_000


def test_a_zip_gives_its_files_in_order(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "logs.zip", **{"b/": b"", "b/1.log": LOG, "a.log.gz": gzip.compress(b"* a\n")})
    with pytest.raises(IsArchive):
        content(archive)
    found = list(members(archive))
    assert [(one.name, content(one)) for one in found] == [("logs.zip/b/1.log", LOG), ("logs.zip/a.log.gz", b"* a\n")]


@pytest.mark.parametrize("make", [zipped, tarred])
def test_a_big_member_is_left_in_its_archive_until_it_is_read(
    make: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "CARRIED", 1_000)
    archive = make(tmp_path / "logs", **{"1": b"* small\n", "2": LOG, "3": gzip.compress(LOG)})  # type: ignore[operator]
    small, big, compressed = members(archive)
    assert (small.data, big.data) == (b"* small\n", None)
    assert [content(one) for one in (small, big, compressed)] == [b"* small\n", LOG, LOG]


def test_archives_in_archives_are_not_entered(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", a=LOG)
    archive = tarred(tmp_path / "outer.tar", **{"inner.zip": Path(inner.where).read_bytes(), "a.log": LOG})
    first, second = members(archive)
    with pytest.raises(Unreadable, match="archive inside an archive"):
        content(first)
    assert content(second) == LOG


def test_a_zip_bomb_of_many_members_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    little_room(monkeypatch)
    found = list(members(zipped(tmp_path / "bomb.zip", **{f"{one:02}": bytes(1_000_000) for one in range(20)})))
    assert len(found) < 20
    assert "bomb" in found[-1].problem
    assert found[-1].name == "bomb.zip"


def test_a_damaged_member_of_a_zip_costs_only_itself(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", one=LOG, two=random.Random(1).randbytes(5_000), three=LOG)
    data = bytearray(Path(archive.where).read_bytes())
    at = data.index(b"two") + 1_000
    data[at : at + 100] = bytes(100)
    one, two, three = members(place(tmp_path / "b.zip", bytes(data)))
    assert (content(one), content(three)) == (LOG, LOG)
    assert "damaged" in two.problem


def test_a_tar_that_ends_early_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    files = {f"{one}.log": random.Random(one).randbytes(20_000) for one in range(10)}
    archive = tarred(tmp_path / "a.tgz", "w:gz", **files)
    data = Path(archive.where).read_bytes()
    *whole, last = members(place(tmp_path / "half.tgz", data[: len(data) // 2]))
    assert [one.data for one in whole] == [*files.values()][: len(whole)]
    assert len(whole) >= 3
    assert (last.name, last.problem) == ("half.tgz", "it ends early: the rest of the data is missing")


def test_a_tar_with_gigabytes_of_attributes_is_refused_before_they_are_read(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 1 << 40
    (refused,) = members(place(tmp_path / "a.tar", info.tobuf(tarfile.GNU_FORMAT) + bytes(20_000)))
    assert refused.problem == "it is a tar with oversized headers"


def test_an_encrypted_member_is_said_to_be(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", one=LOG)
    data = bytearray(Path(archive.where).read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (one,) = members(place(tmp_path / "b.zip", bytes(data)))
    assert one.problem == "it is encrypted"


@pytest.mark.parametrize("left", [4, 30, 0.5, -10, -1])
def test_a_zip_that_is_cut_off_is_said_to_be(left: float, tmp_path: Path) -> None:
    data = Path(zipped(tmp_path / "a.zip", one=LOG, two=LOG).where).read_bytes()
    (found,) = members(place(tmp_path / "b.zip", data[: int(left if left % 1 == 0 else left * len(data))]))
    assert found.problem == "it is a damaged zip, or the beginning of one: its end is missing"


def test_a_zip_whose_list_is_longer_than_itself_is_damaged(tmp_path: Path) -> None:
    data = bytearray(Path(zipped(tmp_path / "a.zip", one=LOG).where).read_bytes())
    end = data.index(b"PK\x05\x06")
    data[end + 12 : end + 16] = (1 << 30).to_bytes(4, "little")
    (found,) = members(place(tmp_path / "b.zip", bytes(data)))
    assert found.problem == "it is a damaged zip: the list of its contents is longer than itself"


def test_a_tar_is_never_cut_short_without_a_word(tmp_path: Path) -> None:
    files = {f"{one}.log": LOG for one in range(3)}
    data = Path(tarred(tmp_path / "a.tar", **files).where).read_bytes()
    second = data.index(b"1.log")
    for length in (second, second + 100, second + 512, second + 700):  # at the header, in it, behind it, in the file
        first, *_, last = members(place(tmp_path / f"{length}.tar", data[:length]))
        assert (first.data, last.problem) == (LOG, "it ends early: the rest of the data is missing")
    damaged = bytearray(data)
    damaged[second + 100] ^= 1
    first, last = members(place(tmp_path / "damaged.tar", bytes(damaged)))
    assert (first.data, last.problem) == (LOG, "it is a damaged tar: bad checksum")
    assert len([*members(place(tmp_path / "whole.tar", data))]) == 3


def test_a_log_that_is_packed_twice_is_not_taken_for_something_else(tmp_path: Path) -> None:
    for name, inner in (("a.gz", gzip.compress(LOG)), ("b.gz", Path(zipped(tmp_path / "z", a=LOG).where).read_bytes())):
        with pytest.raises(Unreadable, match="packed twice"):
            content(place(tmp_path / name, gzip.compress(inner)))
    (inside,) = members(zipped(tmp_path / "c.zip", **{"d.gz": gzip.compress(gzip.compress(LOG))}))
    with pytest.raises(Unreadable, match="packed twice"):
        content(inside)


def test_zstd_is_never_cut_short_without_a_word(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    frame = zstandard.compress(random.Random(1).randbytes(200_000))
    for length in (6, len(frame) // 2, len(frame) - 1):
        with pytest.raises(Unreadable, match="ends early"):
            content(place(tmp_path / "half.zst", frame[:length]))
    skipped = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"\x01\x02\x03\x04"
    assert (
        content(place(tmp_path / "pzstd.zst", skipped + zstandard.compress(LOG) + skipped + zstandard.compress(LOG)))
        == 2 * LOG
    )
    with pytest.raises(Unreadable, match="data are damaged"):
        content(place(tmp_path / "no.zst", frame[:4] + bytes((0xFF,)) * 40))


def test_what_bzip2_cannot_unpack_is_damaged(tmp_path: Path) -> None:
    data = bytearray(bz2.compress(random.Random(1).randbytes(200_000)))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(Unreadable, match="data are damaged"):
        content(place(tmp_path / "a.bz2", bytes(data)))


def test_an_archive_without_files_is_said_to_be(tmp_path: Path) -> None:
    for archive in (zipped(tmp_path / "a.zip"), tarred(tmp_path / "a.tgz", "w:gz", **{})):
        assert [one.problem for one in members(archive)] == ["it is an archive without a file in it"]


def test_what_only_begins_like_an_archive_is_a_problem_and_no_error(tmp_path: Path) -> None:
    for index, head in enumerate((b"PK\x03\x04", b"x" * 257 + b"ustar", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0")):
        one = place(tmp_path / f"{index}", head + bytes(2_000))
        with pytest.raises((IsArchive, Unreadable)) as raised:
            content(one)
        if raised.type is IsArchive:
            assert [bool(found.problem) for found in members(one)] == [True]


def test_of_a_growing_file_only_what_was_there_is_read(tmp_path: Path) -> None:
    path = tmp_path / "growing.log"
    path.write_bytes(LOG * 100)
    pieces = read(place(path))
    got = [next(pieces)]
    for piece in pieces:
        with path.open("ab") as file:
            file.write(LOG * 100)
        got.append(piece)
    assert b"".join(got) == LOG * 100


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="there is no /proc")
def test_a_file_that_says_it_has_no_size_is_read() -> None:
    assert b"Name:" in b"".join(read(Place("status", "/proc/self/status")))


def test_names_and_links_in_a_tar_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"* secret\n")
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        for name, kind, link in (
            ("/etc/passwd", tarfile.REGTYPE, ""), ("../../up.log", tarfile.REGTYPE, ""),
            ("soft.log", tarfile.SYMTYPE, str(tmp_path / "secret")), ("hard.log", tarfile.LNKTYPE, "../secret"),
            ("pipe", tarfile.FIFOTYPE, ""), ("device", tarfile.CHRTYPE, ""), ("folder", tarfile.DIRTYPE, ""),
        ):  # fmt: skip
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size = kind, link, 4 if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(b"* x\n") if info.size else None)
    found = list(members(place(path)))
    assert [(one.name, content(one)) for one in found] == [
        ("a.tar//etc/passwd", b"* x\n"),
        ("a.tar/../../up.log", b"* x\n"),
    ]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.tar", "secret"]


@pytest.mark.parametrize("outer", [*PACKERS, "zip", "tar"])
def test_a_bomb_in_an_archive_is_not_unpacked_to_its_end(
    outer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    little_room(monkeypatch)
    bomb = PACKERS["gz"](bytes(30_000_000))
    if outer in PACKERS:
        with pytest.raises(Unreadable, match="packed twice"):
            content(place(tmp_path / "twice", PACKERS[outer](bomb)))
        return
    archive = (zipped if outer == "zip" else tarred)(tmp_path / outer, **{"bomb.log": bomb, "good.log": LOG})
    first, second = members(archive)
    with pytest.raises(Unreadable, match="bomb"):
        content(first)
    assert content(second) == LOG


def test_a_bomb_of_zstd_is_not_unpacked_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zstandard = pytest.importorskip("zstandard")
    little_room(monkeypatch)
    with pytest.raises(Unreadable, match="bomb"):
        content(place(tmp_path / "bomb.zst", zstandard.ZstdCompressor().compress(bytes(100_000_000))))
