"""The sentence about the reader at work, and what to install for the best one."""

from __future__ import annotations

import pytest

from mockocr.recognition.engines import choose, describe, describe_reader
from mockocr.recognition.engines.scripted import Scripted


@pytest.mark.parametrize(
    ("tesseract", "models", "installed", "sentence"),
    [
        ("tesserocr", True, True, "reads with tesserocr and PP-OCR models"),
        (
            "tesseract",
            True,
            True,
            "reads with tesseract and PP-OCR models; install mockocr[fast] to read faster",
        ),
        (
            "tesseract",
            False,
            False,
            "reads with tesseract; install mockocr[full] for PP-OCR models",
        ),
        (
            "tesserocr",
            False,
            True,
            "reads with tesserocr; use --engine auto for the PP-OCR models too",
        ),
        (
            "",
            True,
            True,
            "reads with PP-OCR models; type apt-get install tesseract-ocr"
            " tesseract-ocr-chi-sim tesseract-ocr-eng for Tesseract",
        ),
    ],
)
def test_the_best_reader_lacks_nothing_and_others_say_what(
    tesseract: str, models: bool, installed: bool, sentence: str
) -> None:
    assert describe_reader(tesseract, models, installed) == sentence


def test_an_engine_without_a_reader_says_what_it_does() -> None:
    assert describe(Scripted()) == (
        "reads no pictures: returns the lines that /_mockocr/answers was given"
    )
    assert describe(Scripted(name="goldens")) == "reads no pictures: replays goldens"


@pytest.mark.tesseract
@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("tesseract", "reads with tesseract;"),
        ("tesserocr", "reads with tesserocr;"),
        ("rapidocr", "reads with PP-OCR models;"),
        ("auto", "reads with tesserocr and PP-OCR models"),
    ],
)
def test_each_engine_is_described(name: str, begins: str) -> None:
    engine = choose(name)
    try:
        assert describe(engine).startswith(begins)
    finally:
        engine.close()
