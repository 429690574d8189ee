"""Stores as they are: servers of S3, Google Cloud Storage, Azure Blob Storage and HTTP on the loopback interface.

Their clients and servers come with `pip install -e ".[stores]"`, but for Azurite, which npm has (`CURLX_AZURITE` names
its `node_modules`). Without them the tests are skipped.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

LOG = (
    b"*   Trying 203.0.113.7:443...\n* connect to 203.0.113.7 port 443 failed: Connection refused\ncurl: (7) refused\n"
)
TREE = {"a/1.log": LOG, "a/deep/2.log": LOG, "notes.txt": b"Dear all,\n", "empty.log": b""}
AZURE_ACCOUNT = "devstoreaccount1"
# The key of the emulator, which everybody knows: learn.microsoft.com, "Connect to Azurite".
AZURE_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


class Store:
    """A store with a bucket in which the logs are, and what a process needs to reach it."""

    def __init__(self, bucket: str, surroundings: Mapping[str, str]) -> None:
        self.bucket = bucket
        self.surroundings = surroundings

    def check(self, *paths: str, **surroundings: str) -> tuple[int, list[str]]:
        ran = subprocess.run(
            [sys.executable, "-m", "curlx", "check", "--each", "--jobs", "1", *paths],
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **self.surroundings, **surroundings},
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert b"Traceback" not in ran.stderr
        return ran.returncode, ran.stdout.decode().splitlines()


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in.log", LOG)
    return packed.getvalue()


def filled(filesystem: Any, bucket: str) -> None:
    for name, data in {**TREE, "logs.zip": zipped()}.items():
        filesystem.pipe(f"{bucket}/{name}", data)


@pytest.fixture(scope="module")
def s3() -> Iterator[Store]:
    server_of, s3fs = pytest.importorskip("moto.server"), pytest.importorskip("s3fs")
    server = server_of.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    keys = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"}
    filesystem = s3fs.S3FileSystem(key="any", secret="any", endpoint_url=address, skip_instance_cache=True)
    filesystem.mkdir("bucket")
    filled(filesystem, "bucket")
    yield Store("s3://bucket", {"AWS_ENDPOINT_URL": address, "AWS_EC2_METADATA_DISABLED": "true", **keys})
    server.stop()


@pytest.fixture(scope="module")
def gs() -> Iterator[Store]:
    server_of = pytest.importorskip("gcp_storage_emulator.server")
    server = server_of.create_server("127.0.0.1", 0, in_memory=True, default_bucket="bucket")
    server.start()
    address = f"http://127.0.0.1:{server._api._httpd.server_port}"
    # The emulator does not speak gRPC, in which gcsfs would ask for the kind of the bucket.
    surroundings = {"STORAGE_EMULATOR_HOST": address, "GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT": "false"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in surroundings.items():
            patch.setenv(name, value)
        gcsfs = pytest.importorskip("gcsfs")  # which reads them when it is loaded
        filled(gcsfs.GCSFileSystem(token="anon", endpoint_url=address, skip_instance_cache=True), "bucket")
    yield Store("gs://bucket", surroundings)
    server.stop()


@pytest.fixture(scope="module")
def az() -> Iterator[Store]:
    adlfs, modules = pytest.importorskip("adlfs"), os.environ.get("CURLX_AZURITE")
    if not modules:
        pytest.skip("CURLX_AZURITE does not say where Azurite is")
    program = Path(modules) / "azurite" / "dist" / "src" / "blob" / "main.js"
    command = ["node", str(program), "--inMemoryPersistence", "--blobPort", "0", "--skipApiVersionCheck"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout
        address = next(line.split()[-1] for line in server.stdout if "successfully listens" in line)
        connection = (
            f"DefaultEndpointsProtocol=http;AccountName={AZURE_ACCOUNT};AccountKey={AZURE_KEY};"
            f"BlobEndpoint={address}/{AZURE_ACCOUNT};"
        )
        filesystem = adlfs.AzureBlobFileSystem(connection_string=connection)
        filesystem.mkdir("bucket")
        filled(filesystem, "bucket")
        yield Store("az://bucket", {"AZURE_STORAGE_CONNECTION_STRING": connection})
        server.terminate()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    for needed in ("fsspec", "aiohttp"):
        pytest.importorskip(needed)
    folder = tmp_path_factory.mktemp("www")
    for name, data in {**TREE, "logs.zip": zipped()}.items():
        (folder / "bucket" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "bucket" / name).write_bytes(data)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Store(f"http://127.0.0.1:{server.server_port}/bucket", {})
        server.shutdown()


@pytest.fixture(params=["s3", "gs", "az", "http"])
def store(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(request.param)
    return found


def test_a_bucket_is_all_that_is_below_it_and_in_its_archives(store: Store) -> None:
    code, lines = store.check(store.bucket)
    told = [
        f"{store.bucket}/{name}" for name in ("a/1.log", "a/deep/2.log", "empty.log", "logs.zip/in.log", "notes.txt")
    ]
    assert code == 1
    assert len(lines) == len(told)
    for line, name, said in zip(lines, told, ("error", "error", "it is empty", "error", "not-curl"), strict=True):
        assert line.startswith(f"{name}:")
        assert said in line


def test_a_pattern_a_folder_and_a_file_of_a_store_are_what_they_name(store: Store) -> None:
    for path, names in {
        "a/*.log": ["a/1.log"],
        "a": ["a/1.log", "a/deep/2.log"],
        "a/1.log": ["a/1.log"],
        "logs.zip": ["logs.zip/in.log"],
    }.items():
        _, lines = store.check(f"{store.bucket}/{path}")
        assert [line.split(": ")[0].rpartition(":")[0] for line in lines] == [
            f"{store.bucket}/{name}" for name in names
        ]


def test_what_is_not_in_a_store_is_said_not_to_be(store: Store) -> None:
    code, lines = store.check(f"{store.bucket}/none.log", f"{store.bucket}/none/*.log")
    assert code == 3
    assert lines[0] == f"{store.bucket}/none.log: unreadable: there is no such file"
    assert lines[1].startswith(f"{store.bucket}/none/*.log: unreadable: ")


@pytest.mark.parametrize("kind", ["s3", "gs", "az"])
def test_a_bucket_that_is_not_there_is_said_not_to_be(kind: str, request: pytest.FixtureRequest) -> None:
    store: Store = request.getfixturevalue(kind)
    code, lines = store.check(f"{kind}://nobucket", f"{kind}://nobucket/a.log")
    assert code == 3
    assert lines[1] == f"{kind}://nobucket/a.log: unreadable: there is no such file"
    assert lines[0].startswith(f"{kind}://nobucket: unreadable: there is no such ")


def test_without_credentials_a_store_is_said_to_want_some(s3: Store) -> None:
    nothing = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "HOME": os.devnull}
    code, lines = s3.check(s3.bucket, **nothing)
    assert (code, lines) == (3, [f"{s3.bucket}: unreadable: the store says: Unable to locate credentials"])


def test_a_store_whose_client_is_missing_says_what_to_install(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    (tmp_path / "s3fs.py").write_text("raise ImportError('No module named s3fs')\n")
    code, (line,) = Store("", {}).check("s3://bucket/a", PYTHONPATH=str(tmp_path))
    assert code == 3
    assert line.startswith("s3://bucket/a: unreadable: fsspec cannot open it: ")
    assert "s3fs" in line
