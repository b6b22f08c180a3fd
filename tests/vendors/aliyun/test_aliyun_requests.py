"""Routing, envelopes, options and tables of Alibaba Cloud's OCR, over the whole server."""

from __future__ import annotations

import io
import json
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from PIL import Image as Pillow

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.vendors import response_schema
from tests.asgi import Answer, ask
from tests.conformance import CASES, mock
from tests.document_readings import document
from tests.exchange import DEFAULT_TIME, FIXTURES, picture
from tests.recognitions import READINGS, Reader
from tests.vendors.aliyun.calling import call, data_of, newest

HOST = (("Host", "ocr-api.cn-hangzhou.aliyuncs.com"),)


def reading(recognition: Recognition) -> Mock:
    clock = Clock()
    clock.freeze(DEFAULT_TIME)
    return build(engine=Reader(recognition), clock=clock)


def call_again(to: Mock, action: str, query: str = "", body: bytes | None = None) -> Answer:
    """A second request, a second later: the nonce of the first one is used up."""
    to.clock.advance(1)
    return call(to, action, query, body, nonce="1" * 32)


def narrow(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Pillow.new("L", (width, height), 255).save(made, "PNG")
    return made.getvalue()


def test_a_request_to_the_host_without_an_action_lacks_it() -> None:
    to = mock()
    answer = ask(to.asgi, "POST", "/", HOST, b"x")
    assert answer.status == 400
    assert answer.json == {
        "RequestId": answer.json["RequestId"],
        "HostId": "ocr-api.cn-hangzhou.aliyuncs.com",
        "Code": "MissingAction",
        "Message": "Action is mandatory for this action.",
        "Recommend": "https://api.aliyun.com/troubleshoot?q=MissingAction&product=ocr-api"
        f"&requestId={answer.json['RequestId']}",
    }


def test_an_unknown_action_is_not_found() -> None:
    headers = (("Host", "127.0.0.1:8080"), ("x-acs-action", "RecognizePoem"))
    answer = ask(mock().asgi, "POST", "/", (*headers, ("x-acs-version", "2021-07-07")), b"x")
    assert (answer.status, answer.json["Code"]) == (404, "InvalidAction.NotFound")
    assert answer.json["HostId"] == "127.0.0.1"


def test_a_host_with_a_scheme_is_shown_without_it() -> None:
    headers = (("Host", "http://127.0.0.1:8080"), ("x-acs-action", "RecognizePoem"))
    answer = ask(mock().asgi, "POST", "/", headers, b"x")
    assert answer.json["HostId"] == "127.0.0.1"


def test_the_id_of_a_request_is_in_body_and_header() -> None:
    answer = call(mock(), "RecognizeGeneral")
    assert answer.header("x-acs-request-id") == answer.json["RequestId"]
    assert len(answer.header("x-acs-trace-id")) == 32


@pytest.mark.parametrize(
    "operation", [n for n in CASES if n.startswith("aliyun.") and n != "aliyun.recognize_all_text"]
)
def test_the_text_data_has_the_documented_members(operation: str) -> None:
    case = CASES[operation]
    schema = response_schema(case.vendor, case.service, case.operation.name)
    data = schema["properties"]["Data"]
    jsonschema.Draft202012Validator.check_schema(data)
    for path in sorted((FIXTURES / "aliyun").glob(f"{case.operation.name}-*.http")):
        answer = path.read_text("utf-8").rpartition("\n\n")[2]
        if answer.startswith('{"RequestId":"{{string}}","Data"'):
            text = json.loads(answer)["Data"].replace('"{{number}}"', "0")
            jsonschema.validate(json.loads(text), data["contentSchema"])


def test_punctuation_in_the_content_is_half_width_unless_full_is_chosen() -> None:
    lines = (line_of_text("日期：一，二；", Quad.upright(0, 0, 70, 10)),)
    to = reading(Recognition(lines))
    assert data_of(call(to, "RecognizeGeneral"))["content"] == "日期:一,二; "
    words = data_of(call_again(to, "RecognizeGeneral"))["prism_wordsInfo"]
    assert words[0]["word"] == "日期：一，二；"


def test_sorting_goes_down_one_column_and_then_the_next() -> None:
    places = {"a": (0, 0), "b": (200, 2), "c": (3, 50), "d": (198, 50)}
    lines = tuple(
        line_of_text(text, Quad.upright(x, y, x + 100, y + 20)) for text, (x, y) in places.items()
    )
    to = reading(Recognition(lines))
    sorted_words = data_of(call(to, "RecognizeAdvanced", "NeedSortPage=true"))["prism_wordsInfo"]
    assert [word["word"] for word in sorted_words] == ["a", "c", "b", "d"]


def test_a_turned_rectangle_has_the_angle_and_sides_that_opencv_gives_it() -> None:
    quad = Quad.upright(100, 100, 300, 140).rotated(2)
    recognition = Recognition((line_of_text("tilted", quad),))
    clock = Clock()
    clock.freeze(DEFAULT_TIME)
    options = {"aliyun": {"rectangles": "opencv"}}
    to = build(engine=Reader(recognition), clock=clock, options=options)
    (word,) = data_of(call(to, "RecognizeGeneral"))["prism_wordsInfo"]
    shown = {name: word[name] for name in ("angle", "x", "y", "width", "height")}
    assert shown == {"angle": -88, "x": 176, "y": 27, "width": 40, "height": 200}


TABLE = Recognition(
    tuple(
        line_of_text(text, Quad.upright(x, y, x + 20 * len(text), y + 30), 0.9)
        for y, row in ((10, "Item Qty Price"), (60, "Tea 2 3.50"), (110, "Coffee 1 4.20"))
        for x, text in zip((10, 250, 400), row.split(), strict=True)
    )
)


def test_a_table_has_its_cells_and_each_line_the_number_of_its_cell() -> None:
    data = data_of(call(reading(TABLE), "RecognizeAdvanced", "OutputTable=true"))
    (table,) = data["prism_tablesInfo"]
    assert (table["xCellSize"], table["yCellSize"], table["tableId"]) == (3, 3, 0)
    cells = [(c["word"], c["xsc"], c["xec"], c["ysc"], c["yec"]) for c in table["cellInfos"]]
    assert cells[0] == ("Item", 0, 0, 0, 0)
    assert cells[5] == ("3.50", 2, 2, 1, 1)
    words = {word["word"]: word["tableCellId"] for word in data["prism_wordsInfo"]}
    assert words == {
        "Item": 0,
        "Qty": 1,
        "Price": 2,
        "Tea": 3,
        "2": 4,
        "3.50": 5,
        "Coffee": 6,
        "1": 7,
        "4.20": 8,
    }


def test_all_text_of_a_table_has_its_cells_with_their_blocks() -> None:
    config = quote(json.dumps({"OutputTable": True}))
    query = f"Type=Advanced&AdvancedConfig={config}&OutputCoordinate=points"
    answer = call(reading(TABLE), "RecognizeAllText", query)
    (sub_image,) = answer.json["Data"]["SubImages"]
    (table,) = sub_image["TableInfo"]["TableDetails"]
    assert (table["RowCount"], table["ColumnCount"], table["CellCount"]) == (3, 3, 9)
    cell: dict[str, Any] = table["CellDetails"][5]
    assert (cell["CellContent"], cell["RowStart"], cell["ColumnEnd"]) == ("3.50", 1, 2)
    assert [
        sub_image["BlockInfo"]["BlockDetails"][n]["BlockContent"] for n in cell["BlockList"]
    ] == ["3.50"]
    assert len(cell["CellPoints"]) == 4


def test_a_page_that_the_document_does_not_have_is_the_first_one() -> None:
    to = mock()
    two_pages = picture("two-pages.pdf")
    answer = call(to, "RecognizeAllText", "Type=General&PageNo=2", two_pages)
    assert answer.json["Data"]["PageNo"] == 2
    answer = call_again(to, "RecognizeAllText", "Type=General&PageNo=9", two_pages)
    assert answer.json["Data"]["PageNo"] == 1


def test_a_narrow_picture_has_a_wrong_size() -> None:
    to = mock()
    answer = call(to, "RecognizeGeneral", "", narrow(1000, 20))
    assert (answer.status, answer.json["Code"]) == (416, "illegalImageSize")
    assert newest(to)["why"] == "1000x20 px: one side is 50 times the other"
    assert call_again(to, "RecognizeGeneral", "", narrow(999, 20)).status == 200


def test_the_smallest_side_is_an_option() -> None:
    clock = Clock()
    clock.freeze(DEFAULT_TIME)
    options = {"aliyun": {"smallest_side": "5"}}
    to = build(engine=Reader(), clock=clock, options=options)
    assert call(to, "RecognizeGeneral", "", narrow(20, 6)).status == 200
    assert call_again(to, "RecognizeGeneral", "", narrow(20, 5)).json["Code"] == "illegalImageSize"


def test_both_sides_of_an_id_card_on_one_picture_are_read() -> None:
    back = [
        line_of_text(line.text, line.quad.moved(0, 400), 0.9) for line in READINGS["id_back"].lines
    ]
    to = reading(Recognition((*READINGS["id_front"].lines, *back)))
    data = data_of(call(to, "RecognizeIdcard"))["data"]
    assert list(data) == ["back", "face"]
    assert data["face"]["data"]["idNumber"] == "110101199001121233"
    assert data["back"]["data"] == {
        "issueAuthority": "样例市公安局",
        "validPeriod": "2012.01.01-2022.01.01",
    }


def test_the_fields_of_a_scripted_answer_are_those_of_the_card() -> None:
    to = mock()
    answers = (
        b'{"operation":"aliyun.recognize_idcard","fields":{"name":"\xe5\xbc\xa0\xe4\xb8\x89"}}'
    )
    assert ask(to.asgi, "POST", "/_mockocr/answers", (), answers).status == 201
    face = data_of(call(to, "RecognizeIdcard"))["data"]["face"]
    assert face["data"]["name"] == "张三"
    assert face["data"]["idNumber"] == ""
    (name, number) = (face["prism_keyValueInfo"][0], face["prism_keyValueInfo"][5])
    assert name == {"key": "name", "keyProb": 100, "value": "张三", "valueProb": 100}
    assert number == {"key": "idNumber", "keyProb": 100, "value": "", "valueProb": 100}


def test_the_pages_of_a_document_can_be_merged() -> None:
    recognition = document("train_ticket")
    to = reading(recognition)
    two_pages = picture("two-pages.pdf")
    merged = data_of(call(to, "RecognizeMixedInvoices", "MergePdfPages=true", two_pages))
    assert [message["index"] for message in merged["subMsgs"]] == [1, 2]
    single = data_of(call_again(to, "RecognizeMixedInvoices", "PageNo=2", two_pages))
    assert single["count"] == 1
