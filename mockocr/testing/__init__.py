"""What tests import: `Session` is the type of the fixtures `mockocr` and `mockocr_server`."""

from mockocr.testing.session import (
    ControlError,
    EvictedError,
    OperationHandle,
    Session,
    VendorHandle,
    connect,
)

__all__ = [
    "ControlError",
    "EvictedError",
    "OperationHandle",
    "Session",
    "VendorHandle",
    "connect",
]
