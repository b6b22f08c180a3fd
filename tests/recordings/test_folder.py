"""The folder of goldens: files that people may change at any time."""

from __future__ import annotations

import concurrent.futures
import io
import json
import os
from pathlib import Path

import pytest
from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image, Inline, Limits
from mockocr.images.decoding import decode
from mockocr.recognition.recordings import Folder, InvalidGoldenError, Variant
from mockocr.recognition.recordings.perceptual_hash import distance, perceptual_hash
from mockocr.recognition.recordings.replay import record
from mockocr.samples.drawing import Text, encode, render
from tests.recognitions import HELLO, NOTHING, TURNED
from tests.recordings.pictures import sample


def test_a_change_by_hand_is_seen_at_once(tmp_path: Path) -> None:
    folder, image = Folder(tmp_path), sample()
    record(folder, image, Variant(HELLO))
    assert folder.find(image.digest) == folder.find(image.digest)
    path = folder.file(image.digest)
    document = json.loads(path.read_text("utf-8"))
    document["readings"][0]["lines"] = []
    path.write_text(json.dumps(document), "utf-8")
    golden = folder.find(image.digest)
    assert golden is not None
    assert golden.find(ReadOptions()) is not None
    assert golden.variants[0].recognition.text == ""


def test_takes_and_the_name_stay_when_another_take_is_kept(tmp_path: Path) -> None:
    folder, image = Folder(tmp_path / "deep" / "down"), sample()
    record(folder, image, Variant(HELLO, ReadOptions()), name="invoice")
    golden = record(folder, image, Variant(TURNED, ReadOptions(turn=True)))
    assert golden == folder.find(image.digest)
    assert (golden.name, len(golden.variants)) == ("invoice", 2)
    assert (golden.width, golden.height) == (640, 240)


def test_many_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    folder, image = Folder(tmp_path), sample()
    both = (False, True)
    wanted = [ReadOptions(turn, hand) for turn in both for hand in both]
    wanted += [ReadOptions(turn, hand, "line") for turn in both for hand in both]
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        for options in wanted:
            threads.submit(record, folder, image, Variant(NOTHING, options))
    golden = folder.find(image.digest)
    assert golden is not None
    assert len(golden.variants) == 8
    assert [path.name for path in tmp_path.iterdir()] == [f"{image.digest}.json"]


def test_a_file_of_another_picture_or_of_none_is_refused(tmp_path: Path) -> None:
    folder, image = Folder(tmp_path), sample()
    record(folder, image, Variant(HELLO))
    moved = tmp_path / f"{'0' * 64}.json"
    moved.write_bytes(folder.file(image.digest).read_bytes())
    with pytest.raises(InvalidGoldenError, match="of another picture"):
        folder.find("0" * 64)
    moved.write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidGoldenError, match="not UTF-8"):
        folder.find("0" * 64)
    (tmp_path / "notes.json").write_text("not a golden")
    assert folder.digests() == ["0" * 64, image.digest]
    assert [golden.digest for golden in folder.goldens()] == [image.digest]


def test_a_kept_picture_is_the_same_picture_when_it_is_decoded(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for name in ("exif.jpg", "one-bit.png", "transparent.png"):
        image = sample(name)
        folder.keep_picture(image)
        again = decode(Inline(folder.picture(image.digest).read_bytes()), Limits())
        assert again.digest == image.digest
        folder.remove(image.digest)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_golden_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, image = Folder(tmp_path), sample()
    record(folder, image, Variant(HELLO))
    before = folder.file(image.digest).read_bytes()

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OSError, match="No space"):
        record(folder, image, Variant(NOTHING))
    monkeypatch.undo()
    assert folder.file(image.digest).read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_alike_pictures_share_most_bits_and_others_do_not() -> None:
    drawn = render([Text("发票 Invoice 2026", 20, 29, 47), Text("合计", 20, 120, 46)])
    page = Pillow.open(io.BytesIO(drawn.data)).convert("RGB")
    one = _image(drawn.data)
    worse = _image(encode(page.resize((page.width * 3 // 4, page.height * 3 // 4)), "JPEG"))
    assert one.digest != worse.digest
    assert distance(perceptual_hash(one), perceptual_hash(worse)) <= 6
    assert distance(perceptual_hash(one), perceptual_hash(sample("photo.jpg"))) > 12
    assert distance("0" * 16, "f" * 16) == 64


def test_a_likeness_has_a_bit_for_each_step_towards_light() -> None:
    row = b"\x00\x20\x40\x60\x80\xa0\xc0\xe0\xff"
    assert perceptual_hash(Image(row * 8, 9, 8, 1, "PNG", "", "", 0)) == "f" * 16
    assert perceptual_hash(Image(row[::-1] * 8, 9, 8, 1, "PNG", "", "", 0)) == "0" * 16
    mixed = (row + row[::-1]) * 4
    assert perceptual_hash(Image(mixed, 9, 8, 1, "PNG", "", "", 0)) == "ff00" * 4
    grey = bytes(value for value in mixed for _ in range(3))
    assert perceptual_hash(Image(grey, 9, 8, 3, "PNG", "", "", 0)) == "ff00" * 4


def test_the_nearest_is_the_one_that_looks_most_alike(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.nearest("0" * 16) is None
    for name in ("hello.png", "photo.jpg", "page.png"):
        record(folder, sample(name), Variant(NOTHING), name=name)
    for name in ("hello.png", "photo.jpg", "page.png"):
        found = folder.nearest(perceptual_hash(sample(name)))
        assert found is not None
        assert (found[0].name, found[1]) == (name, 0)


def _image(data: bytes) -> Image:
    return decode(Inline(data), Limits())
