"""The project look-up of clients with AK and SK."""

from __future__ import annotations

from typing import Any

import pytest

from mockocr.core.account import Account, Credential
from mockocr.core.http import Request
from mockocr.vendors.huawei import VENDOR
from tests.asgi import Answer
from tests.vendors.huawei.harness import (
    AT,
    CREDENTIAL,
    HELLO_PNG,
    IAM,
    OPTIONS,
    PROJECT,
    Harness,
    error,
    harness,
    issued_token,
    send,
    send_signed,
)

HOST = ("Host", "iam.cn-north-4.myhuaweicloud.com")
UNKNOWN = Credential("huawei", VENDOR.generate_credentials("0" * 40))


def unsigned(query: str = "", *headers: tuple[str, str]) -> Request:
    target = f"/v3/projects{query}"
    return Request(
        "GET", "/v3/projects", target, (HOST, *headers), query[1:], at=AT, options=OPTIONS
    )


def look_up(
    to: Harness, query: str = "?name=cn-north-4", credential: Credential = CREDENTIAL
) -> Answer:
    return send(to, IAM.sign(unsigned(query), credential))


def names(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [project["name"] for project in answer.json["projects"]]


def test_a_signed_look_up_returns_the_callers_project() -> None:
    (project,) = look_up(harness()).json["projects"]
    assert (project["id"], project["name"]) == (PROJECT, "cn-north-4")


def test_a_look_up_is_signed_without_a_project() -> None:
    signed = IAM.sign(unsigned("", ("X-Project-Id", "f" * 32)), CREDENTIAL)
    assert not signed.has_header("x-project-id")
    assert "SignedHeaders=host;x-sdk-date," in signed.header("authorization")


@pytest.mark.parametrize(
    "signed_host",
    [
        "iam.myhuaweicloud.com",
        "iam.cn-north-4.myhuaweicloud.com",
        "ocr.cn-north-4.myhuaweicloud.com",
    ],
)
def test_the_real_hosts_of_iam_may_have_been_signed(signed_host: str) -> None:
    here = ("Host", "127.0.0.1:8080")
    there = unsigned().replaced(headers=(("Host", signed_host),))
    signed = IAM.sign(there, CREDENTIAL).without_headers("host").with_headers(here)
    expected = 200 if signed_host.startswith("iam.") else 401
    assert send(harness(), signed).status == expected


def test_the_project_that_was_looked_up_can_be_used_for_ocr() -> None:
    fresh = Credential("huawei", VENDOR.generate_credentials("fedcba98" * 5))
    to = harness(accounts=(Account("other", (fresh,)),))
    (project,) = look_up(to, credential=fresh).json["projects"]
    path = f"/v2/{project['id']}/ocr/web-image"
    assert send_signed(to, {"image": HELLO_PNG}, fresh, path).status == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 1),
        ("?name=cn-north-1", 0),
        ("?name=", 0),
        ("?enabled=true", 1),
        ("?enabled=false", 0),
        ("?is_domain=False&name=cn-north-4", 1),
        ("?parent_id=" + "0" * 32, 0),
        ("?page=1&per_page=5000", 1),
    ],
)
def test_the_query_filters_projects(query: str, found: int) -> None:
    assert len(look_up(harness(), query).json["projects"]) == found


def test_any_region_is_found_with_the_option_project_any() -> None:
    assert names(look_up(harness(options={"project": "any"}), "?name=ap-southeast-1")) == [
        "ap-southeast-1"
    ]


@pytest.mark.parametrize("scope", [None, {"project": {"name": "cn-north-4"}}])
def test_a_token_of_either_scope_lists_projects(scope: Any) -> None:
    to = harness()
    token = ("X-Auth-Token", issued_token(to, scope))
    assert names(send(to, unsigned("", token))) == ["cn-north-4"]


def test_a_look_up_is_refused_with_the_codes_of_the_gateway_before_iam() -> None:
    to = harness()
    bare = send(to, unsigned())
    assert error(bare)[:2] == (401, "APIGW.0301")
    assert bare.json["request_id"] == bare.header("x-request-id")
    wrong = Credential("huawei", {**CREDENTIAL.values, "sk": "x"})
    assert error(look_up(to, credential=wrong))[2].endswith("verify aksk signature fail")
    assert error(look_up(to, credential=UNKNOWN))[1] == "APIGW.0301"


@pytest.mark.parametrize("state", ["disabled", "unsubscribed", "arrears", "expired"])
def test_an_unusable_credential_is_not_authorized(state: Any) -> None:
    message = "The IAM user is not authorized to access the API."
    assert error(look_up(harness(state=state))) == (403, "APIGW.0302", message)


def test_a_look_up_is_never_billed_and_takes_nothing_from_a_quota() -> None:
    to = harness()
    to.quotas.left["huawei.projects"] = 1
    assert [look_up(to).status for _ in range(3)] == [200, 200, 200]
    assert [exchange.audit.billed for exchange in to.exchanges] == [False, False, False]


def test_lenient_auth_gives_an_unknown_caller_the_default_project() -> None:
    projects = look_up(harness(auth="lenient"), credential=UNKNOWN).json["projects"]
    assert projects[0]["id"] == PROJECT


def test_an_unknown_path_at_the_iam_host_gets_the_404_of_the_gateway_before_iam() -> None:
    answer = send(harness(), unsigned().replaced(path="/none", target="/none"))
    assert error(answer)[:2] == (404, "APIGW.0101")
