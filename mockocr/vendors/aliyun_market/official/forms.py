"""The two forms of a request and of its response: the picture and a configuration, or a list of
inputs with both, whose response is wrapped alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta, timezone
from typing import Any

import msgspec

from mockocr.core.errors import ApiError, ErrorEntry
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.image import Remote, Source
from mockocr.vendors.aliyun_market.official.errors import (
    INPUTS_NOT_ARRAY,
    MISSING,
    WRONG_CONFIGURE,
    WRONG_IMAGE,
    WRONG_VALUE,
)
from mockocr.vendors.aliyun_market.official.picture import inline_picture

JSON = "application/json; charset=UTF-8"
CHINA = timezone(timedelta(hours=8))


class Inputs(msgspec.Struct, frozen=True):
    """The pictures of a request, the configuration of each as it was sent, and whether the request
    has the older form.
    """

    sources: tuple[Source, ...]
    configures: tuple[Any, ...]
    older: bool


def parse_inputs(request: Request) -> Inputs:
    """`image` and `configure`, or a list of `inputs` with both.

    The Content-Type is ignored: the older clients send octet-stream.
    """
    body = request.json()
    older = "inputs" in body
    pairs = _inputs(body["inputs"]) if older else [(_image(body), body.get("configure"))]
    sources = tuple(_source(image, index, older) for index, (image, _) in enumerate(pairs))
    return Inputs(sources, tuple(given for _, given in pairs), older)


def respond(documents: Sequence[Mapping[str, Any]], label: str, *, older: bool) -> Response:
    """One result; or, in the older form, one output for each input, with the result as text."""
    if not older:
        return Response.of_json(documents[0], code=200, content_type=JSON)
    outputs = [
        {
            # label and multi are guesses, clients read the value alone
            "outputLabel": label,
            "outputMulti": {},
            "outputValue": {"dataType": 50, "dataValue": dump_json(document).decode()},
        }
        for document in documents
    ]
    return Response.of_json({"outputs": outputs}, code=200, content_type=JSON)


def request_id(request: Request) -> str:
    """observed: the time in China and 32 hex digits."""
    return f"{request.at.astimezone(CHINA):%Y%m%d%H%M%S}_{request.id}"


def _inputs(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, list) or not value:
        raise ApiError(INPUTS_NOT_ARRAY, "inputs must be a list that is not empty")
    pairs = []
    for item in value:
        image = item.get("image") if isinstance(item, Mapping) else None
        if image is None:
            raise ApiError(MISSING, "an input has no image")
        given = item.get("configure")
        configure = given and _data_value(given, "configure", WRONG_CONFIGURE)
        pairs.append((_data_value(image, "image", WRONG_VALUE), configure))
    return pairs


def _data_value(value: Any, name: str, entry: ErrorEntry) -> str:
    inner = value.get("dataValue") if isinstance(value, Mapping) else None
    if not isinstance(inner, str):
        raise ApiError(entry, f"{name} of an input must be an object whose dataValue is text")
    return inner


def _image(body: Mapping[str, Any]) -> str:
    value = body.get("image")
    if value is None:
        raise ApiError(MISSING, "the body has neither image nor inputs")
    if not isinstance(value, str):
        raise ApiError(WRONG_IMAGE, f"image is a {type(value).__name__} and not text")
    return value


def _source(image: str, index: int, older: bool) -> Source:
    location = f"inputs[{index}].image.dataValue" if older else "image"
    if image.lower().startswith(("http://", "https://")):
        return Remote(image, location=location)
    return inline_picture(image, location)
