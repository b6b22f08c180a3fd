"""Blank pictures in place of the objects that requests name: no recording holds those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.recordings.pictures import Picture

_FORMATS = {"pdf": "PDF", "jpg": "JPEG", "jpeg": "JPEG", "tif": "TIFF", "tiff": "TIFF"}
_SIDE = 1000


class ObjectStandIns:
    """`folder` as the options of object storage of Amazon's and Google's services name one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def add(self, request: Request) -> None:
        """Put stand-ins where the request looks for objects."""
        for bucket, name in objects_in(request):
            path = self.folder / bucket / name
            if not path.exists() and self.folder in path.resolve().parents:
                path.parent.mkdir(parents=True, exist_ok=True)
                kind = _FORMATS.get(path.suffix.lower().lstrip("."), "PNG")
                path.write_bytes(Picture("", "", 0, _SIDE, _SIDE, kind).stand_in())


def objects_in(request: Request) -> Iterator[tuple[str, str]]:
    """Bucket and name of each object in the JSON of a request, as Amazon and Google name them."""
    try:
        value = request.json()
    except (ApiError, RecursionError):
        return
    for each in _dicts(value):
        bucket, name = each.get("Bucket"), each.get("Name")
        if isinstance(bucket, str) and isinstance(name, str):
            yield bucket, name
        for text in each.values():
            if isinstance(text, str) and text.startswith("gs://"):
                bucket, _, name = text.removeprefix("gs://").partition("/")
                if bucket and name and not name.endswith("/"):
                    yield bucket, name


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _dicts(item)
