"""Which texts are URLs that a picture could be downloaded from."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_http_url(text: str) -> bool:
    """True for an http or https URL with a host, without blanks or control characters.

    U+FFFD makes it malformed: it stands for something that was no character, a lone surrogate.
    """
    try:
        text.encode()  # a lone surrogate cannot be sent
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    plain = all(c > " " and c not in "\x7f\ufffd" for c in text)
    return plain and parts.scheme in ("http", "https") and bool(host) and port != 0
