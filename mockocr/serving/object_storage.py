"""Reads and writes the files of a vendor's object storage: in a folder, or at an emulator's URL."""

from __future__ import annotations

import asyncio
from pathlib import Path

from mockocr.core.errors import ApiError, ErrorCause, ErrorKind

SECONDS = 10.0
"""How long a request to an emulator may take."""


async def read(root: str, name: str, max_bytes: int) -> bytes:
    """The file `name` below the folder or URL `root`; `ApiError(DOWNLOAD_FAILED)` without it."""
    if not _is_url(root):
        return await asyncio.to_thread(_read_file, root, name, max_bytes)
    return await _request("GET", f"{root.rstrip('/')}/{name}", max_bytes)


async def write(root: str, name: str, data: bytes, content_type: str, method: str = "POST") -> None:
    """Write the file below the folder, or send it to the URL; `ApiError(DOWNLOAD_FAILED)`."""
    if not _is_url(root):
        await asyncio.to_thread(_write_file, root, name, data)
        return
    await _request(method, f"{root.rstrip('/')}/{name}", 1024 * 1024, data, content_type)


async def post(url: str, data: bytes, content_type: str) -> None:
    """POST to an emulator's URL; `ApiError(DOWNLOAD_FAILED)` unless it answers with success."""
    await _request("POST", url, 1024 * 1024, data, content_type)


def _is_url(root: str) -> bool:
    return root.lower().startswith(("http://", "https://"))


def _path(root: str, name: str) -> Path:
    """The file's path; a name that leads out of the folder is refused."""
    folder = Path(root).resolve()
    try:
        path = (folder / name).resolve()
    except (ValueError, OSError, RuntimeError):  # a NUL character, or a loop of links
        raise _failed(f"{name[:200]!r} is not a file name", ErrorCause.URL) from None
    if not path.is_relative_to(folder) or path == folder:
        raise _failed(f"{name[:200]!r} leads out of the folder", ErrorCause.FORBIDDEN_ADDRESS)
    return path


def _read_file(root: str, name: str, max_bytes: int) -> bytes:
    path = _path(root, name)
    try:
        size = path.stat().st_size
        if size > max_bytes:
            detail = f"{path} has {size} bytes; the limit is {max_bytes}"
            raise _failed(detail, ErrorCause.TOO_LARGE)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise _failed(f"cannot read {path}: {error}", ErrorCause.STATUS) from None


def _write_file(root: str, name: str, data: bytes) -> None:
    path = _path(root, name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except (OSError, ValueError) as error:
        raise _failed(f"cannot write {path}: {error}", ErrorCause.STATUS) from None


async def _request(
    method: str, url: str, max_bytes: int, data: bytes = b"", content_type: str = ""
) -> bytes:
    import httpx2  # not needed without an emulator

    headers = {"Content-Type": content_type} if content_type else {}
    found = bytearray()
    try:
        async with (
            httpx2.AsyncClient(timeout=SECONDS, trust_env=False) as client,
            client.stream(method, url, content=data, headers=headers) as response,
        ):
            async for chunk in response.aiter_bytes():
                found += chunk
                if len(found) > max_bytes:
                    detail = f"{url} has more than {max_bytes} bytes"
                    raise _failed(detail, ErrorCause.TOO_LARGE)
            if not response.is_success:
                detail = f"{method} {url} was answered with status {response.status_code}"
                raise _failed(detail, ErrorCause.STATUS, response.status_code)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        raise _failed(f"{method} {url} failed: {reason}", ErrorCause.CONNECT) from None
    return bytes(found)


def _failed(detail: str, cause: ErrorCause, status: int = 0) -> ApiError:
    return ApiError(ErrorKind.DOWNLOAD_FAILED, detail, cause=cause, upstream_status=status)
