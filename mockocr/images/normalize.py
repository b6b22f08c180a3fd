"""Converts any picture that Pillow reads to 8-bit grey or RGB: upright, opaque, no palette."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_DEPTHS = (255, 4095, 65535)
"""The greatest values of 8, 12 and 16 bits: a 16-bit file often uses fewer bits."""

_STRIP = 1 << 18
"""Pixels that are converted at a time: a strip fits the processor's cache."""


def normalize(picture: Image.Image, *, trust_alpha: bool = True) -> Image.Image:
    """The loaded picture in mode L or RGB, oriented by its EXIF, on white where it is transparent.

    A picture without colour becomes L, so that it has the same pixels in every file format. 16-bit
    grey is scaled from the range of its depth, 32-bit and float grey from its minimum and maximum.
    Without `trust_alpha`, an alpha channel that is zero everywhere is ignored.
    """
    normal = Normalized(picture, trust_alpha=trust_alpha)
    size = (normal.width, normal.height)
    return Image.frombytes(normal.mode, size, b"".join(normal.rows()))


class Normalized:
    """What `normalize` returns, converted strip by strip, so that no second picture of the same
    size is in memory. `mode` is L or RGB.
    """

    def __init__(self, picture: Image.Image, *, trust_alpha: bool = True) -> None:
        turn = _TURNS.get(_orientation(picture))
        self._picture = picture if turn is None else picture.transpose(turn)
        self.width, self.height = picture.size if turn is None else self._picture.size
        self._range = _range(self._picture) if _is_deep(self._picture) else None
        self._trust_alpha = trust_alpha or not self._is_clear()
        sample = self._picture.resize((16, 16), Image.Resampling.NEAREST)
        self.mode = self._convert(sample).mode
        # a small sample identifies most coloured pictures
        if self.mode == "RGB" and _is_grey(self._convert(sample)) and self._is_grey():
            self.mode = "L"

    def rows(self) -> Iterator[bytes]:
        """The pixels from the top, in strips of whole rows."""
        for strip in self._strips():
            flat = self._convert(strip)
            yield (flat if flat.mode == self.mode else flat.getchannel(0)).tobytes()

    def _strips(self) -> Iterator[Image.Image]:
        return _strips(self._picture)

    def _convert(self, part: Image.Image) -> Image.Image:
        eight = part if self._range is None else _eight_bits(part, *self._range)
        return _opaque(eight, trust_alpha=self._trust_alpha)

    def _is_clear(self) -> bool:
        """True if the picture has an alpha channel that is zero everywhere."""
        if not self._picture.has_transparency_data:
            return False
        return all(
            strip.convert("RGBA").getchannel("A").getextrema() == (0, 0) for strip in self._strips()
        )

    def _is_grey(self) -> bool:
        return all(_is_grey(self._convert(strip)) for strip in self._strips())


def _strips(picture: Image.Image) -> Iterator[Image.Image]:
    width, height = picture.size
    rows = max(1, _STRIP // width)
    for top in range(0, height, rows):
        yield picture.crop((0, top, width, min(top + rows, height)))


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # for damaged EXIF, Pillow raises errors of many types
        return 1


def _is_deep(picture: Image.Image) -> bool:
    return picture.mode in {"I", "F"} or picture.mode.startswith("I;16")


def _range(picture: Image.Image) -> tuple[float, float]:
    """The values that become black and white."""
    extrema = [_extrema(strip.convert("F")) for strip in _strips(picture)]
    low, high = min(low for low, _ in extrema), max(high for _, high in extrema)
    if picture.mode.startswith("I;16"):
        return 0, next(depth for depth in _DEPTHS if high <= depth)
    return (0, 1) if low >= 0 and high <= 1 else (low, high)


def _eight_bits(picture: Image.Image, low: float, high: float) -> Image.Image:
    scale = 255 / (high - low) if high > low else 1.0
    # converting F to L truncates, so add a half to round
    wide = picture.convert("F")
    grey = wide.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")
    grey.info.pop("transparency", None)  # it refers to the old range
    return grey


def _extrema(picture: Image.Image) -> tuple[float, float]:
    low, high = picture.getextrema()
    if isinstance(low, tuple) or isinstance(high, tuple):
        raise ValueError("expected one channel")
    if not (low - low == 0 == high - high):
        raise ValueError("the picture contains values that are not finite")
    return low, high


def _opaque(picture: Image.Image, *, trust_alpha: bool) -> Image.Image:
    if not picture.has_transparency_data:
        mode = "L" if picture.mode in {"1", "L"} else "RGB"
        return picture if picture.mode == mode else picture.convert(mode)
    if picture.mode in {"LA", "La"}:
        clear, mode = picture.convert("LA"), "L"
    else:
        clear, mode = picture.convert("RGBA"), "RGB"
    alpha = clear.getchannel("A")
    if not trust_alpha:
        return clear.convert(mode)
    ground = Image.new(mode, picture.size, "white")
    ground.paste(clear.convert(mode), mask=alpha)
    return ground


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = (channel.tobytes() for channel in picture.split())
    return red == green == blue
