"""files_annotate: reads up to five pages of one PDF, TIFF or GIF file."""

from __future__ import annotations

import asyncio
from typing import Any

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.google.vision.annotated_paths import path_forms
from mockocr.vendors.google.vision.entries import Answer, summary
from mockocr.vendors.google.vision.errors import ERRORS, TOO_MANY_FILES
from mockocr.vendors.google.vision.files import File, parse_file, read_file
from mockocr.vendors.google.vision.json_body import read_message
from mockocr.vendors.google.vision.operations.images_annotate import EMPTY
from mockocr.vendors.google.vision.price import PRICE
from mockocr.vendors.google.vision.rendering import status_of
from mockocr.vendors.google.vision.success import render_message

PATHS = path_forms("files:annotate")
MAX_FILES = 1
"""doc: discovery document: "Right now we support only one AnnotateFileRequest"."""


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """The responses of the file's pages, with the count of its pages, or the file's error."""
    entries = read_message(request, "BatchAnnotateFilesRequest").get("requests", [])
    if len(entries) > MAX_FILES:
        detail = f"the request has {len(entries)} files; the limit is {MAX_FILES}"
        raise ApiError(TOO_MANY_FILES, detail)
    files = [parse_file(entry, f"requests[{index}]") for index, entry in enumerate(entries)]
    answers = await asyncio.gather(*(_answer(request, file, context) for file in files))
    document = {"responses": [answer.document for answer in answers]} if answers else {}
    told = summary(answers) if answers else {"why": EMPTY, "units": 0}
    return render_message(request, document, "BatchAnnotateFilesResponse", **told)


async def _answer(request: Request, file: File, context: Context) -> Answer:
    try:
        pages = await read_file(request, file, context)
    except ApiError as error:
        found = ERRORS.entry(error).filled(error.facts)
        refused = {"inputConfig": file.input_config, "error": status_of(found)}
        return Answer(refused, error=error, code=str(found.code), why=error.detail)
    document: dict[str, Any] = {
        "inputConfig": file.input_config,
        "responses": pages.documents,
        "totalPages": pages.total,
    }
    return Answer(document, pages.units, why=pages.why)


OPERATION = Operation(
    name="files_annotate",
    methods=("POST",),
    path=PATHS[0],
    aliases=PATHS[1:],
    run=run,
    source="doc: Cloud Vision API, method files.annotate",
    price=PRICE,
)
