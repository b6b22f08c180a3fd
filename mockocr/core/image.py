"""Where a picture comes from (`Inline`, `Remote`), which pictures are accepted (`Limits`), and the
decoded picture (`Image`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import msgspec


class Inline(msgspec.Struct, frozen=True):
    """A picture inside the request: raw bytes, or base64 text that is not decoded yet.

    `name` is the file name that was sent with it. `location` says where it was in the request: the
    name of a field, part or parameter, a path such as `inputs[0].image`, or `body`.
    """

    data: bytes = b""
    base64: str | None = None
    name: str = ""
    location: str = ""


class Remote(msgspec.Struct, frozen=True):
    """A picture to be downloaded; `referer` is sent along if it is not empty.

    Loading it may raise `ApiError` with one of the download causes of `ErrorCause`. `location` says
    where the URL was in the request.
    """

    url: str
    referer: str = ""
    location: str = ""


Source = Inline | Remote


class Limits(msgspec.Struct, frozen=True):
    """Which pictures an operation accepts.

    Bytes are those of the file; sides and pixels are counted after the EXIF rotation. `formats` are
    Pillow's names (JPEG, PNG, GIF; MPO counts as JPEG); empty allows all that can be decoded.
    `max_base64` bounds the length of the base64 text. `animated`: read the first frame of several
    instead of refusing. `max_pixels` bounds memory too: the default is 200 MB decoded. With `page`,
    PDF documents are accepted, and that page is read, counted from 1; with `frames` too, it is also
    the page of a TIFF file and the frame of a GIF or WEBP file. A download whose Content-Type
    matches none of `content_types` (patterns such as `image/*`) fails; empty allows any.
    """

    max_bytes: int = 10 * 1024 * 1024
    max_base64: int | None = None
    min_side: int = 1
    max_side: int = 30000
    max_pixels: int = 8192 * 8192
    formats: frozenset[str] = frozenset()
    animated: bool = True
    data_url: bool = False
    download_seconds: float = 5.0
    redirects: int = 3
    page: int | None = None
    frames: bool = False
    content_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Image:
    """A decoded picture: upright by EXIF, flattened on white, 8 bits a channel.

    `pixels` are rows from the top without padding, `channels` is 1 (grey) or 3 (RGB). `digest` is
    the SHA-256 hex of size, channels and pixels, so that one picture has one digest in every
    wrapping; `sha256` and `size` are those of the file as it came. `pages` counts those of a
    document (frames, if `Limits.frames` asks for them), and is 0 for a picture. `dpi` is the
    resolution in which a page of a PDF document was rendered, in pixels per inch, else 0.
    """

    pixels: bytes
    width: int
    height: int
    channels: int
    format: str
    digest: str
    sha256: str
    size: int
    pages: int = 0
    dpi: float = 0.0
    _bare: Image | None = field(default=None, init=False, repr=False, compare=False)

    def without_pixels(self) -> Image:
        """What is kept of a picture that has been read: the pixels are up to 200 MB. It is made
        once, because a cached picture comes with many requests.
        """
        if not self.pixels:
            return self
        if self._bare is None:
            object.__setattr__(self, "_bare", replace(self, pixels=b""))
        assert self._bare is not None
        return self._bare
