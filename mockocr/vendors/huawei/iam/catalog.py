"""The service catalog in a token's response."""

from __future__ import annotations

from typing import Any

from mockocr.vendors.huawei.iam.identifiers import identifier


def catalog(region: str) -> list[dict[str, Any]]:
    """The two services that a user of OCR needs; the real catalog lists every service."""
    return [
        _service("iam", "identity", "*", "https://iam.myhuaweicloud.com/v3"),
        _service("ocr", "ocr", region, f"https://ocr.{region}.myhuaweicloud.com"),
    ]


def _service(name: str, kind: str, region: str, url: str) -> dict[str, Any]:
    endpoint = {
        "id": identifier("endpoint", url),
        "interface": "public",
        "region": region,
        "region_id": region,
        "url": url,
    }
    return {
        "endpoints": [endpoint],
        "id": identifier("service", name),
        "name": name,
        "type": kind,
    }
