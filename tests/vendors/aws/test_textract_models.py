"""Textract's answers against botocore's service model, and read by boto3 over a real socket."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import boto3
import botocore.session
import cbor2
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from msgspec.structs import replace

from mockocr.core.recognition import Quad, Recognition, Word, float32, line_of_text
from mockocr.testing.running import running
from mockocr.vendors.aws import VENDOR
from mockocr.vendors.aws.textract.blocks import Ids, page_blocks
from mockocr.vendors.aws.textract.document import ReadPage
from tests.asgi import ask
from tests.conformance import CASES, EXCHANGES, mock, mock_for, signed_request
from tests.conformance import send as send_request
from tests.exchange import FIXTURES, picture
from tests.recognitions import Reader
from tests.vendors.aws.caller import document, put_fault, send, server, signed, why

MODEL = botocore.session.get_session().get_service_model("textract")
TITLES = {
    CASES[id].operation.name: CASES[id].operation.source.partition(",")[0]
    for id in CASES
    if id.startswith("aws.")
}


def unknown_members(value: Any, shape: Any, place: str = "$") -> Iterator[str]:
    """Members that the shape does not have, and values of another type."""
    kind = shape.type_name
    if kind == "structure":
        assert isinstance(value, dict), place
        for name, inner in value.items():
            if name not in shape.members:
                yield f"{place}.{name}"
            else:
                yield from unknown_members(inner, shape.members[name], f"{place}.{name}")
    elif kind == "list":
        assert isinstance(value, list), place
        for item in value:
            yield from unknown_members(item, shape.member, f"{place}[]")
    else:
        types = {"string": str, "integer": int, "float": float}
        if not isinstance(value, types[kind]):
            yield f"{place} is a {type(value).__name__}, not a {kind}"


@pytest.mark.parametrize("name", TITLES)
def test_answers_have_only_members_of_the_official_model(name: str) -> None:
    case = CASES[f"aws.{name}"]
    answer = send_request(mock_for(case), signed_request(case))
    shape = MODEL.operation_model(TITLES[name]).output_shape
    assert list(unknown_members(answer.json, shape)) == []


def test_every_error_of_the_model_has_an_entry() -> None:
    codes = {str(entry.code) for entry in CASES["aws.detect_document_text"].service.errors}
    for title in TITLES.values():
        assert {shape.name for shape in MODEL.operation_model(title).error_shapes} <= codes


def floats(value: Any) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    inner = value.values() if isinstance(value, dict) else value
    for item in inner if isinstance(value, dict | list) else ():
        yield from floats(item)


SUCCESSES = [e for e in EXCHANGES if e.namespace == "aws" and e.status == 200]


@pytest.mark.parametrize("exchange", SUCCESSES, ids=lambda e: e.name)
def test_every_float_of_an_expected_answer_is_one_of_32_bits(exchange: Any) -> None:
    found = list(floats(json.loads(exchange.answer)))
    assert all(float32(number) == number for number in found)


def test_a_line_is_as_sure_as_its_words_on_average_and_has_their_text() -> None:
    blocks = send(server(), "DetectDocumentText", {"Document": document()}).json["Blocks"]
    known = {block["Id"]: block for block in blocks}
    assert len(known) == len(blocks)
    for line in (block for block in blocks if block["BlockType"] == "LINE"):
        words = [known[id] for id in line["Relationships"][0]["Ids"]]
        assert line["Text"] == " ".join(word["Text"] for word in words)
        average = sum(word["Confidence"] for word in words) / len(words)
        assert line["Confidence"] == pytest.approx(average)


def test_cbor_answers_hold_what_json_answers_hold() -> None:
    to = mock()
    body = cbor2.dumps({"Document": {"Bytes": picture("hello.png")}})
    headers = (
        ("Content-Type", "application/cbor"),
        ("Accept", "application/cbor"),
        ("smithy-protocol", "rpc-v2-cbor"),
    )
    path = "/service/Textract/operation/DetectDocumentText"
    request = signed("DetectDocumentText", {}).without_headers(
        "content-type", "x-amz-target", "authorization", "x-amz-date"
    )
    request = request.replaced(path=path, target=path, body=body).with_headers(*headers)
    service = CASES["aws.detect_document_text"].service
    request = service.sign(request, CASES["aws.detect_document_text"].credential)
    answer = ask(to.asgi, "POST", path, request.headers, request.body)
    assert answer.header("content-type") == "application/cbor"
    assert answer.header("smithy-protocol") == "rpc-v2-cbor"
    found = cbor2.loads(answer.body)
    plain = send(mock(), "DetectDocumentText", {"Document": document()}).json
    assert list(found) == list(plain)
    assert [b.get("Text") for b in found["Blocks"]] == [b.get("Text") for b in plain["Blocks"]]
    assert [b["Geometry"] for b in found["Blocks"]] == [b["Geometry"] for b in plain["Blocks"]]
    broken = request.replaced(body=b"\xff\x00").without_headers("authorization")
    broken = service.sign(broken, CASES["aws.detect_document_text"].credential)
    refused = ask(to.asgi, "POST", path, broken.headers, broken.body)
    assert refused.status == 400
    assert cbor2.loads(refused.body) == {"__type": "com.amazonaws.textract#SerializationException"}
    assert why(to).startswith("the body is not CBOR")


def test_a_refusal_in_cbor_quotes_bytes_that_are_not_utf8() -> None:
    case = CASES["aws.detect_document_text"]
    path = "/service/Textract/operation/DetectDocumentText"
    headers = (("Host", "localhost"), ("smithy-protocol", "rpc-v2-cbor"), ("X-Odd", "\xff"))
    request = signed("DetectDocumentText", {}).replaced(path=path, target=path, headers=headers)
    request = case.service.sign(request.with_body(b"\xa0"), case.credential)
    changed = request.without_headers("x-odd").with_headers(("X-Odd", "\xfe"))
    answer = ask(mock().asgi, "POST", path, changed.headers, changed.body)
    assert answer.status == 400
    refusal = cbor2.loads(answer.body)
    assert refusal["__type"] == "com.amazonaws.textract#InvalidSignatureException"
    assert "\nx-odd:\ufffd\n" in refusal["message"]


def test_without_the_extra_cbor_the_answer_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "cbor2", None)
    service = CASES["aws.detect_document_text"].service
    path = "/service/Textract/operation/DetectDocumentText"
    headers = (("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor"))
    request = signed("DetectDocumentText", {}).without_headers(
        "content-type", "x-amz-target", "authorization", "x-amz-date"
    )
    request = request.replaced(path=path, target=path, body=b"\xa0").with_headers(*headers)
    request = service.sign(request, CASES["aws.detect_document_text"].credential)
    answer = ask(mock().asgi, "POST", path, request.headers, request.body)
    assert answer.status == 415
    assert answer.json["__type"] == "com.amazonaws.textract#UnsupportedMediaTypeException"
    assert answer.json["message"] == "This server cannot read CBOR. Install mockocr[cbor]."


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(engine=Reader(), options={"aws": {"s3": str(FIXTURES)}}) as session:
        yield session.url


def client(url: str, secret: str = VENDOR.credentials["secret_access_key"], **more: Any) -> Any:
    return boto3.client(
        "textract",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=VENDOR.credentials["access_key_id"],
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}, **more),
    )


def test_boto3_reads_pages_as_a_number_and_raises_typed_errors(url: str) -> None:
    textract = client(url)
    found = textract.detect_document_text(Document={"Bytes": picture("hello.png")})
    assert found["DocumentMetadata"]["Pages"] == 1
    with pytest.raises(textract.exceptions.UnsupportedDocumentException):
        textract.detect_document_text(Document={"Bytes": b"text"})
    with pytest.raises(textract.exceptions.InvalidParameterException):
        textract.detect_document_text(Document={})
    with pytest.raises(ClientError) as caught:
        client(url, "wrong").detect_document_text(Document={"Bytes": b"x"})
    assert caught.value.response["Error"]["Code"] == "InvalidSignatureException"


def test_the_bill_knows_the_price_of_each_feature() -> None:
    to = server()
    for features in (["TABLES"], ["FORMS", "TABLES"], ["LAYOUT"], ["LAYOUT", "FORMS"]):
        value = {"Document": document(), "FeatureTypes": features}
        assert send(to, "AnalyzeDocument", value).status == 200
    assert send(to, "AnalyzeDocument", {"Document": {}}).status == 400
    (row,) = ask(to.asgi, "GET", "/_mockocr/bill").json["rows"]
    # 0.015 + 0.065 + 0.004 + 0.05
    assert (row["billable"], row["cost"], row["currency"]) == (4, 0.134, "USD")


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("rate_limited", 400, "ProvisionedThroughputExceededException"),
        ("ThrottlingException", 400, "ThrottlingException"),
        ("throttling_500", 500, "ThrottlingException"),
        ("LimitExceededException", 400, "LimitExceededException"),
        ("InvalidKMSKeyException", 400, "InvalidKMSKeyException"),
        ("HumanLoopQuotaExceededException", 402, "HumanLoopQuotaExceededException"),
    ],
)
def test_errors_without_a_cause_come_by_fault(fault: str, status: int, code: str) -> None:
    to = server()
    put_fault(to, {"operation": "aws.detect_document_text", "fault": f"error={fault}"})
    answer = send(to, "DetectDocumentText", {"Document": document()})
    assert (answer.status, answer.json["__type"]) == (status, code)


def test_a_table_with_spanning_cells_has_merged_cells_over_all_places() -> None:
    from tests.vendors.aws.spanning import spanning_blocks

    blocks = spanning_blocks()
    cells = [b for b in blocks if b["BlockType"] == "CELL"]
    merged: Mapping[str, Any] = next(b for b in blocks if b["BlockType"] == "MERGED_CELL")
    table = next(b for b in blocks if b["BlockType"] == "TABLE")
    assert [r["Type"] for r in table["Relationships"]] == ["CHILD", "MERGED_CELL"]
    places = [(c["RowIndex"], c["ColumnIndex"]) for c in cells]
    assert places == [(1, 1), (1, 2), (2, 1), (2, 2)]
    span = [merged[n] for n in ("RowIndex", "ColumnIndex", "RowSpan", "ColumnSpan")]
    assert span == [1, 1, 1, 2]
    assert merged["Relationships"][0]["Ids"] == [cells[0]["Id"], cells[1]["Id"]]
    words = {b["Id"]: b["Text"] for b in blocks if b["BlockType"] == "WORD"}
    held = [[words[i] for r in c.get("Relationships", ()) for i in r["Ids"]] for c in cells]
    assert held == [["left"], ["right"], ["a"], ["b"]]


def test_a_word_across_a_border_is_two_words_and_one_within_a_cell_stays_whole() -> None:
    line = line_of_text("sugarmilk", Quad.upright(0, 0, 180, 20))
    (word,) = line.words
    left = replace(word, text="sugar", quad=word.quad.share(0, 5 / 9), characters=())
    right = replace(word, text="milk", quad=word.quad.share(5 / 9, 1), characters=())

    def texts(cells: list[list[Word]]) -> list[list[str]]:
        page = ReadPage(1, 200, 20, Recognition((line,)))
        blocks = page_blocks(page, Ids(random.Random(1)), cells)
        return [[found.text for found in blocks.words_of(cell)] for cell in cells]

    assert texts([[left], [right]]) == [["sugar"], ["milk"]]
    assert texts([[left, right]]) == [["sugarmilk"]]
