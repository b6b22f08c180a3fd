"""`mockocr diff`: compares recordings of the real vendors with what this server answers."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mockocr.core.engine import Engine
    from mockocr.recordings.difference import Differ, Difference
    from mockocr.recordings.pictures import Picture


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
    help="In a checkout: put what the vendors said into fixtures/, and replace guesses by it.",
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
    if update_fixtures and engine:
        raise click.UsageError("--update-fixtures reads by fixtures/goldens: leave out --engine")
    sys.exit(asyncio.run(_run(folder, as_json, report, update_fixtures, engine)))


async def _run(
    folder: Path, as_json: bool, report: Path | None, update_fixtures: bool, engine: str
) -> int:
    from mockocr.recordings.report import as_json as dumped
    from mockocr.recordings.report import as_markdown

    fixtures = _fixtures() if update_fixtures else None
    with tempfile.TemporaryDirectory() as objects:
        differ, warnings = _prepare(folder, engine, fixtures, Path(objects))
        differences = await differ.compare_all()
        if report is not None:
            report.write_text(as_markdown(differences, datetime.now(UTC)), "utf-8")
        if as_json:
            click.echo(json.dumps(dumped(differences, warnings), ensure_ascii=False))
        else:
            _show(differences, warnings)
        if fixtures is not None:
            await _update(differ, differences, fixtures)
    return 1 if any(each.drift for each in differences) else 0


def _fixtures() -> Path:
    fixtures = Path("fixtures")
    if not (fixtures / "images").is_dir():
        click.echo("mockocr: --update-fixtures needs a checkout of mockocr", err=True)
        sys.exit(2)
    return fixtures


def _prepare(
    folder: Path, engine: str, fixtures: Path | None, objects: Path
) -> tuple[Differ, list[str]]:
    from mockocr import app
    from mockocr.recognition import engines
    from mockocr.recognition.recordings import Folder, Goldens
    from mockocr.recognition.recordings.replay import GoldenReader
    from mockocr.recordings.asking import Asker
    from mockocr.recordings.difference import Differ
    from mockocr.recordings.fixture import pictures
    from mockocr.recordings.reading import VendorReading
    from mockocr.recordings.replay import notes_on
    from mockocr.recordings.store import Recordings
    from mockocr.settings import InvalidSettingError, resolve
    from mockocr.vendors import discover

    try:
        settings = resolve(discover(), {}, os.environ)
        reader: Engine | None = engines.choose(engine) if engine else None
    except (InvalidSettingError, engines.EngineUnavailableError) as error:
        click.echo(f"mockocr: {error}", err=True)
        sys.exit(2)
    if fixtures is not None:
        reader = GoldenReader(Goldens(Folder(fixtures / "goldens"), "replay"))
    reading = VendorReading(reader)
    # a cache would return what another recording read in the same stand-in
    server = app.build(engine=reading, options=settings.options, cache_bytes=0)
    kept = Recordings(folder)
    good, damaged = kept.all()
    files = pictures(fixtures / "images") if fixtures is not None else {}

    def picture(wanted: Picture) -> bytes | None:
        file = files.get(wanted.sha256)
        return file.read_bytes() if file is not None else kept.picture(wanted)

    asker = Asker(server, reading, picture, settings.options, objects, reads=reader is not None)
    return Differ(asker, good), notes_on(good, damaged, datetime.now(UTC))


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


async def _update(differ: Differ, differences: Sequence[Difference], fixtures: Path) -> None:
    from mockocr import vendors
    from mockocr.recordings.contribution import agrees, is_guess, observed, promote
    from mockocr.recordings.fixture import pictures
    from mockocr.recordings.fixture_update import FixtureUpdate, NoFixtureError

    update = FixtureUpdate(differ, differences, pictures(fixtures / "images"))
    package = Path(vendors.__file__).parent
    settled: set[tuple[str, str, str]] = set()
    for each in differences:
        name = each.recording.name
        try:
            file, text = await update.fixture(each)
        except NoFixtureError as error:
            click.echo(f"{name}: no fixture: {error}")
        else:
            (fixtures / file).write_text(text, "utf-8")
            click.echo(f"wrote {fixtures / file}")
        found = differ.asker.find(each.recording.operation)
        if each.entry is None or found is None or not agrees(each) or not is_guess(each.entry):
            continue
        vendor, service, _ = found
        fact = (vendor.name, service.name, each.entry.id)
        if fact in settled:
            continue
        settled.add(fact)
        changed = promote(package, vendor, service, each.entry, observed(each.recording))
        if changed is None:
            click.echo(f"{name}: no module declares {each.entry.id} alone: change it by hand")
        else:
            click.echo(f"{changed}: {each.entry.id} is observed now")
