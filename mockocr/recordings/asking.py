"""Asks this server what a vendor was asked, with what the vendor read as the reading."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import msgspec

from mockocr.control.state.clock import Clock
from mockocr.core.account import Credential
from mockocr.core.errors import ApiError, ErrorEntry
from mockocr.core.exchange import Exchange, Handler
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.service import Service, Vendor
from mockocr.recordings.answers import unsigned
from mockocr.recordings.jobs import asking_for, handed_out, named_in
from mockocr.recordings.object_stand_ins import ObjectStandIns
from mockocr.recordings.pictures import Picture
from mockocr.recordings.reading import ReadLine, VendorReading
from mockocr.recordings.recording import Recording
from mockocr.serving.routing import Router

JOB_SECONDS = 60
"""For how long our jobs run, on the test's clock."""
Found = tuple[Vendor, Service, Operation]


class Server(Protocol):
    """What is asked: a whole server without a socket."""

    @property
    def clock(self) -> Clock: ...

    @property
    def router(self) -> Router: ...

    @property
    def handle(self) -> Handler: ...

    @property
    def vendors(self) -> Sequence[Vendor]: ...

    async def finish_jobs(self) -> None: ...


class Asked(msgspec.Struct, frozen=True):
    """Our response as it leaves the service, and what was asked. `read` is true if a picture was
    read for it.
    """

    exchange: Exchange
    response: Response
    read: bool

    @property
    def why(self) -> str:
        return self.exchange.audit.why


class Asker:
    """Asks `server`, whose engine is `reading`.

    `picture` returns the file of a recorded picture, None if there is none: then a blank one stands
    in for it. `options` are those in force, by namespace. Stand-ins of objects that requests name
    are written to the folder `objects`. `reads` says that `reading` has an engine behind it.
    """

    def __init__(
        self,
        server: Server,
        reading: VendorReading,
        picture: Callable[[Picture], bytes | None],
        options: Mapping[str, Mapping[str, str]],
        objects: Path,
        *,
        reads: bool = False,
    ) -> None:
        self._server, self._reading, self._picture = server, reading, picture
        self._options, self._reads = options, reads
        self._objects = ObjectStandIns(objects)
        self._numbers = itertools.count(1)

    def find(self, name: str) -> Found | None:
        """The operation with that public id, with its service and vendor."""
        for vendor in self._server.vendors:
            for service in vendor.services:
                for operation in service.operations:
                    if service.operation_id(operation) == name:
                        return vendor, service, operation
        return None

    def changed_options(self, vendor: Vendor, service: Service) -> dict[str, str]:
        """The options in force that differ from their defaults."""
        defaults = vendor.default_options(service.namespace)
        given = self._options.get(service.namespace, {})
        return {name: value for name, value in given.items() if defaults.get(name) != value}

    def can_read(self, recording: Recording) -> bool:
        """True if an engine can read the pictures of the request."""
        kept = all(self._picture(picture) is not None for picture in recording.pictures)
        return self._reads and kept

    def request(
        self,
        recording: Recording,
        at: datetime | None = None,
        job: str = "",
        options: Mapping[str, str] | None = None,
        id: str = "",
    ) -> Request | None:
        """The request, signed for the account `dev`: at another time, for another job, under
        further options, or with an id of its own. None if mockocr does not find its operation.
        """

        def files(picture: Picture) -> bytes:
            kept = self._picture(picture)
            return picture.stand_in() if kept is None else kept

        found = self.find(recording.operation)
        if found is None:
            return None
        vendor, service, operation = found
        request = recording.request(files)
        route = self._server.router.find(request.host, request.target)
        # a nonce that is signed may be used once
        unique = hashlib.sha256(f"{next(self._numbers)} {recording.name}".encode()).hexdigest()[:32]
        request = request.replaced(
            id=unique,
            seed=int(unique[:16], 16),
            at=at or recording.at,
            path=route.path,
            target=route.target,
            prefix=route.prefix,
            options={**self._in_force(vendor, service), **(options or {})},
        )
        self._objects.add(request)
        if job:
            request = asking_for(request, named_in(service, operation, request), job)
        if id:
            request = request.replaced(id=id)
        signed = service.sign(request, Credential(vendor.name, vendor.credentials))
        length = {"content-length": str(len(signed.body))} if signed.body else {}
        signed = signed.without_headers(*length).with_headers(*length.items())
        route = self._server.router.find(signed.host, signed.prefix + signed.target)
        try:
            match = route.choose(signed).match
        except ApiError:
            return None
        return signed.replaced(params=match.params) if match is not None else None

    async def ask(
        self, request: Request, lines: list[ReadLine] | None, refusal: ErrorEntry | None = None
    ) -> Asked:
        """Our response with these lines as the reading, or with this error as a fault."""
        route = self._server.router.find(request.host, request.prefix + request.target)
        chosen = route.choose(request)
        assert chosen.match is not None
        exchange = Exchange(chosen.vendor, chosen.service, chosen.match.operation, request)
        if refusal is not None:
            exchange = exchange.replaced(refusal=ApiError(refusal))
        self._reading.lines = lines
        self._server.clock.freeze(request.at)
        before = self._reading.asked
        response = await self._server.handle(exchange)
        await self._server.finish_jobs()  # it reads these lines, not those of the next recording
        return Asked(exchange, response, self._reading.asked > before)

    async def ask_for_job(
        self, recording: Recording, start: Recording, lines: list[ReadLine] | None, *, running: bool
    ) -> Asked:
        """Our response to a request for a job, which our server has started before: while the job
        runs, or after its end. The response to the start if that is refused.
        """
        found = self.find(start.operation)
        assert found is not None
        service = found[1]
        options = self.delayed(service)
        request = self.request(start, options=options)
        assert request is not None
        started = await self.ask(request, lines)
        job = handed_out(service, unsigned(service, started.response))
        at = start.at + timedelta(seconds=0 if running else JOB_SECONDS + 1)
        later = self.request(recording, at, job, options) if job else None
        return started if later is None else await self.ask(later, lines)

    async def first_job(self, start: Recording) -> str:
        """The id of the job that our server hands out if its start is the first request, and ids
        are counted.
        """
        found = self.find(start.operation)
        request = self.request(start, id=f"{1:032x}")
        assert found is not None
        assert request is not None
        started = await self.ask(request, [])
        return handed_out(found[1], unsigned(found[1], started.response))

    def delayed(self, service: Service) -> dict[str, str]:
        """The options under which a job runs for `JOB_SECONDS`."""
        delay = service.recorded.job_delay
        return {delay: str(JOB_SECONDS)} if delay else {}

    def _in_force(self, vendor: Vendor, service: Service) -> dict[str, str]:
        namespace, storage = service.namespace, service.recorded.storage
        options = {**vendor.default_options(namespace), **self._options.get(namespace, {})}
        if storage and not options.get(storage):
            options[storage] = str(self._objects.folder)
        return options
