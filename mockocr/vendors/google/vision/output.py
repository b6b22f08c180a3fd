"""Writes the results of an operation to storage, several of them in one JSON file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, dump_json
from mockocr.vendors.google.vision import cloud_storage
from mockocr.vendors.google.vision.errors import INVALID, NO_OUTPUT

DEFAULT_BATCH, MAX_BATCH = 20, 100
"""doc: discovery document, OutputConfig.batchSize."""


class Output:
    """Where the results go: `gs://bucket/prefix`, and how many of them make a file."""

    def __init__(self, request: Request, config: Mapping[str, Any], place: str) -> None:
        """`ApiError` if the request names no destination, or one that cannot exist."""
        self._request = request
        self.uri: str = config.get("gcs_destination", {}).get("uri", "")
        self.batch_size: int = config.get("batch_size", 0) or DEFAULT_BATCH
        if not self.uri:
            raise ApiError(NO_OUTPUT, f"{place} has no gcsDestination")
        if not 1 <= self.batch_size <= MAX_BATCH:
            detail = f"{place}.batchSize is {self.batch_size}; 1 to {MAX_BATCH} are allowed"
            raise ApiError(INVALID, detail)

    @property
    def config(self) -> dict[str, Any]:
        """`outputConfig` as the response repeats it."""
        return {"gcsDestination": {"uri": self.uri}, "batchSize": self.batch_size}

    async def write(
        self, context: Context, results: Sequence[Mapping[str, Any]], more: Mapping[str, Any]
    ) -> None:
        """One file for each batch: `<prefix>output-1-to-20.json` (doc: detect text in files)."""
        for start in range(0, max(len(results), 1), self.batch_size):
            batch = results[start : start + self.batch_size]
            uri = f"{self.uri}output-{start + 1}-to-{start + len(batch)}.json"
            data = dump_json({**more, "responses": batch})
            await cloud_storage.write_object(self._request, uri, data, context)
