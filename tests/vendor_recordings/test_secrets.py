"""No secret of any service reaches a recording, and the recorded request can be asked again."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from mockocr.core.account import Account, Credential
from mockocr.core.http import Request, Response
from mockocr.recordings.answer_masking import is_kept_header
from mockocr.recordings.masking import mask_request
from mockocr.recordings.recording import made
from mockocr.recordings.store import Recordings
from tests.asgi import Answer
from tests.conformance import (
    CASES,
    Case,
    mock_for,
    send,
    signed_request,
    unknown_credential,
    unsigned_request,
)

every_operation = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def other_account(case: Case) -> Credential:
    """Credentials that no documentation shows, each field of its own."""
    credential = unknown_credential(case.vendor)
    own = {
        name: f"own-{name.replace('_', '-')}-0f1e2d3c"
        for name in credential.values
        if name
        in (
            "password",
            "domain",
            "user",
            "key",
            "secret",
            "appsecret",
            "platform_secret",
            "platform_appid",
        )
    }
    return Credential(case.vendor.name, {**credential.values, **own})


def request_of_other(case: Case, credential: Credential) -> Request:
    """The sample's request as the other account sends it: it stands where `dev` stands."""
    request = unsigned_request(case)
    body, target = request.body.decode("latin-1"), request.target
    for name, value in case.vendor.credentials.items():
        if len(value) >= 8:
            body = body.replace(value, credential.values[name])
            target = target.replace(value, credential.values[name])
    if case.id == "huawei.token":
        body = body.replace('"dev"', f'"{credential.values["user"]}"').replace(
            '"mockocr"', f'"{credential.values["domain"]}"'
        )
    path, _, query = target.partition("?")
    request = request.replaced(target=target, path=path, query=query)
    request = request.with_body(body.encode("latin-1"))
    params = {
        name: credential.values.get(case.service.recorded.account.get(name, name), "x")
        for name in re.findall(r"\{(\w+)\}", case.operation.path)
    }
    return case.service.sign(request, credential).replaced(params=params)


def recorded(case: Case, folder: Path, request: Request, answer: Answer) -> str:
    """The text of the file that a recording of this exchange makes."""
    masked = mask_request(case.vendor, case.service, case.operation, request)
    response = Response(answer.status, answer.body, answer.headers)
    text = made(
        case.vendor, case.service, case.operation, masked, response, request.at, host="vendor"
    )
    return Recordings(folder).add(text, {}).read_text("utf-8")


def encodings(secret: str) -> list[str]:
    encoded = [
        base64.b64encode(b"x" * shift + secret.encode()).decode()[4:-4].rstrip("=")
        for shift in range(3)
    ]
    return [secret, quote(secret, safe=""), json.dumps(secret)[1:-1], *encoded]


@every_operation
@pytest.mark.slow
def test_a_recording_holds_no_credential_in_any_encoding(case: Case, tmp_path: Path) -> None:
    credential = other_account(case)
    to = mock_for(case, accounts=[Account("other", (credential,))])
    request = request_of_other(case, credential)
    answer = send(to, request)
    text = recorded(case, tmp_path, request, answer)
    for name, value in credential.values.items():
        if value in case.vendor.credentials.values() or len(value) < 8:
            continue
        if case.vendor.name == "google" and name == "project_id":
            continue  # no secret: it stands in addresses, and no request says which one is its own
        lines = [line for line in value.split("\n") if len(line) > 20] or [value]
        for secret in lines:
            for form in encodings(secret):
                assert form not in text, f"{name} is in the recording"
    for name, value in request.headers:
        if name.lower() == "authorization":
            assert value not in text


@every_operation
@pytest.mark.slow
def test_a_recorded_request_can_be_signed_and_asked_again(case: Case, tmp_path: Path) -> None:
    request = signed_request(case)
    to = mock_for(case)
    first = send(to, request)
    masked = mask_request(case.vendor, case.service, case.operation, request)
    kept = Recordings(tmp_path)
    text = made(
        case.vendor,
        case.service,
        case.operation,
        masked,
        Response(first.status, first.body, first.headers),
        request.at,
        host="vendor",
    )
    kept.add(text, masked.files)
    ((recording,), damaged) = kept.all()
    assert damaged == []
    again = recording.request(lambda picture: kept.picture(picture) or b"")
    again = again.replaced(options=request.options, id=request.id[:-1] + "2", seed=request.seed + 1)
    to = mock_for(case)
    second = send(to, case.service.sign(again, case.credential))
    assert second.status == first.status, second.body[:400]


@every_operation
def test_every_header_of_ours_is_kept_or_said_to_differ(case: Case) -> None:
    answer = send(mock_for(case), signed_request(case))
    left = [
        name
        for name, _ in answer.headers
        if not name.lower().startswith(("x-mockocr", "content-length", "date", "etag"))
        and not is_kept_header(case.service, name)
        and not case.service.recorded.is_secret(name)
    ]
    assert left == []
