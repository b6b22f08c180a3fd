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
MAX_LINE = 1000
"""Characters of a line: no picture has more, and looking for fields takes their square."""
MAX_SEED = 200
"""Words of one line, and characters of one word."""
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


class _Placed(Document):
    """Something that has a place in the picture, given as `box` or as `corners`."""

    box: Box | None = None
    corners: Corners | None = None
    confidence: Share | None = 1.0

    def __post_init__(self) -> None:
        if self.box is not None and self.corners is not None:
            raise ValueError(f"{self.label} has box or corners, not both")

    @property
    def outline(self) -> list[list[float]] | None:
        """The four corners from either form, None without both."""
        if self.box is not None:
            left, top, width, height = map(float, self.box)
            right, bottom = left + width, top + height
            return [[left, top], [right, top], [right, bottom], [left, bottom]]
        if self.corners is not None:
            return [[float(x), float(y)] for x, y in self.corners]
        return None


class CharacterDocument(_Placed, kw_only=True):
    """A character of a scripted word; it needs a place."""

    label: ClassVar[str] = "a character of an answer"
    text: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.outline is None:
            raise ValueError(f"{self.label} needs box or corners")


class WordDocument(CharacterDocument, kw_only=True):
    """A word of a scripted line; it needs a place.

    `spaced` says that a space precedes it (default: before every word but the first). Without
    `characters` the characters share the place of the word evenly.
    """

    label: ClassVar[str] = "a word of an answer"
    spaced: bool | None = None
    characters: Annotated[list[CharacterDocument], Meta(max_length=MAX_PIECES)] | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        joined = "".join(character.text for character in self.characters or ())
        if self.characters and joined != self.text:
            raise ValueError(f"the characters of the word {self.text!r} make {joined!r}")


class LineDocument(_Placed):
    """A scripted line: `text`, or `words` of their own. Without a place it is laid out on the
    picture below the other lines.
    """

    label: ClassVar[str] = "a line of an answer"
    text: str | None = None
    words: Annotated[list[WordDocument], Meta(max_length=MAX_PIECES)] | None = None
    block: Count | None = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.text is None and self.words is None:
            raise ValueError(f"{self.label} needs text, a string (or words, a list)")
        if self.text is not None and self.words is not None:
            raise ValueError(f"{self.label} has text or words, not both")
        words = self.words or ()
        length = len(self.text or "") + sum(len(word.text) for word in words)
        if length > MAX_LINE:
            raise ValueError(f"{self.label} has {length} characters; the limit is {MAX_LINE}")


class AnswerDocument(RuleDocument, kw_only=True):
    """What is read in place of recognition, and the requests that it applies to.

    `image_sha256` is the digest of the picture's file or of the decoded picture.
    """

    label: ClassVar[str] = "an answer"
    lines: Annotated[
        list[str | LineDocument],
        Meta(
            max_length=MAX_LINES,
            extra={"allowed": f"a list of at most {MAX_LINES} strings or objects with text"},
        ),
    ]
    angle: Annotated[float, Meta(ge=-180, le=180)] | None = 0.0
    image_sha256: Sha256 | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        longest = max((len(line) for line in self.lines if isinstance(line, str)), default=0)
        if longest > MAX_LINE:
            raise ValueError(f"a line has {longest} characters; the limit is {MAX_LINE}")


class QuotaDocument(Document):
    """Limits to set; null removes one, and a limit that is not named stays as it is."""

    label: ClassVar[str] = "a quota"
    left: Count | UnsetType | None = UNSET
    per_second: Count | UnsetType | None = UNSET
    per_day: Count | UnsetType | None = UNSET


class ScenarioQuotaDocument(QuotaDocument, kw_only=True):
    """A quota inside a scenario; `account` defaults to that of the scenario, else to `dev`."""

    operation: Pattern
    account: str | None = None


class ClockDocument(Document):
    """`now` freezes the clock, `advance` moves it by seconds, neither returns it to real time.

    With `account`, one account gets a clock of its own.
    """

    label: ClassVar[str] = "a clock"
    account: str | UnsetType | None = UNSET
    now: Time | None = None
    advance: Annotated[float, Meta(ge=-MAX_ADVANCE, le=MAX_ADVANCE)] | None = None


class ScenarioDocument(Document):
    """Everything that the other documents set, in one. `account` ties the clock and every quota,
    fault and answer to that account, unless they name another (null: every account).
    """

    label: ClassVar[str] = "a scenario"
    name: str | None = None
    about: str | None = None
    account: str | None = None
    clock: ClockDocument | None = None
    accounts: list[AccountDocument] | None = None
    quotas: list[ScenarioQuotaDocument] | None = None
    faults: list[FaultDocument] | None = None
    answers: list[AnswerDocument] | None = None
