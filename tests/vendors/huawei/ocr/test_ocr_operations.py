"""What all operations of OCR have in common: older paths, subscriptions, quotas, lenient auth."""

from __future__ import annotations

import pytest

from mockocr.core.account import Credential
from mockocr.vendors.huawei import VENDOR
from tests.vendors.huawei.harness import (
    CREDENTIAL,
    HELLO_PNG,
    PATH,
    error,
    harness,
    issued_token,
    request,
    send,
    send_signed,
    send_with_token,
)

NAMES = ("web-image", "general-text", "handwriting")
TOKEN = CREDENTIAL.values["token"]


def path_of(name: str) -> str:
    return PATH.replace("web-image", name)


@pytest.mark.parametrize("name", NAMES)
def test_the_older_path_is_the_same_operation(name: str) -> None:
    to = harness()
    old = send_with_token(to, TOKEN, target=f"/v1.0/ocr/{name}")
    new = send_with_token(to, TOKEN, target=path_of(name))
    assert old.status == new.status == 200
    assert old.json == new.json
    assert {e.name for e in to.exchanges} == {f"huawei.{name.replace('-', '_')}"}


def test_the_older_path_needs_a_token_with_a_project_too() -> None:
    to = harness()
    path = "/v1.0/ocr/web-image"
    assert send_with_token(to, issued_token(to), target=path).status == 200
    answer = send_with_token(to, issued_token(to, None), target=path)
    assert error(answer)[1] == "ModelArts.0212"
    assert send_with_token(to, "nonsense", target=path).status == 401


@pytest.mark.parametrize("name", NAMES)
def test_the_api_that_is_not_subscribed_is_named(name: str) -> None:
    to = harness(state="unsubscribed")
    answer = send_signed(to, {"image": HELLO_PNG}, target=path_of(name))
    message = f"Request api error! The API {name} is not subscribed."
    assert error(answer) == (400, "ModelArts.4204", message)
    assert to.why == "account dev has not subscribed to the API"


def test_every_operation_has_its_own_quota() -> None:
    to = harness()
    to.quotas.left["huawei.general_text"] = 1
    body = {"image": HELLO_PNG}
    statuses = [send_signed(to, body, target=path_of("general-text")).status for _ in range(2)]
    assert statuses == [200, 429]
    assert send_signed(to, body, target=path_of("handwriting")).status == 200


@pytest.mark.slow
def test_lenient_auth_accepts_an_unknown_caller_and_says_what_strict_auth_does() -> None:
    to = harness(auth="lenient")
    unknown = Credential("huawei", VENDOR.generate_credentials("0" * 40))
    assert send_signed(to, {"image": HELLO_PNG}, unknown).status == 200
    assert to.why == f"strict auth would refuse: unknown access key {'0' * 20!r}"
    assert send(to, request({"image": HELLO_PNG})).status == 401


def test_both_services_share_the_option_project() -> None:
    ocr, iam = VENDOR.services
    assert [option.name for option in ocr.options] == ["max_side", "project", "handwriting_type"]
    assert [option.name for option in iam.options] == ["project"]
    assert ocr.options[1] is iam.options[0]
