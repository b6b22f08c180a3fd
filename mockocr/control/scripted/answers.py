"""Scripted readings: what will be read instead of recognizing the picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mockocr.control.scripted.scripted_lines import checked, laid_out
from mockocr.control.state.rule_queue import RuleQueue
from mockocr.control.state.store import Document, Store
from mockocr.control.validation import FieldReader, InvalidInputError
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.core.service import Vendor
from mockocr.serving.pipeline import Exchange, Recognize

ENGINE = "scripted"
MAX_LINES = 10_000
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Answers:
    """The readings in waiting. The oldest that fits the call and the picture is read."""

    def __init__(self, store: Store, vendors: Sequence[Vendor]) -> None:
        self.queue = RuleQueue(store, "answers", vendors)

    async def add(self, value: Any) -> Document:
        """Queue a reading. `lines` are texts or objects (see `script.checked`), `angle` turns the
        whole, `image_sha256` is of the file's bytes or of the decoded picture.
        """
        demand = FieldReader(value, "an answer")
        if not demand.has("lines"):
            raise InvalidInputError(
                "an answer needs lines, a list of texts or of objects with text and box"
            )
        lines = [checked(line) for line in demand.sequence("lines")]
        if len(lines) > MAX_LINES:
            raise InvalidInputError(f"an answer has at most {MAX_LINES} lines, not {len(lines)}")
        digest = demand.optional_text("image_sha256")
        if digest is not None and not _DIGEST.fullmatch(digest := digest.lower()):
            raise InvalidInputError("image_sha256 is 64 hexadecimal digits")
        angle = demand.number("angle", least=-180, most=180) if demand.has("angle") else 0.0
        demand.names("angle")
        order = {"lines": lines, "angle": angle, "image_sha256": digest}
        return await self.queue.add(demand, order)

    def reader(self, exchange: Exchange, otherwise: Recognize) -> Recognize:
        """Reads what is scripted for this call and picture, and what is not, `otherwise`."""

        async def read(image: Image, options: ReadOptions) -> Recognition:
            def fits(order: Document) -> bool:
                return order["image_sha256"] in (None, image.sha256, image.digest)

            turn = await self.queue.first(exchange.name, exchange.audit.account, fits)
            if turn is None:
                return await otherwise(image, options)
            return Recognition(laid_out(turn.order["lines"], image), turn.order["angle"], ENGINE)

        return read
