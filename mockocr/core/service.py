"""What a vendor is: a brand with accounts (`Vendor`) and the APIs that it runs (`Service`)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ErrorEntry, ErrorTable
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.recorded_fields import RecordedFields

if TYPE_CHECKING:
    from mockocr.core.grpc import GrpcService
    from mockocr.core.request_example import RequestExample


class ServiceOption(msgspec.Struct, frozen=True):
    """One interpretation of the contract, picked by a flag, a variable or a TOML key.

    `name` is appended to the namespace: `confidence` of `tencent` is `--tencent-confidence`.
    Without `values`, any text that `check` (a regular expression) matches whole is accepted.
    """

    name: str
    default: str
    help: str
    values: tuple[str, ...] = ()
    check: str = r".*"

    def accepts(self, value: str) -> bool:
        if self.values:
            return value in self.values
        return re.fullmatch(self.check, value) is not None


class ResponseSigner(msgspec.Struct, frozen=True):
    """A service's signature over its responses, by a private key that each user generates once.

    `name` is the file name under which the public key is published. `available` says whether keys
    can be generated here, `generate` makes one, `is_valid` checks a kept one, `public_key` derives
    the published file. `sign` returns the response as it is sent; its key is empty if none exists.
    `unsigned` takes the body that was signed out of one that `sign` made; it leaves others as they
    are.
    """

    name: str
    available: Callable[[], bool]
    generate: Callable[[], bytes]
    is_valid: Callable[[bytes], bool]
    public_key: Callable[[bytes], bytes]
    sign: Callable[[Request, Response, bytes], Response]
    unsigned: Callable[[bytes], bytes]


def no_preflight(request: Request) -> Response | None:
    """For services that are not known to answer a browser's CORS preflight."""
    return None


def unchanged(request: Request, response: Response) -> Response:
    """For services that add no header of their own to every response."""
    return response


def handles_by_path(request: Request) -> bool:
    """For services whose requests are recognised by their path or host alone."""
    return False


class Service(msgspec.Struct, frozen=True):
    """One API of a vendor.

    `name` is unique within the vendor. `namespace` is public: operation ids are
    `namespace.operation`, paths may start with `/namespace`, options with `--namespace-`; services
    of one vendor may share it.

    `claimed` names the credential field and value that the caller claims to own, before any check,
    so that faults and clocks can be tied to accounts. `verify` checks for real and returns the
    principal. `sign` returns the request with credentials added, as a client would send it.
    `render_error` turns an entry of `errors` into the vendor's bytes, `add_headers` adds what every
    response carries. `billed` says whether a response is paid for. `lifetime` is how long a request
    made by `sign` stays valid. `handles` claims a request that no operation matches, where several
    services share a path. `examples` are the ways to call each operation. `grpc` is the service's
    form in gRPC, if it has one. `recorded` are the fields that a recording of the real vendor masks
    or renews.
    """

    name: str
    namespace: str
    title: str
    hosts: tuple[str, ...]
    operations: tuple[Operation, ...]
    errors: ErrorTable
    claimed: Callable[[Request], tuple[str, str] | None]
    verify: Callable[[Request, Context], Awaitable[Principal]]
    sign: Callable[[Request, Credential], Request]
    render_error: Callable[[Request, ErrorEntry], Response]
    billed: Callable[[Response], bool]
    body_limit: int
    examples: tuple[RequestExample, ...] = ()
    options: tuple[ServiceOption, ...] = ()
    lifetime: timedelta | None = None
    add_headers: Callable[[Request, Response], Response] = unchanged
    preflight: Callable[[Request], Response | None] = no_preflight
    handles: Callable[[Request], bool] = handles_by_path
    response_signer: ResponseSigner | None = None
    grpc: GrpcService | None = None
    recorded: RecordedFields = msgspec.field(default_factory=RecordedFields)

    def operation(self, name: str) -> Operation:
        """The operation of that name; KeyError if there is none."""
        for operation in self.operations:
            if operation.name == name:
                return operation
        raise KeyError(f"{self.namespace} has no operation {name!r}")

    def operation_id(self, operation: Operation) -> str:
        """The public id, as in `tencent.general`."""
        return f"{self.namespace}.{operation.name}"


class Vendor(msgspec.Struct, frozen=True):
    """A brand that owns accounts, and its services.

    `credentials` are the fields of a credential with the values of the account `dev`.
    `generate_credentials(text)` makes fresh, well-formed ones out of a unique lower-case hex text
    of 40 digits. Where clients read their credentials from a file, `key_file(values, url)` is its
    text for a server at that URL.
    """

    name: str
    title: str
    credentials: Mapping[str, str]
    generate_credentials: Callable[[str], Mapping[str, str]]
    services: tuple[Service, ...]
    key_file: Callable[[Mapping[str, str], str], str] | None = None

    def default_options(self, namespace: str) -> dict[str, str]:
        """The defaults of every option in a namespace, by name."""
        return {
            option.name: option.default
            for service in self.services
            if service.namespace == namespace
            for option in service.options
        }

    @property
    def namespaces(self) -> tuple[str, ...]:
        """The namespaces of the services, each once, in order."""
        return tuple(dict.fromkeys(service.namespace for service in self.services))
