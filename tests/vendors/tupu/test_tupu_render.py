"""The answer has the page's shape, numbers and key order, and the closing nonce and time."""

from __future__ import annotations

import json
import math
import re

import pytest

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Limits
from mockocr.core.recognition import Point, Quad, Recognition, line_of_text
from mockocr.vendors.tupu import VENDOR
from tests.vendors.tupu.desk import (
    PICTURE,
    URLS,
    Desk,
    as_json,
    body_of,
    code_of,
    file,
    form,
    multipart,
    names,
    picture,
)

DEGREE = -1.457413492101156
# the page's example: a picture of 352 x 96 fits all its shares to whole pixels
EXAMPLE = [
    ("微信号", 0, 0.9978030323982239, (0.0227272644, 0.1666666645, 0.1590909119, 0.3333333355)),
    ("15827934231", 0, 0.99977212, (0.6306818542, 0.6041666208, 0.9147727356, 0.7500001057)),
    ("15827934231", DEGREE, 0.9996556, (0.6359872589, 0.1807315156, 0.9660818329, 0.345219107)),
]


def quad(shares: tuple[float, float, float, float], degree: float) -> Quad:
    """A quad turned by `degree` whose upright rectangle has these shares of 352 x 96."""
    left, top, right, bottom = (s * side for s, side in zip(shares, (352, 96) * 2, strict=True))
    turn = math.radians(degree)
    c, s = math.cos(turn), abs(math.sin(turn))
    width, height = right - left, bottom - top
    det = c * c - s * s
    along, across = (width * c - height * s) / det, (height * c - width * s) / det
    dx, dy = along * math.cos(turn), along * math.sin(turn)
    ex, ey = -across * math.sin(turn), across * math.cos(turn)
    x, y = left - min(0, dx, ex, dx + ex), top - min(0, dy, ey, dy + ey)
    return Quad(
        Point(x, y), Point(x + dx, y + dy), Point(x + dx + ex, y + dy + ey), Point(x + ex, y + ey)
    )


def test_the_pages_example_comes_out_number_by_number() -> None:
    lines = tuple(line_of_text(t, quad(shares, d), score) for t, d, score, shares in EXAMPLE)
    response = Desk(reads=Recognition(lines)).serve(multipart(file(picture(352, 96), "test.jpg")))
    (entry,) = body_of(response)["data"]["fileList"]
    assert entry["name"] == "test.jpg"
    for got, (text, degree, score, (left, top, right, bottom)) in zip(
        entry["objects"], EXAMPLE, strict=True
    ):
        assert list(got) == ["degree", "location", "scores", "text", "category"]
        assert got["degree"] == pytest.approx(degree)
        box = [[left, top], [right, top], [right, bottom], [left, bottom]]
        assert got["location"] == [pytest.approx(corner) for corner in box]
        assert (got["scores"], got["text"], got["category"]) == (score, text, 0)
    assert b'"degree":0,' in response.body


def test_the_keys_stand_in_the_examples_order() -> None:
    response = Desk().serve(multipart(file()))
    assert list(body_of(response)) == ["data", "code", "message", "nonce", "timestamp"]
    assert response.status == 200
    assert response.header("content-type") == "application/json; charset=utf-8"


def test_the_nonce_is_text_like_javascripts_random_numbers_and_the_time_is_whole_milliseconds() -> (
    None
):
    seen = set()
    for seed in range(200):
        body = body_of(Desk().serve(multipart(file()).replaced(seed=seed)))
        assert re.fullmatch(r"0\.\d{15,17}", body["nonce"])
        assert body["timestamp"] == 1767323045678
        seen.add(body["nonce"])
    assert len(seen) == 200


@pytest.mark.parametrize(
    ("corners", "degree"),
    [
        ([(10, 10), (60, 10), (60, 30), (10, 30)], 0),
        ([(60, 10), (60, 60), (40, 60), (40, 10)], 90),
        ([(10, 60), (10, 10), (30, 10), (30, 60)], -90),
        ([(60, 30), (10, 30), (10, 10), (60, 10)], 180),
        ([(10, 10), (60, 60), (50, 70), (0, 20)], 45),
    ],
)
def test_degree_counts_clockwise_and_location_stays_upright(
    corners: list[tuple[float, float]], degree: int
) -> None:
    line = line_of_text("x", Quad(*(Point(*c) for c in corners)), 1.0)
    response = Desk(reads=Recognition((line,))).serve(multipart(file()))
    (got,) = body_of(response)["data"]["fileList"][0]["objects"]
    assert got["degree"] == degree
    assert type(got["degree"]) is int
    xs, ys = [c[0] / 200 for c in corners], [c[1] / 100 for c in corners]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    assert got["location"] == [[left, top], [right, top], [right, bottom], [left, bottom]]


def test_location_never_leaves_the_picture() -> None:
    line = line_of_text("x", Quad.upright(-3, -1, 205, 101), 1)
    response = Desk(reads=Recognition((line,))).serve(multipart(file()))
    assert b'"location":[[0,0],[1,0],[1,1],[0,1]],"scores":1,' in response.body


def test_text_at_any_angle_is_looked_for_unless_a_setting_says_off() -> None:
    desk = Desk()
    desk.serve(multipart(file()))
    desk.serve(multipart(file(), turn="off"))
    assert [options.turn for options in desk.options] == [True, False]


def test_a_picture_without_text_has_no_objects() -> None:
    response = Desk(reads=Recognition()).serve(multipart(file()))
    assert body_of(response)["data"]["fileList"] == [{"name": "a.png", "objects": []}]
    error = multipart(file(), no_text="refuse")
    assert code_of(error, Desk(reads=Recognition())) == (200, 16, "no data found")
    assert code_of(error)[1] == 0


def test_one_bad_picture_among_good_ones_is_kept_without_objects() -> None:
    body = body_of(Desk().serve(multipart(file(b"no", "bad.png"), file(name="good.png"))))
    assert body["code"] == 0
    bad, good = body["data"]["fileList"]
    assert bad == {"name": "bad.png", "objects": []}
    assert good["objects"][0]["text"] == "Tupu 2026"


def test_a_setting_drops_it_or_fails_the_call() -> None:
    parts = file(b"no", "bad.png"), file(name="good.png")
    assert names(Desk().serve(multipart(*parts, bad_file="drop"))) == ["good.png"]
    assert code_of(multipart(*parts, bad_file="fail")) == (200, 14, "Image error")
    bad = file(b"no", "bad.png")
    assert code_of(multipart(bad, bad, bad_file="drop")) == (200, 18, "too few normal files")
    assert code_of(multipart(bad, bad_file="drop")) == (200, 14, "Image error")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (multipart(file(b"no"), file(b"no")), "Image error"),
        (multipart(file(b"")), "Image error"),
        (multipart(file(PICTURE.ljust(1024 * 1024 + 1))), "File too large"),
        (form(("image", "http://nowhere.example/")), "Download fail"),
        (as_json({"image": "not a url"}), "Download fail"),
    ],
)
def test_nothing_but_bad_pictures_get_code_14(request: object, message: str) -> None:
    assert code_of(request) == (200, 14, message)  # type: ignore[arg-type] # parametrized


def test_a_picture_of_exactly_one_mebibyte_is_taken() -> None:
    assert code_of(multipart(file(PICTURE.ljust(1024 * 1024))))[1] == 0
    assert code_of(multipart(file(PICTURE.ljust(2000)), max_bytes="1999"))[1] == 14


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (ErrorKind.BUSY, (429, 17, "concurrency over the limit")),
        (ErrorKind.ENGINE_FAILED, (200, 100, "service error")),
        (ErrorKind.UNAVAILABLE, (503, 100, "service unavailable")),
    ],
)
def test_what_is_wrong_with_us_is_never_blamed_on_a_picture(
    problem: ErrorKind, answer: tuple[int, int, str]
) -> None:
    desk = Desk(fails=ApiError(problem, "scripted"))
    assert code_of(multipart(file(), file(b"no")), desk) == answer


def test_static_formats_alone_are_taken_unless_a_setting_says_later() -> None:
    def allowed(**choices: str) -> Limits:
        desk = Desk()
        desk.serve(multipart(file(), **choices))
        return desk.limits[0]

    assert allowed().formats == {"PNG", "JPEG", "TIFF", "WEBP"}
    assert not allowed().animated
    assert allowed(formats="later").formats == {"PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF"}


def test_a_refusal_is_code_message_nonce_and_time() -> None:
    response = Desk().serve(form(("image", "http://nowhere.example/")))
    assert list(body_of(response)) == ["code", "message", "nonce", "timestamp"]
    assert body_of(response)["timestamp"] == 1767323045678


def test_an_unknown_path_or_method_has_code_and_message_alone() -> None:
    request = multipart(file())
    missing = VENDOR.refuse(request, VENDOR.row(ErrorKind.NO_SUCH_OPERATION))
    assert (missing.status, json.loads(missing.body)) == (
        404,
        {"code": 404, "message": "not found"},
    )
    method = VENDOR.refuse(request, VENDOR.row(ErrorKind.WRONG_METHOD))
    assert (method.status, method.header("allow")) == (405, "POST")


def test_only_a_success_is_billed() -> None:
    assert VENDOR.billable(Desk().serve(multipart(file(), file(b"no"))))
    assert not VENDOR.billable(Desk().serve(multipart(file(b"no"))))


def test_urls_that_fail_are_kept_by_their_url() -> None:
    gone = "http://nowhere.example/"
    assert names(Desk().serve(as_json({"image": [gone, URLS[0]]}))) == [gone, URLS[0]]
