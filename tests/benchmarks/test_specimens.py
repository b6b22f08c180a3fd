"""Fields of specimens are counted as right, wrong, missing or invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.documents.specimens import FieldScore, Wanted, measure, rows
from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Kind, find_document
from mockocr.samples.specimens import Finish, specimen


def test_fields_are_right_wrong_missing_or_invented() -> None:
    score = FieldScore()
    true = {"name": "张三", "sex": "男", "nation": "汉", "holder": ""}
    score.add(1, true, {"name": "张三", "sex": "女", "nation": "", "holder": "ZHANG"})
    assert (score.right, score.wrong, score.missing, score.invented) == (1, 1, 1, 1)
    assert score.true == 3
    assert score.mistakes == [
        (1, "sex", "男", "女"),
        (1, "nation", "汉", ""),
        (1, "holder", "", "ZHANG"),
    ]


def test_a_document_that_was_not_found_misses_every_field() -> None:
    drawn = specimen("id_card_front", 1)
    score = FieldScore()
    score.add_document(drawn, None)
    assert (score.right, score.missing) == (0, 6)


def test_a_perfect_reader_has_every_field_right() -> None:
    drawn = specimen("id_card_front", 1)
    score = FieldScore()
    score.add_document(drawn, find_document(Recognition(drawn.lines), (drawn.kind,)))
    assert (score.right, score.share, score.mistakes) == (6, 1.0, [])


def test_the_interval_is_wilsons() -> None:
    # Newcombe 1998, table I: 81 of 263 and 0 of 20
    assert FieldScore(81, 182).interval == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert FieldScore(0, 20).interval == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert FieldScore().interval == (0.0, 1.0)


class _Reader:
    """Reads nothing, and counts how often it is asked."""

    asked = 0

    async def read(self, image: Image, options: ReadOptions) -> Recognition:
        self.asked += 1
        return Recognition(engine="blind 1")


@pytest.mark.slow
def test_what_was_read_is_kept_for_a_later_run(tmp_path: Path) -> None:
    reader = _Reader()
    few = Wanted(1, 2001, ("licence_plate",), folder=tmp_path)
    more = Wanted(2, 2001, ("licence_plate",), folder=tmp_path)
    measure(reader.read, "blind 1", few)
    assert reader.asked == 2
    scores = measure(reader.read, "blind 1", more)
    assert reader.asked == 4
    assert [score.documents for score in scores.values()] == [2, 2]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "licence_plate-clean-2001.json",
        "licence_plate-clean-2002.json",
        "licence_plate-photo-2001.json",
        "licence_plate-photo-2002.json",
    ]


@pytest.mark.slow
def test_what_another_engine_read_is_read_again(tmp_path: Path) -> None:
    reader = _Reader()
    wanted = Wanted(1, 2001, ("licence_plate",), folder=tmp_path)
    measure(reader.read, "blind 1", wanted)
    measure(reader.read, "blind 2", wanted)
    assert reader.asked == 4


def test_after_its_minutes_a_run_reads_no_more() -> None:
    reader = _Reader()
    scores = measure(reader.read, "blind 1", Wanted(3, 2001, ("licence_plate",), minutes=0))
    assert reader.asked == 0
    assert [score.documents for score in scores.values()] == [0, 0]


def test_the_table_has_a_row_for_each_kind_and_one_for_all() -> None:
    scores = {
        (Kind.LICENCE_PLATE, Finish.CLEAN): FieldScore(18, 1, 1, 0, 10),
        (Kind.LICENCE_PLATE, Finish.PHOTO): FieldScore(18, 0, 0, 1, 9),
        (Kind.BANK_CARD, Finish.CLEAN): FieldScore(60, 0, 0, 0, 10),
        (Kind.BANK_CARD, Finish.PHOTO): FieldScore(60, 0, 0, 0, 10),
    }
    assert list(rows(scores))[2:] == [
        "| licence plate | 10 and 9 | 90.0% of 20 (69.9 to 97.2) | 100.0% of 18 (82.4 to 100.0) |"
        " 1, 1, 0 | 0, 0, 1 |",
        "| bank card | 10 | 100.0% of 60 (94.0 to 100.0) | 100.0% of 60 (94.0 to 100.0) |"
        " 0, 0, 0 | 0, 0, 0 |",
        "| all | 20 and 19 | 97.5% of 80 (91.3 to 99.3) | 100.0% of 78 (95.3 to 100.0) |"
        " 1, 1, 0 | 0, 0, 1 |",
    ]
