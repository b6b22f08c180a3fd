"""Renders what was read: text, overlay and exit codes, in the form of each engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult
from mockocr.core.recognition import Line, Recognition, Word, float32
from mockocr.vendors.ocr_space.api.errors import ALL_FAILED, ERRORS, FILE_SIZE, failed_page
from mockocr.vendors.ocr_space.api.headers import CONTENT_TYPE
from mockocr.vendors.ocr_space.api.options import plan_of
from mockocr.vendors.ocr_space.api.parsing import Wanted
from mockocr.vendors.ocr_space.api.table_text import table_text

NO_PDF = "Searchable PDF not generated as it was not requested."
NO_OVERLAY = "Text overlay is not provided as it is not requested"
PAGE_LIMIT = (
    "The maximum page limit of {pages} was reached and only pages upto the limit were parsed"
    " successfully"
)
_Json = dict[str, Any]


def render(
    request: Request, wanted: Wanted, results: Sequence[ImageResult], pdf_url: str = ""
) -> Response:
    """The response for all pages. Raises the error of a document of which no page was read."""
    errors = [result.error for result in results if result.error is not None]
    if len(results) == 1 and errors:
        raise _refusal(request, errors[0])
    pages = [_page(wanted, result) for result in results]
    count = max((r.image.pages for r in results if r.image is not None), default=0)
    limit = plan_of(request).pages
    exit_code, messages = 1, []
    if count > limit:
        exit_code = int(request.options["page_limit_exit"])
        messages = [PAGE_LIMIT.format(pages=limit)]
    elif len(errors) == len(results):
        exit_code, messages = 3, [ALL_FAILED]
    elif errors:
        exit_code = 2
    body: _Json = {
        "ParsedResults": pages,
        "OCRExitCode": exit_code,
        "IsErroredOnProcessing": bool(messages),
    }
    if messages:
        body["ErrorMessage"] = messages
    return Response.of_json(
        {**body, **_closing(request, wanted, pdf_url)},
        code=exit_code,
        content_type=CONTENT_TYPE,
    ).replaced(why=errors[0].detail if errors else "")


def _refusal(request: Request, error: ApiError) -> ApiError:
    """The error with the plan's limit, which its message states."""
    if error.reason is ErrorKind.IMAGE_TOO_LARGE:
        limit = str(plan_of(request).kilobytes)
        return ApiError(FILE_SIZE, error.detail, kilobytes=limit)
    return error


def _closing(request: Request, wanted: Wanted, pdf_url: str) -> Mapping[str, Any]:
    elapsed = request.random().randint(300, 2500)
    if wanted.engine == "3":
        return {"ProcessingTimeInMilliseconds": elapsed, "SearchablePDFURL": pdf_url or None}
    return {
        "ProcessingTimeInMilliseconds": str(elapsed),
        "SearchablePDFURL": pdf_url or NO_PDF,
    }


def _page(wanted: Wanted, result: ImageResult) -> _Json:
    if result.error is not None:
        return failed_page(_entry(result.error))
    assert result.recognition is not None
    return _parsed(wanted, result.recognition)


def _entry(error: ApiError) -> ErrorEntry:
    return ERRORS.entry(error).filled(error.facts)


def _parsed(wanted: Wanted, recognition: Recognition) -> _Json:
    third = wanted.engine == "3"
    end = "\n" if third else "\r\n"
    if wanted.table:
        text = table_text(recognition, end)
    else:
        text = "".join(line.text + end for line in recognition.lines)
    orientation = {} if third else {"TextOrientation": str(round(recognition.angle) % 360)}
    nothing = None if third else ""
    return {
        "TextOverlay": _overlay(wanted, recognition),
        **orientation,
        "FileParseExitCode": 1,
        "ParsedText": text,
        "ErrorMessage": nothing,
        "ErrorDetails": nothing,
    }


def _overlay(wanted: Wanted, recognition: Recognition) -> _Json:
    if not wanted.overlay:
        return {"Lines": [], "HasOverlay": False, "Message": NO_OVERLAY}
    lines = [_line(line, wanted.engine != "3") for line in recognition.lines if line.words]
    return {"Lines": lines, "HasOverlay": True, "Message": f"Total lines: {len(lines)}"}


def _line(line: Line, with_text: bool) -> _Json:
    words = [_word(word) for word in line.words]
    return {
        **({"LineText": line.text} if with_text else {}),
        "Words": words,
        "MaxHeight": max(word["Height"] for word in words),
        "MinTop": min(word["Top"] for word in words),
    }


def _word(word: Word) -> _Json:
    """observed: doubles that were single floats, 15.0 with its decimal."""
    left, top, right, bottom = word.quad.extent
    return {
        "WordText": word.text,
        "Left": float32(left),
        "Top": float32(top),
        "Height": float32(bottom - top),
        "Width": float32(right - left),
    }
