"""Compares recordings with this server, and reads the fixtures that become of them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from mockocr.app import build
from mockocr.recognition.recordings import Folder, Goldens
from mockocr.recognition.recordings.replay import GoldenReader
from mockocr.recordings.difference import Differ, Difference
from mockocr.recordings.expected_answer import answer_difference
from mockocr.recordings.fixture import pictures
from mockocr.recordings.fixture_update import FixtureUpdate, NoFixtureError
from mockocr.recordings.pictures import Picture
from mockocr.recordings.reading import VendorReading
from mockocr.recordings.store import Recordings
from tests.conformance import send, server_of, signed
from tests.exchange import FIXTURES, read

IMAGES = pictures(FIXTURES / "images")


def _differ(*, reads: bool = False) -> Differ:
    def picture(wanted: Picture) -> bytes | None:
        file = IMAGES.get(wanted.sha256)
        return file.read_bytes() if file is not None else None

    goldens = Goldens(Folder(FIXTURES / "goldens"), "replay")
    reading = VendorReading(GoldenReader(goldens) if reads else None)
    return Differ(build(engine=reading, cache_bytes=0), reading, picture, {}, reads=reads)


def differences(folder: Path) -> list[Difference]:
    """The differences of all recordings in a folder."""
    differ = _differ()

    async def go() -> list[Difference]:
        return [await differ.compare(recording) for recording in Recordings(folder).all()[0]]

    return asyncio.run(go())


def fixtures(folder: Path, out: Path) -> list[str]:
    """Write the fixtures of the recordings below `out`; the name of each, or why there is none."""
    differ = _differ(reads=True)
    update = FixtureUpdate(differ, IMAGES)

    async def made(difference: Difference) -> str:
        try:
            name, text = await update.fixture(difference)
        except NoFixtureError as error:
            return f"no fixture: {error}"
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, "utf-8")
        return name

    async def go() -> list[str]:
        good, _ = Recordings(folder).all()
        return [await made(await differ.compare(recording)) for recording in good]

    return asyncio.run(go())


def problem(path: Path) -> str:
    """What the test of exchanges says of a fixture; empty if it holds."""
    exchange = read(path)
    answer = send(server_of(exchange, kept=True), signed(exchange))
    if answer.status != exchange.status:
        return f"the status is {answer.status}, not {exchange.status}"
    return answer_difference(exchange.answer, answer.body)
