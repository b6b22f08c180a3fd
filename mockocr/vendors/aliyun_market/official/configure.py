"""The `configure` of ocr_general: how to read a picture, and what the response shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from mockocr.core.errors import ApiError
from mockocr.vendors.aliyun_market.official.errors import BAD_CONFIGURE, WRONG_CONFIGURE
from mockocr.vendors.aliyun_market.official.flags import flag


class Configure(msgspec.Struct, frozen=True):
    """What `configure` says; names and defaults as clients use them, unknown keys are ignored.

    `min_size` is the least height of a line in pixels. `upright` means that the text is known to
    be upright.
    """

    min_size: int = 0
    prob: bool = False
    keypoints: bool = False
    one_line: bool = False
    upright: bool = False
    handwriting: bool = False


def parse_configure(value: Any) -> Configure:
    """An object, or one as JSON text; `ApiError` for anything else."""
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            shown = value[:60].encode("utf-8", "replace").decode()
            detail = f"configure is text and not JSON: {shown!r}"
            raise ApiError(BAD_CONFIGURE, detail, text=shown) from None
    if value is None or value == "":
        value = {}
    if not isinstance(value, Mapping):
        detail = f"configure is a {type(value).__name__} and not an object"
        raise ApiError(WRONG_CONFIGURE, detail)
    least = value.get("min_size", 0)
    if isinstance(least, bool) or not isinstance(least, int) or least < 0:
        raise ApiError(WRONG_CONFIGURE, f"min_size is {str(least)[:40]!r}, not a height")

    def given(name: str) -> bool:
        return flag(value, name, WRONG_CONFIGURE)

    return Configure(
        min_size=least,
        prob=given("output_prob"),
        keypoints=given("output_keypoints"),
        one_line=given("skip_detection"),
        upright=given("without_predicting_direction") or given("dir_assure"),
        # guess: sx, which clients send, is short for 手写
        handwriting=value.get("language") == "sx",
    )
