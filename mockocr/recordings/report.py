"""Shows differences to a program, as JSON, and in an issue, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mockocr.recordings.difference import Difference


def as_json(differences: Sequence[Difference], notes: Sequence[str]) -> dict[str, Any]:
    """The differences for a program."""
    return {
        "recordings": [
            {
                "name": each.recording.name,
                "operation": each.recording.operation,
                "skipped": each.skipped,
                "drift": [{"where": f.where, "what": f.what} for f in each.drift],
                "notes": [{"where": f.where, "what": f.what} for f in each.notes],
            }
            for each in differences
        ],
        "warnings": list(notes),
        "drift": sum(len(each.drift) for each in differences),
    }


def as_markdown(differences: Sequence[Difference], now: datetime) -> str:
    """A report for an issue: what differs, and the exchanges in which it does."""
    lines = ["# Where the vendor and mockocr differ", "", f"Compared on {now:%Y-%m-%d}.", ""]
    for each in differences:
        if not each.findings:
            continue
        lines += [
            f"## {each.recording.operation}",
            "",
            f"Recorded on {each.recording.at:%Y-%m-%d}.",
        ]
        lines += ["", *(f"- {finding}" for finding in each.findings), ""]
    same = sum(not each.findings and not each.skipped for each in differences)
    return "\n".join([*lines, f"{same} of {len(differences)} recordings do not differ.", ""])
