"""The project look-up of clients with AK and SK, and tokens at another region's host."""

from __future__ import annotations

from typing import Any

import pytest

from mockocr.core.account import Account, Credential
from mockocr.core.http import Request
from mockocr.vendors.huawei import VENDOR
from tests.asgi import Answer, ask
from tests.vendors.huawei.desk import (
    AT,
    HELLO_PNG,
    KEY,
    PATH,
    PROJECT,
    error,
    mock,
    request,
    send,
    token_of,
    why,
)

IAM = ("Host", "iam.cn-north-4.myhuaweicloud.com")


def look_up(to: Any, query: str = "?name=cn-north-4", key: Credential = KEY) -> Answer:
    target = f"/v3/projects{query}"
    return send(
        to,
        VENDOR.sign(Request("GET", "/v3/projects", target, (IAM,), query[1:], at=AT), key),
    )


def names(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [project["name"] for project in answer.json["projects"]]


def test_a_signed_look_up_gives_the_callers_project() -> None:
    (project,) = look_up(mock()).json["projects"]
    assert (project["id"], project["name"]) == (PROJECT, "cn-north-4")


def test_the_project_that_was_looked_up_opens_the_endpoint() -> None:
    fresh = Credential("huawei", VENDOR.mint("fedcba98" * 5))
    to = mock(accounts=(Account("other", (fresh,)),))
    (project,) = look_up(to, key=fresh).json["projects"]
    path = f"/v2/{project['id']}/ocr/web-image"
    assert send(to, VENDOR.sign(request({"image": HELLO_PNG}, target=path), fresh)).status == 200


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
def test_the_query_filters(query: str, found: int) -> None:
    assert len(look_up(mock(), query).json["projects"]) == found


def test_any_region_is_found_where_any_project_will_do() -> None:
    assert names(look_up(mock(project="any"), "?name=ap-southeast-1")) == ["ap-southeast-1"]


@pytest.mark.parametrize("scope", [None, {"project": {"name": "cn-north-4"}}])
def test_a_token_of_either_scope_lists_projects(scope: Any) -> None:
    to = mock()
    token = ("X-Auth-Token", token_of(to, scope))
    assert names(send(to, Request("GET", "/v3/projects", "/v3/projects", (IAM, token)))) == [
        "cn-north-4"
    ]


def test_a_look_up_is_refused_with_the_codes_before_iam() -> None:
    to = mock()
    bare = send(to, Request("GET", "/v3/projects", "/v3/projects", (IAM,)))
    assert error(bare)[:2] == (401, "APIGW.0301")
    assert bare.json["request_id"] == bare.header("x-request-id")
    wrong = Credential("huawei", {**KEY.values, "sk": "x"})
    assert error(look_up(mock(), key=wrong))[2].endswith("verify aksk signature fail")
    stranger = Credential("huawei", VENDOR.mint("0" * 40))
    assert error(look_up(mock(), key=stranger))[1] == "APIGW.0301"
    assert error(look_up(mock(state="disabled")))[:2] == (403, "APIGW.0302")


def test_a_look_up_is_never_billed_and_takes_nothing_from_a_quota() -> None:
    to = mock()
    ask(to.asgi, "PUT", "/_mockocr/quotas/dev/huawei.projects", (), b'{"left": 1}')
    assert [look_up(to).status for _ in range(3)] == [200, 200, 200]
    (row,) = ask(to.asgi, "GET", "/_mockocr/bill").json["rows"]
    assert (row["calls"], row["billable"]) == (3, 0)


def test_lenient_checks_give_a_stranger_the_default_project() -> None:
    stranger = Credential("huawei", VENDOR.mint("0" * 40))
    assert look_up(mock(auth="lenient"), key=stranger).json["projects"][0]["id"] == PROJECT


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("ocr.cn-north-4.myhuaweicloud.com", 200),
        ("OCR.CN-NORTH-4.myhuaweicloud.com:443", 200),
        ("127.0.0.1:8080", 200),
        ("ocr.cn-east-3.myhuaweicloud.com", 401),
    ],
)
def test_a_token_opens_its_own_region_alone(host: str, status: int) -> None:
    to = mock()
    headers = (("Host", host), ("X-Auth-Token", token_of(to)), ("Content-Type", "application/json"))
    body = b'{"image": "%s"}' % HELLO_PNG.encode()
    answer = ask(to.asgi, "POST", PATH, headers, body)
    assert answer.status == status
    if status == 401:
        assert error(answer) == (401, "APIG.0307", "The token must be updated.")
        assert "cn-east-3" in why(to)
        to = mock(project="any")
        assert (
            ask(to.asgi, "POST", PATH, (*headers[:1], *headers[2:], token(to)), body).status == 200
        )


def token(to: Any) -> tuple[str, str]:
    return "X-Auth-Token", token_of(to)
