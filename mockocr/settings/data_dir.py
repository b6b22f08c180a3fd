"""The user's own folder: what is made once and kept between runs, readable by its owner alone."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path


class DataDirError(Exception):
    """The folder cannot be used; the text is one sentence with its path."""


def folder(written: str, environment: Mapping[str, str]) -> Path:
    """What the setting `home` names, else `mockocr` below XDG_DATA_HOME or ~/.local/share.

    For a user without any home, as containers have them, a folder that cannot be written.
    """
    data = environment.get("XDG_DATA_HOME", "")
    standard = Path(data) if data.startswith("/") else Path("~/.local/share")
    path = Path(written) if written else standard / "mockocr"
    try:
        return path.expanduser().absolute()
    except RuntimeError:
        return Path("/nonexistent") / path.name


def kept(path: Path, make: Callable[[], bytes], good: Callable[[bytes], bool]) -> bytes:
    """The file's bytes; made first when there is none, and anew when they are no longer `good`.

    Two processes that make it at once end with the same bytes. `DataDirError` when it cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = _read(path)
        if found is not None and good(found):
            return found
        fresh = _beside(path, make())
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
    """Make the file hold these bytes, all at once; `DataDirError` when it cannot be written."""
    kept(path, lambda: data, lambda found: found == data)


def _read(path: Path) -> bytes | None:
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _beside(path: Path, data: bytes) -> Path:
    """A file with these bytes in the same folder; mkstemp makes it 0600."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return Path(name)
