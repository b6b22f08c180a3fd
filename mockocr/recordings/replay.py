"""Replay: operations that answer with a recording where one matches the request.

The credentials are verified and quotas kept as always. Ids and times of the response are new, and
a service that signs its responses signs this one too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import replace

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.service import Service, Vendor
from mockocr.recordings.answers import code_of, error_entry, unsigned
from mockocr.recordings.jobs import handed_out, named_by, named_in, with_job
from mockocr.recordings.masking import mask_request
from mockocr.recordings.recording import Recording
from mockocr.recordings.renewal import renewed_response
from mockocr.recordings.request_fields import UnreadableRequestError
from mockocr.recordings.store import Damaged, Recordings
from mockocr.recordings.text_masks import renewed

MISSES = ("read", "refuse")
ORDERS = ("recorded", "random")
_CREDENTIALS = {
    ErrorKind.NO_CREDENTIALS,
    ErrorKind.BAD_CREDENTIALS,
    ErrorKind.UNKNOWN_ACCOUNT,
    ErrorKind.BAD_SIGNATURE,
    ErrorKind.EXPIRED,
    ErrorKind.REPLAYED,
}
_FOR_EVER = timedelta(days=36500)
_JOB = "replayed job of "
"""The kind of the token that stands for a job, before the name of its account."""
_JOB_LIFETIME = timedelta(days=30)


class Replayed(Response, frozen=True):
    """A response of a recording: it has the vendor's own headers already."""


class Replay(msgspec.Struct, frozen=True):
    """The recordings by operation and key.

    With `miss` `refuse`, a request without a recording gets the vendor's answer for an engine that
    fails, else it is answered as always. Several recordings of one key are served in the `order`
    in which they were made, the last one again and again, or at random by the request's seed.
    """

    recordings: dict[tuple[str, str], list[Recording]]
    miss: str = "read"
    order: str = "recorded"

    def wrap(self, vendors: Sequence[Vendor]) -> tuple[Vendor, ...]:
        """The vendors with the recordings in front of their operations."""
        return tuple(
            replace(
                vendor,
                services=tuple(self._service(vendor, service) for service in vendor.services),
            )
            for vendor in vendors
        )

    def _service(self, vendor: Vendor, service: Service) -> Service:
        operations = tuple(
            self._operation(vendor, service, operation) for operation in service.operations
        )

        def add_headers(request: Request, response: Response) -> Response:
            if isinstance(response, Replayed):
                return response
            return service.add_headers(request, response)

        return replace(service, operations=operations, add_headers=add_headers)

    def _operation(self, vendor: Vendor, service: Service, operation: Operation) -> Operation:
        name = service.operation_id(operation)
        ours = {
            key: kept
            for (other, key), found in self.recordings.items()
            if other == name and (kept := [r for r in found if not _of_credentials(service, r)])
        }
        keys = len(ours)
        started = service.recorded.jobs and any(
            other.startswith(f"{service.namespace}.") for other, _ in self.recordings
        )
        if not keys and self.miss == "read" and not started:
            return operation

        async def run(request: Request, principal: Principal, context: Context) -> Response:
            job = named_by(service, request)
            kind = _JOB + principal.account.name
            known = await context.find_token(kind, job) if job else None
            start = str(known["start"]) if known else ""
            try:
                masked = await asyncio.to_thread(
                    mask_request, vendor, service, operation, request, start
                )
            except UnreadableRequestError:
                return await operation.answer(request, principal, context)
            found = ours.get(masked.key)
            if found is not None:
                recording = await self._next(found, request, context, job)
                jobs = _Jobs(service, operation, context, kind)
                return await jobs.renewed(request, recording, job)
            if start:
                detail = f"no recording of {name} asks for the job that {start} started"
                raise ApiError(ErrorKind.ENGINE_FAILED, detail)
            if self.miss == "read" or operation.free or operation.parse is None:
                return await operation.answer(request, principal, context)
            raise ApiError(
                ErrorKind.ENGINE_FAILED,
                f"no recording of {name} has the key {masked.key} of this request; the folder has"
                f" {keys} other keys of it",
            )

        return replace(operation, run=run)

    async def _next(
        self, found: Sequence[Recording], request: Request, context: Context, job: str
    ) -> Recording:
        if self.order == "random":
            return request.random().choice(found)
        for number, recording in enumerate(found[:-1]):
            if await context.count_use(f"replay/{recording.key}/{job}/{number}", 1, _FOR_EVER):
                return recording
        return found[-1]


def open_replay(
    path: str, miss: str = "read", order: str = "recorded", now: datetime | None = None
) -> tuple[Replay, list[str]]:
    """The replay of a folder, and a sentence for each recording that is damaged or old.

    NotADirectoryError if there is no such folder. ValueError for another `miss` or `order`.
    """
    if miss not in MISSES or order not in ORDERS:
        raise ValueError(f"a replay has {MISSES} and {ORDERS}, not {miss!r} and {order!r}")
    if not Path(path).is_dir():
        raise NotADirectoryError(f"{path} is no folder, so there is nothing to replay")
    good, damaged = Recordings(Path(path)).all()
    by_key: dict[tuple[str, str], list[Recording]] = {}
    for recording in good:
        if not recording.hands_out:  # a masked token would be refused: a fresh one is issued
            by_key.setdefault((recording.operation, recording.key), []).append(recording)
    return Replay(by_key, miss, order), notes_on(good, damaged, now or datetime.now(UTC))


def notes_on(good: Sequence[Recording], damaged: Sequence[Damaged], now: datetime) -> list[str]:
    """A sentence for each damaged file, and for each recording that has expired."""
    return [str(each) for each in damaged] + [
        f"{each.name} expired on {each.expires.date()}; record it again"
        for each in good
        if each.expires < now
    ]


def _of_credentials(service: Service, recording: Recording) -> bool:
    """True for a refusal of wrong credentials, which this server checks by itself."""
    request = recording.request(lambda picture: b"")
    entry = error_entry(service, request, unsigned(service, recording.response))
    return entry is not None and not _CREDENTIALS.isdisjoint(entry.kinds)


class _Jobs(msgspec.Struct, frozen=True):
    """The jobs of one account that recordings stand for, as tokens of `kind`."""

    service: Service
    operation: Operation
    context: Context
    kind: str

    async def renewed(self, request: Request, recording: Recording, job: str) -> Response:
        """The response for the job that the request asks for, or with a new id of one that it
        starts.
        """
        response: Response = await asyncio.to_thread(_replayed, self.service, request, recording)
        old = named_in(self.service, self.operation, recording.request(lambda picture: b""))
        if not old and (old := handed_out(self.service, response)):
            job = renewed(old, request.random())
            fact = {"start": recording.stem}
            await self.context.issue_token(self.kind, fact, _JOB_LIFETIME, job)
        return with_job(self.service, request, response, old, job) if old else response


def _replayed(service: Service, request: Request, recording: Recording) -> Replayed:
    response = renewed_response(service, request, unsigned(service, recording.response))
    return Replayed(
        response.status,
        response.body,
        response.headers,
        code_of(service, request, response),
        why=f"the recording {recording.name} served this response",
    )
