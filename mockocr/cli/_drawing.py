"""Draws the outline of every recognised line onto the picture."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from mockocr.core.image import Image as Picture
from mockocr.core.recognition import Recognition

_LINE, _START = "#e0332b", "#1565c0"


def image_format(suffix: str) -> str:
    """Pillow's name of the format with a suffix such as `.jpg`. ValueError if there is none."""
    Image.init()
    name = Image.EXTENSION.get(suffix.lower(), "")
    if name not in Image.SAVE or name == "PDF":
        raise ValueError(f"no picture format has the suffix {suffix!r}")
    return name


def draw(picture: Picture, recognition: Recognition, format: str = "PNG") -> bytes:
    """The picture in that format, with a red outline around each line, and a blue dot at its first
    corner.
    """
    mode = "L" if picture.channels == 1 else "RGB"
    drawing = Image.frombytes(mode, (picture.width, picture.height), picture.pixels).convert("RGB")
    pen = ImageDraw.Draw(drawing)
    width = max(1, round(max(drawing.size) / 600))
    for line in recognition.lines:
        corners = [(point.x, point.y) for point in line.quad]
        pen.line([*corners, corners[0]], fill=_LINE, width=width)
        x, y = corners[0]
        radius = 2 * width
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_START)
    out = io.BytesIO()
    drawing.save(out, format)
    return out.getvalue()
