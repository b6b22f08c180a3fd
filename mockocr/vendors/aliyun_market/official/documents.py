"""What the operations for cards and licences share: the picture and its configuration, the document
and the envelope.

observed: answers of dm-51.data.aliyun.com (2018, 2020): compact JSON, keys in alphabetical order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Recognition
from mockocr.documents.formats import compact_date
from mockocr.documents.kinds import Document, Kind, find_documents, why_none
from mockocr.vendors.aliyun_market.official.errors import BAD_CONFIGURE, WRONG_CONFIGURE
from mockocr.vendors.aliyun_market.official.forms import parse_inputs, request_id, respond
from mockocr.vendors.aliyun_market.official.picture import LIMITS, read_pictures

Json = dict[str, Any]
_SIDES = ("face", "back")


class Configure(msgspec.Struct, frozen=True):
    """The configuration of one picture: its values, and its text as `config_str` repeats it."""

    values: Mapping[str, Any]
    text: str

    @property
    def back(self) -> bool:
        return self.values.get("side") == "back"


class Form(msgspec.Struct, frozen=True):
    """One configuration for each picture, and whether the request has the older form."""

    configures: tuple[Configure, ...]
    older: bool


TURNED = ReadOptions(turn=True)
Kinds = Callable[[Configure], Collection[Kind]]
Fields = Callable[[Sequence[Document], Configure, Recognition], Json]


def document_operation(
    name: str,
    path: str,
    source: str,
    kinds: Kinds,
    fields: Fields,
    *,
    label: str = "",
    options: ReadOptions = TURNED,
) -> Operation:
    """The operation at `path`. `fields` gets the documents of the `kinds`, at least one."""

    def render(
        request: Request, parsed: OcrRequest[Form], results: Sequence[ImageResult]
    ) -> Response:
        read = zip(read_pictures(results), parsed.extra.configures, strict=True)
        documents = []
        for (_, recognition), configure in read:
            found = required(recognition, kinds(configure))
            body = fields(found, configure, recognition)
            body |= {"request_id": request_id(request), "success": True}
            documents.append({key: body[key] for key in sorted(body)})
        return respond(documents, label or name, older=parsed.extra.older)

    return Operation(
        name=name,
        methods=("POST",),
        path=path,
        source=source,
        parse=lambda request: parse(request, options),
        render=render,
    )


def parse(request: Request, options: ReadOptions) -> OcrRequest[Form]:
    """`ApiError` for a configuration that is no object, or an unknown `side`."""
    inputs = parse_inputs(request)
    configures = tuple(parse_configure(given) for given in inputs.configures)
    return OcrRequest(inputs.sources, LIMITS, Form(configures, inputs.older), options)


def parse_configure(value: Any) -> Configure:
    """An object, or one as JSON text: clients send both."""
    text = value if isinstance(value, str) else ""
    if text.strip():
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            shown = text[:60].encode("utf-8", "replace").decode()
            detail = f"configure is text and not JSON: {shown!r}"
            raise ApiError(BAD_CONFIGURE, detail, text=shown) from None
    if value is None or value == "":
        return Configure({}, text)
    if not isinstance(value, Mapping):
        detail = f"configure is a {type(value).__name__} and not an object"
        raise ApiError(WRONG_CONFIGURE, detail)
    side = value.get("side", "face")
    if side not in _SIDES:
        raise ApiError(WRONG_CONFIGURE, f"side is {str(side)[:40]!r}, not face or back")
    return Configure(value, text or dump_json(value).decode())


def page_of(
    document: Document,
    configure: Configure,
    face: Mapping[str, str],
    back: Mapping[str, str],
    dates: Collection[str],
) -> Json:
    """The fields of the side that was asked for, `dates` as `20240131`."""
    body: Json = document.texts(back if configure.back else face)
    return {name: compact_date(text) if name in dates else text for name, text in body.items()}


def required(recognition: Recognition, kinds: Collection[Kind]) -> Sequence[Document]:
    """`ApiError(NOTHING_FOUND)`, which is the wrong category, without any of the `kinds`."""
    found = find_documents(recognition, tuple(kinds))
    if not found:
        raise ApiError(ErrorKind.NOTHING_FOUND, why_none(recognition, kinds))
    return found
