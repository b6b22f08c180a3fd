"""Download of a searchable PDF by the link of an earlier response."""

from __future__ import annotations

import base64

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation

FOLDER = "/searchablepdf"
KIND = "ocr_space/searchable_pdf"


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """The document; `ApiError(NO_SUCH_OPERATION)` for an unknown or expired link."""
    name = request.params["file"]
    found = await context.find_token(KIND, name.removesuffix(".pdf"))
    if found is None:
        detail = f"the link {name[:60]!r} is unknown, or older than an hour"
        raise ApiError(ErrorKind.NO_SUCH_OPERATION, detail)
    body = base64.b64decode(found["pdf"])
    return Response(200, body, (("Content-Type", "application/pdf"),), "200")


OPERATION = Operation(
    name="searchable_pdf",
    methods=("GET",),
    path=FOLDER + "/{file}",
    source="doc: ocr.space/ocrapi, SearchablePDFURL; the path is ours",
    run=run,
    open=True,
    free=True,
)
