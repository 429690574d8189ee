"""Logs in object stores and on servers (`s3://`, `gs://`, `az://`, `http://`), with fsspec of the extra `cluster`."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, cast

from curlx.sources import Unreadable
from curlx.sources.places import Place

_EXTRA = 'addresses with :// need the extra "cluster": in the folder with the source of curlx, pip install ".[cluster]"'


def remote_places(address: str) -> Iterator[Place]:
    """Yield the logs that an address stands for: itself, what a pattern matches, or all that is below; never raises."""
    try:
        store, path = _store(address)
        if glob.has_magic(path):
            found = store.glob(path, detail=True)
            files = {name: about for name, about in found.items() if about.get("type") != "directory"}
        elif store.isdir(path):
            files = store.find(path, detail=True)
        else:
            files = {path: store.info(path)}
        scheme = address.partition("://")[0]
        for name in sorted(files):
            where = store.unstrip_protocol(name)
            if scheme in (store.protocol if isinstance(store.protocol, tuple) else ()):
                where = f"{scheme}://{where.partition('://')[2]}"  # one store has several: az, abfs
            yield Place(where, where, int(files[name].get("size") or 0), _modified(files[name]))
        if not files:
            yield Place(address, address, problem="nothing is there")
    except Unreadable as unreadable:
        yield Place(address, address, problem=unreadable.message)
    except Exception as error:  # each store has errors of its own
        yield Place(address, address, problem=reason_of_store(error))


def open_remote(address: str) -> BinaryIO:
    """Open one log for reading; raises what the store raises."""
    store, path = _store(address)
    return cast("BinaryIO", store.open(path, "rb"))


def reason_of_store(error: Exception) -> str:
    """Return why a store does not give a log, as the end of a sentence."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, ImportError):
        return f"fsspec cannot open it: {error}"
    if isinstance(error, ValueError):
        return f"that is no address of a log: {error}"
    return f"the store says: {error or type(error).__name__}"


def _store(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError as error:
        raise Unreadable(_EXTRA) from error
    return cast("tuple[Any, str]", url_to_fs(address))


def _modified(about: dict[str, Any]) -> float | None:
    """Return when it was last written: the stores do not agree on a name for it."""
    for key in ("mtime", "LastModified", "last_modified", "updated", "created"):
        moment = about.get(key)
        if isinstance(moment, (int, float)):
            return float(moment)
        if isinstance(moment, datetime):
            return moment.timestamp()
    return None
