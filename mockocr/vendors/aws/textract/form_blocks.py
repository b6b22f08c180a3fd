"""KEY_VALUE_SET blocks: a key and its value."""

from __future__ import annotations

from mockocr.core.recognition import Quad
from mockocr.documents.pairs import Pair
from mockocr.vendors.aws.textract.blocks import Ids, Json, PageBlocks, percent, relationship

_EMPTY_SIDE = 0.001
"""The share of the page that the box of an empty value takes, at the end of its key."""


def form_blocks(blocks: PageBlocks, ids: Ids, pair: Pair) -> None:
    """Add the KEY and the VALUE of a pair; a VALUE without words has no children."""
    key_id, value_id = ids.next(), ids.next()
    confidence = percent(pair.confidence)
    key = _block(blocks, key_id, confidence, pair.key.quad)
    words = [word.id for word in blocks.words_of(pair.key.words)]
    key["Relationships"] = [relationship("VALUE", [value_id]), relationship("CHILD", words)]
    key["EntityTypes"] = ["KEY"]
    if pair.value is None:
        value = _block(blocks, value_id, confidence, _end_of(blocks, pair.key.quad))
    else:
        value = _block(blocks, value_id, confidence, pair.value.quad)
        found = [word.id for word in blocks.words_of(pair.value.words)]
        value["Relationships"] = [relationship("CHILD", found)]
    value["EntityTypes"] = ["VALUE"]
    blocks.add([key, value])


def _block(blocks: PageBlocks, id: str, confidence: float, quad: Quad) -> Json:
    return {
        "BlockType": "KEY_VALUE_SET",
        "Confidence": confidence,
        "Geometry": blocks.geometry(quad),
        "Id": id,
    }


def _end_of(blocks: PageBlocks, key: Quad) -> Quad:
    """The small box at the lower right end of a key."""
    _, _, right, bottom = key.extent
    width, height = _EMPTY_SIDE * blocks.page.width, _EMPTY_SIDE * blocks.page.height
    return Quad.upright(right, bottom - height, right + width, bottom)
