"""Which service a path or a host belongs to, also where no operation's path fits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.operation import Operation
from mockocr.core.service import Service, Vendor
from mockocr.serving.routing import NO_SERVICE, NO_VENDOR, Router
from tests.conformance import CASES, VENDORS

ROUTER = Router(tuple(VENDORS.values()))
LONG = [
    (case.vendor.name, case.service.name, case.operation.path)
    for case in CASES.values()
    if case.operation.path.count("/") > 1
    and not case.operation.path.endswith("}")
    # next to /v3/recognition/general-ocr, any last segment is an id on Tupu's platform
    and case.id != "tupu.general_ocr"
]


@pytest.mark.parametrize(("vendor", "service", "path"), LONG)
def test_a_typing_error_in_the_last_segment_leaves_a_path_with_its_service(
    vendor: str, service: str, path: str
) -> None:
    misspelt = path.replace("{project_id}", "0123456789abcdef0123456789abcdef")[:-1]
    found_vendor, found = ROUTER.find("127.0.0.1:8080", misspelt).fallback
    assert (found_vendor.name, found.name) == (vendor, service)


@pytest.mark.parametrize("path", ["/", "/nothing", "/x/ocr/general"])
def test_a_path_that_resembles_no_other_belongs_to_no_vendor(path: str) -> None:
    assert ROUTER.find("127.0.0.1:8080", path).fallback[0].name == ""


@pytest.mark.parametrize(
    ("host", "vendor", "service"),
    [
        ("recognition.image.myqcloud.com", "tencent", "legacy"),
        ("service.image.myqcloud.com:80", "tencent", "legacy"),
        ("ocr.tencentcloudapi.com", "tencent", "cloud"),
        ("OCR.ap-guangzhou.tencentcloudapi.com", "tencent", "cloud"),
        ("ocr.cn-north-4.myhuaweicloud.com", "huawei", "ocr"),
        ("iam.myhuaweicloud.com", "huawei", "iam"),
        ("iam.ap-southeast-1.myhuaweicloud.com:443", "huawei", "iam"),
        ("ocrimg.market.alicloudapi.com", "aliyun_market", "thumb"),
        ("tysbgpu.market.alicloudapi.com", "aliyun_market", "official"),
        ("gjbsb.market.alicloudapi.com", "aliyun_market", "official"),
        ("tupu.apistd.com", "tupu", "hosted"),
        ("api.open.tuputech.com", "tupu", "platform"),
        ("api-us.open.tuputech.com", "tupu", "platform"),
        ("api-oversea.open.tuputech.com", "tupu", "platform"),
    ],
)
def test_a_documented_host_leads_to_its_service_whatever_the_path(
    host: str, vendor: str, service: str
) -> None:
    owner = ROUTER.owner(host)
    assert owner is not None
    assert owner.name == service
    found_vendor, found = ROUTER.find(host, "/nothing").fallback
    assert (found_vendor.name, found.name) == (vendor, service)


@pytest.mark.parametrize("host", ["example.com", "myqcloud.com", "x.ocr.tencentcloudapi.com.evil"])
def test_any_other_host_belongs_to_no_service(host: str) -> None:
    assert ROUTER.owner(host) is None


def test_two_services_never_share_an_operation_id_or_a_host() -> None:
    services = [service for vendor in VENDORS.values() for service in vendor.services]
    ids = [s.operation_id(o) for s in services for o in s.operations]
    hosts = [host for s in services for host in s.hosts]
    assert len(ids) == len(set(ids))
    assert len(hosts) == len(set(hosts))


# Routes among invented services


def operation(name: str, path: str, **more: object) -> Operation:
    return replace(Operation(name, ("POST",), path, "guess"), **more)


def service(name: str, namespace: str, *operations: Operation, **more: object) -> Service:
    bare = replace(NO_SERVICE, name=name, namespace=namespace, operations=operations)
    return replace(bare, **more)


def named(request: Request) -> bool:
    return request.has_header("x-action")


READ = operation("read", "/v1/{project}/read", aliases=("/read",))
SCAN = operation("scan", "/v1/scan", methods=("GET", "POST"))
BY_ACTION = operation("action", "/", selects=lambda request: request.header("x-action") == "one")
ONE = service(
    "one", "one", READ, SCAN, hosts=("one.test", "one.{region}.test", "*.one.test"), body_limit=5
)
TWO = service("two", "two", operation("two", "/v1/scan"), BY_ACTION, body_limit=7, handles=named)
SISTER = service("sister", "one", operation("sister", "/v1/scan"), hosts=("sister.test",))
SMALL = Router((replace(NO_VENDOR, name="v", services=(ONE, TWO, SISTER)),))


def route(target: str, host: str = "127.0.0.1:8080", router: Router = SMALL) -> list[str]:
    """The names of the operations whose path fits."""
    return [match.operation.name for match in router.find(host, target).matches]


@pytest.mark.parametrize(
    ("target", "operations"),
    [
        ("/v1/scan", ["scan", "two", "sister"]),
        ("/one/v1/scan", ["scan", "sister"]),
        ("/two/v1/scan", ["two"]),
        ("/v1/sc%61n", ["scan", "two", "sister"]),
        ("/v1/scan/", []),
        ("/v1", []),
        ("/V1/scan", []),
        ("/read", ["read"]),
        ("/v1/7/read", ["read"]),
        ("/v1//read", []),
        ("/", ["action"]),
        ("/two", ["action"]),
        ("/two/", ["action"]),
        ("/one", []),
        ("/three/v1/scan", []),
        ("*", []),
    ],
)
def test_a_path_fits_segment_by_segment_within_its_namespace(
    target: str, operations: Sequence[str]
) -> None:
    assert route(target) == operations


@pytest.mark.parametrize(
    ("host", "operations"),
    [
        ("one.test", ["scan", "sister"]),
        ("sister.test", ["sister", "scan"]),
        ("other.test", ["scan", "two", "sister"]),
    ],
)
def test_the_service_of_the_host_goes_first_and_its_namespace_alone_is_searched(
    host: str, operations: Sequence[str]
) -> None:
    assert route("/v1/scan", host) == operations


def test_a_prefix_goes_before_the_host() -> None:
    assert route("/two/v1/scan", "one.test") == ["two"]


def test_the_first_of_two_services_owns_a_namespace() -> None:
    assert SMALL.find("", "/one/none").fallback[1] is ONE


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("one.test", ONE),
        ("ONE.test.:443", ONE),
        ("one.cn-1.test", ONE),
        ("one.a.b.test", None),
        ("one..test", None),
        ("a.one.test", ONE),
        ("oneXtest", None),
        ("one.test:x", None),
        ("one.test.evil", None),
        ("", None),
    ],
)
def test_a_wildcard_matches_one_label(host: str, owner: Service | None) -> None:
    assert SMALL.owner(host) is owner


def test_a_route_has_prefix_target_path_and_the_values_of_the_path() -> None:
    found = SMALL.find("", "/one/v1/a%20b/read?x=1?y")
    assert (found.prefix, found.target, found.path) == (
        "/one",
        "/v1/a%20b/read?x=1?y",
        "/v1/a b/read",
    )
    assert [dict(match.params) for match in found.matches] == [{"project": "a b"}]
    assert SMALL.find("", "/one/v1/c/read").target == "/v1/c/read"
    assert SMALL.find("", "/read?").target == "/read?"
    assert SMALL.find("", "/nothing").prefix == ""


def test_routes_of_up_to_1024_characters_are_cached() -> None:
    path = "/" + "a" * 1023
    assert SMALL.find("", path) is SMALL.find("", path)
    assert SMALL.find("b", path) is not SMALL.find("b", path)


def test_the_largest_body_limit_counts_until_the_operation_is_known() -> None:
    assert SMALL.find("", "/v1/scan").body_limit == 1024 * 1024
    assert SMALL.find("", "/two/v1/scan").body_limit == 7
    assert SMALL.find("", "/one/none").body_limit == 5
    assert SMALL.find("", "/none").body_limit == 1048576


def chosen(request: Request) -> tuple[str, str, ErrorKind | None]:
    """The service, the operation and the refusal of a request."""
    found = SMALL.find(request.host, request.target).choose(request)
    assert found.vendor.name == ("v" if found.service.name else "")
    return found.service.name, found.match.operation.name if found.match else "", found.refusal


def asked(method: str, target: str, *headers: tuple[str, str]) -> Request:
    return Request(method, target, target, headers)


@pytest.mark.parametrize(
    ("request_", "destination"),
    [
        (asked("POST", "/v1/scan"), ("one", "scan", None)),
        (asked("GET", "/v1/scan"), ("one", "scan", None)),
        (asked("POST", "/v1/scan", ("Host", "sister.test")), ("sister", "sister", None)),
        (asked("GET", "/v1/scan", ("Host", "sister.test")), ("one", "scan", None)),
        (asked("PUT", "/two/v1/scan"), ("two", "", ErrorKind.WRONG_METHOD)),
        (asked("PUT", "/v1/scan"), ("one", "", ErrorKind.WRONG_METHOD)),
        (asked("POST", "/", ("X-Action", "one")), ("two", "action", None)),
        (asked("POST", "/", ("X-Action", "two")), ("two", "", ErrorKind.NO_SUCH_OPERATION)),
        (asked("POST", "/"), ("", "", ErrorKind.NO_SUCH_OPERATION)),
        (asked("POST", "/two/"), ("two", "", ErrorKind.NO_SUCH_OPERATION)),
        (asked("POST", "/v1/7/raed"), ("one", "", ErrorKind.NO_SUCH_OPERATION)),
        (asked("POST", "/v2/scan"), ("", "", ErrorKind.NO_SUCH_OPERATION)),
        (asked("POST", "/two/v1/7/read"), ("two", "", ErrorKind.NO_SUCH_OPERATION)),
    ],
)
def test_a_request_goes_to_an_operation_or_to_the_service_that_refuses_it(
    request_: Request, destination: tuple[str, str, ErrorKind | None]
) -> None:
    assert chosen(request_) == destination


ALIKE = Router(
    (
        Vendor("a", "", {}, lambda text: {}, (service("a", "a", operation("x", "/v1/x/y")),)),
        Vendor("b", "", {}, lambda text: {}, (service("b", "b", operation("x", "/v1/x")),)),
        Vendor("c", "", {}, lambda text: {}, (service("c", "c", operation("x", "/{id}/x")),)),
    )
)


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/v1/q", "b"),
        ("/v1/q/r", "a"),
        ("/v1/x/z", "a"),
        ("/v1", "a"),
        ("/v1/q/r/s", "a"),
        ("/v1/", "b"),
        ("/v2/q", ""),
        ("/c/none", "c"),
    ],
)
def test_the_paths_that_resemble_an_unknown_one_most_decide_who_refuses_it(
    path: str, service: str
) -> None:
    assert ALIKE.find("", path).fallback[1].name == service


# Paths of no vendor


def test_a_path_of_no_vendor_gets_a_404_with_a_hint() -> None:
    request = asked("GET", "/nothing")
    entry = NO_SERVICE.errors.by_kind(ErrorKind.NO_SUCH_OPERATION)
    response = NO_SERVICE.render_error(request, entry)
    assert (response.status, response.code) == (404, "no_route")
    assert json.loads(response.body) == {
        "error": "no vendor answers here; GET /_mockocr/vendors lists every path"
    }
    assert {NO_SERVICE.errors.by_kind(kind).code for kind in ErrorKind} == {"no_route"}


def test_a_path_of_no_vendor_claims_signs_and_bills_nothing() -> None:
    request = asked("GET", "/nothing")
    credential = next(iter(CASES.values())).credential
    assert NO_SERVICE.claimed(request) is None
    assert NO_SERVICE.sign(request, credential) is request
    assert (
        NO_SERVICE.billed(NO_SERVICE.render_error(request, next(iter(NO_SERVICE.errors)))) is False
    )
    assert (NO_SERVICE.name, NO_SERVICE.namespace, NO_VENDOR.name) == ("", "", "")
    with pytest.raises(ApiError) as caught:
        asyncio.run(NO_SERVICE.verify(request, None))  # type: ignore[arg-type]
    assert caught.value.reason is ErrorKind.NO_SUCH_OPERATION
