"""Changes a golden: one line of it, or all of it in the user's editor."""

from __future__ import annotations

import click
from msgspec.structs import replace

from mockocr.core.recognition import line_of_text
from mockocr.recognition.recordings import Golden, InvalidGoldenError
from mockocr.recognition.recordings.document import dump, load


def with_line(golden: Golden, number: int, text: str) -> Golden:
    """The golden with another text in that line, counted from 1. An empty text removes the line."""
    if len(golden.variants) != 1:
        raise click.ClickException(
            f"the golden has {len(golden.variants)} results; change it in the editor"
        )
    variant = golden.variants[0]
    lines = list(variant.recognition.lines)
    if not 1 <= number <= len(lines):
        raise click.ClickException(
            f"there is no line {number}; the golden has lines 1 to {len(lines)}"
        )
    old = lines[number - 1]
    new = line_of_text(text, old.quad, old.confidence, old.block)
    lines[number - 1 : number] = [new] if text else []
    recognition = variant.recognition.replaced(lines=tuple(lines))
    return replace(golden, variants=(replace(variant, recognition=recognition),))


def edited(golden: Golden) -> Golden:
    """The golden as the user leaves it in the editor. `ClickException` if it is invalid."""
    text = click.edit(dump(golden), extension=".json")
    if text is None:
        raise click.ClickException("nothing changed")
    try:
        changed = load(text, "the edited text")
    except InvalidGoldenError as error:
        raise click.ClickException(f"{error}; nothing was saved") from None
    if changed.digest != golden.digest:
        raise click.ClickException(
            "the digest belongs to the picture and must not change; nothing was saved"
        )
    return changed
