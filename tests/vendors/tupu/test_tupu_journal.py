"""What the answer leaves unsaid about a bad picture is kept for the journal."""

from __future__ import annotations

import asyncio
from datetime import datetime

from mockocr.core.vendor import Account
from mockocr.core.wire import Call, Reply
from mockocr.pipeline import Hit, Parts, Settle, answering
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


def answered(call: Call) -> tuple[Hit, Reply]:
    desk = Desk()
    parts = Parts(Owner(desk.key), desk.load, lambda hit: desk.read, never, FreeOfCharge())
    hit = Hit(VENDOR, VENDOR.operations[0], call)
    return hit, asyncio.run(answering(parts)(hit))


def test_a_bad_picture_that_is_passed_over_is_explained() -> None:
    hit, reply = answered(multipart(file(), file(b"no", "bad.png")))
    assert body_of(reply)["code"] == 0
    assert hit.trace.why == "not a picture"
    assert hit.trace.billed


def test_a_refused_call_is_explained_by_its_refusal() -> None:
    hit, reply = answered(form(("image", "http://nowhere.example/")))
    assert reply.code == "14"
    assert hit.trace.why == "nothing at http://nowhere.example/"
    assert not hit.trace.billed


def test_good_pictures_need_no_explanation() -> None:
    hit, _ = answered(multipart(file()))
    assert hit.trace.why == ""
    assert len(hit.trace.images) == len(hit.trace.read) == 1
