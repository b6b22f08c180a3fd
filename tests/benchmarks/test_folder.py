"""Pictures of one's own are measured by category, with values worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import folder
from benchmarks.corpus.metrics import folded, found_again
from mockocr import samples
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.recognition.engines.scripted import Scripted

QUAD = Quad.upright(0, 0, 10, 10)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    pictures, truth = tmp_path / "pictures", tmp_path / "truth"
    for path in (pictures / "shop", truth):
        path.mkdir(parents=True)
    data = samples.find("tiny.png").data
    for name, text in (("a01", "合计 12"), ("a02", "ABCD"), ("shop/x", "开门")):
        (pictures / f"{name}.png").write_bytes(data)
        (truth / f"{Path(name).name}.txt").write_text(text, "utf-8")
    (pictures / "a03.png").write_bytes(data)  # without a truth
    return pictures, truth


def test_a_category_is_a_folder_or_the_letters_of_a_name(folders: tuple[Path, Path]) -> None:
    cases = folder.cases_in(*folders)
    assert [(case.picture.stem, case.category) for case in cases] == [
        ("a01", "a"),
        ("a02", "a"),
        ("x", "shop"),
    ]


def test_a_folder_without_any_truth_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="has a text in"):
        folder.cases_in(tmp_path, tmp_path)


def test_every_category_has_its_score(folders: tuple[Path, Path]) -> None:
    engine = Scripted(
        [
            Recognition((line_of_text("合计12", QUAD, 0.9),)),
            Recognition((line_of_text("abXY", QUAD, 0.6),)),
            Recognition(),
        ]
    )
    scores = folder.measured(engine, folder.cases_in(*folders))
    assert scores["a"].f1 == [1.0, 0.5]
    assert scores["a"].lines == [(0.9, 1.0), (0.6, 0.5)]
    assert scores["a"].empty == 0
    assert scores["shop"].f1 == [0.0]
    assert scores["shop"].empty == 1


def test_the_tables_tell_how_right_lines_are_by_category(folders: tuple[Path, Path]) -> None:
    rows = list(folder.tables(["scripted"], *folders))
    assert rows[2].startswith("| scripted | 0.000 | 0.000 | 0.000 | 3 | 0 | ")
    assert rows[-8] == "| confidence of a line, scripted | a | shop |"
    assert rows[-1] == "| 0.95 to 1 |  |  |"


@pytest.mark.parametrize(
    ("truth", "read", "counts"),
    [
        (["abcdef"], ["abcdef"], [6]),
        (["abcdef"], ["defabc"], [6]),
        (["abcdef"], ["abxxef"], [4]),
        (["ab"], ["ab", "ab"], [2, 0]),
        (["abc"], ["axbxc"], [0]),
        (["7"], ["7", "8"], [1, 0]),
        ([], ["abc"], [0]),
    ],
)
def test_characters_count_in_stretches_of_two_and_once(
    truth: list[str], read: list[str], counts: list[int]
) -> None:
    assert found_again(truth, read) == counts


def test_blanks_case_and_kinds_of_punctuation_do_not_count() -> None:
    assert folded("Total：“１２” — Ａ") == folded('total:"12"-a')
