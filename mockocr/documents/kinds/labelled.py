"""Finds what stands beside the labels of a card or licence: in the same line, to the right, or
below, with the lines that continue it. English translations of labels are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import CharMap, Value
from mockocr.documents.kinds.forms import is_english
from mockocr.documents.kinds.parts import Part, parts_of

EMPTY = CharMap("", ())


class LabelledPage:
    """The parts of a page. `labels` maps the name of each label to its spellings; a name that
    begins with `-` is of a label without a field.
    """

    def __init__(
        self,
        recognition: Recognition,
        labels: Mapping[str, tuple[str, ...]],
        *,
        inside: Collection[str] = (),
    ) -> None:
        """A label may stand right after a value of those named in `inside`, as in 性别男民族汉."""
        parts = parts_of(recognition, labels, inside)
        self.parts = [part for part in parts if part.label or not is_english(part.map)]

    def labels(self, names: Iterable[str]) -> list[Part]:
        """The labels of these names, in reading order."""
        wanted = set(names)
        return [part for part in self.parts if part.label in wanted]

    def found(self) -> set[str]:
        """The names of all labels of the page."""
        return {part.label for part in self.parts if part.label}

    def value(self, name: str, *, lines: int = 1, below: bool = False) -> CharMap:
        """What stands beside the first label of that name that has anything beside it, with at
        most `lines` lines; `below`: it stands below rather than beside.
        """
        for label in self.labels([name])[:4]:
            row = self._row_below(label) if below else []
            row = row or self._row_after(label)
            if not row and not below:
                row = self._row_below(label) or self._row_after(label, shifted=True)
            if row:
                before = self._line_above(label, row) if lines > 1 and not below else []
                first = before or row
                rest = row if before else []
                lines_left = lines - 2 if before else lines - 1
                return _joined([*first, *rest, *self._continued(label, row, lines_left)])
        return EMPTY

    def _line_above(self, label: Part, row: Sequence[Part]) -> list[Part]:
        """The line above a value where the label stands between both, as in the middle of a cell
        of two lines.
        """
        first = row[0]
        middle = (label.top + label.bottom) / 2
        if (first.top + first.bottom) / 2 < middle + 0.15 * label.height:
            return []
        above = [
            p
            for p in self.parts
            if not p.label
            and abs(p.left - first.left) < 0.5 * first.height
            and 0.6 * first.height < first.top - p.top < 2 * first.height
            and middle - 1.3 * label.height < (p.top + p.bottom) / 2 < middle
            and not self._is_labelled(p, label)
        ]
        if len(above) != 1:
            return []
        return [above[0], *self._rest_of_row(above[0])]

    def free(self, values: Iterable[Value]) -> list[CharMap]:
        """The texts that belong to none of the `values`, joined by rows, from top to bottom."""
        used = {id(c) for value in values for c in value.characters}
        left = [
            part
            for part in self.parts
            if not part.label and not any(id(c) in used for c in part.map.characters)
        ]
        rows: list[list[Part]] = []
        for part in sorted(left, key=lambda p: p.left):
            row = next((r for r in rows if part.beside(r[-1]) and _near(r[-1], part)), None)
            if row is None:
                rows.append([part])
            else:
                row.append(part)
        rows.sort(key=lambda row: row[0].top)
        return [_joined(row) for row in rows]

    def _row_after(self, label: Part, *, shifted: bool = False) -> list[Part]:
        """The texts to the right of a label, up to the next label; `shifted`: they stand a little
        higher or lower, as in a cell with several lines.
        """
        near = 1.5 * label.height if shifted else 0.0
        row = [
            p
            for p in self.parts
            if p is not label and (p.beside(label) or abs(p.top - label.top) < near)
        ]
        if shifted:
            row = [p for p in row if p.label or not self._is_labelled(p, label)]
        row = [p for p in row if p.left > label.left + 0.3 * label.height]
        row = [p for p in row if not any(p.is_under(other) for other in row)]
        found: list[Part] = []
        right = label.right
        for part in sorted(row, key=lambda p: p.left):
            far = 4 if found else 16
            if part.label or part.left - right > far * label.height:
                break
            found.append(part)
            right = max(right, part.right)
        return found

    def _row_below(self, label: Part) -> list[Part]:
        """The texts right below a label."""
        under = [
            p
            for p in self.parts
            if 0.3 * label.height < p.top - label.top < 3.4 * label.height
            and p.left < label.right + label.height
            and p.right > label.left
        ]
        under.sort(key=lambda p: p.top)
        if not under or under[0].label:
            return []
        return [under[0], *self._rest_of_row(under[0])]

    def _rest_of_row(self, first: Part) -> list[Part]:
        row = [p for p in self.parts if p is not first and p.beside(first) and p.left > first.left]
        found: list[Part] = []
        right = first.right
        for part in sorted(row, key=lambda p: p.left):
            if part.label or part.left - right > 2 * first.height:
                break
            found.append(part)
            right = part.right
        return found

    def _continued(self, label: Part, row: Sequence[Part], lines: int) -> list[Part]:
        """The lines below a value that continue it: they begin where it begins."""
        found: list[Part] = []
        first = last = row[0]
        for _ in range(lines):
            below = [
                p
                for p in self.parts
                if 0.4 * last.height < p.top - last.top < 2.6 * last.height
                and p.left < first.right
                and p.right > first.left - 0.5 * first.height
                and (not p.label or p.right > first.left)
            ]
            below.sort(key=lambda p: (p.top, p.left))
            if not below or below[0].label:
                break
            part = below[0]
            outdented = part.left < min(first.left - 1.3 * first.height, label.right)
            if outdented and part.left < label.left - 0.5 * label.height:
                break
            if part.left > first.left + 2.5 * first.height or self._is_labelled(part, label):
                break
            found += [part, *self._rest_of_row(part)]
            last = part
        return found

    def _is_labelled(self, part: Part, own: Part | None = None) -> bool:
        """True if the next part to the left, at about the same height, is a label besides `own`."""
        row = [p for p in self.parts if p.left < part.left and p.about_beside(part)]
        nearest = max(row, key=lambda p: p.left, default=None)
        return nearest is not None and bool(nearest.label) and nearest is not own


def _near(left: Part, right: Part) -> bool:
    """True if nothing else fits between two texts of a row; the parts of a date stand apart."""
    digits = left.map.text[-1:].isdigit() and right.map.text[:1].isdigit()
    return right.left - left.right < (4 if digits else 2) * left.height


def _joined(parts: Sequence[Part]) -> CharMap:
    text = "".join(part.map.text for part in parts)
    return CharMap(text, tuple(c for part in parts for c in part.map.characters))
