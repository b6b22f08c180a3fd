"""Compares recordings with this server, and reads the fixtures that become of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from mockocr.app import build
from mockocr.recognition.recordings import Folder, Goldens
from mockocr.recognition.recordings.replay import GoldenReader
from mockocr.recordings.asking import Asker
from mockocr.recordings.difference import Differ, Difference
from mockocr.recordings.expected_answer import answer_difference
from mockocr.recordings.fixture import pictures
from mockocr.recordings.fixture_update import FixtureUpdate, NoFixtureError
from mockocr.recordings.pictures import Picture
from mockocr.recordings.reading import VendorReading
from mockocr.recordings.store import Recordings
from tests.conformance import send, signed
from tests.exchange import FIXTURES, read
from tests.exchange_server import server_of

IMAGES = pictures(FIXTURES / "images")


def _differ(folder: Path, *, reads: bool = False) -> Differ:
    def picture(wanted: Picture) -> bytes | None:
        file = IMAGES.get(wanted.sha256)
        return file.read_bytes() if file is not None else None

    goldens = Goldens(Folder(FIXTURES / "goldens"), "replay")
    reading = VendorReading(GoldenReader(goldens) if reads else None)
    server = build(engine=reading, cache_bytes=0)
    good, damaged = Recordings(folder).all()
    assert damaged == []
    return Differ(Asker(server, reading, picture, {}, folder / "objects", reads=reads), good)


def differences(folder: Path) -> list[Difference]:
    """The differences of all recordings in a folder."""
    return asyncio.run(_differ(folder).compare_all())


def fixtures(folder: Path, out: Path) -> list[str]:
    """Write the fixtures of the recordings below `out`; the name of each, or why there is none."""
    differ = _differ(folder, reads=True)

    async def made(update: FixtureUpdate, difference: Difference) -> str:
        try:
            name, text = await update.fixture(difference)
        except NoFixtureError as error:
            return f"no fixture: {error}"
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, "utf-8")
        return name

    async def go() -> list[str]:
        found = await differ.compare_all()
        update = FixtureUpdate(differ, found, IMAGES)
        return [await made(update, difference) for difference in found]

    return asyncio.run(go())


def problem(path: Path) -> str:
    """What the test of exchanges says of a fixture; empty if it holds."""
    exchange = read(path)
    answer = send(server_of(exchange, kept=True), signed(exchange))
    if answer.status != exchange.status:
        return f"the status is {answer.status}, not {exchange.status}"
    return answer_difference(exchange.answer, answer.body)
