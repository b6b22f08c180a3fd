"""Where the operations are, and where they are documented."""

from __future__ import annotations

from mockocr.core.operation import Operation, Parse, Render


def operation(name: str, page: str, parse: Parse, render: Render, *aliases: str) -> Operation:
    """The operation at `/rest/2.0/ocr/v1/<name>`. `page` is the id of its page at ai.baidu.com."""
    return Operation(
        name=name,
        methods=("POST",),
        path=f"/rest/2.0/ocr/v1/{name}",
        aliases=tuple(f"/rest/2.0/ocr/v1/{alias}" for alias in aliases),
        source=f"doc: ai.baidu.com/ai-doc/OCR/{page}",
        parse=parse,
        render=render,
    )
