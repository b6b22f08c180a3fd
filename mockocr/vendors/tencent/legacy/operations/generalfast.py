"""The same as `general` at another path."""

from __future__ import annotations

from mockocr.core.operation import Operation
from mockocr.vendors.tencent.legacy.operations.general import parse, render

OPERATION = Operation(
    name="generalfast",
    methods=("POST",),
    path="/ocr/generalfast",
    source="observed in public clients, which take it for the general one",
    parse=parse,
    render=render,
)
