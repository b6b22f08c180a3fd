"""docs/documents.md names every kind and every field."""

from __future__ import annotations

from pathlib import Path

from mockocr.documents.kinds.document import FIELDS, ITEM_FIELDS

PAGE = Path(__file__).parents[2] / "docs" / "documents.md"


def test_the_page_has_a_row_for_every_kind_with_all_its_fields() -> None:
    rows = PAGE.read_text(encoding="utf-8").splitlines()
    for table in (FIELDS, ITEM_FIELDS):
        for kind, names in table.items():
            assert f"| `{kind.value}` | {' '.join(names)} |" in rows
