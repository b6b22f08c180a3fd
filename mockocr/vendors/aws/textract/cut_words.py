"""Finds the words that the border between two cells of a table cuts into pieces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mockocr.core.recognition import Line, Word


def cut_words(
    lines: Sequence[Line], cells: Iterable[Iterable[Word]]
) -> Mapping[int, Sequence[Word]]:
    """The pieces of each cut word from left to right, by the `id()` of the word.

    `cells` are the words of the cells. A word whose pieces do not make up its text is left whole.
    """
    words = [word for line in lines for word in line.words]
    known = {id(word) for word in words}
    pieces: dict[int, list[Word]] = {}
    for cell in cells:
        for piece in cell:
            if id(piece) not in known:
                whole = _holder(piece, words)
                if whole is not None:
                    pieces.setdefault(id(whole), []).append(piece)
    texts = {id(word): word.text for word in words}
    return {
        key: found
        for key, found in pieces.items()
        if "".join(piece.text for piece in found) == texts[key]
    }


def _holder(piece: Word, words: Iterable[Word]) -> Word | None:
    """The word that a piece was cut from: one around its middle with its text in it."""
    x, y = piece.quad.center
    for word in words:
        left, top, right, bottom = word.quad.extent
        if left <= x <= right and top <= y <= bottom and piece.text in word.text:
            return word
    return None
