"""Requests for cards and handwriting: several pictures, their order, limits and responses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Response
from mockocr.core.image import Image, Inline, Limits, Remote, Source
from mockocr.core.recognition import Recognition
from tests.recognitions import BANK_CARD, HELLO, ID_BACK, ID_FRONT, NAME_CARD, NOTHING
from tests.vendors.tencent.legacy.harness import APPID, Harness, posted, request

BOUNDARY = "b"
PART = '--b\r\nContent-Disposition: form-data; name="{0}"{1}\r\n\r\n'


class CardDesk(Harness):
    """A harness that cannot load the pictures called `bad.png`."""

    wrong = ErrorKind.BAD_IMAGE

    async def load(self, source: Source, limits: Limits) -> Image:
        if isinstance(source, Inline) and source.name == "bad.png":
            raise ApiError(self.wrong, "scripted")
        return await super().load(source, limits)


def harness(operation: str, recognition: Recognition = HELLO) -> CardDesk:
    return CardDesk(recognition, operation=operation)


def files(fields: Sequence[tuple[str, str]], *pictures: tuple[str, str, bytes], **how: Any) -> Any:
    """A multipart request: pictures are part name, filename and bytes."""
    body = b""
    for name, value in (("appid", APPID), *fields):
        body += PART.format(name, "").encode() + value.encode() + b"\r\n"
    for name, filename, data in pictures:
        body += PART.format(name, f'; filename="{filename}"').encode() + data + b"\r\n"
    return request(body + b"--b--\r\n", f"multipart/form-data; boundary={BOUNDARY}", **how)


def listed(response: Response) -> list[dict[str, Any]]:
    assert response.status == 200
    value = json.loads(response.body)
    assert list(value) == ["result_list"]
    entries: list[dict[str, Any]] = value["result_list"]
    return entries


def test_files_are_listed_in_the_order_of_their_part_names() -> None:
    pictures = [(f"image[{n}]", f"{n}.jpg", b"x") for n in (2, 0, 1)]
    response = harness("idcard", ID_FRONT).ask(files([("card_type", "0")], *pictures))
    assert [entry["filename"] for entry in listed(response)] == ["0.jpg", "1.jpg", "2.jpg"]


def test_any_part_whose_name_begins_with_image_is_a_picture() -> None:
    """The Python SDK names them images[0], the PHP and Java ones image[0]."""
    at = harness("idcard", ID_FRONT)
    pictures = [(name, "a.jpg", name.encode()) for name in ("images[0]", "image", "image[7]")]
    assert len(listed(at.ask(files([], *pictures)))) == 3
    assert {s.data for s in at.sources if isinstance(s, Inline)} == {
        b"images[0]",
        b"image",
        b"image[7]",
    }


def test_urls_keep_their_order() -> None:
    at = harness("businesscard", NAME_CARD)
    urls = ["http://a.example/1.png", "http://a.example/2.png"]
    response = at.ask(posted({"appid": APPID, "url_list": urls}))
    assert [entry["url"] for entry in listed(response)] == urls
    assert at.sources == [Remote(url, location=f"url_list[{n}]") for n, url in enumerate(urls)]


def test_a_bad_picture_does_not_affect_the_others() -> None:
    at = harness("idcard", ID_FRONT)
    response = at.ask(files([], ("image[0]", "bad.png", b"x"), ("image[1]", "good.png", b"x")))
    bad, good = listed(response)
    assert (bad["code"], bad["data"]) == (-1102, {})
    assert (good["code"], good["data"]["name"]) == (0, "张三")
    assert response.code == "0"
    assert at.audit.billed


def test_only_bad_pictures_are_not_billed() -> None:
    at = harness("idcard", ID_FRONT)
    response = at.ask(files([], ("image[0]", "bad.png", b"x")))
    assert listed(response)[0]["code"] == -1102
    assert response.code == "-1102"
    assert not at.audit.billed


def test_the_journal_says_why_a_picture_has_an_error_code() -> None:
    for operation, recognition, said in (
        ("idcard", HELLO, "picture 1: no ID card; the picture shows no known document"),
        ("businesscard", NOTHING, "picture 1: the picture holds no readable text"),
    ):
        asked = harness(operation, recognition)
        asked.ask(files([("card_type", "0")], ("image", "1.jpg", b"x")))
        assert asked.audit.why == said


def test_a_full_queue_refuses_the_whole_request() -> None:
    at = harness("idcard", ID_FRONT)
    at.wrong = ErrorKind.BUSY
    response = at.ask(files([], ("image[0]", "bad.png", b"x"), ("image[1]", "good.png", b"x")))
    assert (response.status, json.loads(response.body)["code"]) == (429, 15)


@pytest.mark.parametrize(
    ("operation", "code"),
    [("idcard", -5103), ("namecard", -5103), ("businesscard", -5207)],
)
def test_a_failed_engine_has_the_code_of_the_operations_page(operation: str, code: int) -> None:
    at = harness(operation)
    at.wrong = ErrorKind.ENGINE_FAILED
    assert listed(at.ask(files([], ("image[0]", "bad.png", b"x"))))[0]["code"] == code


@pytest.mark.parametrize("operation", ["handwriting", "bankcard"])
def test_a_failed_engine_is_code_9011_for_a_single_picture(operation: str) -> None:
    at = harness(operation)
    at.refusal = ApiError(ErrorKind.ENGINE_FAILED, "scripted")
    response = at.ask(posted({"appid": APPID, "image": "AAAA"}))
    assert (response.status, json.loads(response.body)["code"]) == (200, -9011)


def test_a_file_has_at_most_a_megabyte_and_a_request_twenty_pictures() -> None:
    mega = 1024 * 1024
    at = harness("businesscard", NAME_CARD)
    assert listed(at.ask(files([], ("image", "a", b"x" * mega))))[0]["code"] == 0
    assert json.loads(at.ask(files([], ("image", "a", b"x" * (mega + 1)))).body)["code"] == 20
    pictures = [(f"image[{n}]", "a", b"x") for n in range(21)]
    assert len(listed(at.ask(files([], *pictures[:20])))) == 20
    assert json.loads(at.ask(files([], *pictures)).body)["code"] == 19


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, 18),
        ({"url_list": []}, 18),
        ({"url_list": None}, 18),
        ({"image": "AAAA"}, 18),
        ({"url_list": [""]}, 17),
        ({"url_list": [7]}, 21),
        ({"url_list": {"a": 1}}, 21),
        ({"url_list": ["http://a/" + "a" * 3000]}, -1304),
        ({"url_list": ["http://a/b"], "card_type": 3}, 21),
        ({"url_list": ["http://a/b"], "card_type": "front"}, 21),
        ({"url_list": ["http://a/b"], "card_type": None}, 21),
    ],
)
def test_a_request_without_valid_pictures_is_refused(fields: dict[str, Any], code: int) -> None:
    response = harness("idcard", ID_FRONT).ask(posted({"appid": APPID, **fields}))
    assert json.loads(response.body)["code"] == code


def test_a_url_has_at_most_2048_characters() -> None:
    at = harness("businesscard", NAME_CARD)
    for length, code in ((2048, 0), (2049, -1304)):
        url = "http://a/" + "a" * (length - 9)
        value = json.loads(at.ask(posted({"appid": APPID, "url_list": [url]})).body)
        assert value.get("code", 0) == code


@pytest.mark.parametrize("turn", ["on", "off"])
def test_turned_cards_are_found_by_option(turn: str) -> None:
    at = harness("idcard", ID_FRONT)
    at.ask(posted({"appid": APPID, "url_list": ["http://a/b"]}, options={"turn": turn}))
    assert at.options[0].turn is (turn == "on")


def test_the_appid_may_be_a_number_as_in_the_pages_sample() -> None:
    urls = {"url_list": ["http://a/b"]}
    assert listed(harness("idcard", ID_FRONT).ask(posted({"appid": int(APPID), **urls})))
    other = harness("idcard", ID_FRONT).ask(posted({"appid": 1300000000, **urls}))
    assert json.loads(other.body)["code"] == 6


@pytest.mark.parametrize(
    ("recognition", "side", "code"),
    [
        (ID_FRONT, 0, 0),
        (ID_BACK, 1, 0),
        (ID_BACK, 0, -7003),
        (ID_FRONT, 1, -7004),
        (HELLO, 0, -7001),
    ],
)
def test_the_picture_must_show_the_requested_side(
    recognition: Recognition, side: int, code: int
) -> None:
    body = {"appid": APPID, "card_type": side, "url_list": ["http://a/b"]}
    assert listed(harness("idcard", recognition).ask(posted(body)))[0]["code"] == code


def test_a_field_that_was_not_read_is_empty_with_confidence_minus_one() -> None:
    bare = ID_FRONT.replaced(lines=(ID_FRONT.lines[0], ID_FRONT.lines[5]))
    body = {"appid": APPID, "url_list": ["http://a/b"]}
    data = listed(harness("idcard", bare).ask(posted(body)))[0]["data"]
    assert (data["sex"], data["sex_confidence_all"]) == ("", [-1])
    assert (data["birth"], data["birth_confidence_all"]) == ("", [-1])
    assert data["name_confidence_all"] == [90, 90]


def test_a_name_cards_picture_is_returned_on_demand() -> None:
    picture = ("image[0]", "a.jpg", b"the file")
    at = harness("namecard", NAME_CARD)
    assert (
        listed(at.ask(files([("ret_image", "1")], picture)))[0]["data"]["image"] == "dGhlIGZpbGU="
    )
    assert "image" not in listed(at.ask(files([("ret_image", "0")], picture)))[0]["data"]


@pytest.mark.parametrize(("confidence", "wanted"), [("documented", 90.0), ("observed", 0.9)])
def test_the_scale_of_a_name_cards_confidence_follows_the_option(
    confidence: str, wanted: float
) -> None:
    picture = ("image[0]", "a.jpg", b"x")
    at = harness("namecard", NAME_CARD)
    response = at.ask(files([], picture, options={"confidence": confidence}))
    assert listed(response)[0]["data"]["name_confidence"] == pytest.approx(wanted)


def test_handwriting_is_read_as_handwriting() -> None:
    at = harness("handwriting")
    at.ask(posted({"appid": APPID, "image": "AAAA"}))
    assert at.options[0].handwriting
    at = harness("generalfast")
    at.ask(posted({"appid": APPID, "image": "AAAA"}))
    assert not at.options[0].handwriting


def test_the_observed_form_of_handwriting_has_the_confidence_of_the_line() -> None:
    at = harness("handwriting")
    observed = {"confidence": "observed"}
    response = at.ask(posted({"appid": APPID, "image": "AAAA"}, options=observed))
    item = json.loads(response.body)["data"]["items"][0]
    assert set(item) == {"itemcoord", "itemconf", "words", "itemstring", "coords", "candword"}
    assert item["itemconf"] == pytest.approx(0.98765)


def test_the_unread_fields_of_a_bank_card_are_empty() -> None:
    number_alone = BANK_CARD.replaced(lines=(BANK_CARD.lines[2],))
    response = harness("bankcard", number_alone).ask(posted({"appid": APPID, "image": "AAAA"}))
    items = json.loads(response.body)["data"]["items"]
    assert [item["item"] for item in items] == ["卡号", "卡类型", "卡名字", "银行信息", "有效期"]
    assert [item["itemstring"] for item in items] == ["6259061122334450", "", "", "", ""]
    assert items[1]["itemconf"] == 0.0
    assert items[1]["itemcoord"] == {"x": 0, "y": 0, "width": 0, "height": 0}


def test_a_business_card_without_text_is_code_5201() -> None:
    response = harness("businesscard", NOTHING).ask(files([], ("image", "a.jpg", b"x")))
    assert listed(response)[0]["code"] == -5201
