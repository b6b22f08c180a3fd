"""Where the operations are, and where they are documented."""

from __future__ import annotations

from mockocr.core.operation import Operation, Parse, Price, Render
from mockocr.vendors.baidu.ocr.prices import GENERAL


def operation(
    name: str,
    page: str,
    parse: Parse,
    render: Render,
    *aliases: str,
    price: Price | None = None,
) -> Operation:
    """The operation at `/rest/2.0/ocr/v1/<name>`. `page` is the id of its page at ai.baidu.com; an
    operation without one is known from the models of the official SDK.
    """
    models = "sdk: models of baiducloud-python-sdk-ocr 0.0.2"
    return Operation(
        name=name,
        methods=("POST",),
        path=f"/rest/2.0/ocr/v1/{name}",
        aliases=tuple(f"/rest/2.0/ocr/v1/{alias}" for alias in aliases),
        source=f"doc: ai.baidu.com/ai-doc/OCR/{page}" if page else models,
        parse=parse,
        render=render,
        price=price or GENERAL,
    )
