"""Pictures decoded lately are given again, within a bound, and only where the same is allowed."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from dataclasses import replace

import pytest

from mockocr import samples
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image, Inline, Limits
from mockocr.images import Loader, loader
from mockocr.images.decode_cache import DecodeCache

DATA = samples.find("hello.png").data


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[Inline]:
    """What was really decoded."""
    seen: list[Inline] = []
    decode: Callable[[Inline, Limits], Image] = loader.decode

    def noted(source: Inline, limits: Limits) -> Image:
        seen.append(source)
        return decode(source, limits)

    monkeypatch.setattr(loader, "decode", noted)
    return seen


def load(*asked: tuple[Inline, Limits], recent: int = 2**24) -> list[Image]:
    async def go() -> list[Image]:
        made = Loader(recent_bytes=recent)
        try:
            return [await made(source, limits) for source, limits in asked]
        finally:
            await made.aclose()

    return asyncio.run(go())


@pytest.mark.parametrize("quick", [0, 2**20])
def test_the_same_file_is_decoded_once(
    decoded: list[Inline], monkeypatch: pytest.MonkeyPatch, quick: int
) -> None:
    monkeypatch.setattr(loader, "_QUICK", quick)
    one, again = load((Inline(DATA), Limits()), (Inline(DATA, name="other"), Limits()))
    assert one == again
    assert len(decoded) == 1


def test_base64_and_the_file_are_kept_apart_but_are_one_picture(decoded: list[Inline]) -> None:
    text = base64.b64encode(DATA).decode()
    sources = [Inline(DATA), Inline(base64=text), Inline(base64=text), Inline(text.encode())]
    images = load(*((source, Limits()) for source in sources[:3]))
    assert len({image.digest for image in images}) == 1
    assert len(decoded) == 2
    with pytest.raises(ApiError):  # base64 text is no picture, whatever was kept for it
        load((Inline(base64=text), Limits()), (Inline(text.encode()), Limits()))


def test_other_limits_are_held_to_a_picture_that_is_kept(decoded: list[Inline]) -> None:
    for limits in (Limits(max_bytes=10), Limits(min_side=1000), Limits(max_pixels=100)):
        with pytest.raises(ApiError):
            load((Inline(DATA), Limits()), (Inline(DATA), limits))
    with pytest.raises(ApiError) as error:
        load((Inline(DATA), Limits()), (Inline(DATA), Limits(formats=frozenset({"JPEG"}))))
    assert error.value.why is ErrorKind.IMAGE_FORMAT


def test_a_refusal_is_not_kept(decoded: list[Inline]) -> None:
    for _ in range(2):
        with pytest.raises(ApiError):
            load((Inline(b"no picture"), Limits()))
    assert len(decoded) == 2


def test_nothing_is_kept_in_no_bytes(decoded: list[Inline]) -> None:
    load((Inline(DATA), Limits()), (Inline(DATA), Limits()), recent=0)
    assert len(decoded) == 2


def test_the_oldest_go_and_the_bytes_are_counted() -> None:
    recent = DecodeCache(10_000)
    image = Image(b"x" * 2000, 2000, 1, 1, "PNG", "d", "s", 1)
    keys = [recent.key(Inline(bytes([number])), Limits()) for number in range(4)]
    recent.keep(keys[0], image)
    recent.keep(keys[0], image)
    assert recent.bytes == 4049
    recent.keep(keys[1], image)
    assert recent.find(keys[0]) is image
    recent.keep(keys[2], image)
    assert recent.find(keys[1]) is None
    assert recent.find(keys[0]) is image
    assert recent.bytes == 8098 <= recent.max_bytes
    recent.keep(keys[3], replace(image, pixels=b"x" * 10_000))
    assert recent.find(keys[3]) is None
    assert recent.bytes == 8098
