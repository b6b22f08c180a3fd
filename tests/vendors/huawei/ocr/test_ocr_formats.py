"""The formats that the web-image page lists are accepted, others are not, and sides have limits."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image as Pillow

from tests.vendors.huawei.harness import error, harness, send_signed

ACCEPTED = ("JPEG", "PNG", "BMP", "TIFF", "TGA", "WEBP", "ICO", "PCX", "GIF")


def encoded(format: str, width: int = 64, height: int = 64) -> str:
    buffer = io.BytesIO()
    Pillow.new("RGB", (width, height), "white").save(buffer, format)
    return base64.b64encode(buffer.getvalue()).decode()


@pytest.mark.parametrize("format", ACCEPTED)
def test_a_listed_format_is_accepted(format: str) -> None:
    answer = send_signed(harness(), {"image": encoded(format), "extract_type": ["image_size"]})
    assert answer.status == 200, answer.body
    assert answer.json["result"]["extracted_data"]["image_size"]["width"] == 64


@pytest.mark.parametrize("format", ["PPM", "JPEG2000", "SGI"])
def test_a_format_that_is_not_listed_is_refused(format: str) -> None:
    answer = send_signed(harness(), {"image": encoded(format)})
    message = "The image format is not supported."
    assert error(answer) == (400, "AIS.0102", message)


@pytest.mark.parametrize(
    ("width", "height", "options", "status"),
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
def test_sides_have_the_documented_limits(
    width: int, height: int, options: dict[str, str], status: int
) -> None:
    answer = send_signed(harness(options=options), {"image": encoded("PNG", width, height)})
    assert answer.status == status
    if status == 400:
        assert error(answer)[1] == "AIS.0103"
