"""Huawei's answers: what was read, and the refusals of its gateway, platform and services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Headers, Request, Response
from mockocr.core.image import Image, Remote
from mockocr.core.operation import ImageResult, OcrRequest, only
from mockocr.core.recognition import Line, Quad, Recognition
from mockocr.documents.contact import contact_of
from mockocr.vendors.huawei import errors, gateway, identity
from mockocr.vendors.huawei.fonts import likely

JSON = "application/json"
JSON_UTF8 = "application/json;charset=UTF-8"
"""observed: answers of Huawei's NLP behind the same gateway and platform (2023)."""

_AT_IAM: Mapping[int | str, ErrorEntry] = {
    "ModelArts.4104": identity.BODY_INVALID,
    "ModelArts.4105": identity.BODY_INVALID,
}
"""Rows of the OCR platform that a broken body earns, as the identity service says them."""


def render(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """The web-image answer: lines as blocks, corners as whole pixels of the picture as sent."""
    image, recognition = picture_of(ask, readings)
    blocks = []
    for line in recognition.lines:
        if line.text:
            found = likely(line) if ask.extra["fonts"] else []
            fonts = {
                "font_list": [name for name, _ in found],
                "font_scores": [score for _, score in found],
            }
            blocks.append(block(line) | (fonts if found else {}))
    result = {
        "words_block_count": len(blocks),
        "words_block_list": blocks,
        "extracted_data": _extracted(ask.extra["extract"], image, recognition),
    }
    return answer(request, result)


def picture_of(ask: OcrRequest, readings: Sequence[ImageResult]) -> tuple[Image, Recognition]:
    """The one picture of the request and what was read in it; its refusal in Huawei's words."""
    try:
        return only(readings)
    except ApiError as refused:
        raise _explained(ask, refused) from None


def answer(request: Request, result: Mapping[str, Any]) -> Response:
    return Response.of_json({"result": result}, content_type=JSON_UTF8, headers=_platform(request))


def block(line: Line) -> dict[str, Any]:
    """A line as every operation prints it; more keys go behind these."""
    return {
        "words": line.text,
        "confidence": rounded(line.confidence),
        "location": corners(line.quad),
    }


def rounded(confidence: float) -> float:
    """observed: the user guide's outputs have at most four decimals."""
    return round(min(max(confidence, 0.0), 1.0), 4)


def corners(quad: Quad) -> list[list[int]]:
    """Whole pixels of the picture as sent, in the text's own order."""
    return [list(corner) for corner in quad.rounded]


def _extracted(wanted: Sequence[str], image: Image, read: Recognition) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if "contact_info" in wanted:
        contact = contact_of(read)
        data["contact_info"] = {
            "name": contact.name,
            "phone": contact.phone,
            "province": contact.province,
            "city": contact.city,
            "district": contact.district,
            "detail_address": contact.detail_address,
        }
    if "image_size" in wanted:
        data["image_size"] = {"height": image.height, "width": image.width}
    return data


def _explained(ask: OcrRequest, refused: ApiError) -> ApiError:
    """The refusal of a picture in the words for where it came from: body, URL or Huawei's OBS."""
    source = ask.sources[0]
    if not isinstance(source, Remote):
        return refused
    host = urlsplit(source.url).hostname or ""
    stored = ".obs." in f".{host}" and host.endswith(".myhuaweicloud.com")
    row = _of_download(refused, stored=stored)
    return ApiError(row, refused.detail, refused.evidence) if row else refused


def _of_download(refused: ApiError, *, stored: bool) -> ErrorEntry | None:
    cause = refused.facts.get("cause", "")
    if ErrorKind.DOWNLOAD_FAILED in refused.problems:
        if cause in {"forbidden", "url"}:
            return errors.URL_NOT_ALLOWED
        absent = cause == "status" and "HTTP 404" in refused.detail
        if stored:
            return errors.OBS_ABSENT if absent else errors.OBS_FAILED
        return errors.DOWNLOAD_FAILED
    if ErrorKind.IMAGE_TOO_LARGE in refused.problems:
        return errors.OBS_OVERSIZED if stored else errors.IMAGE_SIZE
    # what is no picture at all was already served as none: the documented test is the type
    kind = refused.facts.get("content_type", "")
    if ErrorKind.BAD_IMAGE in refused.problems and not kind.startswith("image/"):
        return errors.OBS_FAILED if stored else errors.DOWNLOAD_FAILED
    return None


def refuse(request: Request, row: ErrorEntry) -> Response:
    """Nested for the identity service's rows (whole numbers), flat for the rest; only the gateway
    puts the request id into the body.
    """
    if request.path.startswith("/v3/"):
        row = _AT_IAM.get(row.code, row)
        row = gateway.before_iam(row) if str(row.code).startswith("APIG.") else row
    if isinstance(row.code, int):
        title = HTTPStatus(row.status).phrase
        error = {"code": row.code, "message": row.message, "title": title}
        return Response.of_json(
            {"error": error}, row.status, code=row.code, headers=identity_headers
        )
    body = {"error_code": row.code, "error_msg": row.message}
    if row.code.startswith(("APIG.", "APIGW.")):
        body = {"error_msg": row.message, "error_code": row.code, "request_id": request.id}
        return Response.of_json(body, row.status, code=row.code, content_type=JSON)
    headers = _platform(request)
    return Response.of_json(
        body, row.status, code=row.code, content_type=JSON_UTF8, headers=headers
    )


def stamp(request: Request, response: Response) -> Response:
    """The request id and the gateway's name, which every answer carries."""
    return response.with_headers(("X-Request-Id", request.id), ("Server", "api-gateway"))


def billable(response: Response) -> bool:
    """Only answered recognitions are paid for."""
    return response.status == 200


def _platform(request: Request) -> Headers:
    """What the platform behind the gateway adds; the milliseconds are drawn, not measured."""
    latency = request.random().randint(90, 600)
    return (("X-ModelArts-Trace-ID", request.id), ("X-ModelArts-Latency", str(latency)))


identity_headers: Headers = (
    ("Cache-Control", "no-cache, no-store, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubdomains;"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Download-Options", "noopen"),
    ("X-XSS-Protection", "1; mode=block;"),
)
"""observed: screenshots of a token's answer in Huawei's IAM and OCR documents."""
