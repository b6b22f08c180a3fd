"""ocr_driver_license, 驾驶证识别: one page of a driving licence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.aliyun_market.official.documents import (
    Configure,
    Json,
    document_operation,
    page_of,
)

_FACE = {
    "name": "name",
    "num": "number",
    "vehicle_type": "class",
    "start_date": "valid_from",
    "end_date": "valid_to",
    "issue_date": "first_issue",
    "addr": "address",
    "sex": "sex",
}
_BACK = {"name": "name", "num": "number", "archive_no": "archive_number"}
"""guess: the names; clients read the answer without naming its keys."""
_DATES = ("start_date", "end_date", "issue_date")


def kinds(configure: Configure) -> Collection[Kind]:
    return (Kind.DRIVING_LICENCE_BACK,) if configure.back else (Kind.DRIVING_LICENCE,)


def fields(found: Sequence[Document], configure: Configure, recognition: Recognition) -> Json:
    body = page_of(found[0], configure, _FACE, _BACK, _DATES)
    return {**body, "config_str": configure.text}


OPERATION = document_operation(
    "ocr_driver_license",
    "/rest/160601/ocr/ocr_driver_license.json",
    "observed: address and request in public clients; guess: the keys of the answer",
    kinds,
    fields,
)
