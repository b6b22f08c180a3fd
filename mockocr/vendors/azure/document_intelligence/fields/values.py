"""The values of fields by their types: dates, times, numbers and amounts in a text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTH_NAME = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY"}


def value(kind: str, text: str) -> dict[str, Any]:
    """The member of the value, as in `valueDate`; empty if the text has not the type's form."""
    if kind == "string":
        return {"valueString": text}
    if kind == "address":
        return {"valueAddress": {"streetAddress": text}}
    found: Any = {"date": _date, "time": _time, "number": _number, "currency": _amount}[kind](text)
    return {} if found is None else {f"value{kind.capitalize()}": found}


def _date(text: str) -> str | None:
    """ISO 8601; month before day where only numbers stand (guess, as in the locale en-US)."""
    if match := _YEAR_FIRST.search(text):
        year, month, day = (int(group) for group in match.groups())
    elif match := _YEAR_LAST.search(text):
        month, day, year = (int(group) for group in match.groups())
    elif match := _MONTH_NAME.search(text):
        month, day, year = _month(match[1]), int(match[2]), int(match[3])
    elif match := _DAY_FIRST.search(text):
        day, month, year = int(match[1]), _month(match[2]), int(match[3])
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1 if name.lower() in _MONTHS else 0


def _time(text: str) -> str | None:
    match = _TIME.search(text)
    if match is None:
        return None
    hour, half = int(match[1]), (match[4] or "").lower()
    hour = hour % 12 + 12 if half == "pm" else 0 if half == "am" and hour == 12 else hour
    return f"{hour:02}:{match[2]}:{match[3] or '00'}" if hour < 24 else None


def _number(text: str) -> float | None:
    match = _NUMBER.search(text)
    return float(match[0].replace(",", "")) if match else None


def _amount(text: str) -> dict[str, Any] | None:
    amount = _number(text)
    if amount is None:
        return None
    symbol = next((s for s in _SYMBOLS if s in text), "")
    known = {"currencySymbol": symbol, "amount": amount, "currencyCode": _SYMBOLS.get(symbol, "")}
    return {name: found for name, found in known.items() if found != ""}
