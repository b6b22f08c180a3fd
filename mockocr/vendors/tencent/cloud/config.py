"""The parameter `Config`: flags as a JSON object in a string."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mockocr.core.errors import ApiError
from mockocr.vendors.tencent.cloud.action import Fields
from mockocr.vendors.tencent.cloud.card_errors import BAD_CONFIG


def config_of(fields: Fields) -> Mapping[str, Any]:
    """The flags by name; none without `Config`. Raises `ApiError(ConfigFormatError)` for a string
    that is not a JSON object. Unknown flags are ignored (guess).
    """
    text = fields.get("Config")
    if not text:
        return {}
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise ApiError(BAD_CONFIG, f"Config {text[:80]!r} is not JSON") from None
    if not isinstance(value, dict):
        detail = f"Config is JSON of the type {type(value).__name__}, not an object"
        raise ApiError(BAD_CONFIG, detail)
    return value


def flags_of(fields: Fields, names: tuple[str, ...]) -> frozenset[str]:
    """The flags that are on; `ApiError(ConfigFormatError)` for one that is not a boolean."""
    config = config_of(fields)
    for name in names:
        if not isinstance(config.get(name, False), bool):
            detail = f"the flag {name} of Config is {str(config[name])[:40]!r}, not a boolean"
            raise ApiError(BAD_CONFIG, detail)
    return frozenset(name for name in names if config.get(name, False))
