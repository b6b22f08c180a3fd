"""Finds the words that the border between two cells of a table cuts into pieces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from mockocr.core.recognition import Line, Word


class CutWords(msgspec.Struct, frozen=True):
    """Pieces of words, from left to right, by the `id()` of the word.

    The `apart` ones stand in several cells, the `together` ones in one, so that their word stays
    whole.
    """

    apart: Mapping[int, Sequence[Word]]
    together: Mapping[int, Sequence[Word]]


def cut_words(lines: Sequence[Line], cells: Iterable[Iterable[Word]]) -> CutWords:
    """The pieces among the words of the cells. A word whose pieces do not make up its text is left
    whole.
    """
    words = [word for line in lines for word in line.words]
    known = {id(word) for word in words}
    pieces: dict[int, list[Word]] = {}
    places: dict[int, set[int]] = {}
    for number, cell in enumerate(cells):
        for piece in cell:
            if id(piece) not in known:
                whole = _holder(piece, words)
                if whole is not None:
                    pieces.setdefault(id(whole), []).append(piece)
                    places.setdefault(id(whole), set()).add(number)
    texts = {id(word): word.text for word in words}
    apart = {
        key: found
        for key, found in pieces.items()
        if len(places[key]) > 1 and "".join(piece.text for piece in found) == texts[key]
    }
    return CutWords(apart, {key: found for key, found in pieces.items() if key not in apart})


def _holder(piece: Word, words: Iterable[Word]) -> Word | None:
    """The word that a piece was cut from: one around its middle with its text in it."""
    x, y = piece.quad.center
    for word in words:
        left, top, right, bottom = word.quad.extent
        if left <= x <= right and top <= y <= bottom and piece.text in word.text:
            return word
    return None
