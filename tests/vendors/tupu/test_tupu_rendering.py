"""The response has the page's shape, numbers and key order, and ends with nonce and time."""

from __future__ import annotations

import json
import math
import re

import pytest

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Limits
from mockocr.core.recognition import Point, Quad, Recognition, line_of_text
from tests.vendors.tupu.harness import (
    HOSTED,
    PICTURE,
    URLS,
    Harness,
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
    """A quad turned by `degree` with an upright rectangle of these shares of 352 x 96."""
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


def test_the_pages_example_is_rendered_number_by_number() -> None:
    lines = tuple(line_of_text(t, quad(shares, d), score) for t, d, score, shares in EXAMPLE)
    response = Harness(recognition=Recognition(lines)).serve(
        multipart(file(picture(352, 96), "test.jpg"))
    )
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


def test_the_keys_have_the_examples_order() -> None:
    response = Harness().serve(multipart(file()))
    assert list(body_of(response)) == ["data", "code", "message", "nonce", "timestamp"]
    assert response.status == 200
    assert response.header("content-type") == "application/json; charset=utf-8"


def test_the_nonce_is_a_random_number_as_text_and_the_time_is_in_milliseconds() -> None:
    seen = set()
    for seed in range(200):
        body = body_of(Harness().serve(multipart(file()).replaced(seed=seed)))
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
    response = Harness(recognition=Recognition((line,))).serve(multipart(file()))
    (got,) = body_of(response)["data"]["fileList"][0]["objects"]
    assert got["degree"] == degree
    assert type(got["degree"]) is int
    xs, ys = [c[0] / 200 for c in corners], [c[1] / 100 for c in corners]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    assert got["location"] == [[left, top], [right, top], [right, bottom], [left, bottom]]


def test_location_never_leaves_the_picture() -> None:
    line = line_of_text("x", Quad.upright(-3, -1, 205, 101), 1)
    response = Harness(recognition=Recognition((line,))).serve(multipart(file()))
    assert b'"location":[[0,0],[1,0],[1,1],[0,1]],"scores":1,' in response.body


def test_text_at_any_angle_is_read_unless_the_option_turn_is_off() -> None:
    harness = Harness()
    harness.serve(multipart(file()))
    harness.serve(multipart(file(), turn="off"))
    assert [options.turn for options in harness.options] == [True, False]


def test_a_picture_without_text_has_no_objects() -> None:
    response = Harness(recognition=Recognition()).serve(multipart(file()))
    assert body_of(response)["data"]["fileList"] == [{"name": "a.png", "objects": []}]
    error = multipart(file(), no_text="refuse")
    assert code_of(error, Harness(recognition=Recognition())) == (200, 16, "no data found")
    assert code_of(error)[1] == 0


def test_one_bad_picture_among_good_ones_is_kept_without_objects() -> None:
    body = body_of(Harness().serve(multipart(file(b"no", "bad.png"), file(name="good.png"))))
    assert body["code"] == 0
    bad, good = body["data"]["fileList"]
    assert bad == {"name": "bad.png", "objects": []}
    assert good["objects"][0]["text"] == "Tupu 2026"


def test_the_option_bad_file_drops_it_or_fails_the_request() -> None:
    parts = file(b"no", "bad.png"), file(name="good.png")
    assert names(Harness().serve(multipart(*parts, bad_file="drop"))) == ["good.png"]
    assert code_of(multipart(*parts, bad_file="fail")) == (200, 14, "Image error")
    bad = file(b"no", "bad.png")
    assert code_of(multipart(bad, bad, bad_file="drop")) == (200, 18, "too few normal files")
    assert code_of(multipart(bad, bad_file="drop")) == (200, 14, "Image error")


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (multipart(file(b"no"), file(b"no")), "Image error"),
        (multipart(file(b"")), "Image error"),
        (multipart(file(PICTURE.ljust(1024 * 1024 + 1))), "File too large"),
        (form(("image", "http://nowhere.example/")), "Download fail"),
        (as_json({"image": "not a url"}), "Download fail"),
    ],
)
def test_only_bad_pictures_get_code_14(request_: Request, message: str) -> None:
    assert code_of(request_) == (200, 14, message)


def test_a_picture_of_exactly_one_mebibyte_is_accepted() -> None:
    assert code_of(multipart(file(PICTURE.ljust(1024 * 1024))))[1] == 0
    assert code_of(multipart(file(PICTURE.ljust(2000)), max_bytes="1999"))[1] == 14


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ErrorKind.BUSY, (429, 17, "concurrency over the limit")),
        (ErrorKind.ENGINE_FAILED, (200, 100, "service error")),
        (ErrorKind.UNAVAILABLE, (503, 100, "service unavailable")),
    ],
)
def test_a_failure_of_the_server_is_not_blamed_on_a_picture(
    kind: ErrorKind, expected: tuple[int, int, str]
) -> None:
    harness = Harness(fails=ApiError(kind, "scripted"))
    assert code_of(multipart(file(), file(b"no")), harness) == expected


def test_only_static_formats_are_allowed_unless_the_option_formats_is_later() -> None:
    def allowed(**options: str) -> Limits:
        harness = Harness()
        harness.serve(multipart(file(), **options))
        return harness.limits[0]

    assert allowed().formats == {"PNG", "JPEG", "TIFF", "WEBP"}
    assert not allowed().animated
    assert allowed(formats="later").formats == {"PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF"}


def test_an_error_has_code_message_nonce_and_time() -> None:
    response = Harness().serve(form(("image", "http://nowhere.example/")))
    assert list(body_of(response)) == ["code", "message", "nonce", "timestamp"]
    assert body_of(response)["timestamp"] == 1767323045678


def test_an_unknown_path_or_method_has_only_code_and_message() -> None:
    request = multipart(file())
    missing = HOSTED.render_error(request, HOSTED.errors.by_kind(ErrorKind.NO_SUCH_OPERATION))
    assert (missing.status, json.loads(missing.body)) == (
        404,
        {"code": 404, "message": "not found"},
    )
    method = HOSTED.render_error(request, HOSTED.errors.by_kind(ErrorKind.WRONG_METHOD))
    assert (method.status, method.header("allow")) == (405, "POST")


def test_only_a_success_is_billed() -> None:
    assert HOSTED.billed(Harness().serve(multipart(file(), file(b"no"))))
    assert not HOSTED.billed(Harness().serve(multipart(file(b"no"))))


def test_urls_that_fail_keep_their_entries() -> None:
    gone = "http://nowhere.example/"
    assert names(Harness().serve(as_json({"image": [gone, URLS[0]]}))) == [gone, URLS[0]]
