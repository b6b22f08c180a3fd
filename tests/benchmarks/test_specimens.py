"""Fields of specimens are counted as right, wrong, missing or invented."""

from __future__ import annotations

from benchmarks.documents.specimens import FieldScore
from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import find_document
from mockocr.samples.specimens import specimen


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
