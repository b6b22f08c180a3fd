"""What the answer leaves unsaid about a bad picture is kept for the journal."""

from __future__ import annotations

import asyncio
from datetime import datetime

from mockocr.core.account import Account
from mockocr.core.http import Request, Response
from mockocr.serving.pipeline import Dependencies, Exchange, Settle, answering
from mockocr.vendors.tupu import VENDOR
from tests.vendors.tupu.desk import Desk, Owner, body_of, file, form, multipart


class FreeOfCharge:
    """A meter that never runs out."""

    async def take(self, account: Account, name: str, at: datetime) -> Settle:
        async def settle(billed: bool) -> None:
            self.billed = billed

        return settle


async def never(token: str, until: datetime, at: datetime) -> bool:
    raise AssertionError("an AccessKey has no nonce")


def answered(request: Request) -> tuple[Exchange, Response]:
    desk = Desk()
    parts = Dependencies(
        Owner(desk.key), desk.load, lambda exchange: desk.read, never, FreeOfCharge()
    )
    exchange = Exchange(VENDOR, VENDOR.operations[0], request)
    return exchange, asyncio.run(answering(parts)(exchange))


def test_a_bad_picture_that_is_passed_over_is_explained() -> None:
    exchange, response = answered(multipart(file(), file(b"no", "bad.png")))
    assert body_of(response)["code"] == 0
    assert exchange.audit.why == "not a picture"
    assert exchange.audit.billed


def test_a_refused_call_is_explained_by_its_refusal() -> None:
    exchange, response = answered(form(("image", "http://nowhere.example/")))
    assert response.code == "14"
    assert exchange.audit.why == "nothing at http://nowhere.example/"
    assert not exchange.audit.billed


def test_good_pictures_need_no_explanation() -> None:
    exchange, _ = answered(multipart(file()))
    assert exchange.audit.why == ""
    assert len(exchange.audit.images) == len(exchange.audit.read) == 1
