"""Queues scripted recognitions, and uses them in place of recognizing a picture."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.control.documents.answers import AnswerDocument
from mockocr.control.scripted.scripted_lines import lay_out, to_json
from mockocr.control.state.rule_queue import RuleQueue
from mockocr.control.state.store import Document, Store
from mockocr.core.engine import ReadOptions
from mockocr.core.exchange import Exchange, Recognize
from mockocr.core.image import Image
from mockocr.core.recognition import PictureWarning, Recognition, ScriptedFields
from mockocr.core.service import Vendor

ENGINE = "scripted"


class Answers:
    """The queued recognitions. The oldest one that matches the request and the picture is used."""

    def __init__(self, store: Store, vendors: Sequence[Vendor]) -> None:
        self.queue = RuleQueue(store, "answers", vendors)

    async def add(self, document: AnswerDocument) -> Document:
        """Queue a recognition; `InvalidInputError` (404) if its operation does not exist."""
        sha256 = document.image_sha256
        fields = {
            "lines": [to_json(line) for line in document.lines or ()],
            "fields": document.fields,
            "items": document.items or [],
            "kind": document.kind,
            "warnings": document.warnings or [],
            "angle": document.angle or 0.0,
            "image_sha256": None if sha256 is None else sha256.lower(),
        }
        return await self.queue.add(document, fields)

    def reader(self, exchange: Exchange, otherwise: Recognize) -> Recognize:
        """Use the scripted recognition if one matches, else call `otherwise`."""

        async def read(image: Image, options: ReadOptions) -> Recognition:
            def is_for_image(rule: Document) -> bool:
                return rule["image_sha256"] in (None, image.sha256, image.digest)

            match = await self.queue.use_first(exchange.name, exchange.audit.account, is_for_image)
            if match is None:
                return await otherwise(image, options)
            return _recognition(match.rule, image)

        return read


def _recognition(rule: Document, image: Image) -> Recognition:
    scripted = None
    if rule["fields"] is not None:
        scripted = ScriptedFields(rule["fields"], tuple(rule["items"]), rule["kind"] or "")
    return Recognition(
        lay_out(rule["lines"], image.width, image.height),
        rule["angle"],
        ENGINE,
        warnings=tuple(map(PictureWarning, rule["warnings"])),
        scripted=scripted,
    )
