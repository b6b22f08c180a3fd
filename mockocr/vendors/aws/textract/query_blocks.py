"""QUERY and QUERY_RESULT blocks: questions, answered by the words of the page's keys."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.documents.pairs import Pair
from mockocr.documents.queries import answer
from mockocr.vendors.aws.textract.analysis import Query
from mockocr.vendors.aws.textract.blocks import Ids, Json, PageBlocks, percent, relationship


def query_blocks(blocks: PageBlocks, ids: Ids, query: Query, pairs: Sequence[Pair]) -> None:
    """Add the question, and its result if a key shares enough words with it."""
    found = answer(query.text, pairs)
    block: Json = {"BlockType": "QUERY", "Id": ids.next()}
    asked: Json = {"Text": query.text}
    if query.alias:
        asked["Alias"] = query.alias
    if query.pages:
        asked["Pages"] = list(query.pages)
    if found is None:
        blocks.add([{**block, "Query": asked}])
        return
    result: Json = {
        "BlockType": "QUERY_RESULT",
        "Confidence": percent(found.confidence),
        "Text": found.text,
        "Geometry": blocks.geometry(found.quad),
        "Id": ids.next(),
    }
    block["Relationships"] = [relationship("ANSWER", [result["Id"]])]
    blocks.add([{**block, "Query": asked}, result])
