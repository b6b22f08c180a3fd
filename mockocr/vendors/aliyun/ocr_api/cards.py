"""Finding the card, licence or invoice of a picture, and the frame around its fields.

observed: a logged success of RecognizeIdcard; doc: samples of the metadata.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError
from mockocr.core.http import dump_json
from mockocr.core.image import Image
from mockocr.core.recognition import PictureWarning, Quad, Recognition
from mockocr.documents.char_map import Value
from mockocr.documents.kinds import Document, Kind, find_documents, what_is_shown
from mockocr.vendors.aliyun.ocr_api.errors import WRONG_IMAGE
from mockocr.vendors.aliyun.ocr_api.prism import corners, percent
from mockocr.vendors.aliyun.ocr_api.skins import INVOICE_ROW, Field, Fields, named

Json = dict[str, Any]


def required_documents(
    recognition: Recognition, kinds: Collection[Kind]
) -> Mapping[Kind, Document]:
    """The first document of each kind; `ApiError(unmatchedImageType)` if there is none at all."""
    found: dict[Kind, Document] = {}
    for document in find_documents(recognition, kinds):
        found.setdefault(document.kind, document)
    if not found:
        wanted = ", ".join(kind.words for kind in kinds)
        raise ApiError(WRONG_IMAGE, f"{what_is_shown(recognition)}; the action is for: {wanted}")
    return found


def card(
    image: Image,
    recognition: Recognition,
    document: Document,
    skin: Sequence[Field],
    *,
    rows: bool = False,
) -> Json:
    """A document with its frame, in coordinates of the picture, which is not cut.

    `sliceRect` is around what was read: the edges of the paper are not looked for.
    """
    quarters = round(recognition.angle / 90) % 4
    width, height = image.width, image.height
    around = document.quad or Quad.upright(0, 0, width, height)
    if quarters % 2:
        width, height = height, width
    return {
        "angle": 90 * quarters,
        **contents(document, skin, rows=rows),
        "ftype": int(PictureWarning.COPY in recognition.warnings),
        "height": height,
        "orgHeight": image.height,
        "orgWidth": image.width,
        "sliceRect": slice_rectangle(around),
        "width": width,
    }


def contents(
    document: Document, skin: Sequence[Field], *, rows: bool = False, left: int = 0, top: int = 0
) -> Json:
    """`data` and `prism_keyValueInfo`, relative to a point of the picture."""
    fields = named(document, skin)
    data: Json = {key: value.text for key, value in fields}
    info = [key_value(key, value, left, top) for key, value in fields]
    if rows:
        details = invoice_rows(document)
        data["invoiceDetails"] = details
        text = dump_json(details).decode()
        confidence = _percent_of([v for item in document.items for v in item.values()])
        info.append(_entry("invoiceDetails", text, confidence))
    return {"data": data, "prism_keyValueInfo": info}


def invoice_rows(document: Document) -> list[Json]:
    """The rows of an invoice. doc: every member is a text."""
    return [
        {
            field.key: item[name].text if (name := field.names[0]) in item else ""
            for field in INVOICE_ROW
        }
        for item in document.items
    ]


def key_value(key: str, value: Value, left: int = 0, top: int = 0) -> Json:
    """observed: an empty field has no place and is certain."""
    entry = _entry(key, value.text, percent(value.confidence) if value.text else 100)
    if value.quad is not None:
        entry["valuePos"] = corners(value.quad.moved(-left, -top))
    return entry


def slice_rectangle(quad: Quad) -> Json:
    """The corners clockwise from the top left."""
    places: Json = {}
    for number, (x, y) in enumerate(quad.rounded):
        places |= {f"x{number}": x, f"y{number}": y}
    return places


def quality(recognition: Recognition) -> Json:
    """The `warning` of an ID card. The scores only follow the warnings that a test sets."""
    warnings = recognition.warnings
    return {
        "completenessScore": 50.0 if PictureWarning.BORDER in warnings else 100.0,
        "isCopy": int(PictureWarning.COPY in warnings),
        "isReshoot": int(PictureWarning.RESHOOT in warnings),
        "qualityScore": 50.0 if PictureWarning.BLUR in warnings else 100.0,
        "tamperScore": 100.0 if PictureWarning.TAMPERED in warnings else 0.0,
    }


def all_fields(document: Document, skin: Sequence[Field], *, rows: bool = False) -> Fields:
    """The fields, and the rows of an invoice as a text of JSON."""
    fields = list(named(document, skin))
    if rows:
        fields.append(("invoiceDetails", Value(dump_json(invoice_rows(document)).decode())))
    return fields


def _entry(key: str, text: str, confidence: int) -> Json:
    return {"key": key, "keyProb": confidence, "value": text, "valueProb": confidence}


def _percent_of(values: Sequence[Value]) -> int:
    read = [value.confidence for value in values if value.text]
    return percent(sum(read) / len(read)) if read else 100
