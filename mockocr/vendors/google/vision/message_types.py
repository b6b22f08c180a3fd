"""The messages of the API: their fields, numbers and types, as in Google's protos.

`messages.json` is made from the official client by tests/vendors/google/message_table.py. Names
without a package are of google.cloud.vision.v1; `map` is a map from string to string.
"""

from __future__ import annotations

import importlib.resources
import json
import re
from functools import cache

from mockocr.core.grpc import Field, MessageTypes

PACKAGE = "google.cloud.vision.v1"
MAP = "map"


@cache
def message_types() -> MessageTypes:
    """The table, read once."""
    text = (importlib.resources.files(__package__) / "messages.json").read_text("utf-8")
    table = json.loads(text)
    messages = {
        message: {name: _field(name, text) for name, text in fields.items()}
        for message, fields in table["messages"].items()
    }
    return MessageTypes(PACKAGE, messages, table["enums"])


def full_name(name: str) -> str:
    """The name with its package."""
    return name if name.startswith("google.") else f"{PACKAGE}.{name}"


def snake_case(name: str) -> str:
    """`languageHints` as `language_hints`; JSON may hold either."""
    return re.sub(r"([A-Z])", lambda match: f"_{match[1].lower()}", name)


def camel_case(name: str) -> str:
    """`language_hints` as `languageHints`."""
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)


def _field(name: str, text: str) -> Field:
    number, _, kind = text.partition(" ")
    return Field(name, int(number), kind.removesuffix("[]"), kind.endswith("[]"))
