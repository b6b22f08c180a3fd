"""Sends one picture to operations of this server: signed, through the whole pipeline, and marked in
the journal as the console's.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from starlette.types import ASGIApp

from mockocr.control.documents.playground import AnswerOfOperation
from mockocr.control.journal.entry import CONSOLE_AGENT
from mockocr.control.journal.journal import Journal
from mockocr.control.journal.request_detail import shown_body
from mockocr.control.playground.in_process import ConnectionCutError, send
from mockocr.control.state.accounts import AccountStore
from mockocr.control.state.clock import Clock
from mockocr.control.validation import InvalidInputError, require_known
from mockocr.core.http import Request
from mockocr.core.operation import Operation
from mockocr.core.request_example import RequestExample, SampleImage, no_credentials
from mockocr.core.service import Service, Vendor
from mockocr.core.signed_example import sign_example

REQUEST_HEADER = "X-Mockocr-Request"
AT_ONCE = 4
POLLS, POLL_SECONDS = 20, 0.25
"""How often to ask for the result of a job, and how long to wait before."""


class Caller(msgspec.Struct, frozen=True):
    """Who sends: the address of the server that the client sees, an account, fields that replace
    those of its credential, and the User-Agent.
    """

    base: str
    account: str = "dev"
    values: Mapping[str, str] | None = None
    agent: str = CONSOLE_AGENT


class Target:
    """An operation and the example to send for it."""

    def __init__(
        self, vendor: Vendor, service: Service, operation: Operation, example: RequestExample
    ) -> None:
        self.vendor, self.service, self.example = vendor, service, example
        self.id = service.operation_id(operation)


class _Watched(dict[str, str]):
    """Credential values that remember whether a name was asked for that they do not have."""

    missed = False

    def get(self, key: str, default: Any = None) -> Any:
        self.missed |= key not in self
        return super().get(key, default)

    def __missing__(self, key: str) -> str:
        self.missed = True
        return ""


class Sender:
    """Sends examples to `app`, which serves the vendors."""

    def __init__(
        self,
        vendors: Sequence[Vendor],
        app: ASGIApp,
        accounts: AccountStore,
        clock: Clock,
        journal: Journal,
    ) -> None:
        self.vendors, self.accounts = vendors, accounts
        self._app, self._clock, self._journal = app, clock, journal

    def targets(self) -> list[Target]:
        """The first operation of each service whose response holds the text of a picture."""
        found = []
        for vendor in self.vendors:
            for service in vendor.services:
                reading = (
                    target
                    for each in service.operations
                    if (target := self._target(vendor, service, each)) and target.example.lines
                )
                first = next(reading, None)
                if first is not None:
                    found.append(first)
        return found

    def sendable(self) -> list[Target]:
        """Every operation that has an example which a picture can be sent with."""
        every = (
            self._target(vendor, service, operation)
            for vendor in self.vendors
            for service in vendor.services
            for operation in service.operations
        )
        return [target for target in every if target is not None]

    def target(self, operation_id: str, like: Request | None = None) -> Target:
        """The operation with that id; `InvalidInputError` (404) without one. Of its examples, the
        first that sends the content type of `like`.
        """
        require_known("operation", operation_id, [target.id for target in self.sendable()])
        found = next(target for target in self.sendable() if target.id == operation_id)
        if like is None:
            return found
        for example in _usable(found.service.examples, found.example.operation):
            built = example.build(SampleImage(b"x"), _Watched(found.vendor.credentials))
            if (built.method, built.content_type) == (like.method, like.content_type):
                found.example = example
                break
        return found

    async def send_all(
        self, targets: Iterable[Target], image: SampleImage, caller: Caller
    ) -> list[AnswerOfOperation]:
        """The answers, in the order of the targets."""
        slots = asyncio.Semaphore(AT_ONCE)
        handed_out: dict[str, asyncio.Task[dict[str, str]]] = {}

        async def one(target: Target) -> AnswerOfOperation:
            async with slots:
                return await self._send(target, image, caller, handed_out)

        return list(await asyncio.gather(*map(one, targets)))

    async def signed(
        self, target: Target, image: SampleImage, caller: Caller, more: Mapping[str, str]
    ) -> tuple[Request, bool]:
        """The signed request, and whether the caller left out values that its example needs."""
        values = _Watched(await self._values(target.vendor, caller) | dict(more))
        await self._clock.refresh(caller.account)
        request = sign_example(
            caller.base,
            target.vendor,
            target.service,
            target.example,
            image,
            values,
            at=self._clock.now(caller.account),
            id=secrets.token_hex(16),
            seed=secrets.randbits(64),
            agent=caller.agent,
        )
        return request, values.missed

    async def tokens(self, vendor: Vendor, image: SampleImage, caller: Caller) -> dict[str, str]:
        """What the vendor's other operations hand out: a token, the address of a result."""
        found: dict[str, str] = {}
        seen: set[tuple[str, str]] = set()
        for service in vendor.services:
            for example in service.examples:
                place = service.name, example.operation
                hands_out = example.extract_credentials is not no_credentials
                if not hands_out or place in seen or not _is_usable(example):
                    continue
                seen.add(place)
                operation = next(o for o in service.operations if o.name == example.operation)
                target = Target(vendor, service, operation, example)
                request, _ = await self.signed(target, image, caller, found)
                try:
                    response = await send(self._app, request)
                except ConnectionCutError:
                    continue
                found |= example.extract_credentials(response)
        return found

    async def _send(
        self,
        target: Target,
        image: SampleImage,
        caller: Caller,
        handed_out: dict[str, asyncio.Task[dict[str, str]]],
    ) -> AnswerOfOperation:
        request, missed = await self.signed(target, image, caller, {})
        if missed:
            name = target.vendor.name
            if name not in handed_out:
                work = self.tokens(target.vendor, image, caller)
                handed_out[name] = asyncio.create_task(work)
            more = await handed_out[name]
            request, _ = await self.signed(target, image, caller, more)
        answer = await self._answer(target, request)
        for _ in range(POLLS if missed and target.example.lines else 0):
            if answer["lines"] or answer["status"] not in (200, 202):
                break
            await asyncio.sleep(POLL_SECONDS)
            answer = await self._answer(target, request)
        return answer

    async def _answer(self, target: Target, request: Request) -> AnswerOfOperation:
        started = time.perf_counter()
        answer: AnswerOfOperation = {
            "operation": target.id,
            "vendor": target.vendor.title,
            "service": target.service.title,
            "example": target.example.name,
            "request": "",
            "status": 0,
            "code": "",
            "why": "",
            "seconds": 0.0,
            "lines": [],
            "body": None,
        }
        try:
            response = await send(self._app, request)
        except ConnectionCutError as error:
            return {**answer, "why": str(error), "seconds": time.perf_counter() - started}
        answer["seconds"] = round(time.perf_counter() - started, 6)
        answer["request"] = id = response.header(REQUEST_HEADER)
        answer["status"] = response.status
        answer["body"] = shown_body(response.body, self.accounts.secrets)
        answer["lines"] = _lines(target.example, response.body)
        entry = await self._journal.get(id)
        if entry is not None:
            answer["code"], answer["why"] = entry.summary["code"], entry.summary["why"]
        return answer

    async def _values(self, vendor: Vendor, caller: Caller) -> dict[str, str]:
        account = await self.accounts.get(caller.account)
        if account is None:
            names = [each.name for each in await self.accounts.all()]
            require_known("account", caller.account, names)
            raise InvalidInputError(f"there is no account {caller.account!r}", 404)
        try:
            values = dict(account.credential(vendor.name).values)
        except KeyError as error:
            raise InvalidInputError(str(error.args[0]), 409) from None
        return values | dict(caller.values or {})

    def _target(self, vendor: Vendor, service: Service, operation: Operation) -> Target | None:
        examples = _usable(service.examples, operation.name)
        best = next((each for each in examples if each.lines), None) or next(iter(examples), None)
        return None if best is None else Target(vendor, service, operation, best)


def _usable(examples: Iterable[RequestExample], operation: str) -> list[RequestExample]:
    return [each for each in examples if each.operation == operation and _is_usable(each)]


def _is_usable(example: RequestExample) -> bool:
    """True if the example can be sent with the bytes of a picture, by what is installed."""
    installed: Callable[[str], object] = importlib.util.find_spec
    return not example.by_url and (not example.needs or installed(example.needs) is not None)


def _lines(example: RequestExample, body: bytes) -> list[str]:
    """The text in a response; none if it is refused or holds no text."""
    if example.lines is None:
        return []
    try:
        return list(example.lines(json.loads(body)))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return []
