"""Downloads by a loader of the test's own, and how they end."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image as Pillow

from mockocr.core.errors import ApiError
from mockocr.core.image import Image, Limits, Remote
from mockocr.images import Loader


def picture(size: tuple[int, int] = (40, 20)) -> bytes:
    out = io.BytesIO()
    Pillow.effect_noise(size, 90).save(out, "PNG")
    return out.getvalue()


PNG = picture()
LIMITS = Limits(max_bytes=100_000, download_seconds=5)


async def load(url: str, limits: Limits = LIMITS, loader: Loader | None = None) -> Image:
    loader = loader or Loader()
    try:
        return await loader(Remote(url), limits)
    finally:
        await loader.aclose()


async def refusal(url: str, limits: Limits = LIMITS, loader: Loader | None = None) -> ApiError:
    with pytest.raises(ApiError) as caught:
        await load(url, limits, loader)
    return caught.value


def outcome(no: ApiError) -> tuple[object, str]:
    return no.why, no.facts["cause"]


def resolving(*answers: list[str]) -> tuple[Callable[..., object], list[str]]:
    """A resolver that gives the answers in turn, and the hosts that it was asked for."""
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    return resolve, asked
