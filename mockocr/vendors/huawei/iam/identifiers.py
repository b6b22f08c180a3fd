"""Ids of domains, users, services and endpoints, derived from their names."""

from __future__ import annotations

import hashlib


def identifier(kind: str, name: str) -> str:
    """32 hex digits; the same name of a kind always gets the same id."""
    return hashlib.sha256(f"mockocr {kind} {name}".encode("utf-8", "replace")).hexdigest()[:32]
