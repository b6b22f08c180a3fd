"""Every error of the legacy API as it leaves the server, written out byte by byte."""

from __future__ import annotations

import pytest

from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.http import Request
from mockocr.vendors.tencent.legacy.service import SERVICE

BODIES: dict[str, tuple[int, str]] = {
    "3": (400, '{"code":3,"message":"invalid request"}'),
    "unparsed_body": (
        400,
        (
            '{"code":3,"message":"invalid request: parsing error - check '
            'content-type and body","data":{ "session_id":"17485029721327973432" '
            "}}"
        ),
    ),
    "missing_appid": (400, '{"code":3,"message":"donot find appid"}'),
    "illegal_appid": (
        400,
        ('{"code":3,"message":"appid is illegal","data":{ "session_id":"17485029721327973432" }}'),
    ),
    "abnormal_account": (400, '{"code":3,"message":"account abnormal,errorno is:2"}'),
    "4": (401, '{"code":4,"message":"sign is empty"}'),
    "5": (401, '{"code":5,"message":"sign format error"}'),
    "6": (401, '{"code":6,"message":"appid or bucket not match"}'),
    "9": (401, '{"code":9,"message":"sign expired","data":{}}'),
    "11": (401, '{"code":11,"message":"secretid not exist"}'),
    "10": (401, '{"code":10,"message":"appid not exist"}'),
    "12": (401, '{"code":12,"message":"appid not match"}'),
    "13": (401, '{"code":13,"message":"sign replay"}'),
    "14": (401, '{"code":14,"message":"sign no pass"}'),
    "15": (429, '{"code":15,"message":"request too frequent"}'),
    "16": (404, '{"code":16,"message":"bucket not exist"}'),
    "21": (400, '{"code":21,"message":"invalid param"}'),
    "23": (413, '{"code":23,"message":"request too large"}'),
    "24": (403, '{"code":24,"message":"no permission"}'),
    "25": (403, '{"code":25,"message":"resource has been used up"}'),
    "107": (500, '{"code":107,"message":"auth service internal error"}'),
    "108": (503, '{"code":108,"message":"auth service unavailable"}'),
    "213": (500, '{"code":213,"message":"internal error"}'),
    "-1102": (200, '{"code":-1102,"message":"SDK_IMAGE_DECODE_FAILED"}'),
    "-1300": (200, '{"code":-1300,"message":"ERROR_IMAGE_EMPTY"}'),
    "-1301": (200, '{"code":-1301,"message":"ERROR_PARAMETER_EMPTY"}'),
    "-1304": (200, '{"code":-1304,"message":"ERROR_PARAMETER_TOO_LONG"}'),
    "-1308": (200, '{"code":-1308,"message":"ERROR_DOWNLOAD_IMAGE_FAILED"}'),
    "-1408": (200, '{"code":-1408,"message":"ERROR_DOWNLOAD_IMAGE_SIZE_EXCEED"}'),
    "-1505": (200, '{"code":-1505,"message":"ERROR_IVADLID_URL_FROMAT"}'),
    "-9003": (200, '{"code":-9003,"message":"GLOCR_RECONG_FAILED"}'),
    "-9021": (200, '{"code":-9021,"message":"ERROR_NO_TEXT"}'),
    "17": (400, '{"code":17,"message":"url is empty"}'),
    "18": (400, '{"code":18,"message":"no image or url"}'),
    "19": (400, '{"code":19,"message":"too many images"}'),
    "20": (400, '{"code":20,"message":"image is too large"}'),
    "-5103": (200, '{"code":-5103,"message":"OCR_RECOG_FAILED"}'),
    "-5201": (200, '{"code":-5201,"message":"NAMECARD_NO_ENOUGH_TEXT"}'),
    "-5206": (200, '{"code":-5206,"message":"NOT_NAMECARD"}'),
    "-5207": (200, '{"code":-5207,"message":"NAMECARD_RECOG_FAILED"}'),
    "-7001": (200, '{"code":-7001,"message":"IDCARD_NOT_FOUND"}'),
    "-7003": (200, '{"code":-7003,"message":"IDCARD_NOT_FRONT"}'),
    "-7004": (200, '{"code":-7004,"message":"IDCARD_NOT_BACK"}'),
    "-9011": (200, '{"code":-9011,"message":"CREDITCARD_OCR_RECOG_FAILED"}'),
    "-9001": (200, '{"code":-9001,"message":"REQUEST_TYPE_ERROR"}'),
    "-9002": (200, '{"code":-9002,"message":"OCR_RECOG_FAILED"}'),
    "-9005": (200, '{"code":-9005,"message":"ERROR_IMAGE_INVALID"}'),
    "-9006": (200, '{"code":-9006,"message":"OCR_PREPROCESS_FAILED"}'),
    "-9501": (200, '{"code":-9501,"message":"BIZLICENSE_OCR_PREPROCESS_FAILED"}'),
    "-9502": (200, '{"code":-9502,"message":"BIZLICENSE_OCR_RECOG_FAILED"}'),
    "-9702": (200, '{"code":-9702,"message":"PLATE_OCR_RECOG_FAILED"}'),
    "no_invoice_template": (200, '{"code":-1400,"message":"TEMPLATE_NOT_MATCH"}'),
    "invalid_image_format": (200, '{"code":-1400,"message":"ERROR_IMAGE_FORMAT_INVALID"}'),
    "-5208": (200, '{"code":-5208,"message":"SERVER_INTERN_ERROR"}'),
    "-1320": (200, '{"code":-1320,"message":"ERROR_APPID_INVALID"}'),
    "-1403": (200, '{"code":-1403,"message":"ERROR_IMAGE_DOWNLOAD_FAILED"}'),
    "-1506": (200, '{"code":-1506,"message":"ERROR_DOWNLOAD_TIMEOUT"}'),
    "-1507": (200, '{"code":-1507,"message":"ERROR_CONNECT_DOWNLOAD_SERVER"}'),
    "-10001": (200, '{"code":-10001,"message":"OVERLOAD_PROTECTION"}'),
    "-10002": (200, '{"code":-10002,"message":"LICENSE_INVALID"}'),
    "-10003": (200, '{"code":-10003,"message":"FREQUENCY_LIMIT"}'),
    "-10004": (200, '{"code":-10004,"message":"SERVICE_NAME_INVALID"}'),
    "-10005": (200, '{"code":-10005,"message":"SERVICE_NOT_LICENSED"}'),
    "404": (404, '{"code":404,"message":"HTTP_NOTFOUND"}'),
    "424": (424, '{"code":424,"message":"HTTP_METHOD_NOTFOUND"}'),
}
"""Status and body by the id of the entry; the session id belongs to the seed 7."""

KINDS: dict[ErrorKind, str] = {
    ErrorKind.NO_CREDENTIALS: "4",
    ErrorKind.BAD_CREDENTIALS: "5",
    ErrorKind.UNKNOWN_ACCOUNT: "11",
    ErrorKind.BAD_SIGNATURE: "14",
    ErrorKind.EXPIRED: "9",
    ErrorKind.REPLAYED: "13",
    ErrorKind.FORBIDDEN: "24",
    ErrorKind.QUOTA_EXCEEDED: "25",
    ErrorKind.PACKAGE_EXPIRED: "25",
    ErrorKind.ARREARS: "abnormal_account",
    ErrorKind.RATE_LIMITED: "15",
    ErrorKind.BUSY: "15",
    ErrorKind.BODY_TOO_LARGE: "23",
    ErrorKind.BAD_BODY: "unparsed_body",
    ErrorKind.BAD_PARAMETER: "21",
    ErrorKind.NO_IMAGE: "-1300",
    ErrorKind.BAD_IMAGE: "-1102",
    ErrorKind.IMAGE_FORMAT: "-1102",
    ErrorKind.IMAGE_TOO_LARGE: "-1408",
    ErrorKind.IMAGE_SIZE: "-1102",
    ErrorKind.DOWNLOAD_FAILED: "-1308",
    ErrorKind.NOTHING_FOUND: "-9021",
    ErrorKind.ENGINE_FAILED: "-9003",
    ErrorKind.NO_SUCH_OPERATION: "404",
    ErrorKind.WRONG_METHOD: "424",
    ErrorKind.INTERNAL: "213",
    ErrorKind.UNAVAILABLE: "108",
}
"""The entry that answers each kind, unless the operation has its own."""

OWN: dict[tuple[str, ErrorKind | ErrorCause], str] = {
    ("handwriting", ErrorKind.ENGINE_FAILED): "-9011",
    ("handwriting", ErrorKind.NOTHING_FOUND): "-9011",
    ("bankcard", ErrorKind.ENGINE_FAILED): "-9011",
    ("bankcard", ErrorKind.NOTHING_FOUND): "-9011",
    ("drivinglicence", ErrorKind.ENGINE_FAILED): "-9002",
    ("drivinglicence", ErrorKind.NOTHING_FOUND): "-9002",
    ("bizlicense", ErrorKind.ENGINE_FAILED): "-9502",
    ("bizlicense", ErrorKind.NOTHING_FOUND): "-9502",
    ("plate", ErrorKind.ENGINE_FAILED): "-9702",
    ("plate", ErrorKind.NOTHING_FOUND): "-9702",
    ("invoice", ErrorKind.NOTHING_FOUND): "no_invoice_template",
    ("invoice", ErrorKind.IMAGE_FORMAT): "invalid_image_format",
    ("idcard", ErrorCause.URL): "-1505",
    ("idcard", ErrorKind.ENGINE_FAILED): "-5103",
    ("idcard", ErrorKind.NOTHING_FOUND): "-7001",
    ("namecard", ErrorCause.URL): "-1505",
    ("namecard", ErrorKind.ENGINE_FAILED): "-5103",
    ("businesscard", ErrorCause.URL): "-1505",
    ("businesscard", ErrorKind.ENGINE_FAILED): "-5207",
    ("businesscard", ErrorKind.NOTHING_FOUND): "-5201",
}
"""The entry that answers a kind or cause for one operation."""


@pytest.mark.parametrize("id", BODIES)
def test_an_error_is_sent_as_exactly_these_bytes(id: str) -> None:
    entry = SERVICE.errors.find(id)
    assert entry is not None
    assert entry.id == id
    response = SERVICE.render_error(Request("POST", "/ocr/general", seed=7), entry.filled({}))
    assert (response.status, response.body.decode()) == BODIES[id]
    assert response.headers == (("Content-Type", "application/json; charset=utf-8"),)


def test_no_entry_is_missing_here() -> None:
    assert [entry.id for entry in SERVICE.errors] == list(BODIES)


@pytest.mark.parametrize("kind", ErrorKind)
def test_a_kind_is_answered_by_this_entry(kind: ErrorKind) -> None:
    assert SERVICE.errors.entry(ApiError(kind)).id == KINDS[kind]
    assert SERVICE.errors.entry(ApiError(kind), "general").id == KINDS[kind]


OPERATIONS = [operation.name for operation in SERVICE.operations]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_answers_a_kind_by_its_own_entry_if_it_has_one(operation: str) -> None:
    found = {kind: SERVICE.errors.entry(ApiError(kind), operation).id for kind in ErrorKind}
    assert found == {kind: OWN.get((operation, kind), KINDS[kind]) for kind in ErrorKind}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_answers_a_failed_download_by_its_cause(operation: str) -> None:
    usual = KINDS[ErrorKind.DOWNLOAD_FAILED]
    found = {
        cause: SERVICE.errors.entry(ApiError(ErrorKind.DOWNLOAD_FAILED, cause=cause), operation).id
        for cause in ErrorCause
    }
    assert found == {cause: OWN.get((operation, cause), usual) for cause in ErrorCause}
