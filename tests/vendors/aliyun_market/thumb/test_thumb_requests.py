"""Requests to 拇指云's service and their responses: fields, encodings, checks, pictures."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import pytest
from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Remote
from tests.asgi import Answer
from tests.exchange import picture
from tests.gallery import gallery
from tests.recognitions import NOTHING, TURNED
from tests.vendors.aliyun_market.harness import (
    APPCODE,
    HELLO_TEXT,
    Market,
    base64_of,
    get,
    post,
)

HELLO = base64.b64encode(picture("hello.png")).decode()
WORDS = [{"words": "发票 Invoice 2026"}, {"words": "合计:1280.50"}]
URL = f"{gallery(picture)}/hello.png"


def ocr(market: Market | None = None, **fields: str) -> Answer:
    return (market or Market()).signed(post("/ocr", fields))


def message(answer: Answer) -> str:
    assert answer.status == 666, answer.body[:200]
    assert answer.json == {"ok": 0, "msg": answer.json["msg"]}
    text: str = answer.json["msg"]
    return text


def encoded(form: str, size: tuple[int, int] = (40, 20), **options: Any) -> str:
    made = io.BytesIO()
    Pillow.new("RGB", size, "white").save(made, form, **options)
    return base64.b64encode(made.getvalue()).decode()


@pytest.mark.parametrize(
    ("option", "ver", "as_list"),
    [
        ("examples", None, False),
        ("examples", "", False),
        ("examples", "0", False),
        ("examples", "1", True),
        ("prose", None, True),
        ("prose", "0", True),
        ("prose", "1", False),
    ],
)
def test_ver_picks_one_string_or_a_list(option: str, ver: str | None, as_list: bool) -> None:
    fields = {"img": HELLO} if ver is None else {"img": HELLO, "ver": ver}
    answer = ocr(Market(ver=option), **fields)
    assert list(answer.json) == ["ok", "msg", "data"]
    assert answer.json == {"ok": 1, "msg": "查询成功", "data": WORDS if as_list else HELLO_TEXT}
    assert "发票".encode() in answer.body


def test_a_picture_without_text_is_an_empty_success() -> None:
    assert ocr(Market(NOTHING), img=HELLO).json["data"] == ""
    assert ocr(Market(NOTHING), img=HELLO, ver="1").json["data"] == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"ver": "2", "img": "x", "url": "x"}, "版本参数ver传入有误"),
        ({"ver": "01"}, "版本参数ver传入有误"),
        ({"ver": " 1"}, "版本参数ver传入有误"),
        ({"img": "x", "url": "x"}, "img或url只能传入一个"),
        ({}, "img或url必传一个"),
        ({"img": "", "url": ""}, "img或url必传一个"),
        ({"url": "ftp://a/b.png"}, "url图片错误: 下载失败"),
        ({"url": "www.zpzzq.com/images/ocrtest.jpg"}, "url图片错误: 下载失败"),
        ({"url": "http://127.0.0.1:1/none.png"}, "url图片错误: 下载失败"),
        ({"url": "http://["}, "url图片错误: 下载失败"),
        ({"url": f"{URL}x"}, "url图片错误: 下载失败"),
        ({"url": URL.replace("hello.png", "text.txt")}, "url图片错误: 不支持的文件格式"),
        ({"url": URL.replace("hello.png", "broken.png")}, "url图片错误: 不支持的文件格式"),
        ({"url": "http://169.254.169.254/latest"}, "非法来源"),
        ({"url": "HTTP://100.100.100.200/latest"}, "非法来源"),
        ({"url": "http://[fe80::1]/"}, "非法来源"),
        ({"img": "/9j/4AAQSkZJR***BAAD/4gI***"}, "img图像错误: 无法处理图片信息"),
        ({"img": "dGhpcyBpcyB0ZXh0"}, "img图像错误: 无法处理图片信息"),
        ({"img": " =\n"}, "img图像错误: 无法处理图片信息"),
        ({"img": encoded("BMP")}, "img图像错误: 无法处理图片信息"),
        ({"img": f"data:image/png;base64,{HELLO}"}, "img图像错误: 无法处理图片信息"),
    ],
)
def test_each_mistake_gets_its_printed_message(fields: dict[str, str], expected: str) -> None:
    market = Market()
    assert message(ocr(market, **fields)) == expected
    assert market.why
    assert "defect" not in market.why


def test_the_samples_of_the_page_are_refused_when_they_are_run_verbatim() -> None:
    body = (
        b"img=%2F9j%2F4AAQSkZJR***BAAD%2F4gI***"
        b"&url=https%3A%2F%2Fwww.zpzzq.com%2Fimages%2Focrtest.jpg&ver=0"
    )
    assert message(Market().signed(post("/ocr", body))) == "img或url只能传入一个"


def test_a_url_may_have_255_characters() -> None:
    fits = f"{URL}?".ljust(255, "x")
    market = Market()
    ocr(market, url=fits)
    assert market.sources == [Remote(fits, location="url")]
    assert message(ocr(market, url=fits + "x")) == "url图片错误: 下载失败"
    assert "256 characters" in market.why


def test_a_picture_by_url_is_read() -> None:
    assert ocr(url=URL, ver="1").json["data"] == WORDS


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_the_three_documented_formats_are_read(form: str) -> None:
    assert ocr(img=encoded(form)).status == 200


def test_the_first_frame_of_an_animated_gif_is_read() -> None:
    frames = [Pillow.new("L", (30, 30), shade) for shade in (10, 200)]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    market = Market()
    assert ocr(market, img=base64.b64encode(made.getvalue()).decode()).status == 200
    assert market.images[0].pixels[0] == 10


def test_every_picture_knows_the_field_that_it_stood_in() -> None:
    market = Market()
    ocr(market, img=HELLO)
    ocr(market, url=URL)
    assert [source.location for source in market.sources] == ["img", "url"]


def test_a_megabyte_fits_in_a_form_and_a_byte_more_does_not() -> None:
    raw = picture("hello.png")
    most = raw + b"\0" * (1024 * 1024 - len(raw))
    market = Market()
    assert ocr(market, img=base64.b64encode(most).decode()).status == 200
    assert message(ocr(market, img=base64.b64encode(most + b"\0").decode())) == (
        "img图像错误: 无法处理图片信息"
    )


def test_the_lenient_option_drops_a_data_prefix() -> None:
    market = Market(data_prefix="lenient")
    assert ocr(market, img=f"data:image/png;base64,{HELLO}").status == 200


@pytest.mark.parametrize(
    "headers", [(), (("Content-Type", "text/plain"),), (("Content-Type", "application/json"),)]
)
def test_json_without_its_content_type_is_recognized_by_its_brace(
    headers: tuple[tuple[str, str], ...],
) -> None:
    body = json.dumps({"img": HELLO, "ver": 1, "url": None}).encode()
    market = Market()
    assert market.signed(post("/ocr", body, *headers, form=False)).json["data"] == WORDS
    assert base64_of(market) == HELLO


def test_a_body_without_a_type_is_a_form() -> None:
    body = f"img={HELLO.replace('+', '%2B')}&ver=1".encode()
    assert Market().signed(post("/ocr", body, form=False)).json["data"] == WORDS


def test_a_multipart_form_is_accepted() -> None:
    body = (
        f'--cut\r\nContent-Disposition: form-data; name="img"\r\n\r\n{HELLO}\r\n--cut--\r\n'
    ).encode()
    kind = ("Content-Type", "multipart/form-data; boundary=cut")
    assert Market().signed(post("/ocr", body, kind, form=False)).json["data"] == HELLO_TEXT


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"ver": True, "img": "x"}, "版本参数ver传入有误"),
        ({"ver": 1.0, "img": "x"}, "版本参数ver传入有误"),
        ({"ver": [1], "img": "x"}, "版本参数ver传入有误"),
        ({"url": ["http://a/b.png"]}, "url图片错误: 下载失败"),
        ({"url": "http://\ud800.example/"}, "url图片错误: 下载失败"),
        ({"img": 7}, "img图像错误: 无法处理图片信息"),
        ({"img": {"a": []}}, "img图像错误: 无法处理图片信息"),
        ({"img": "\ud800"}, "img图像错误: 无法处理图片信息"),
        ({"img": None, "url": None}, "img或url必传一个"),
    ],
)
def test_wrong_types_get_a_printed_message(value: Any, expected: str) -> None:
    body = json.dumps(value).encode()
    assert message(Market().signed(post("/ocr", body, form=False))) == expected


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b""),
        ("application/json", b'{"img":'),
        ("application/json", b"[1]"),
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"ver":' + b"1" * 5000 + b"}"),
        ("application/json", b"\xff\xfe\x00"),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\nabc"),
    ],
)
def test_the_gateway_refuses_a_body_that_does_not_match_its_content_type(
    kind: str, body: bytes
) -> None:
    answer = Market().signed(post("/ocr", body, ("Content-Type", kind), form=False))
    assert (answer.status, answer.header("x-ca-error-message")) == (400, "Invalid Request Body")


def test_accurate_answers_a_string_or_with_show_a_list() -> None:
    for show, expected in (
        ("", HELLO_TEXT),
        ("&show=0", HELLO_TEXT),
        ("&show=1", WORDS),
        ("&show=x", HELLO_TEXT),
    ):  # fmt: skip - the pairs side by side
        answer = Market().signed(get(f"/thumb/ocr?url={URL}{show}"))
        assert answer.json == {"ok": 1, "msg": "查询成功", "data": expected}
    assert Market().signed(post("/thumb/ocr", {"url": URL, "show": "1"})).json["data"] == WORDS


def test_accurate_reads_the_query_of_a_post_and_prefers_the_body() -> None:
    market = Market()
    market.signed(post(f"/thumb/ocr?url={URL}&show=1", {"show": "0"}))
    assert market.sources == [Remote(URL, location="url")]
    market.signed(post("/thumb/ocr?url=http://a/", {"url": URL}))
    assert market.sources[-1] == Remote(URL, location="url")


def test_the_interfaces_of_the_guide_need_a_url() -> None:
    for path in ("/thumb/ocr", "/thumb/handwriting"):
        assert message(Market().signed(get(path))) == "url必传"
        assert message(Market().signed(post(path, {"img": HELLO}))) == "url必传"


def test_handwriting_is_read_as_such_and_its_response_has_positions() -> None:
    market = Market(TURNED)
    answer = market.signed(get(f"/thumb/handwriting?url={URL}&show=1"))
    item = {"position": {"top": 50, "left": 60, "width": 40, "height": 200}, "words": "TURNED"}
    assert answer.body.decode() == json.dumps(
        {"ok": 1, "msg": "查询成功", "data": [item]}, ensure_ascii=False, separators=(",", ":")
    )
    assert market.reader.asked == [ReadOptions(handwriting=True)]


def test_ocr_does_not_read_handwriting() -> None:
    market = Market()
    ocr(market, img=HELLO)
    assert market.reader.asked == [ReadOptions()]


@pytest.mark.parametrize(
    ("kind", "status"),
    [(ErrorKind.ENGINE_FAILED, 500), (ErrorKind.BUSY, 403), (ErrorKind.INTERNAL, 500)],
)
def test_the_gateway_answers_when_the_engine_fails(kind: ErrorKind, status: int) -> None:
    market = Market()

    async def fail(image: Any, options: ReadOptions) -> Any:
        raise ApiError(kind, "scripted")

    market.reader.recognize = fail  # type: ignore[method-assign] # the script of this one test
    assert ocr(market, img=HELLO).status == status


def test_nine_megabytes_are_too_large() -> None:
    answer = Market().send(post("/ocr", b"x" * (9 * 1024 * 1024), APPCODE))
    assert (answer.status, answer.header("x-ca-error-message")) == (413, "Payload Too Large")
