"""Scripted answers replace recognition: by operation, account and digest, in order."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

import pytest

from mockocr.core.engine import ReadOptions
from mockocr.core.exchange import Exchange
from mockocr.core.http import Request
from mockocr.core.image import Image, Inline, Limits
from mockocr.core.recognition import PictureWarning, Recognition, ScriptedFields
from tests.control.acme import ACME, PICTURE, SERVICE, Client, Eyes, load, mock


async def texts(client: Client, **options: Any) -> list[str]:
    return [line["text"] for line in (await client.read(**options)).json["lines"]]


REAL = ["O0lO", "two", "three", "four"]


def test_an_answer_is_used_once_and_then_the_picture_is_read() -> None:
    async def go() -> list[list[str]]:
        client = Client(mock())
        await client.control("POST", "/answers", {"lines": ["发票", "合计 12.50"]}, 201)
        return [await texts(client), await texts(client)]

    assert asyncio.run(go()) == [["发票", "合计 12.50"], REAL]


def test_an_answer_without_a_limit_is_used_until_it_is_deleted() -> None:
    async def go() -> list[list[str]]:
        client = Client(mock())
        order = {"lines": ["x"], "times": None}
        id = (await client.control("POST", "/answers", order, 201))["id"]
        found = [await texts(client) for _ in range(3)]
        await client.control("DELETE", f"/answers/{id}", status=204)
        return [*found, await texts(client)]

    assert asyncio.run(go()) == [["x"], ["x"], ["x"], REAL]


def test_the_engine_does_not_run_for_a_scripted_answer() -> None:
    async def go() -> int:
        eyes = Eyes()
        client = Client(mock(engine=eyes))
        await client.control("POST", "/answers", {"lines": []}, 201)
        assert await texts(client) == []
        return eyes.count

    assert asyncio.run(go()) == 0


@pytest.mark.parametrize(
    "digest",
    [hashlib.sha256(PICTURE).hexdigest(), hashlib.sha256(b"decoded " + PICTURE).hexdigest()],
    ids=["of the file", "of the decoded picture"],
)
def test_an_answer_for_one_picture_waits_for_that_picture(digest: str) -> None:
    async def go() -> list[list[str]]:
        client = Client(mock())
        await client.control("POST", "/answers", {"lines": ["x"], "image_sha256": digest}, 201)
        return [await texts(client, body=b"another"), await texts(client), await texts(client)]

    assert asyncio.run(go()) == [REAL, ["x"], REAL]


def test_an_answer_applies_to_its_operation_and_account() -> None:
    async def go() -> list[list[str]]:
        to = mock()
        made = await Client(to).control("POST", "/accounts", {}, 201)
        other = Client(to, made["credentials"]["acme"])
        order = {"operation": "acme.scan", "account": made["name"], "lines": ["x"]}
        await other.control("POST", "/answers", order, 201)
        return [
            await texts(Client(to), operation="scan"),
            await texts(other, operation="read"),
            await texts(other, operation="scan"),
        ]

    assert asyncio.run(go()) == [REAL, REAL, ["x"]]


def test_lines_without_boxes_are_laid_out_inside_the_picture() -> None:
    async def go() -> list[Any]:
        client = Client(mock())
        await client.control("POST", "/answers", {"lines": ["one", "二" * 99, "three"]}, 201)
        return [line["box"] for line in (await client.read()).json["lines"]]

    boxes = asyncio.run(go())
    for left, top, width, height in boxes:
        assert 0 <= left < left + width <= 640
        assert 0 <= top < top + height <= 240
    assert boxes[0][1] + boxes[0][3] <= boxes[1][1] < boxes[2][1]
    assert boxes[1][2] > boxes[2][2] > boxes[0][2]


def test_full_lines_keep_their_boxes_and_confidence() -> None:
    lines = [
        {"text": "a", "box": [1, 2, 30, 40], "confidence": 0.25},
        {"text": "b", "corners": [[10, 10], [10, 60], [5, 60], [5, 10]]},
    ]

    async def go() -> Any:
        client = Client(mock())
        await client.control("POST", "/answers", {"lines": lines}, 201)
        return (await client.read()).json

    found = asyncio.run(go())
    assert found["lines"] == [
        {"text": "a", "box": [1, 2, 30, 40], "confidence": 0.25},
        {"text": "b", "box": [5, 10, 5, 50], "confidence": 1.0},
    ]
    assert found["engine"] == "scripted"


def test_a_scripted_recognition_keeps_its_words_and_characters() -> None:
    words = [
        {"text": "发", "box": [10, 10, 20, 20], "confidence": 0.5},
        {
            "text": "ab",
            "box": [40, 12, 30, 18],
            "characters": [
                {"text": "a", "box": [40, 12, 10, 18], "confidence": 0.25},
                {"text": "b", "corners": [[50, 12], [70, 12], [70, 30], [50, 30]]},
            ],
        },
        {"text": "票据", "box": [80, 10, 20, 20], "spaced": False},
    ]

    async def go() -> Recognition:
        client = Client(mock())
        lines = [{"words": words, "confidence": 0.75, "block": 2}]
        await client.control("POST", "/answers", {"lines": lines, "angle": 5}, 201)
        exchange = Exchange(ACME, SERVICE, SERVICE.operations[0], Request("POST", "/read"))

        async def never(image: Image, options: ReadOptions) -> Recognition:
            raise AssertionError("the answer is used, not the picture")

        picture = await load(Inline(b"x"), Limits())
        return await client.mock.answers.reader(exchange, never)(picture, ReadOptions())

    read = asyncio.run(go())
    (line,) = read.lines
    assert (read.angle, read.engine, line.text) == (5, "scripted", "发 ab票据")
    assert (line.confidence, line.block) == (0.75, 2)
    assert line.quad.bounds == (10, 10, 90, 20)
    assert [(c.text, c.confidence) for c in line.characters] == [
        ("发", 0.5),
        ("a", 0.25),
        ("b", 1.0),
        ("票", 1.0),
        ("据", 1.0),
    ]
    # without characters, they share the place of the word evenly
    shared = [c.quad.bounds for c in line.words[2].characters]
    assert shared == [(80, 10, 10, 20), (90, 10, 10, 20)]
    assert line.words[1].characters[1].quad.bounds == (50, 12, 20, 18)


@pytest.mark.parametrize(
    ("value", "part"),
    [
        (
            {"lines": [{"words": [{"text": "a"}]}]},
            "lines[0].words[0]: a word of an answer needs",
        ),
        ({"lines": [{"words": "a"}]}, "must be a list of at most 1000, not 'a'"),
        ({"lines": [{"words": [5]}]}, "words[0] of a line of an answer must be an object, not 5"),
        (
            {
                "lines": [
                    {
                        "words": [
                            {
                                "text": "ab",
                                "box": [1, 1, 1, 1],
                                "characters": [{"text": "a", "box": [1, 1, 1, 1]}],
                            }
                        ]
                    }
                ]
            },
            "make 'a'",
        ),
        ({}, "needs lines"),
        ({"lines": "x"}, "a list"),
        ({"lines": [1]}, "lines[0] of an answer must be a string or an object, not 1"),
        ({"lines": [{}]}, "needs text"),
        (
            {"lines": [{"text": "a", "box": [1, 2, 3]}]},
            "must be [left, top, width, height]",
        ),
        (
            {"lines": [{"text": "a", "box": [1, 2, 3, "4"]}]},
            "box[3] of a line of an answer",
        ),
        ({"lines": [{"text": "a", "corners": [[1, 2]] * 3}]}, "four [x, y]"),
        ({"lines": [{"text": "a", "corners": [[1, 2]] * 4, "box": [1, 1, 1, 1]}]}, "not both"),
        ({"lines": [{"text": "a", "confidence": 90}]}, "from 0 to 1"),
        ({"lines": [{"text": "a", "bx": 1}]}, "no field 'bx'"),
        ({"lines": ["a"], "image_sha256": "abc"}, "64 hexadecimal"),
        ({"lines": ["a"], "angle": 720}, "from -180 to 180"),
        ({"lines": ["a"], "operation": "acme.write"}, "acme.read"),
        ({"lines": ["a"], "account": "nobody"}, "there are dev"),
        ({"lines": ["a"], "account": 5}, "account of an answer must be a string, not 5"),
        ({"lines": ["a"] * 10001}, "at most"),
        ("lines", "a JSON object"),
    ],
)
def test_a_wrong_answer_is_refused_with_one_sentence(value: Any, part: str) -> None:
    assert part in asyncio.run(Client(mock()).refusal("POST", "/answers", value))[1]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({}, "an answer needs lines, a list (or fields, an object)"),
        ({"fields": {"nam": "x"}}, "'nam' is no field of any document; did you mean 'name'?"),
        (
            {"fields": {"plate": "x"}, "kind": "id_card_back"},
            "'plate' is no field of id_card_back; there are authority, valid_from, valid_to",
        ),
        (
            {"fields": {"sex": "x", "plate": "y"}},
            "no kind of document has all the fields sex, plate",
        ),
        ({"lines": [], "kind": "passport"}, "an answer with kind or items needs fields, an object"),
        (
            {"fields": {}, "items": [{"nme": "x"}]},
            "'nme' is no field of an item of any document; did you mean 'name'?",
        ),
    ],
)
def test_wrong_fields_are_refused_with_a_sentence(document: dict[str, Any], sentence: str) -> None:
    async def go() -> str:
        answer = await Client(mock()).control("POST", "/answers", document, 400)
        return str(answer["error"])

    assert sentence in asyncio.run(go())


def test_scripted_fields_and_warnings_reach_the_operation() -> None:
    scripted = {"kind": "passport", "fields": {"number": "E1"}, "warnings": ["copy"]}

    async def never(image: Image, options: ReadOptions) -> Recognition:
        raise AssertionError("the answer is not used")

    async def go() -> Recognition:
        client = Client(mock())
        await client.control("POST", "/answers", scripted, 201)
        exchange = Exchange(ACME, SERVICE, SERVICE.operations[0], Request("POST", "/read"))
        picture = await load(Inline(PICTURE), Limits())
        return await client.mock.answers.reader(exchange, never)(picture, ReadOptions())

    found = asyncio.run(go())
    assert found.scripted == ScriptedFields({"number": "E1"}, (), "passport")
    assert found.warnings == (PictureWarning.COPY,)
