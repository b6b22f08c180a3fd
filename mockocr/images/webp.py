"""Pillow's reader of WebP, with less memory for a picture of one frame."""

from __future__ import annotations

from typing import Any

from PIL import WebPImagePlugin
from PIL.Image import Image as Picture

_FRAME_BYTES = 12
"""libwebp holds two canvases, and copies one for Pillow: 4 bytes in each."""
_ALPHA_BYTES = 1
"""libwebp holds the alpha channel of a lossy picture on its own while it decodes."""
_ANIMATED_BYTES = 20
"""The canvases must stay for the next frame, while Pillow makes its picture of 4 bytes a pixel."""


class WebpFile(WebPImagePlugin.WebPImageFile):
    """A WebP file. The canvases of a single frame are freed before Pillow makes its picture, which
    takes 12 instead of 16 bytes a pixel at the peak.
    """

    _decoder: Any

    def _get_next(self) -> tuple[bytes, int, int]:
        found = super()._get_next()
        if self.n_frames == 1:
            self._decoder = None
        return found


def decoding_bytes(picture: Picture) -> int:
    """How many bytes a pixel decoding this open WebP file takes."""
    if getattr(picture, "is_animated", False):
        return _ANIMATED_BYTES
    return _FRAME_BYTES + (_ALPHA_BYTES if picture.mode == "RGBA" else 0)
