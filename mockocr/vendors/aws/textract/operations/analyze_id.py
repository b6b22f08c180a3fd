"""AnalyzeID: the fields of one identity document, from pictures of one or both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, Response
from mockocr.core.recognition import float32
from mockocr.documents.us_identity import IdentityField, find_identity
from mockocr.vendors.aws.protocol import members, respond
from mockocr.vendors.aws.structure import Structure, invalid
from mockocr.vendors.aws.textract.blocks import Ids, Json, page_blocks, percent
from mockocr.vendors.aws.textract.document import SYNCHRONOUS, fetch, parse_document, read_one_page
from mockocr.vendors.aws.textract.names import operation, page_price

MODEL_VERSION = "1.0"
MAX_PAGES = 2
TYPES = (
    "FIRST_NAME",
    "LAST_NAME",
    "MIDDLE_NAME",
    "SUFFIX",
    "CITY_IN_ADDRESS",
    "ZIP_CODE_IN_ADDRESS",
    "STATE_IN_ADDRESS",
    "STATE_NAME",
    "DOCUMENT_NUMBER",
    "EXPIRATION_DATE",
    "DATE_OF_BIRTH",
    "DATE_OF_ISSUE",
    "ID_TYPE",
    "ENDORSEMENTS",
    "VETERAN",
    "RESTRICTIONS",
    "CLASS",
    "ADDRESS",
    "COUNTY",
    "PLACE_OF_BIRTH",
    "MRZ_CODE",
)
"""observed: an answer has all of them, in this order; Text is empty for the absent."""
_ABSENT = float32(99.0)
"""guess: how sure the service is that a field is absent; real answers say 97 to 99."""


async def run(request: Request, principal: Principal, context: Context) -> Response:
    sent = Structure(members(request)).structures("DocumentPages")
    if not 1 <= len(sent) <= MAX_PAGES:
        raise invalid(f"DocumentPages has {len(sent)} items; 1 to {MAX_PAGES} are allowed")
    documents = [parse_document(item) for item in sent]
    pages = []
    for number, document in enumerate(documents, start=1):
        source = await fetch(request, principal, context, document, SYNCHRONOUS)
        pages.append(replace(await read_one_page(context, source), number=number))
    ids = Ids(request.random())
    found: dict[str, IdentityField] = {}
    for page in pages:
        found = {**find_identity(page.recognition), **found}
    identity = {
        "DocumentIndex": 1,
        "IdentityDocumentFields": _fields(found),
        "Blocks": [block for page in pages for block in page_blocks(page, ids).render()],
    }
    answer = {
        "IdentityDocuments": [identity],
        "DocumentMetadata": {"Pages": len(pages)},
        "AnalyzeIDModelVersion": MODEL_VERSION,
    }
    return respond(request, answer).replaced(units=len(pages))


def _fields(found: Mapping[str, IdentityField]) -> Sequence[Json]:
    return [
        {"Type": {"Text": kind}, "ValueDetection": _detection(found.get(kind.lower()))}
        for kind in TYPES
    ]


def _detection(field: IdentityField | None) -> Json:
    if field is None:
        return {"Text": "", "Confidence": _ABSENT}
    value: Json = {"Text": field.text}
    if field.on is not None:
        normal = {"Value": f"{field.on.isoformat()}T00:00:00", "ValueType": "Date"}
        value["NormalizedValue"] = normal
    return {**value, "Confidence": percent(field.confidence)}


OPERATION = operation("analyze_id", "AnalyzeID", run, price=page_price(0.025))
