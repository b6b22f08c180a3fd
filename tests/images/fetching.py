"""Downloads pictures with a loader, and reports how a download failed."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Pillow

from mockocr.core.errors import ApiError, ErrorCause
from mockocr.core.image import Image, Limits, Remote
from mockocr.images import Loader
from mockocr.images.addresses import Resolver


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


def outcome(error: ApiError) -> tuple[object, ErrorCause | None]:
    return error.reason, error.cause


def resolving(*answers: list[str]) -> tuple[Resolver, list[str]]:
    """A resolver that returns the answers in turn, and the list of hosts it was called with."""
    hosts: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        hosts.append(host)
        return answers[min(len(hosts), len(answers)) - 1]

    return resolve, hosts
