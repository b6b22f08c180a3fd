"""The user's data folder: what is made once and kept between runs, readable by its owner alone."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import platformdirs


class DataDirError(Exception):
    """The folder cannot be used. The text is one sentence with its path."""


def folder(written: str = "", environment: Mapping[str, str] = os.environ) -> Path:
    """The folder that the setting `home` names, or mockocr in the platform's user data folder.

    If the user has no home, as in containers, a folder that does not exist.
    """
    data = Path(environment.get("XDG_DATA_HOME", ""))
    try:
        if written:
            return Path(written).expanduser().absolute()
        if data.is_absolute():
            return data / "mockocr"
        return platformdirs.user_data_path("mockocr", appauthor=False).expanduser()
    except RuntimeError:  # there is no home
        return Path("/nonexistent") / (Path(written).name or "mockocr")


def kept(path: Path, make: Callable[[], bytes], good: Callable[[bytes], bool]) -> bytes:
    """The file's bytes. The file is made if it is missing, and replaced if it is not `good`.

    Two processes that make it at once return the same bytes. `DataDirError` if it cannot be
    written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = _read(path)
        if found is not None and good(found):
            return found
        fresh = _temporary(path, make())
        try:
            if found is None:
                with contextlib.suppress(FileExistsError):  # another process was faster
                    os.link(fresh, path)
            else:
                fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        return path.read_bytes()
    except OSError as error:
        raise DataDirError(f"{path} cannot be used: {error.strerror or error}") from None


def put(path: Path, data: bytes) -> None:
    """Write these bytes to the file atomically. `DataDirError` if it cannot be written."""
    kept(path, lambda: data, lambda found: found == data)


def _read(path: Path) -> bytes | None:
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _temporary(path: Path, data: bytes) -> Path:
    """A new file with these bytes in the folder of `path`; mkstemp gives it mode 0600."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return Path(name)
