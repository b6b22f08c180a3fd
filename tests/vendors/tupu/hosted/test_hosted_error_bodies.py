"""The hosted API answers every error with its literal status, body and headers.

Nothing here is taken from the error table: a change of a text, a code or a status fails a test.
"""

from __future__ import annotations

import pytest

from mockocr.core.errors import ErrorKind
from tests.vendors.tupu.harness import HOSTED, post

CLOSING = ',"nonce":"0.32383276483316237","timestamp":1767323045678}'
"""Every body ends so, except those that end in a brace."""

ENTRIES = [
    ("authorization_failed", 401, '{"code":1,"message":"authorization failed"'),
    ("quota_exceeded", 403, '{"code":1,"message":"quota exceeded"'),
    ("package_expired", 403, '{"code":1,"message":"package expired"'),
    ("arrears", 403, '{"code":1,"message":"account in arrears"'),
    ("7", 403, '{"code":7,"message":"secretId has no permission for the task"'),
    ("8", 403, '{"code":8,"message":"secretId state abnormal"'),
    ("17", 429, '{"code":17,"message":"concurrency over the limit"'),
    ("2", 200, '{"code":2,"message":"model information error"'),
    ("3", 200, '{"code":3,"message":"no file"'),
    ("4", 200, '{"code":4,"message":"API version error"'),
    ("5", 200, '{"code":5,"message":"API version deprecated"'),
    ("6", 200, '{"code":6,"message":"secretId error"'),
    ("9", 200, '{"code":9,"message":"no certificate uploaded"'),
    ("no_callback_parameter", 200, '{"code":10,"message":"no callback parameter"'),
    ("pipe_id", 200, '{"code":10,"message":"pipeId error"'),
    ("unreachable", 200, '{"code":11,"message":"interface could not be reached"'),
    ("callback_missing", 200, '{"code":11,"message":"callback parameter missing"'),
    ("12", 200, '{"code":12,"message":"time parameter error"'),
    ("13", 200, '{"code":13,"message":"no task configured"'),
    ("download_fail", 200, '{"code":14,"message":"Download fail"'),
    ("file_too_large", 200, '{"code":14,"message":"File too large"'),
    ("image_error", 200, '{"code":14,"message":"Image error"'),
    ("parameter_illegal", 200, '{"code":15,"message":"parameter illegal"'),
    ("16", 200, '{"code":16,"message":"no data found"'),
    ("18", 200, '{"code":18,"message":"too few normal files"'),
    ("19", 200, '{"code":19,"message":"too many files"'),
    ("20", 200, '{"code":20,"message":"face compare or liveness error"'),
    ("service_error", 200, '{"code":100,"message":"service error"'),
    ("service_unavailable", 503, '{"code":100,"message":"service unavailable"'),
    ("101", 200, '{"code":101,"message":"unknown error"'),
    ("404", 404, '{"code":404,"message":"not found"}'),
    ("405", 405, '{"code":405,"message":"method not allowed"}'),
]
"""Id, HTTP status, body without `CLOSING`."""

KINDS = {
    ErrorKind.NO_CREDENTIALS: "authorization_failed",
    ErrorKind.BAD_CREDENTIALS: "authorization_failed",
    ErrorKind.UNKNOWN_ACCOUNT: "authorization_failed",
    ErrorKind.BAD_SIGNATURE: "authorization_failed",
    ErrorKind.EXPIRED: "12",
    ErrorKind.REPLAYED: "authorization_failed",
    ErrorKind.FORBIDDEN: "8",
    ErrorKind.QUOTA_EXCEEDED: "quota_exceeded",
    ErrorKind.PACKAGE_EXPIRED: "package_expired",
    ErrorKind.ARREARS: "arrears",
    ErrorKind.RATE_LIMITED: "17",
    ErrorKind.BUSY: "17",
    ErrorKind.BODY_TOO_LARGE: "file_too_large",
    ErrorKind.BAD_BODY: "parameter_illegal",
    ErrorKind.BAD_PARAMETER: "parameter_illegal",
    ErrorKind.NO_IMAGE: "3",
    ErrorKind.BAD_IMAGE: "image_error",
    ErrorKind.IMAGE_FORMAT: "image_error",
    ErrorKind.IMAGE_TOO_LARGE: "file_too_large",
    ErrorKind.IMAGE_SIZE: "image_error",
    ErrorKind.DOWNLOAD_FAILED: "download_fail",
    ErrorKind.NOTHING_FOUND: "16",
    ErrorKind.ENGINE_FAILED: "service_error",
    ErrorKind.NO_SUCH_OPERATION: "404",
    ErrorKind.WRONG_METHOD: "405",
    ErrorKind.INTERNAL: "101",
    ErrorKind.UNAVAILABLE: "service_unavailable",
}
"""The entry that answers each kind."""


@pytest.mark.parametrize(("id", "status", "body"), ENTRIES, ids=[entry[0] for entry in ENTRIES])
def test_every_entry_has_its_literal_response(id: str, status: int, body: str) -> None:
    entry = HOSTED.errors.find(id)
    assert entry is not None
    response = HOSTED.render_error(post(b"", "application/json"), entry)
    assert response.status == status
    assert response.body.decode() == body + ("" if body.endswith("}") else CLOSING)
    allow = (("Allow", "POST"),) if status == 405 else ()
    assert response.headers == (("Content-Type", "application/json; charset=utf-8"), *allow)
    assert f'"code":{response.code},' in body


def test_the_literal_responses_are_those_of_the_whole_table() -> None:
    assert [entry.id for entry in HOSTED.errors] == [id for id, _, _ in ENTRIES]


@pytest.mark.parametrize("kind", ErrorKind)
def test_every_kind_is_answered_by_its_entry(kind: ErrorKind) -> None:
    assert HOSTED.errors.by_kind(kind).id == KINDS[kind]


@pytest.mark.parametrize(("id", "status", "body"), ENTRIES, ids=[entry[0] for entry in ENTRIES])
def test_the_option_statuses_ok_sends_200_for_key_quota_and_rate(
    id: str, status: int, body: str
) -> None:
    entry = HOSTED.errors.find(id)
    assert entry is not None
    response = HOSTED.render_error(post(b"", "application/json", statuses="ok"), entry)
    assert response.status == (200 if status in (401, 403, 429) else status)
    assert response.body.decode().startswith(body)
