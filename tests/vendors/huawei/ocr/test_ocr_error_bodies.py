"""OCR answers every error with its literal status, body and headers.

Nothing here is taken from the error table: a change of a text, a code or a status fails a test.
"""

from __future__ import annotations

import pytest

from mockocr.core.errors import ErrorKind
from mockocr.core.http import Request
from tests.vendors.huawei.gateway_literals import gateway_rows
from tests.vendors.huawei.harness import AT, OCR

REQUEST = Request("POST", "/", at=AT, id="0000000000000000000000000000002a", seed=7)

OWN_ROWS = (
    ("AIS.0101", 400, "AIS.0101", "The input parameter is invalid."),
    ("AIS.0102", 400, "AIS.0102", "The image format is not supported."),
    ("AIS.0103", 400, "AIS.0103", "The image size does not meet the requirements."),
    ("AIS.0104", 400, "AIS.0104", "The image is not supported or the image quality is poor."),
    ("AIS.0105", 400, "AIS.0105", "Recognition failed."),
    ("AIS.0106", 400, "AIS.0106", "The image bit depth is not supported."),
    ("AIS.0117", 400, "AIS.0117", "Input ID does not exist."),
    (
        "AIS.0118",
        400,
        "AIS.0118",
        "Service request error or the tax authority’s interface was malfunctioning.",
    ),
    ("AIS.0119", 400, "AIS.0119", "Template match failed, template_id=xxx."),
    ("AIS.0120", 400, "AIS.0120", "Classification failed."),
    (
        "AIS.0121",
        400,
        "AIS.0121",
        "The recognition area of template is not configured, template_id=xxx",
    ),
    ("AIS.0122", 400, "AIS.0122", "The image contains two or more ID cards with the same side."),
    ("ModelArts.0203", 401, "ModelArts.0203", "Invalid token."),
    (
        "ModelArts.0212",
        401,
        "ModelArts.0212",
        "Invalid Token header. The Token not contain project item. ",
    ),
    ("ModelArts.4101", 401, "ModelArts.4101", "Token header cannot be empty."),
    ("ModelArts.4102", 401, "ModelArts.4102", "Parse Token error."),
    ("ModelArts.4103", 401, "ModelArts.4103", "Invalid Token header."),
    ("ModelArts.4104", 400, "ModelArts.4104", "Invalid Request Content Length."),
    ("ModelArts.4105", 400, "ModelArts.4105", "The JSON format of the input data is incorrect."),
    ("empty_body", 400, "ModelArts.4104", "Invalid Request Content Length."),
    ("ModelArts.4106", 403, "ModelArts.4106", "Invalid authorization request."),
    ("ModelArts.4107", 500, "ModelArts.4107", "Get user temp ak sk error."),
    ("ModelArts.4201", 400, "ModelArts.4201", "Request url need service id."),
    ("ModelArts.4202", 400, "ModelArts.4202", "Request url format invalid."),
    ("ModelArts.4203", 403, "ModelArts.4203", "Access denied! You do not have permission."),
    ("ModelArts.4204", 400, "ModelArts.4204", "Request api error! The API XXX is not subscribed."),
    ("not_subscribed_2021", 400, "ModelArts.4204", "Access api error! Not subscribe this api."),
    ("ModelArts.4301", 500, "ModelArts.4301", "Have error when get ai-service admin token."),
    ("ModelArts.4302", 502, "ModelArts.4302", "Gateway forwarding error."),
    ("ModelArts.4401", 503, "ModelArts.4401", "Max concurrency error."),
    ("ModelArts.4402", 504, "ModelArts.4402", "Backend service timeout error."),
    ("ModelArts.4403", 503, "ModelArts.4403", "Backend service unavailable error."),
    ("ModelArts.4502", 500, "ModelArts.4502", "Backend service response error."),
    ("ModelArts.4503", 500, "ModelArts.4503", "Backend service found error."),
    ("ModelArts.4504", 500, "ModelArts.4504", "Backend service api not found."),
    ("ModelArts.4505", 500, "ModelArts.4505", "Backend service internal error."),
    ("ModelArts.4506", 500, "ModelArts.4506", "SubService service found error."),
    ("ModelArts.4507", 500, "ModelArts.4507", "SubService service specification code find error."),
    ("ModelArts.4508", 500, "ModelArts.4508", "Service not start."),
    ("ModelArts.4603", 400, "ModelArts.4603", "Obtaining the file from the URL failed."),
    ("ModelArts.4601", 400, "ModelArts.4601", "The URL is not allowed."),
    ("ModelArts.4702", 400, "ModelArts.4702", "Query Obs agency failed."),
    ("ModelArts.4703", 400, "ModelArts.4703", "The Obs URL is invalid."),
    ("ModelArts.4704", 400, "ModelArts.4704", "Obtaining the file from the OBS failed."),
    ("ModelArts.4705", 400, "ModelArts.4705", "The file stored on the OBS is oversized."),
    ("ModelArts.4706", 400, "ModelArts.4706", "The Obs file is not exist."),
    ("ModelArts.6201", 403, "ModelArts.6201", "The account is frozen."),
)
"""Id, status, code, message."""

OWN = [
    (id, status, code, f'{{"error_code":"{code}","error_msg":"{message}"}}')
    for id, status, code, message in OWN_ROWS
]
GATEWAY = gateway_rows("APIG")

KINDS = {
    ErrorKind.NO_CREDENTIALS: "token_missing",
    ErrorKind.BAD_CREDENTIALS: "token_unreadable",
    ErrorKind.UNKNOWN_ACCOUNT: "access_key_unknown",
    ErrorKind.BAD_SIGNATURE: "signature_wrong",
    ErrorKind.EXPIRED: "token_expired",
    ErrorKind.REPLAYED: "signature_wrong",
    ErrorKind.FORBIDDEN: "APIG.0302",
    ErrorKind.QUOTA_EXCEEDED: "user_rate_limited",
    ErrorKind.PACKAGE_EXPIRED: "ModelArts.4106",
    ErrorKind.ARREARS: "ModelArts.4106",
    ErrorKind.RATE_LIMITED: "user_rate_limited",
    ErrorKind.BUSY: "user_rate_limited",
    ErrorKind.BODY_TOO_LARGE: "body_too_large",
    ErrorKind.BAD_BODY: "ModelArts.4105",
    ErrorKind.BAD_PARAMETER: "AIS.0101",
    ErrorKind.NO_IMAGE: "AIS.0101",
    ErrorKind.BAD_IMAGE: "AIS.0102",
    ErrorKind.IMAGE_FORMAT: "AIS.0102",
    ErrorKind.IMAGE_TOO_LARGE: "ModelArts.4104",
    ErrorKind.IMAGE_SIZE: "AIS.0103",
    ErrorKind.DOWNLOAD_FAILED: "ModelArts.4603",
    ErrorKind.NOTHING_FOUND: "AIS.0104",
    ErrorKind.ENGINE_FAILED: "AIS.0105",
    ErrorKind.NO_SUCH_OPERATION: "path_unknown",
    ErrorKind.WRONG_METHOD: "method_unknown",
    ErrorKind.INTERNAL: "APIG.0601",
    ErrorKind.UNAVAILABLE: "backend_unavailable",
}

OWN_HEADERS = (
    ("Content-Type", "application/json;charset=UTF-8"),
    ("X-ModelArts-Trace-ID", "0000000000000000000000000000002a"),
    ("X-ModelArts-Latency", "255"),
    ("X-Request-Id", "0000000000000000000000000000002a"),
    ("Server", "api-gateway"),
)
GATEWAY_HEADERS = (
    ("Content-Type", "application/json"),
    ("X-Request-Id", "0000000000000000000000000000002a"),
    ("Server", "api-gateway"),
)


@pytest.mark.parametrize(("id", "status", "code", "body"), [*OWN, *GATEWAY])
def test_every_error_has_its_literal_response(id: str, status: int, code: str, body: str) -> None:
    (entry,) = (entry for entry in OCR.errors if entry.id == id)
    response = OCR.add_headers(REQUEST, OCR.render_error(REQUEST, entry.filled({})))
    assert (response.status, response.code) == (status, code)
    assert response.body.decode() == body
    assert response.headers == (GATEWAY_HEADERS if code.startswith("APIG.") else OWN_HEADERS)


def test_the_literals_cover_the_whole_table() -> None:
    assert [entry.id for entry in OCR.errors] == [row[0] for row in (*OWN, *GATEWAY)]


@pytest.mark.parametrize("kind", ErrorKind)
def test_every_kind_has_its_literal_entry(kind: ErrorKind) -> None:
    assert OCR.errors.by_kind(kind).id == KINDS[kind]
