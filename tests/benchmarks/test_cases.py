"""The corpus is the same everywhere, varied as it says, and halved by name alone."""

from __future__ import annotations

import io
from itertools import islice

import pytest
from PIL import Image as Pillow

from benchmarks import corpus
from benchmarks.corpus import scenes
from benchmarks.corpus.photos import KINDS


def contrast(grey: Pillow.Image) -> int:
    """The brightest pixel less the darkest."""
    values = grey.tobytes()
    return max(values) - min(values)


@pytest.mark.slow
def test_a_case_is_made_from_its_name_alone() -> None:
    for name in ("clean-3", "forms-5", "degraded-8", "turned-2", "photos-4"):
        first, second = corpus.case(name), corpus.case(name)
        assert first.picture.data == second.picture.data
        assert first.traits == second.traits


@pytest.mark.slow
def test_the_halves_share_no_name_and_are_nearly_equal() -> None:
    names = [f"{part}-{n}" for part in corpus.PARTS for n in range(200)]
    held = [name for name in names if corpus.half(name) == "held"]
    assert 0.4 < len(held) / len(names) < 0.6
    for part in corpus.PARTS[:2]:
        of = {half: {c.name for c in corpus.cases(part, 5, half)} for half in corpus.HALVES}
        assert not of["held"] & of["tuning"]
        assert all(corpus.half(name) == half for half, found in of.items() for name in found)


def test_a_name_that_is_no_case_is_refused() -> None:
    for name in ("clean", "nothing-3", "clean-x"):
        with pytest.raises(KeyError, match="no case"):
            corpus.case(name)


@pytest.mark.slow
def test_every_kind_size_font_and_ground_turns_up() -> None:
    found = [c.traits for part in ("clean", "forms") for c in corpus.cases(part, 25)]
    assert {t["kind"] for t in found} == {*scenes.PLAIN, *scenes.LAID_OUT}
    assert {t["font"] for t in found} == {"sans", "serif", "zenhei", "latin"}
    sizes = [int(t["pixels"]) for t in found]
    assert min(sizes) <= 14
    assert max(sizes) >= 46
    grounds = {t["ground"] for t in found}
    assert "white" in grounds
    assert any("-" in ground for ground in grounds)
    assert any(ground.startswith("#10") for ground in grounds)


@pytest.mark.slow
def test_degraded_pictures_are_jpeg_and_keep_their_truth() -> None:
    for case in islice(corpus.cases("degraded", 4), 4):
        opened = Pillow.open(io.BytesIO(case.picture.data))
        assert opened.format == "JPEG"
        assert opened.size == (case.picture.width, case.picture.height)
        assert 60 <= int(case.traits["quality"]) <= 95
        assert case.picture.lines


@pytest.mark.slow
def test_turned_pictures_say_their_angle_and_so_do_their_lines() -> None:
    for case in corpus.cases("turned", 8):
        angle = float(case.traits["angle"])
        off = (angle + 45) % 90 - 45
        assert -30.01 <= off <= 30.01
        for line in case.picture.lines:
            assert abs((line.quad.angle - angle + 180) % 360 - 180) < 0.01
        assert case.turn


@pytest.mark.parametrize("part", ["clean", "forms", "degraded", "turned"])
@pytest.mark.slow
def test_every_line_lies_in_its_picture_and_has_ink(part: str) -> None:
    for case in corpus.cases(part, 6):
        grey = case.picture.open().convert("L")
        for line in case.picture.lines:
            left, top, right, bottom = line.quad.extent
            assert -1 <= left < right <= grey.width + 1, (case.name, line.text)
            assert -1 <= top < bottom <= grey.height + 1, (case.name, line.text)
            box = (round(left), round(top), round(right), round(bottom))
            assert contrast(grey.crop(box)) > 60, (case.name, line.text)


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_photos_hold_no_text_and_are_not_blank(number: int) -> None:
    case = corpus.case(f"photos-{number}")
    assert case.picture.lines == ()
    assert contrast(case.picture.open().convert("L")) > 20
