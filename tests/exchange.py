"""Reads `fixtures/<namespace>/<operation>[-case].http`: a request, `=====`, the expected response.

fixtures/README.md describes the format. Pictures are inserted by name; the response may hold
`{{string}}`, `{{number}}` and `{{any}}` where a value is random.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from PIL import Image as Pillow

from mockocr.recordings import exchange_file
from tests.gallery import gallery

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
DEFAULT_TIME = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Exchange:
    """One file: the request, signed by us or literal, and the expected response."""

    path: Path
    notes: dict[str, str]
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    status: int
    answer_headers: tuple[tuple[str, str], ...]
    answer: str | None
    options: dict[str, str] = field(default_factory=dict)

    @property
    def namespace(self) -> str:
        return self.path.parent.name

    @property
    def operation(self) -> str:
        return self.path.stem.split("-")[0]

    @property
    def name(self) -> str:
        return f"{self.namespace}/{self.path.stem}"

    @property
    def account(self) -> str:
        return self.notes.get("account", "")

    @property
    def verified(self) -> str:
        return self.notes.get("verified", "")

    @property
    def reads(self) -> str:
        return self.notes.get("read", "hello")

    @property
    def fault(self) -> str:
        """The fault that makes the server answer so, as in `error=busy`; empty if none does."""
        return self.notes.get("fault", "")

    @property
    def after(self) -> str:
        """The name of the file beside this one whose request the server has answered before."""
        return self.notes.get("after", "")

    @property
    def at(self) -> datetime:
        text = self.notes.get("at")
        return datetime.fromisoformat(text) if text else DEFAULT_TIME


def exchanges() -> list[Exchange]:
    """Every exchange file there is, sorted by path."""
    return [read(path) for path in sorted(FIXTURES.glob("*/*.http"))]


def read(path: Path) -> Exchange:
    try:
        text = exchange_file.parse(path.read_text(encoding="utf-8"))
    except exchange_file.InvalidExchangeError as error:
        raise AssertionError(f"{path}: {error}") from None
    pairs = [pair.strip() for pair in text.notes.get("options", "").split(",") if pair.strip()]
    options = {
        name: value.replace("{{fixtures}}", str(FIXTURES))
        for name, _, value in (pair.partition("=") for pair in pairs)
    }
    return Exchange(
        path=path,
        notes=text.notes,
        method=text.method,
        target=exchange_file.fill(text.target, _inserted).decode(),
        headers=text.headers,
        body=text.request_body(_inserted),
        status=text.status,
        answer_headers=text.answer_headers,
        answer=text.answer,
        options=options,
    )


@cache  # hundreds of exchanges hold the same few pictures
def _inserted(kind: str, name: str) -> bytes:
    if kind == "url":
        return f"{gallery(picture)}/{name}".encode()
    return exchange_file.inserted(kind, picture(name))


def picture(name: str) -> bytes:
    """A file of fixtures/images, or one of those made here."""
    if name == "two-pages.pdf":
        made, blank = io.BytesIO(), Pillow.new("L", (640, 240), 255)
        hello = Pillow.open(FIXTURES / "images" / "hello.png").convert("L")
        blank.save(made, "PDF", save_all=True, append_images=[hello])
        return made.getvalue()
    if name == "gif.gif":
        made = io.BytesIO()
        Pillow.new("L", (120, 60), 255).save(made, "GIF")
        return made.getvalue()
    if name == "broken.png":
        return (FIXTURES / "images" / "hello.png").read_bytes()[:200]
    if name == "text.txt":
        return b"this is a text and not a picture\n" * 20
    return (FIXTURES / "images" / name).read_bytes()
