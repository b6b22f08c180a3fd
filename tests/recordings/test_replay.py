"""Goldens before a real server: known pictures are not read anew, unknown ones are said to be."""

from __future__ import annotations

import asyncio
import io
import logging
from pathlib import Path

import pytest
from PIL import Image as Pillow

import mockocr
from mockocr import samples
from mockocr.client import sender
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ErrorKind
from mockocr.core.exchange import Recognize
from mockocr.core.http import Request
from mockocr.core.recognition import Recognition
from mockocr.core.request_example import SampleImage
from mockocr.recognition.recordings import Folder, Goldens, Variant, open_goldens
from mockocr.recognition.recordings.document import rounded
from mockocr.recognition.recordings.replay import record
from mockocr.testing.running import Running
from tests.recognitions import HELLO, TURNED, Reader
from tests.recordings.pictures import sample
from tests.request_examples import find_service, prepare

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "goldens"


def ask(mock: Running, operation: str, picture: str, data: bytes = b"") -> sender.Answer:
    """The first request example that carries the picture itself, signed and sent."""
    image = SampleImage(data or samples.find(picture).data, picture)
    return sender.send(mock.url, prepare(mock.url, operation, image))


def once(read: Recognize) -> Recognition:
    """What `read` returns for the sample picture."""

    async def go() -> Recognition:
        return await read(sample(), ReadOptions())

    return asyncio.run(go())


def test_replay_reads_every_picture_as_it_was_kept_without_an_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    with mockocr.running(golden=str(FIXTURES), golden_mode="replay") as mock:
        for name in ("hello.png", "page.png", "card.png", "small.jpg", "strip.png", "tiny.png"):
            answer = ask(mock, "tencent.general", name)
            assert answer.response.status == 200
            items = answer.json()["data"]["items"]
            golden = Folder(FIXTURES).find(sample(name).digest)
            assert golden is not None
            kept = golden.find(ReadOptions())
            assert kept is not None
            assert [item["itemstring"] for item in items] == kept.text.split("\n")
        health = sender.send(mock.url, Request("GET", "/_mockocr/health", "/_mockocr/health"))
        document = health.json()
    assert document["status"] == "ok"
    assert document["engine"] == "goldens"
    assert document["goldens"]["mode"] == "replay"
    assert document["goldens"]["replayed"] == 6


@pytest.mark.parametrize(
    "operation", ["tencent.general", "huawei.web_image", "aliyun_market.ocr", "tupu.general_ocr"]
)
@pytest.mark.slow
def test_an_unknown_picture_gets_the_vendors_own_failure_and_the_journal_says_which(
    operation: str,
) -> None:
    table = find_service(operation).errors
    expected = table.by_kind(ErrorKind.ENGINE_FAILED, operation.partition(".")[2])
    changed = recoded("receipt.png")
    with mockocr.running(golden=str(FIXTURES), golden_mode="replay") as mock:
        answer = ask(mock, operation, "receipt.png", changed)
        (entry,) = mock.requests(operation)
        whole = mock.request(entry["id"])
    assert answer.response.status == expected.status
    assert str(expected.code) == entry["code"]
    (picture,) = whole["pictures"]
    assert f"no golden for picture {picture['digest']}, 400x340 px" in entry["why"]
    assert f"the nearest is {sample('receipt.png').digest} (receipt.png)" in entry["why"]
    assert "golden" not in answer.response.body.decode("utf-8")


def recoded(name: str) -> bytes:
    """A sample with one pixel changed: another picture, and to the eye the same one."""
    picture = Pillow.open(io.BytesIO(samples.find(name).data)).convert("RGB")
    picture.putpixel((0, 0), (250, 250, 250))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_golden_for_other_options_is_named_in_the_refusal(tmp_path: Path) -> None:
    record(Folder(tmp_path), sample(), Variant(HELLO, ReadOptions(turn=True)))
    with mockocr.running(golden=str(tmp_path), golden_mode="replay") as mock:
        ask(mock, "tencent.general", "hello.png")
        (entry,) = mock.requests("tencent.general")
    assert "was recorded for (page, turn), not for (page)" in entry["why"]


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with mockocr.running(golden=str(tmp_path), golden_mode="replay") as mock:
        ask(mock, "tencent.general", "hello.png")
        (entry,) = mock.requests("tencent.general")
    assert f"{tmp_path} holds none at all" in entry["why"]


def test_a_damaged_golden_is_a_failure_and_is_not_written_over(tmp_path: Path) -> None:
    path = Folder(tmp_path).file(sample().digest)
    path.write_text("{")
    with mockocr.running(engine=Reader(), golden=str(tmp_path)) as mock:
        ask(mock, "tencent.general", "hello.png")
        (entry,) = mock.requests("tencent.general")
    assert "a golden cannot be used" in entry["why"]
    assert path.read_text() == "{"


def test_auto_reads_once_and_gives_the_same_ever_after(tmp_path: Path) -> None:
    reader = Reader()
    with mockocr.running(engine=reader, golden=str(tmp_path), cache_bytes=0) as mock:
        answers = [ask(mock, "tencent.general", "hello.png") for _ in range(3)]
        assert len(reader.asked) == 1
    with mockocr.running(golden=str(tmp_path), golden_mode="replay") as mock:
        answers.append(ask(mock, "tencent.general", "hello.png"))
    items = [answer.json()["data"]["items"] for answer in answers]
    assert items[0] == items[1] == items[2] == items[3]


def test_one_picture_has_one_golden_in_every_wrapping(tmp_path: Path) -> None:
    reader = Reader()
    with mockocr.running(engine=reader, golden=str(tmp_path), cache_bytes=0) as mock:
        for name in ("one-bit.png", "small.bmp", "one-bit.png"):
            assert ask(mock, "tencent.general", name).response.status == 200
    assert len(reader.asked) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_record_reads_always_and_replaces(tmp_path: Path) -> None:
    folder, image = Folder(tmp_path), sample()
    record(folder, image, Variant(TURNED, ReadOptions()), name="kept name")
    reader = Reader()
    read = Goldens(folder, "record").wrap(reader.recognize)

    async def go() -> Recognition:
        await read(image, ReadOptions())
        return await read(image, ReadOptions())

    assert asyncio.run(go()) == rounded(HELLO)
    assert len(reader.asked) == 2
    golden = folder.find(image.digest)
    assert golden is not None
    assert (golden.name, golden.find(ReadOptions())) == ("kept name", rounded(HELLO))


def test_pictures_are_kept_when_wanted(tmp_path: Path) -> None:
    goldens = Goldens(Folder(tmp_path), pictures=True)
    once(goldens.wrap(Reader().recognize))
    assert goldens.folder.picture(sample().digest).is_file()
    assert goldens.recorded == 1


def test_off_leaves_the_folder_alone(tmp_path: Path) -> None:
    assert open_goldens(str(tmp_path / "none"), "off") is None
    assert open_goldens("", "replay") is None
    assert not (tmp_path / "none").exists()
    reader = Reader()
    record(Folder(tmp_path), sample(), Variant(TURNED))
    off = Goldens(Folder(tmp_path), "off").wrap(reader.recognize)
    assert once(off) == HELLO


def test_a_reading_that_cannot_be_kept_is_given_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = tmp_path / "goldens"
    goldens = Goldens(Folder(place), "record")
    place.write_text("a file where the folder should be")
    with caplog.at_level(logging.WARNING, "mockocr"):
        given = once(goldens.wrap(Reader().recognize))
    assert given == rounded(HELLO)
    assert "was not kept" in caplog.text


def test_replay_needs_a_folder_and_a_mode_that_exists(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"is a file and no folder$"):
        open_goldens(__file__)
    with pytest.raises(OSError, match=r"pytest\.ini/x cannot be made: Not a directory$"):
        open_goldens(f"{__file__}/pytest.ini/x")
    with pytest.raises(OSError, match="nothing to replay"):
        open_goldens(str(tmp_path / "none"), "replay")
    with pytest.raises(ValueError, match="one of auto, record, replay, off"):
        open_goldens(str(tmp_path), "always")


def test_scripted_answers_go_before_goldens() -> None:
    with mockocr.running(golden=str(FIXTURES), golden_mode="replay") as mock:
        mock.tencent.general.answers(["told, not read"])
        answer = ask(mock, "tencent.general", "hello.png")
    assert answer.json()["data"]["items"][0]["itemstring"] == "told, not read"


@pytest.mark.slow
def test_every_kept_golden_is_that_of_a_fixture_picture() -> None:
    """A picture drawn anew leaves a stale golden behind; fixtures/README.md says how to renew."""
    pictures = {sample(name).digest: sample(name) for name in samples.names()}
    folder = Folder(FIXTURES)
    assert len(folder.digests()) >= 20
    for digest in folder.digests():
        golden = folder.find(digest)
        assert golden is not None
        assert golden.find(ReadOptions()) is not None
        assert digest in pictures, f"{golden.name} is drawn otherwise now"
        assert (golden.width, golden.height) == (pictures[digest].width, pictures[digest].height)


def test_the_first_picture_has_a_golden_for_all_options() -> None:
    hello = Folder(FIXTURES).find(sample().digest)
    assert hello is not None
    for options in (ReadOptions(), ReadOptions(turn=True), ReadOptions(handwriting=True)):
        reading = hello.find(options)
        assert reading is not None
        assert reading.text == samples.find("hello.png").text
