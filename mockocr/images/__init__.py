"""Turns a request's bytes, base64 text or URL into a decoded picture. No other package imports
Pillow to decode, or downloads.
"""

from mockocr.images.decoding import decode
from mockocr.images.loader import Loader

__all__ = ["Loader", "decode"]
