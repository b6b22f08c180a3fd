"""DetectDocumentText: the lines and words of one page."""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.vendors.aws.protocol import members, respond
from mockocr.vendors.aws.structure import Structure
from mockocr.vendors.aws.textract.blocks import Ids, page_blocks
from mockocr.vendors.aws.textract.document import SYNCHRONOUS, fetch, parse_document, read_one_page
from mockocr.vendors.aws.textract.names import operation, page_price

MODEL_VERSION = "1.0"


async def run(request: Request, principal: Principal, context: Context) -> Response:
    document = parse_document(Structure(members(request)).structure("Document"))
    source = await fetch(request, principal, context, document, SYNCHRONOUS)
    page = await read_one_page(context, source)
    return respond(
        request,
        {
            "DocumentMetadata": {"Pages": 1},
            "Blocks": page_blocks(page, Ids(request.random())).render(),
            "DetectDocumentTextModelVersion": MODEL_VERSION,
        },
    )


OPERATION = operation("detect_document_text", "DetectDocumentText", run, price=page_price(0.0015))
