"""What can go wrong, in neutral words (`ErrorKind`), as a vendor says it (`Row`), and the one way to
say no (`ApiError`).

    Exception
    └── Refused      raised by whoever notices; the pipeline alone turns it into the vendor's bytes
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class ErrorKind(StrEnum):
    """A refusal in words that no vendor owns; every vendor has a row for every one."""

    NO_CREDENTIALS = "no_credentials"
    """Nothing that could authenticate the call came with it."""
    BAD_CREDENTIALS = "bad_credentials"
    """Credentials came, but not in a form that can be checked."""
    UNKNOWN_ACCOUNT = "unknown_account"
    BAD_SIGNATURE = "bad_signature"
    EXPIRED = "expired"
    """Signature, timestamp or token outside its window."""
    REPLAYED = "replayed"
    """A nonce or single-use signature came twice."""
    FORBIDDEN = "forbidden"
    """Known caller without the right: not subscribed, disabled key, no permission."""
    QUOTA_EXCEEDED = "quota_exceeded"
    PACKAGE_EXPIRED = "package_expired"
    """The bought package is past its end."""
    ARREARS = "arrears"
    """The account owes money."""
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    """Our own recognition queue is full."""
    BODY_TOO_LARGE = "body_too_large"
    BAD_BODY = "bad_body"
    """The body cannot be parsed in the form it claims to have."""
    BAD_PARAMETER = "bad_parameter"
    NO_IMAGE = "no_image"
    """Neither a picture nor a URL was given, or the picture is empty."""
    BAD_IMAGE = "bad_image"
    """Not base64, not a picture, or a damaged one."""
    IMAGE_FORMAT = "image_format"
    """A picture, in a format that this operation does not take."""
    IMAGE_TOO_LARGE = "image_too_large"
    """Too many bytes."""
    IMAGE_SIZE = "image_size"
    """A side (or the pixel count) outside the limits."""
    DOWNLOAD_FAILED = "download_failed"
    NOTHING_FOUND = "nothing_found"
    """The picture holds no text."""
    ENGINE_FAILED = "engine_failed"
    NO_SUCH_OPERATION = "no_such_operation"
    WRONG_METHOD = "wrong_method"
    """The path exists, the HTTP method does not."""
    INTERNAL = "internal"
    """A defect of ours; never raised on purpose."""
    UNAVAILABLE = "unavailable"
    """Something that we depend on (the shared store) does not answer."""


@dataclass(frozen=True, slots=True)
class ErrorEntry:
    """One line of a vendor's error table.

    `message` may hold `{name}` fields; `sample` has a value for each, used when the row is sent on
    demand. `source` begins with `doc`, `sdk`, `observed` or `guess` and says where the line was
    seen. `problems` are the neutral problems that this row answers; the first row that names one
    is used.
    """

    status: int
    code: int | str
    message: str
    source: str
    problems: tuple[ErrorKind, ...] = ()
    sample: Mapping[str, str] = field(default_factory=dict)

    def filled(self, facts: Mapping[str, str]) -> ErrorEntry:
        """The row with its message's fields replaced by `facts`, or by the sample where one is
        missing.
        """
        if not self.sample:
            return self
        return replace(self, message=self.message.format_map({**self.sample, **facts}))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a credential check saw; goes to the journal, never on the wire.

    `expected` is the canonical text (string to sign) that the server built, `received` the one the
    client signed, where the scheme carries it or a known slip explains the signature.
    `expected_signature` and `signature` are the two that were compared (our own one is never the
    caller's secret).
    """

    expected: str = ""
    received: str = ""
    signature: str = ""
    expected_signature: str = ""


class ApiError(Exception):
    """The one way to say no. `why` picks the answer, `detail` is one sentence for the journal only.

    `facts` fill the fields of the row's message.
    """

    def __init__(
        self,
        why: ErrorKind | ErrorEntry,
        detail: str = "",
        evidence: Evidence | None = None,
        **facts: str,
    ) -> None:
        super().__init__(f"{why if isinstance(why, ErrorKind) else why.message}: {detail}")
        self.why = why
        self.detail = detail
        self.evidence = evidence
        self.facts = facts

    @property
    def problems(self) -> tuple[ErrorKind, ...]:
        """The neutral problems behind the refusal; empty for a row that answers none."""
        return (self.why,) if isinstance(self.why, ErrorKind) else self.why.problems
