"""What can go wrong: as a neutral kind (`ErrorKind`), as one vendor words it (`ErrorEntry` in an
`ErrorTable`), and as the one exception that refuses a request (`ApiError`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

import msgspec
import msgspec.structs
from msgspec.structs import replace


class ErrorKind(StrEnum):
    """A refusal in neutral words. The error table of every service has an entry for each kind."""

    NO_CREDENTIALS = "no_credentials"
    """The request carries nothing that could authenticate it."""
    BAD_CREDENTIALS = "bad_credentials"
    """The credentials have a form that cannot be checked."""
    UNKNOWN_ACCOUNT = "unknown_account"
    BAD_SIGNATURE = "bad_signature"
    EXPIRED = "expired"
    """The signature, timestamp or token is outside its window."""
    REPLAYED = "replayed"
    """A nonce or a single-use signature was sent a second time."""
    FORBIDDEN = "forbidden"
    """The account is known but lacks the right: not subscribed, key disabled, no permission."""
    QUOTA_EXCEEDED = "quota_exceeded"
    PACKAGE_EXPIRED = "package_expired"
    """The prepaid package has expired."""
    ARREARS = "arrears"
    """The account owes money."""
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    """The recognition queue is full."""
    BODY_TOO_LARGE = "body_too_large"
    BAD_BODY = "bad_body"
    """The body cannot be parsed in the format it claims to have."""
    BAD_PARAMETER = "bad_parameter"
    NO_IMAGE = "no_image"
    """The request has neither a picture nor a URL, or the picture is empty."""
    BAD_IMAGE = "bad_image"
    """The picture is not base64, not a picture, or damaged."""
    IMAGE_FORMAT = "image_format"
    """The operation does not accept this picture format."""
    IMAGE_TOO_LARGE = "image_too_large"
    """The picture file has too many bytes."""
    IMAGE_SIZE = "image_size"
    """A side or the pixel count of the picture is outside the limits."""
    DOWNLOAD_FAILED = "download_failed"
    NOTHING_FOUND = "nothing_found"
    """The picture holds no text."""
    ENGINE_FAILED = "engine_failed"
    NO_SUCH_OPERATION = "no_such_operation"
    WRONG_METHOD = "wrong_method"
    """The path exists, but not for this HTTP method."""
    INTERNAL = "internal"
    """A defect of mockocr; never raised on purpose."""
    UNAVAILABLE = "unavailable"
    """A dependency (the shared store) does not answer."""


class ErrorCause(StrEnum):
    """The exact cause behind a kind, where vendors answer the causes differently."""

    NOT_JSON = "not_json"
    """BAD_BODY: the body is not JSON at all."""
    NOT_AN_OBJECT = "not_an_object"
    """BAD_BODY: the body is JSON, but not an object."""
    URL = "url"
    """DOWNLOAD_FAILED: the URL is malformed or not http(s)."""
    DNS = "dns"
    """DOWNLOAD_FAILED: the host name does not resolve."""
    FORBIDDEN_ADDRESS = "forbidden_address"
    """DOWNLOAD_FAILED: pictures may not be downloaded from this address."""
    CONNECT = "connect"
    """DOWNLOAD_FAILED: the connection was refused or broke off."""
    TLS = "tls"
    """DOWNLOAD_FAILED: the certificate or the handshake is invalid."""
    TIMEOUT = "timeout"
    """DOWNLOAD_FAILED: the download took too long."""
    REDIRECTS = "redirects"
    """DOWNLOAD_FAILED: too many redirects."""
    STATUS = "status"
    """DOWNLOAD_FAILED: the HTTP status is not 200; see `ApiError.upstream_status`."""
    ENCODING = "encoding"
    """DOWNLOAD_FAILED: the content encoding is unknown or broken."""
    CONTENT_TYPE = "content_type"
    """DOWNLOAD_FAILED: the Content-Type is not that of a picture."""
    EMPTY = "empty"
    """DOWNLOAD_FAILED: the body is empty."""
    TRUNCATED = "truncated"
    """DOWNLOAD_FAILED: the body is shorter than announced."""
    TOO_LARGE = "too_large"
    """IMAGE_TOO_LARGE: the download exceeds the limit in bytes."""
    PDF = "pdf"
    """BAD_IMAGE: the file is a PDF document that cannot be opened or drawn."""
    CONTENT = "content"
    """BAD_IMAGE or IMAGE_FORMAT: the download is complete, but not an accepted picture."""


class ErrorEntry(msgspec.Struct, frozen=True):
    """One entry of a service's error table.

    `code` is what goes on the wire; several entries may share one, so `id` names the entry
    (default: the code as text). `message` may hold `{name}` fields; `sample` has a value for each,
    used when the entry is sent on demand. `source` begins with `doc`, `sdk`, `observed` or `guess`
    and says where the entry was seen. `kinds` are the neutral kinds that the entry answers.
    """

    status: int
    code: int | str
    message: str
    source: str
    kinds: tuple[ErrorKind, ...] = ()
    sample: Mapping[str, str] = msgspec.field(default_factory=dict)
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            msgspec.structs.force_setattr(self, "id", str(self.code))

    def filled(self, facts: Mapping[str, str]) -> ErrorEntry:
        """The entry with the fields of its message replaced by `facts`, else by the sample."""
        if not self.sample:
            return self
        return replace(self, message=self.message.format_map({**self.sample, **facts}))


class Evidence(msgspec.Struct, frozen=True):
    """What a credential check compared; shown in the journal, never sent to the client.

    `expected` is the string to sign (or canonical request) that the server built, `received` the
    one that the client signed, where the scheme carries it or a known mistake explains the
    signature. `expected_signature` and `signature` are the two values that were compared.
    """

    expected: str = ""
    received: str = ""
    signature: str = ""
    expected_signature: str = ""


class ApiError(Exception):
    """Refuses a request. Only the pipeline turns it into the vendor's bytes.

    `reason` is a neutral kind, or the exact entry of the service's table. `detail` is one sentence
    for the journal; code must never branch on it. `cause`, `upstream_status` and `content_type`
    say more about a failed body or download. `facts` fill the fields of the entry's message; other
    keywords are added to them.
    """

    def __init__(
        self,
        reason: ErrorKind | ErrorEntry,
        detail: str = "",
        evidence: Evidence | None = None,
        *,
        cause: ErrorCause | None = None,
        upstream_status: int = 0,
        content_type: str = "",
        facts: Mapping[str, str] | None = None,
        **more_facts: str,
    ) -> None:
        super().__init__(f"{reason if isinstance(reason, ErrorKind) else reason.message}: {detail}")
        self.reason = reason
        self.detail = detail
        self.evidence = evidence
        self.cause = cause
        self.upstream_status = upstream_status
        self.content_type = content_type
        self.facts = {**(facts or {}), **more_facts}

    @property
    def kinds(self) -> tuple[ErrorKind, ...]:
        """The neutral kinds behind the error; empty for an entry that answers none."""
        return (self.reason,) if isinstance(self.reason, ErrorKind) else self.reason.kinds

    @property
    def kind(self) -> ErrorKind | None:
        """The first neutral kind, None for an entry that answers none."""
        return next(iter(self.kinds), None)


Key = ErrorKind | ErrorCause


class ErrorTable(msgspec.Struct, frozen=True):
    """Every error of one service.

    A kind is answered by the first of these that has it: the operation's `overrides`, `defaults`
    (both by cause before kind), the first entry that lists the kind. `select` decides before all
    of them where the answer depends on more than kind and operation (ValueError at construction
    when two entries share an id).
    """

    entries: tuple[ErrorEntry, ...]
    overrides: Mapping[str, Mapping[Key, ErrorEntry]] = msgspec.field(default_factory=dict)
    defaults: Mapping[Key, ErrorEntry] = msgspec.field(default_factory=dict)
    select: Callable[[ApiError, str], ErrorEntry | None] | None = None

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for entry in self.entries:
            if entry.id in seen:
                raise ValueError(f"two entries of an error table have the id {entry.id!r}")
            seen.add(entry.id)

    def __iter__(self) -> Iterator[ErrorEntry]:
        return iter(self.entries)

    def entry(self, error: ApiError, operation: str = "") -> ErrorEntry:
        """The entry that answers an error of that operation; KeyError when the table has none."""
        reason = error.reason
        if isinstance(reason, ErrorEntry):
            return reason
        if self.select is not None and (chosen := self.select(error, operation)) is not None:
            return chosen
        for table in (self.overrides.get(operation, {}), self.defaults):
            for key in (error.cause, reason):
                if key is not None and key in table:
                    return table[key]
        return self.by_kind(reason)

    def by_kind(self, kind: ErrorKind, operation: str = "") -> ErrorEntry:
        """The entry for a kind alone; KeyError when the table has none."""
        for table in (self.overrides.get(operation, {}), self.defaults):
            if kind in table:
                return table[kind]
        for entry in self.entries:
            if kind in entry.kinds:
                return entry
        raise KeyError(f"the error table has no entry for {kind}")

    def find(self, wanted: str) -> ErrorEntry | None:
        """The entry with that id, else with that wire code, else with that message."""
        tests: tuple[Callable[[ErrorEntry], bool], ...] = (
            lambda entry: entry.id == wanted,
            lambda entry: str(entry.code) == wanted,
            lambda entry: wanted in (entry.message.strip(), entry.filled({}).message.strip()),
        )
        for test in tests:
            for entry in self.entries:
                if test(entry):
                    return entry
        return None
