"""The formats that the web-image page lists are taken, others are not, and sides have bounds."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image as Pillow

from tests.vendors.huawei.desk import error, mock, signed

TAKEN = ("JPEG", "PNG", "BMP", "TIFF", "TGA", "WEBP", "ICO", "PCX", "GIF")


def encoded(form: str, width: int = 64, height: int = 64) -> str:
    made = io.BytesIO()
    Pillow.new("RGB", (width, height), "white").save(made, form)
    return base64.b64encode(made.getvalue()).decode()


@pytest.mark.parametrize("form", TAKEN)
def test_a_listed_format_is_taken(form: str) -> None:
    answer = signed(mock(), {"image": encoded(form), "extract_type": ["image_size"]})
    assert answer.status == 200, answer.body
    assert answer.json["result"]["extracted_data"]["image_size"]["width"] == 64


@pytest.mark.parametrize("form", ["PPM", "JPEG2000", "SGI"])
def test_a_format_that_is_not_listed_is_refused(form: str) -> None:
    answer = signed(mock(), {"image": encoded(form)})
    message = "The image format is not supported."
    assert error(answer) == (400, "AIS.0102", message)


@pytest.mark.parametrize(
    ("width", "height", "choices", "status"),
    [
        (15, 15, {}, 200),
        (14, 15, {}, 400),
        (15, 14, {}, 400),
        (8192, 15, {}, 200),
        (15, 8193, {}, 400),
        (15, 8193, {"max_side": "30000"}, 200),
        (30001, 15, {"max_side": "30000"}, 400),
    ],
)
def test_sides_end_where_the_page_says(
    width: int, height: int, choices: dict[str, str], status: int
) -> None:
    answer = signed(mock(**choices), {"image": encoded("PNG", width, height)})
    assert answer.status == status
    if status == 400:
        assert error(answer)[1] == "AIS.0103"
