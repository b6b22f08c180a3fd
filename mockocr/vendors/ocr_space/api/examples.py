"""How clients call OCR.space: multipart with the file, a urlencoded form, or a GET with a URL."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.http import Request, Response, load_json
from mockocr.core.request_example import RequestExample, SampleImage, get, post_form, post_parts
from mockocr.vendors.ocr_space.api.operations import parse_image, parse_imageurl, searchable_pdf

_PATH = parse_image.OPERATION.path
_OVERLAY = [("language", "eng"), ("isOverlayRequired", "true"), ("OCREngine", "2")]


def _file(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_parts(_PATH, _OVERLAY, "file", image)


def _base64(image: SampleImage, values: Mapping[str, str]) -> Request:
    text = "data:image/png;base64," + base64.b64encode(image.data).decode()
    return post_form(_PATH, [("base64Image", text), ("language", "chs")])


def _form_url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_form(_PATH, [("url", image.url), ("filetype", "PNG")])


def _table(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_parts(_PATH, [("isTable", "true"), ("language", "eng")], "file", image)


def _get_url(image: SampleImage, values: Mapping[str, str]) -> Request:
    return get(parse_imageurl.OPERATION.path, [("url", image.url), ("filetype", "PNG")])


def _searchable(image: SampleImage, values: Mapping[str, str]) -> Request:
    return post_parts(_PATH, [("isCreateSearchablePdf", "true")], "file", image)


def _document(response: Response) -> Mapping[str, str]:
    """The path of the document, for the download."""
    link = load_json(response.body).get("SearchablePDFURL", "")
    return {"searchable_pdf": link[link.find(searchable_pdf.FOLDER) :]} if response.body else {}


def _download(image: SampleImage, values: Mapping[str, str]) -> Request:
    return get(values.get("searchable_pdf", f"{searchable_pdf.FOLDER}/unknown.pdf"), [])


def _lines(body: Any) -> Sequence[str]:
    text = "".join(page["ParsedText"] for page in body["ParsedResults"])
    return [line.rstrip("\t") for line in text.splitlines()]


EXAMPLES = (
    RequestExample("parse_image", "multipart, file", _file, _lines),
    RequestExample("parse_image", "urlencoded, base64Image", _base64, _lines),
    RequestExample("parse_image", "multipart, table", _table, _lines),
    RequestExample(
        "parse_image",
        "multipart, searchable PDF",
        _searchable,
        _lines,
        extract_credentials=_document,
    ),
    RequestExample("parse_image", "urlencoded, url", _form_url, _lines, by_url=True),
    RequestExample("parse_imageurl", "GET, url", _get_url, _lines, by_url=True),
    RequestExample("searchable_pdf", "GET of a link", _download),
)
