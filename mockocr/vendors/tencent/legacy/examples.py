"""The ways to call the legacy API: JSON with base64 or a URL, or multipart with the file."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, post_json, post_parts

Build = Callable[[SampleImage, Mapping[str, str]], Request]


def _common(credentials: Mapping[str, str]) -> dict[str, Any]:
    return {"appid": credentials["appid"], "bucket": credentials["bucket"]}


def _json(path: str) -> Build:
    def build(image: SampleImage, credentials: Mapping[str, str]) -> Request:
        encoded = base64.b64encode(image.data).decode()
        return post_json(path, {**_common(credentials), "image": encoded})

    return build


def _licence(path: str, kind: int) -> Build:
    def build(image: SampleImage, credentials: Mapping[str, str]) -> Request:
        encoded = base64.b64encode(image.data).decode()
        return post_json(path, {**_common(credentials), "type": kind, "image": encoded})

    return build


def _json_url(path: str) -> Build:
    def build(image: SampleImage, credentials: Mapping[str, str]) -> Request:
        return post_json(path, {**_common(credentials), "url": image.url})

    return build


def _json_urls(path: str) -> Build:
    def build(image: SampleImage, credentials: Mapping[str, str]) -> Request:
        return post_json(path, {**_common(credentials), "card_type": 0, "url_list": [image.url]})

    return build


def _file(path: str, part: str = "image", *more: tuple[str, str]) -> Build:
    def build(image: SampleImage, credentials: Mapping[str, str]) -> Request:
        return post_parts(path, [*_common(credentials).items(), *more], part, image)

    return build


def _lines(response: Any) -> Sequence[str]:
    return [item["itemstring"] for item in response["data"]["items"]]


def _items(response: Any) -> str:
    return " / ".join(item["itemstring"] for item in response["data"]["items"])


def _id_card(response: Any) -> str:
    data = response["result_list"][0]["data"]
    return " / ".join(data[name] for name in ("name", "sex", "nation", "birth", "id"))


def _name_card(response: Any) -> str:
    data = response["result_list"][0]["data"]
    return f"{data['name']} / {data['phone']}"


def _business_card(response: Any) -> str:
    data = response["result_list"][0]["data"]
    return " / ".join(f"{field['item']} {field['value']}" for field in data)


EXAMPLES = (
    RequestExample("general", "JSON, base64", _json("/ocr/general"), _lines),
    RequestExample("general", "JSON, url", _json_url("/ocr/general"), _lines, by_url=True),
    RequestExample("general", "multipart, file", _file("/ocr/general"), _lines),
    RequestExample("generalfast", "JSON, base64", _json("/ocr/generalfast"), _lines),
    RequestExample("handwriting", "multipart, file", _file("/ocr/handwriting"), _lines),
    RequestExample(
        "idcard",
        "multipart, file",
        _file("/ocr/idcard", "image[0]", ("card_type", "0")),
        summary=_id_card,
        picture="idcard.png",
    ),
    RequestExample(
        "idcard",
        "JSON, url_list",
        _json_urls("/ocr/idcard"),
        summary=_id_card,
        by_url=True,
        picture="idcard.png",
    ),
    RequestExample(
        "namecard",
        "multipart, file",
        _file("/ocr/namecard", "image[0]", ("ret_image", "0")),
        summary=_name_card,
        picture="card.png",
    ),
    RequestExample(
        "businesscard",
        "multipart, file",
        _file("/ocr/businesscard", "image[0]"),
        summary=_business_card,
        picture="card.png",
    ),
    RequestExample(
        "bankcard",
        "JSON, base64",
        _json("/ocr/bankcard"),
        summary=_items,
        picture="bankcard.png",
    ),
    RequestExample(
        "drivinglicence",
        "JSON, base64",
        _licence("/ocr/drivinglicence", 1),
        summary=_items,
        picture="specimen-driving_licence.jpg",
    ),
    RequestExample(
        "plate",
        "JSON, base64",
        _json("/ocr/plate"),
        summary=_items,
        picture="specimen-licence_plate.jpg",
    ),
    RequestExample(
        "bizlicense",
        "multipart, file",
        _file("/ocr/bizlicense"),
        summary=_items,
        picture="specimen-business_licence.jpg",
    ),
    RequestExample(
        "invoice",
        "JSON, base64",
        _json("/ocr/invoice"),
        summary=_items,
        picture="specimen-vat_invoice.jpg",
    ),
)
