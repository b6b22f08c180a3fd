"""Draws the outline of every recognised line onto the picture."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageOps

from mockocr.core.recognition import Recognition

_LINE, _START = "#e0332b", "#1565c0"


def image_format(suffix: str) -> str:
    """Pillow's name of the format with a suffix such as `.jpg`. ValueError if there is none."""
    Image.init()
    name = Image.EXTENSION.get(suffix.lower(), "")
    if name not in Image.SAVE or name == "PDF":
        raise ValueError(f"no picture format has the suffix {suffix!r}")
    return name


def draw(data: bytes, recognition: Recognition, format: str = "PNG") -> bytes:
    """The picture in that format, upright by EXIF, with a red outline around each line, and a blue
    dot at its first corner.
    """
    with Image.open(io.BytesIO(data)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    pen = ImageDraw.Draw(picture)
    width = max(1, round(max(picture.size) / 600))
    for line in recognition.lines:
        corners = [(point.x, point.y) for point in line.quad]
        pen.line([*corners, corners[0]], fill=_LINE, width=width)
        x, y = corners[0]
        radius = 2 * width
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_START)
    out = io.BytesIO()
    picture.save(out, format)
    return out.getvalue()
