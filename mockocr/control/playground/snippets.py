"""The snippets of an operation: a signed curl line, lines of SDKs, and plain HTTP."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from mockocr.control.documents.playground import Snippet, Snippets
from mockocr.control.playground import http_code
from mockocr.control.playground.sender import Caller, Sender, Target
from mockocr.core.request_example import SampleImage

_COMMENTS = {"python": "#", "java": "//", "node": "//", "go": "//"}


async def snippets(sender: Sender, target: Target, image: SampleImage, caller: Caller) -> Snippets:
    """Code that sends the picture to the operation; the signature is made now."""
    request, missed = await sender.signed(target, image, caller, {})
    if missed:
        more = await sender.tokens(target.vendor, image, caller)
        request, _ = await sender.signed(target, image, caller, more)
    url = caller.base + request.target
    found: list[Snippet] = [
        {
            "language": "curl",
            "title": "curl, signed now",
            "code": http_code.curl(caller.base, request),
        }
    ]
    account = await sender.accounts.get(caller.account)
    values = account.credential(target.vendor.name).values if account else {}
    for language, write in http_code.WRITERS.items():
        for lines in _of_sdk(target.service.namespace, language):
            code = _settings(caller, values, _COMMENTS[language]) + "\n" + lines["code"]
            found.append({"language": language, "title": lines["title"], "code": code})
        title = "plain HTTP, signed now"
        found.append({"language": language, "title": title, "code": write(url, request)})
    inline = not request.body or http_code.is_inline(request.body)
    return {
        "operation": target.id,
        "account": caller.account,
        "snippets": found,
        "body": "" if inline else base64.b64encode(request.body).decode("ascii"),
    }


def _settings(caller: Caller, values: Mapping[str, str], comment: str) -> str:
    """What the SDK's lines call by name."""
    shown = {"url": caller.base, **values}
    return "\n".join(
        f"{comment} {name} = {json.dumps(value)}"
        for name, value in shown.items()
        if "\n" not in value
    )


def _of_sdk(namespace: str, language: str) -> list[dict[str, Any]]:
    return [
        each
        for each in _sdk_lines()
        if each["namespace"] == namespace and each["language"] == language
    ]


@cache
def _sdk_lines() -> list[dict[str, Any]]:
    """The lines between `docs: begin` and `docs: end` of the programs in `clients/`, which
    `python -m clients.page` keeps here.
    """
    text = (files("mockocr.control.playground") / "sdk_lines.json").read_text("utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found
