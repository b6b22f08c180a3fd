"""From what a request carries (bytes, base64, a URL) to a decoded picture: the only room that
knows Pillow and downloads.
"""

from mockocr.images.decoding import decode
from mockocr.images.loader import Loader

__all__ = ["Loader", "decode"]
