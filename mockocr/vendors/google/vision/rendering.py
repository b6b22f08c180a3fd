"""The bytes of responses: indented JSON, the error envelope, and the headers of every response."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.errors import ErrorEntry
from mockocr.core.http import Headers, Request, Response, dump_json
from mockocr.vendors.google.access_token import SCOPES
from mockocr.vendors.google.statuses import STATUSES
from mockocr.vendors.google.vision import errors
from mockocr.vendors.google.vision.annotated_paths import is_annotated, picture_count
from mockocr.vendors.google.vision.picture_errors import PER_IMAGE_IDS

JSON = "application/json; charset=UTF-8"
SERVICE = "vision.googleapis.com"
_METHODS = {
    "images:annotate": "BatchAnnotateImages",
    "files:annotate": "BatchAnnotateFiles",
    "images:asyncBatchAnnotate": "AsyncBatchAnnotateImages",
    "files:asyncBatchAnnotate": "AsyncBatchAnnotateFiles",
}
_PLACE = re.compile(r" at '([^']*)'")
_MASK = "Error expanding 'fields' parameter. Cannot find matching fields for path '{}'."
_CHALLENGE = 'Bearer realm="https://accounts.google.com/"'
_NEEDED_SCOPES = f', error="insufficient_scope", scope="{" ".join(SCOPES)}"'
"""observed: react-google-contacts issue 6 (2020), another API of Google."""

EVERY: Headers = (
    ("Vary", "Origin, X-Origin, Referer"),
    ("Server", "ESF"),
    ("Cache-Control", "private"),
    ("X-XSS-Protection", "0"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Content-Type-Options", "nosniff"),
)
"""observed: cloud-vision issue 170 (2019)."""


def render_json(request: Request, document: Any, status: int = 200, **response: Any) -> Response:
    """JSON as the client asked for it: indented by two blanks with a line end, or compact with
    `prettyPrint=false`.
    """
    pretty = request.query_value("$prettyPrint") or request.query_value("prettyPrint")
    if pretty in ("false", "0"):
        body = dump_json(document)
    else:
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        body = text.encode("utf-8", "replace")
    return Response(status, body, (("Content-Type", JSON),), **response)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """The entry as one error for each picture, or in the envelope that refuses the request."""
    if entry.id == errors.NO_PATH.id:
        page = _page(request.path).encode("utf-8", "replace")
        return Response(404, page, (("Content-Type", "text/html; charset=UTF-8"),), str(entry.code))
    code = str(entry.code)
    if entry.id in PER_IMAGE_IDS and is_annotated(request):
        answer = {} if code == "OK" else {"error": status_of(entry)}
        document = {"responses": [answer] * picture_count(request)}
        return render_json(request, document, code=code)
    status = STATUSES[code]
    error: dict[str, Any] = {
        "code": status.http if code != "OK" else 500,
        "message": entry.message,
        "status": code,
    }
    if request.query_value("$.xgafv") == "1":
        old = {"message": entry.message, "domain": "global", "reason": status.reason}
        error = {**error, "errors": [old]}
    details = details_of(request, entry)
    if details:
        error["details"] = details
    response = render_json(request, {"error": error}, error["code"], code=code)
    if status.http == 401:
        invalid = ', error="invalid_token"'
        response = response.with_headers(("WWW-Authenticate", _CHALLENGE + invalid))
    elif entry.id == "access_token_scope_insufficient":
        response = response.with_headers(("WWW-Authenticate", _CHALLENGE + _NEEDED_SCOPES))
    return response


def status_of(entry: ErrorEntry) -> dict[str, Any]:
    """The error of one picture: a google.rpc.Status with the number of gRPC."""
    return {"code": STATUSES[str(entry.code)].number, "message": entry.message}


def details_of(request: Request, entry: ErrorEntry) -> list[Mapping[str, Any]]:
    """The details of an error (google.rpc.ErrorInfo, BadRequest, Help), empty if it has none.

    observed for API_KEY_INVALID and BadRequest; guess for the others: the form of all APIs.
    """
    method = _METHODS.get(request.path.rpartition("/")[2], "")
    called = {"method": f"google.cloud.vision.v1.ImageAnnotator.{method}"} if method else {}
    match entry.id:
        case "api_key_invalid" | "api_key_expired":
            return [_info("API_KEY_INVALID", {"service": SERVICE})]
        case "access_token_invalid":
            return [_info("ACCESS_TOKEN_TYPE_UNSUPPORTED", {"service": SERVICE, **called})]
        case "access_token_expired":
            return [_info("ACCESS_TOKEN_EXPIRED", {"service": SERVICE, **called})]
        case "access_token_scope_insufficient":
            return [_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", {"service": SERVICE, **called})]
        case "service_disabled" | "billing_disabled":
            project = re.findall(r"project[ =#]+(\d+)", entry.message)[:1]
            info = {"service": SERVICE, "consumer": f"projects/{''.join(project)}"}
            link = {"description": "Google developers console", "url": _url(entry.message)}
            return [
                {"@type": "type.googleapis.com/google.rpc.Help", "links": [link]},
                _info(entry.id.upper(), info),
            ]
        case "quota_exceeded" | "rate_limited":
            metric, limit, _, project = re.findall(r"'([^']*)'", entry.message)
            info = {"service": SERVICE, "quota_metric": metric, "quota_limit": limit}
            number = project.partition(":")[2]
            return [_info("RATE_LIMIT_EXCEEDED", {**info, "consumer": f"projects/{number}"})]
        case "bad_field":
            return [_bad_request(entry.message.split("\n"))]
        case "bad_fields_mask":
            path = request.query_value("$fields") or request.query_value("fields")
            violation = {"field": path, "description": _MASK.format(path)}
            return [{**_bad_request([]), "fieldViolations": [violation]}]
    return []


def add_headers(request: Request, response: Response) -> Response:
    """The headers of the front end, and permission for a browser to read the response (guess)."""
    response = response.with_headers(*EVERY)
    origin = request.header("origin")
    if origin:
        response = response.with_headers(
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Expose-Headers", "Vary,Content-Encoding,Date,Server"),
        )
    return response


def preflight(request: Request) -> Response | None:
    """The response to a browser's OPTIONS (guess: as other APIs of Google answer)."""
    if not request.header("access-control-request-method"):
        return None
    headers = (
        ("Access-Control-Allow-Origin", request.header("origin", "*")),
        ("Access-Control-Allow-Methods", "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT"),
        ("Access-Control-Allow-Headers", request.header("access-control-request-headers")),
        ("Access-Control-Max-Age", "3600"),
        ("Content-Type", "text/html"),
        *EVERY,
    )
    return Response(200, b"", headers)


def _info(reason: str, metadata: Mapping[str, str]) -> dict[str, Any]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": metadata,
    }


def _bad_request(descriptions: Sequence[str]) -> dict[str, Any]:
    violations = []
    for description in descriptions:
        place = _PLACE.search(description)
        field = {"field": place[1]} if place else {}
        violations.append({**field, "description": description})
    kind = "type.googleapis.com/google.rpc.BadRequest"
    return {"@type": kind, "fieldViolations": violations}


def _url(message: str) -> str:
    match = re.search(r"https://\S+", message)
    return match[0] if match else ""


def _page(path: str) -> str:
    """The front end's page for an unknown path, shortened (guess)."""
    return (
        "<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n"
        "  <title>Error 404 (Not Found)!!1</title>\n"
        "  <p><b>404.</b> <ins>That’s an error.</ins>\n"
        f"  <p>The requested URL <code>{html.escape(path)}</code> was not found on this server.  "
        "<ins>That’s all we know.</ins>\n"
    )
