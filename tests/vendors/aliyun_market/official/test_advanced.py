"""advanced: the prism format, its flags, and the error table."""

from __future__ import annotations

from typing import Any

import pytest

from mockocr.core.engine import ReadOptions
from mockocr.core.recognition import Recognition
from tests.recognitions import HELLO, TURNED
from tests.vendors.aliyun_market.harness import Market
from tests.vendors.aliyun_market.official.client import (
    ADVANCED,
    EMPTY,
    FORMAT,
    IMAGE,
    json_message,
    message,
    page,
    send,
)


def advanced(reads: Recognition = HELLO, **flags: Any) -> Any:
    answer = send(Market(reads), ADVANCED, {"img": IMAGE, **flags})
    assert answer.status == 200, answer.body
    return answer.json


def test_the_observed_word_has_the_observed_rectangle() -> None:
    (word,) = advanced(page(("me3xy", 2, 8, 63, 30, 0)))["prism_wordsInfo"]
    assert word == {
        "word": "me3xy",
        "pos": [{"x": 2, "y": 8}, {"x": 63, "y": 8}, {"x": 63, "y": 30}, {"x": 2, "y": 30}],
        "direction": 0,
        "angle": -90,
        "x": 21,
        "y": -11,
        "width": 22,
        "height": 61,
    }


def test_only_rotate_makes_the_engine_find_the_direction() -> None:
    for flags, turn in (({}, False), ({"rotate": False}, False), ({"rotate": True}, True)):
        market = Market()
        assert send(market, ADVANCED, {"img": IMAGE, **flags}).status == 200
        assert market.reader.asked == [ReadOptions(turn=turn)]


@pytest.mark.parametrize(
    ("angle", "corner", "size"),
    [
        (0.0, (100, 50), (640, 240)),
        (90.0, (50, 540), (240, 640)),
        (180.0, (540, 190), (640, 240)),
        (-90.0, (190, 100), (240, 640)),
        (93.0, (50, 540), (240, 640)),
        (20.0, (100, 50), (640, 240)),
    ],
)
def test_rotate_sets_the_picture_upright_by_quarters(
    angle: float, corner: tuple[int, int], size: tuple[int, int]
) -> None:
    answer = advanced(Recognition(TURNED.lines, angle=angle), rotate=True)
    first = answer["prism_wordsInfo"][0]["pos"][0]
    assert (first["x"], first["y"]) == corner
    assert (answer["width"], answer["height"]) == size
    assert (answer["orgWidth"], answer["orgHeight"]) == (640, 240)
    assert answer["angle"] == round(angle / 90) % 4 * 90


def test_characters_rows_and_paragraphs_are_sent_on_request() -> None:
    read = page(("品名", 0, 0, 40, 20, 0), ("单价", 100, 2, 140, 27, 0), ("茶", 0, 40, 20, 60, 1))
    plain = advanced(read)
    assert not {"prism_rowsInfo", "prism_paragraphsInfo", "figure", "angle"} & set(plain)
    assert "charInfo" not in plain["prism_wordsInfo"][0]
    rich = advanced(read, charInfo=True, row=True, paragraph=True, prob=True)
    assert rich["prism_rowsInfo"] == [
        {"word": "品名 单价", "rowId": 0},
        {"word": "茶", "rowId": 1},
    ]
    assert rich["prism_paragraphsInfo"] == [
        {"word": "品名 单价", "paragraphId": 0},
        {"word": "茶", "paragraphId": 1},
    ]
    second = rich["prism_wordsInfo"][1]
    assert (second["rowId"], second["paragraphId"], second["prob"]) == (0, 0, 100)
    assert second["charInfo"][1] == {
        "prob": 100,
        "w": 20,
        "h": 25,
        "x": 120,
        "y": 2,
        "word": "价",
    }
    assert rich["content"] == "品名 单价 茶 "
    assert rich["prism_wnum"] == 3


def test_sort_page_sorts_by_left_edge_then_by_top() -> None:
    read = page(("a", 0, 0, 10, 10, 0), ("b", 50, 0, 60, 10, 0), ("c", 0, 20, 10, 30, 0))
    assert advanced(read)["content"] == "a b c "
    assert advanced(read, sortPage=True)["content"] == "a c b "


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        (b"{", 460, "Invalid Input - failed to parse json"),
        ({}, 461, FORMAT + "missing key: img"),
        ({"img": "", "url": ""}, 461, FORMAT + "missing key: img"),
        ({"img": 7}, 461, FORMAT + "image format error"),
        ({"img": IMAGE, "url": "http://a.example/b.png"}, 461, FORMAT + "image format error"),
        ({"img": IMAGE, "table": "no"}, 461, FORMAT + "json parse runtime exception"),
        ({"img": "AAAA"}, 462, EMPTY),
        (
            {"url": "ftp://a.example/b.png"},
            462,
            "Invalid Input - image data error - download image from url error",
        ),
    ],
)
def test_the_error_table_of_advanced(body: Any, status: int, expected: str) -> None:
    market = Market()
    assert json_message(send(market, ADVANCED, body)) == (status, status, expected)
    assert market.why
    assert message(send(Market(advanced_errors="text"), ADVANCED, body)) == (status, expected)


def test_the_sid_is_made_from_the_seed_of_the_request() -> None:
    assert advanced()["sid"] == advanced()["sid"]
    assert len(advanced()["sid"]) == 72
