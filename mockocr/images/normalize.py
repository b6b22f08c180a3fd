"""Converts any picture that Pillow reads to 8-bit grey or RGB: upright, opaque, no palette."""

from __future__ import annotations

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
"""Pixels that are compared at a time."""


def normalize(picture: Image.Image, *, trust_alpha: bool = True) -> Image.Image:
    """The loaded picture in mode L or RGB, oriented by its EXIF, on white where it is transparent.

    A picture without colour becomes L, so that it has the same pixels in every file format. 16-bit
    grey is scaled from the range of its depth, 32-bit and float grey from its minimum and maximum.
    Without `trust_alpha`, an alpha channel that is zero everywhere is ignored.
    """
    turn = _TURNS.get(_orientation(picture))
    flat = _opaque(_eight_bits(picture), trust_alpha=trust_alpha)
    if flat.mode == "RGB" and _is_grey(flat):
        flat = flat.getchannel(0)
    return flat if turn is None else flat.transpose(turn)


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # for damaged EXIF, Pillow raises errors of many types
        return 1


def _eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode not in {"I", "F"} and not picture.mode.startswith("I;16"):
        return picture
    wide = picture.convert("F")
    low, high = _extrema(wide)
    if picture.mode.startswith("I;16"):
        low, high = 0, next(depth for depth in _DEPTHS if high <= depth)
    elif low >= 0 and high <= 1:
        low, high = 0, 1
    scale = 255 / (high - low) if high > low else 1.0
    # converting F to L truncates, so add a half to round
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
    if not trust_alpha and alpha.getextrema() == (0, 0):
        return clear.convert(mode)
    ground = Image.new(mode, picture.size, "white")
    ground.paste(clear.convert(mode), mask=alpha)
    return ground


def _is_grey(picture: Image.Image) -> bool:
    # a small sample identifies most coloured pictures; the rest is compared in strips that fit the
    # processor's cache
    if not _equal_channels(picture.resize((16, 16), Image.Resampling.NEAREST)):
        return False
    width, height = picture.size
    rows = max(1, _STRIP // width)
    return all(
        _equal_channels(picture.crop((0, top, width, min(top + rows, height))))
        for top in range(0, height, rows)
    )


def _equal_channels(picture: Image.Image) -> bool:
    red, green, blue = (channel.tobytes() for channel in picture.split())
    return red == green == blue
