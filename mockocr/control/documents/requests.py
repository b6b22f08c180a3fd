"""The JSON documents that the control API accepts.

A field that may be null takes its default then, unless its comment says otherwise.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, get_args

from msgspec import UNSET, Meta, Struct, UnsetType

from mockocr.core.account import State

MAX_COUNT = 1_000_000_000
MAX_LINES = 10_000
MAX_PIECES = 1000
"""Words of one line, and characters of one word."""
MAX_LINE = 1000
"""Characters of a line: no picture has more, and looking for fields takes their square."""
MAX_SEED = 200
"""Characters of a seed."""
MAX_ADVANCE = 1e11
STATES: tuple[str, ...] = get_args(State)

Count = Annotated[int, Meta(ge=0, le=MAX_COUNT)]
Share = Annotated[float, Meta(ge=0, le=1)]
Time = Annotated[
    str,
    Meta(
        description="An ISO 8601 time; UTC unless it names a zone.",
        extra={"allowed": "a time like 2026-01-01T00:00:00Z"},
    ),
]
Pattern = Annotated[
    str, Meta(description="`vendor.operation`, `vendor.*`, or `*` for every operation.")
]
AccountName = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9._-]{1,64}(?!\n)$",
        extra={"allowed": "1 to 64 letters, digits, ., _ or -"},
    ),
]
Sha256 = Annotated[
    str, Meta(pattern=r"^[0-9a-fA-F]{64}(?!\n)$", extra={"allowed": "64 hexadecimal digits"})
]
Pixels = Annotated[float, Meta(gt=-1e7, lt=1e7)]
Box = Annotated[
    tuple[Pixels, Pixels, Pixels, Pixels],
    Meta(
        description="left, top, width, height",
        extra={"allowed": "[left, top, width, height] in pixels"},
    ),
]
Corner = tuple[Pixels, Pixels]
Corners = Annotated[
    tuple[Corner, Corner, Corner, Corner],
    Meta(
        description="top left, top right, bottom right, bottom left in reading direction",
        extra={"allowed": "four [x, y] in pixels"},
    ),
]
KeyState = Annotated[
    State, Meta(description="Any state but `active` gets the vendor's own refusal.")
]


class Document(Struct, forbid_unknown_fields=True, kw_only=True):
    """A document whose unknown fields are errors. `label` names it in error messages."""

    label: ClassVar[str] = "a document"


class KeyDocument(Document):
    """One credential of a new account. Values that are not given are generated."""

    label: ClassVar[str] = "a key of an account"
    values: dict[str, str] | None = None
    state: KeyState | None = None
    until: Time | None = None


class AccountDocument(Document):
    """A new account. Without `keys` it gets one generated credential at every vendor."""

    label: ClassVar[str] = "an account"
    name: AccountName | None = None
    state: KeyState | None = None
    until: Time | None = None
    keys: dict[str, list[KeyDocument]] | None = None


class RuleDocument(Document):
    """Which requests a rule applies to: to `operation` and `account`, after the first `after` ones,
    with `probability` (repeatable with `seed`), at most `times` times.
    """

    label: ClassVar[str] = "a rule"
    operation: Pattern | None = "*"
    times: Annotated[int, Meta(ge=1, le=MAX_COUNT)] | None = 1  # null: without limit
    after: Count | None = 0
    account: str | UnsetType | None = UNSET  # null: every account
    probability: Share | None = 1.0
    seed: Any = None

    def __post_init__(self) -> None:
        seed = "" if self.seed is None else str(self.seed)
        if len(seed) > MAX_SEED or not _is_unicode(seed):
            raise ValueError(f"seed must be valid Unicode of at most {MAX_SEED} characters")


class FaultDocument(RuleDocument, kw_only=True):
    """A fault and the requests that it applies to."""

    label: ClassVar[str] = "a fault"
    fault: str


def _is_unicode(text: str) -> bool:
    """False for a text with half of a surrogate pair, which UTF-8 cannot hold."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


class QuotaDocument(Document):
    """Limits to set; null removes one, and a limit that is not named stays as it is."""

    label: ClassVar[str] = "a quota"
    left: Count | UnsetType | None = UNSET
    per_second: Count | UnsetType | None = UNSET
    per_day: Count | UnsetType | None = UNSET


class ClockDocument(Document):
    """`now` freezes the clock, `advance` moves it by seconds, neither returns it to real time.

    With `account`, one account gets a clock of its own.
    """

    label: ClassVar[str] = "a clock"
    account: str | UnsetType | None = UNSET
    now: Time | None = None
    advance: Annotated[float, Meta(ge=-MAX_ADVANCE, le=MAX_ADVANCE)] | None = None
