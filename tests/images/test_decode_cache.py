"""The cache returns decoded pictures up to its size, and only for the same limits."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace

import pytest

from mockocr import samples
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image, Inline, Limits
from mockocr.images import Loader, cost
from mockocr.images import loader as loader_module
from mockocr.images.decode_cache import DecodeCache

DATA = samples.find("hello.png").data


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files that were decoded and did not come from the cache."""
    seen: list[bytes] = []
    estimate = cost.estimate

    def recording(data: bytes, limits: Limits) -> cost.Cost:
        seen.append(data)
        return estimate(data, limits)

    monkeypatch.setattr(loader_module, "estimate", recording)
    return seen


def load(*requests: tuple[Inline, Limits], cache_bytes: int = 2**24) -> list[Image]:
    async def run() -> list[Image]:
        loader = Loader(cache_bytes=cache_bytes)
        try:
            return [await loader(source, limits) for source, limits in requests]
        finally:
            await loader.aclose()

    return asyncio.run(run())


@pytest.mark.parametrize("quick", [0, 2**20])
def test_the_same_file_is_decoded_once(
    decoded: list[bytes], monkeypatch: pytest.MonkeyPatch, quick: int
) -> None:
    monkeypatch.setattr(loader_module, "_QUICK", quick)
    one, again = load((Inline(DATA), Limits()), (Inline(DATA, name="other"), Limits()))
    assert one == again
    assert len(decoded) == 1


def test_base64_and_the_file_are_cached_apart_but_are_one_picture(decoded: list[bytes]) -> None:
    text = base64.b64encode(DATA).decode()
    images = load(
        (Inline(DATA), Limits()), (Inline(base64=text), Limits()), (Inline(base64=text), Limits())
    )
    assert len({image.digest for image in images}) == 1
    assert len(decoded) == 2
    with pytest.raises(ApiError):  # the base64 text as a file is not a picture
        load((Inline(base64=text), Limits()), (Inline(text.encode()), Limits()))


def test_a_cached_picture_is_not_returned_for_other_limits(decoded: list[bytes]) -> None:
    for limits in (Limits(max_bytes=10), Limits(min_side=1000), Limits(max_pixels=100)):
        with pytest.raises(ApiError):
            load((Inline(DATA), Limits()), (Inline(DATA), limits))
    with pytest.raises(ApiError) as error:
        load((Inline(DATA), Limits()), (Inline(DATA), Limits(formats=frozenset({"JPEG"}))))
    assert error.value.reason is ErrorKind.IMAGE_FORMAT


def test_a_refusal_is_not_cached(decoded: list[bytes]) -> None:
    for _ in range(2):
        with pytest.raises(ApiError):
            load((Inline(b"no picture"), Limits()))
    assert len(decoded) == 2


def test_a_cache_of_no_bytes_stores_nothing(decoded: list[bytes]) -> None:
    load((Inline(DATA), Limits()), (Inline(DATA), Limits()), cache_bytes=0)
    assert len(decoded) == 2


def test_the_least_recently_used_picture_is_dropped_and_the_bytes_are_counted() -> None:
    cache = DecodeCache(10_000)
    image = Image(b"x" * 2000, 2000, 1, 1, "PNG", "d", "s", 1)
    keys = [cache.key(Inline(bytes([number])), Limits()) for number in range(4)]
    cache.put(keys[0], image)
    cache.put(keys[0], image)
    assert cache.bytes == 4049
    cache.put(keys[1], image)
    assert cache.get(keys[0]) is image
    cache.put(keys[2], image)
    assert cache.get(keys[1]) is None
    assert cache.get(keys[0]) is image
    assert cache.bytes == 8098 <= cache.max_bytes
    cache.put(keys[3], replace(image, pixels=b"x" * 10_000))
    assert cache.get(keys[3]) is None
    assert cache.bytes == 8098
