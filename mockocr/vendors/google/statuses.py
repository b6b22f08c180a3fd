"""The canonical statuses of Google's APIs: name, number in gRPC, and HTTP status.

doc: google/rpc/code.proto. `reason` is that of the older `errors` list (doc: APIs console, standard
error responses).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Status(msgspec.Struct, frozen=True):
    """One canonical status."""

    number: int
    http: int
    reason: str


STATUSES: Mapping[str, Status] = {
    "OK": Status(0, 200, ""),
    "CANCELLED": Status(1, 499, "cancelled"),
    "UNKNOWN": Status(2, 500, "backendError"),
    "INVALID_ARGUMENT": Status(3, 400, "badRequest"),
    "DEADLINE_EXCEEDED": Status(4, 504, "backendError"),
    "NOT_FOUND": Status(5, 404, "notFound"),
    "ALREADY_EXISTS": Status(6, 409, "alreadyExists"),
    "PERMISSION_DENIED": Status(7, 403, "forbidden"),
    "RESOURCE_EXHAUSTED": Status(8, 429, "rateLimitExceeded"),
    "FAILED_PRECONDITION": Status(9, 400, "failedPrecondition"),
    "ABORTED": Status(10, 409, "aborted"),
    "OUT_OF_RANGE": Status(11, 400, "outOfRange"),
    "UNIMPLEMENTED": Status(12, 501, "notImplemented"),
    "INTERNAL": Status(13, 500, "backendError"),
    "UNAVAILABLE": Status(14, 503, "backendError"),
    "DATA_LOSS": Status(15, 500, "backendError"),
    "UNAUTHENTICATED": Status(16, 401, "authError"),
}
