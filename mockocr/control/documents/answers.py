"""The JSON document of a scripted answer: lines with their places, or fields of a document."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, ClassVar

from msgspec import Meta

from mockocr.control.documents.requests import (
    MAX_LINE,
    MAX_LINES,
    MAX_PIECES,
    Box,
    Corners,
    Count,
    Document,
    RuleDocument,
    Sha256,
    Share,
)
from mockocr.core.recognition import PictureWarning
from mockocr.core.validation import nearest
from mockocr.documents.kinds.document import FIELDS, ITEM_FIELDS, Kind


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


Texts = dict[str, Annotated[str, Meta(max_length=MAX_LINE)]]


class AnswerDocument(RuleDocument, kw_only=True):
    """What is read in place of recognition, and the requests that it applies to: `lines`, or the
    `fields` of a document (and its rows, the `items`), which operations for cards, licences and
    invoices answer as they are.

    Without `kind` the fields belong to a document of the kind that the operation looks for.
    `warnings` are what the vendor says against the picture. `image_sha256` is the digest of the
    picture's file or of the decoded picture.
    """

    label: ClassVar[str] = "an answer"
    lines: (
        Annotated[
            list[str | LineDocument],
            Meta(
                max_length=MAX_LINES,
                extra={"allowed": f"a list of at most {MAX_LINES} strings or objects with text"},
            ),
        ]
        | None
    ) = None
    fields: Texts | None = None
    items: Annotated[list[Texts], Meta(max_length=MAX_PIECES)] | None = None
    kind: Kind | None = None
    warnings: list[PictureWarning] | None = None
    angle: Annotated[float, Meta(ge=-180, le=180)] | None = 0.0
    image_sha256: Sha256 | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.lines is None and self.fields is None:
            raise ValueError(f"{self.label} needs lines, a list (or fields, an object)")
        longest = max((len(line) for line in self.lines or () if isinstance(line, str)), default=0)
        if longest > MAX_LINE:
            raise ValueError(f"a line has {longest} characters; the limit is {MAX_LINE}")
        if self.fields is None and (self.items is not None or self.kind is not None):
            raise ValueError(f"{self.label} with kind or items needs fields, an object")
        self._require_known_fields()

    def _require_known_fields(self) -> None:
        kinds = tuple(Kind) if self.kind is None else (self.kind,)
        of = "any document" if self.kind is None else self.kind.value
        known = {name for kind in kinds for name in FIELDS[kind]}
        for name in self.fields or ():
            _require_field(name, known, f"field of {of}")
        rows = {name for kind in kinds for name in ITEM_FIELDS.get(kind, ())}
        for item in self.items or ():
            for name in item:
                _require_field(name, rows, f"field of an item of {of}")
        if self.fields is not None and not any(
            all(name in FIELDS[kind] for name in self.fields) for kind in kinds
        ):
            raise ValueError(f"no kind of document has all the fields {', '.join(self.fields)}")


def _require_field(name: str, known: Collection[str], what: str) -> None:
    """ValueError with the nearest known name, or all of them, for another name."""
    if name not in known:
        raise ValueError(f"{name!r} is no {what}{nearest(name, sorted(known))}")
