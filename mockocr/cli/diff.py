"""`mockocr diff`: compares recordings of the real vendors with what this server answers."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mockocr.core.service import Service
    from mockocr.recordings.difference import Difference


@click.command
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a report in Markdown, for an issue. It holds no secret.",
)
@click.option(
    "--update-fixtures",
    is_flag=True,
    help="In a checkout: put the vendor's errors into fixtures/, and replace guesses by them.",
)
@click.option(
    "--engine",
    default="",
    help="Engine for kept pictures whose response has fields, not lines. [default: none]",
)
def command(
    folder: Path, as_json: bool, report: Path | None, update_fixtures: bool, engine: str
) -> None:
    """Ask this server what the vendors were asked, and show where the answers differ.

    Drift is in the contract: status, headers, keys and their order, types, forms of numbers, codes
    and messages; with drift, the exit code is 1. What was read is only a note.
    """
    from mockocr.recordings import difference

    differences, warnings = asyncio.run(_compare(folder, engine))
    now = datetime.now(UTC)
    if report is not None:
        report.write_text(difference.as_markdown(differences, now), "utf-8")
    if as_json:
        click.echo(json.dumps(difference.as_json(differences, warnings), ensure_ascii=False))
    else:
        _show(differences, warnings)
    if update_fixtures:
        _update(differences)
    sys.exit(1 if any(each.drift for each in differences) else 0)


async def _compare(folder: Path, engine: str) -> tuple[list[Difference], list[str]]:
    from mockocr import app
    from mockocr.recognition import engines
    from mockocr.recordings.difference import Differ
    from mockocr.recordings.reading import VendorReading
    from mockocr.recordings.replay import notes_on
    from mockocr.recordings.store import Recordings
    from mockocr.settings import InvalidSettingError, resolve
    from mockocr.vendors import discover

    try:
        settings = resolve(discover(), {}, os.environ)
        reader = engines.choose(engine) if engine else None
    except (InvalidSettingError, engines.EngineUnavailableError) as error:
        click.echo(f"mockocr: {error}", err=True)
        sys.exit(2)
    reading = VendorReading(reader)
    # a cache would return what another recording read in the same stand-in
    server = app.build(engine=reading, options=settings.options, cache_bytes=0)
    kept = Recordings(folder)
    good, damaged = kept.all()
    differ = Differ(server, reading, kept, settings.options, reads=reader is not None)
    found = [await differ.compare(recording) for recording in good]
    return found, notes_on(good, damaged, datetime.now(UTC))


def _show(differences: Sequence[Difference], warnings: Sequence[str]) -> None:
    for warning in warnings:
        click.echo(f"warning: {warning}", err=True)
    for each in differences:
        if each.skipped:
            click.echo(f"{each.recording.name}: not compared: {each.skipped}")
        elif not each.findings:
            click.echo(f"{each.recording.name}: same")
        else:
            click.echo(f"{each.recording.name}:")
            for finding in each.findings:
                click.echo(f"  {finding}")
    drift = sum(len(each.drift) for each in differences)
    notes = sum(len(each.notes) for each in differences)
    click.echo(f"{len(differences)} recordings: {drift} drifts, {notes} notes")


def _update(differences: Sequence[Difference]) -> None:
    from mockocr import vendors
    from mockocr.recordings import contribution

    fixtures, package = Path("fixtures"), Path(vendors.__file__).parent
    if not (fixtures / "images").is_dir():
        click.echo("mockocr: --update-fixtures needs a checkout of mockocr", err=True)
        sys.exit(2)
    for each in differences:
        if not contribution.agrees(each):
            continue
        service = _service(each.recording.operation)
        text = contribution.as_fixture(each.recording, service, fixtures / "images")
        if text is None:
            click.echo(f"{each.recording.name}: its picture is not in fixtures/images")
        else:
            path = fixtures / contribution.fixture_name(each.recording)
            path.write_text(text, "utf-8")
            click.echo(f"wrote {path}")
        assert each.entry is not None
        changed = contribution.promote(package, each.entry, contribution.observed(each.recording))
        if changed is not None:
            click.echo(f"{changed}: {each.entry.id} is observed now")


def _service(operation: str) -> Service:
    from mockocr.client.sender import find

    return find(operation)[1]
