"""What the operations for cards, licences and invoices share: finding the document, and the parts
of their responses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.core.recognition import PictureWarning, Quad, Recognition
from mockocr.documents.char_map import Value
from mockocr.documents.kinds import Document, Kind, find_document, why_none
from mockocr.vendors.baidu.ocr.parsing import Fields
from mockocr.vendors.baidu.ocr.rendering import Json, envelope, location

NOWHERE: Json = {"top": 0, "left": 0, "width": 0, "height": 0}
EDITOR = "Adobe Photoshop"
"""doc: edit_tool names the editor. A test that sets the warning `tampered` gets this one."""

Body = Callable[[Document, Recognition, Fields], Json]


def document_renderer(
    kinds: Callable[[Fields], Collection[Kind]], missing: ErrorEntry, body: Body
) -> Callable[[Request, OcrRequest[Fields], Sequence[ImageResult]], Response]:
    """The `render` of an operation for one document of the `kinds`; `missing` answers a picture
    that shows none of them. `body` makes the response without the envelope.
    """

    def render(
        request: Request, parsed: OcrRequest[Fields], results: Sequence[ImageResult]
    ) -> Response:
        image, recognition = single_result(results)
        fields = parsed.extra
        document = required_document(recognition, kinds(fields), missing)
        return envelope(request, body(document, recognition, fields), fields, image)

    return render


def required_document(
    recognition: Recognition, kinds: Collection[Kind], missing: ErrorEntry
) -> Document:
    """`ApiError(missing)` for a picture that shows none of the `kinds`."""
    document = find_document(recognition, kinds)
    if document is None:
        raise ApiError(missing, why_none(recognition, kinds))
    return document


def counted(words: Mapping[str, Any]) -> Json:
    """`words_result` with the number of its keys."""
    return {"words_result": dict(words), "words_result_num": len(words)}


def located(value: Value, text: str | None = None) -> Json:
    """`location` and `words` of a field."""
    return {"location": place(value.quad), "words": value.text if text is None else text}


def place(quad: Quad | None) -> Json:
    """observed: a field without a place has zeros."""
    return dict(NOWHERE) if quad is None else location(quad)


def risk(warnings: Iterable[PictureWarning], names: Mapping[PictureWarning, str]) -> str:
    """The `risk_type`: the first warning that has a name, else normal."""
    return next((names[warning] for warning in warnings if warning in names), "normal")


def quality(warnings: Collection[PictureWarning], spelled: str, *, cover: bool = False) -> Json:
    """`card_quality`: 1 and 0 with their probabilities. sdk: the ending of the latter is
    `propobility` but for bank cards. The numbers only follow the warnings of a test.
    """
    parts = {"is_clear": PictureWarning.BLUR, "is_complete": PictureWarning.BORDER}
    if cover:
        parts["is_no_cover"] = PictureWarning.COVERED
    body: Json = {}
    for name, warning in parts.items():
        good = warning not in warnings
        body[name] = int(good)
        body[f"{name}_{spelled}"] = 0.99 if good else 0.01
    return body
