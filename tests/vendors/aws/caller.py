"""Calls of Textract over the whole server, with requests signed by our own `sign`."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mockocr.app import Mock
from mockocr.core.account import Credential
from mockocr.core.http import Request
from mockocr.vendors.aws import VENDOR
from mockocr.vendors.aws.textract.examples import call
from mockocr.vendors.aws.textract.service import SERVICE
from tests.asgi import Answer, ask, ask_async
from tests.conformance import mock
from tests.exchange import DEFAULT_TIME, FIXTURES, picture

DEV = Credential("aws", VENDOR.credentials)
HOST = "textract.us-east-1.amazonaws.com"
OPTIONS = VENDOR.default_options("aws")
S3 = str(FIXTURES)
OBJECT = {"S3Object": {"Bucket": "images", "Name": "hello.png"}}


def document(name: str = "hello.png") -> Mapping[str, Any]:
    """A document of a sample picture."""
    return {"Bytes": base64.b64encode(picture(name)).decode()}


def signed(
    title: str,
    value: Mapping[str, Any],
    credential: Credential = DEV,
    at: datetime = DEFAULT_TIME,
    host: str = HOST,
) -> Request:
    """A request of an operation, signed at that time."""
    request = call(title, value)
    headers = (("Host", host), *request.headers)
    request = request.replaced(headers=headers, at=at, options=OPTIONS, id="c" * 32)
    return SERVICE.sign(request, credential)


def server(reads: str = "hello", **options: str) -> Mock:
    """A server with these options of the vendor."""
    return mock(reads, options={"aws": options})


def send(to: Mock, title: str, value: Mapping[str, Any], **how: Any) -> Answer:
    """The answer to one request, signed at the server's time."""
    request = signed(title, value, at=to.clock.now(), **how)
    return ask(to.asgi, "POST", request.target, request.headers, request.body)


async def send_async(to: Mock, title: str, value: Mapping[str, Any], **how: Any) -> Answer:
    request = signed(title, value, at=to.clock.now(), **how)
    return await ask_async(to.asgi, "POST", request.target, request.headers, request.body)


def run_job(to: Mock, title: str, value: Mapping[str, Any]) -> str:
    """The id of a job that has finished."""

    async def go() -> str:
        answer = await send_async(to, f"Start{title}", {"DocumentLocation": OBJECT, **value})
        assert answer.status == 200, answer.body
        await to.finish_jobs()
        return str(answer.json["JobId"])

    return asyncio.run(go())


def why(to: Mock) -> str:
    """The newest sentence of the journal."""
    return str(ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]["why"])


def named_cause(to: Mock) -> str:
    """Why the newest signature is wrong, as the sentence names it."""
    return why(to).partition(": ")[2].partition("; computed")[0]


def put_fault(to: Mock, fault: Mapping[str, Any]) -> None:
    raw = json.dumps(fault).encode()
    assert ask(to.asgi, "POST", "/_mockocr/faults", (), raw).status == 201
