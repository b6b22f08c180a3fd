"""Checks that a timestamp is near enough to the clock, and says how far off it is if not."""

from __future__ import annotations

from datetime import timedelta

_ZONE_TOLERANCE = 120
"""Seconds around a whole half hour that still look like a time zone."""


def clock_error(name: str, sent: float, now: float, window: timedelta, hint: str = "") -> str:
    """Empty if `sent` is within `window` of `now` (both in epoch seconds), else one sentence.

    `name` is the header or parameter; `hint` is a better explanation than a time zone.
    """
    behind = now - sent
    if abs(behind) <= window.total_seconds():
        return ""
    side = "behind" if behind > 0 else "ahead of"
    allowed = f"{window.total_seconds():.0f} s are allowed"
    return f"{name} is {abs(behind):.0f} s {side} the clock; {allowed}{hint or zone_hint(behind)}"


def zone_hint(seconds: float) -> str:
    """A clause if the difference looks like a local time sent instead of UTC, else empty."""
    hours = round(abs(seconds) / 1800) / 2
    if 1 <= hours <= 14 and abs(abs(seconds) - hours * 3600) <= _ZONE_TOLERANCE:
        return f"; that is {hours:g} h, as when local time is sent instead of UTC"
    return ""
